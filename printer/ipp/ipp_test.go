package ipp

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is said is understood, further values of an attribute, several things and the document behind them included.
func TestMessages(t *testing.T) {
	message := append(Answer(NotPossible, 2, []Attribute{Text(Keyword, "a", "b", "c"), Number(Enum, "state", -5)}, []Attribute{Yes("on")}), "document"...)
	code, operation, objects, rest, err := Parse(message)
	if err != nil || Status(code) != NotPossible || string(rest) != "document" || operation.Text("attributes-charset") != "utf-8" {
		t.Fatalf("0x%04x %v %q %v", code, operation, rest, err)
	}
	want := []Object{{"a": {"b", "c"}, "state": {"\xff\xff\xff\xfb"}}, {"on": {"\x01"}}}
	if diff := cmp.Diff(want, objects); diff != "" {
		t.Error(diff)
	}
	if objects[0].Number("state") != -5 || objects[0].Number("a") != 0 || objects[1].Text("a") != "" {
		t.Error("values are not what was said")
	}
	for n := range len(message) - len("document") {
		if _, _, _, _, err := Parse(message[:n]); err == nil {
			t.Errorf("%d of its bytes were understood", n)
		}
	}
}

// Whatever a print service answers, reading it ends without a panic.
func FuzzIPP(f *testing.F) {
	f.Add(Request(GetJobs, []Attribute{Text(Keyword, "a", "b", "c"), Number(Enum, "d", 5)}))
	f.Add([]byte{2, 0, 0, 0, 0, 0, 0, 1, 1, 0x47, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, message []byte) {
		_, operation, objects, _, err := Parse(message)
		if err != nil && (operation != nil || objects != nil) {
			t.Error("an error comes with an answer")
		}
	})
}
