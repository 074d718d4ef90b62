package scanner_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/scanner"
)

// A trial knows more with every code, and each by itself; what is no code does not count.
func TestATrialGoesOn(t *testing.T) {
	var trial scanner.Trial
	give := func(text string) bool {
		for i, b := range []byte(text) {
			trial.Take([]byte{b}, splitStart.Add(time.Duration(i)*5*time.Millisecond))
		}
		_, none := trial.End()
		return !none
	}
	if give("\r") || trial.Done() != 0 || trial.Pending() {
		t.Error("Enter alone counts as a code")
	}
	if !give("7") || trial.Done() != 1 {
		t.Error("a digit is not told")
	}
	trial.Drop()
	if !give("pb-0123456789\r") || trial.Whole() {
		t.Error("the first code does not count")
	}
	if r := trial.Report(scanner.Wedge); !cmp.Equal(r.Findings, []scanner.Finding{scanner.CapsLock}) || r.Ending() != "CR" || r.Gap != 5*time.Millisecond {
		t.Errorf("%+v", r)
	}
	give(scanner.TestCodes[1] + "\r\n")
	trial.Skip()
	if r := trial.Report(scanner.Wedge); !trial.Whole() || !cmp.Equal(r.Findings, []scanner.Finding{scanner.Mute, scanner.CapsLock, scanner.MixedEnds}) || r.Ending() != "-" {
		t.Errorf("%+v", r)
	}
	each := trial.Each(scanner.Wedge)
	if len(each) != 3 || len(each[1].Findings) != 0 || each[1].Ending() != "CR LF" || !cmp.Equal(each[2].Findings, []scanner.Finding{scanner.Mute}) {
		t.Errorf("%+v", each)
	}
}
