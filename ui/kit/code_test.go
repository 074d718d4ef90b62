package kit_test

import (
	"testing"

	"packbench/ui/kit"
)

func TestTail(t *testing.T) {
	for code, want := range map[string]string{"": "", "42": "42", "482913": "482 913", "JMX730054482913": "…482 913"} {
		if got := kit.Tail(code); got != want {
			t.Errorf("tail of %q is %q", code, got)
		}
	}
}
