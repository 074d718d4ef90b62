package zpl_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"packbench/printer/state"
	"packbench/printer/zpl"
)

// host is an answer to ~HS with so many values changed: line.value=text.
func host(changes map[[2]int]string) string {
	lines := [][]string{
		strings.Split("030,0,0,1200,000,0,0,0,000,0,0,0", ","), strings.Split("000,0,0,0,0,2,4,0,00000000,1,000", ","), {"1234", "0"},
	}
	for at, value := range changes {
		lines[at[0]-1][at[1]-1] = value
	}
	var answer strings.Builder
	for _, line := range lines {
		answer.WriteString("\x02" + strings.Join(line, ",") + "\x03\r\n")
	}
	return answer.String()
}

func query(errors string) string {
	return "\x02\r\n  PRINTER STATUS\r\n   ERRORS:         " + errors + "\r\n   WARNINGS:       0 00000000 00000000\r\n\x03"
}

func TestStatus(t *testing.T) {
	told := func(now state.Condition, held int) state.State { return state.State{Told: true, Now: now, Held: held} }
	const all = "0 00000000 00000000"
	for _, c := range []struct {
		name, answer string
		want         state.State
		err          string // part of it; "EOF" for one that more bytes may mend
	}{
		{"ready", host(nil), told(0, 0), ""},
		{"ready, both", host(nil) + query(all), told(0, 0), ""},
		{"ready, the other way round", query(all) + host(nil), told(0, 0), ""},
		{"paper out", host(map[[2]int]string{{1, 2}: "1"}), told(state.PaperOut, 0), ""},
		{"paused", host(map[[2]int]string{{1, 3}: "1"}), told(state.Paused, 0), ""},
		{"two labels wait", host(map[[2]int]string{{1, 5}: "002"}), told(state.Busy, 2), ""},
		{"a batch has labels left, and one waits", host(map[[2]int]string{{1, 5}: "001", {2, 9}: "00000003"}), told(state.Busy, 4), ""},
		{"buffer full", host(map[[2]int]string{{1, 6}: "1"}), told(state.BufferFull, 0), ""},
		{"a label is on its way in", host(map[[2]int]string{{1, 8}: "1"}), told(state.Busy, 0), ""},
		{"memory lost", host(map[[2]int]string{{1, 10}: "1"}), told(state.Faulty, 0), ""},
		{"cold", host(map[[2]int]string{{1, 11}: "1"}), told(state.TooCold, 0), ""},
		{"hot", host(map[[2]int]string{{1, 12}: "1"}), told(state.Overheated, 0), ""},
		{"head up, ribbon out, a label to take", host(map[[2]int]string{{2, 3}: "1", {2, 4}: "1", {2, 8}: "1"}),
			told(state.HeadOpen|state.RibbonOut|state.LabelInWay, 0), ""},
		{"only errors answer", query("1 00000000 00000005"), told(state.PaperOut|state.HeadOpen, state.HeldUnknown), ""},
		{"errors without frame", "PRINTER STATUS\r\nERRORS: 1 00000000 00010000\r\nWARNINGS: 0 00000000 00000000\r\n", told(state.Paused, state.HeldUnknown), ""},
		{"every error", query("1 00000000 000FF3FF"), told(state.PaperOut|state.RibbonOut|state.HeadOpen|state.CutterFault|state.Overheated|state.Faulty|
			state.PaperJam|state.Paused, state.HeldUnknown), ""},
		{"an error that is not named", query("1 00000000 00000000"), told(state.Faulty, state.HeldUnknown), ""},
		{"errors nobody explains", query("1 0000000A 00100800"), state.State{Told: true, Unknown: 0xa00100800, Held: state.HeldUnknown}, ""},
		{"both at odds", host(nil) + query("1 00000000 00000004"), told(state.HeadOpen, 0), ""},
		{"noise before", "\x00\xff?" + host(nil), told(0, 0), ""},
		{"nothing", "", state.State{}, "no answer"},
		{"an echo", "~HS\r\n", state.State{}, "no answer"},
		{"a line and a half", host(nil)[:40], state.State{}, "EOF"},
		{"no end", "\x02030,0", state.State{}, "EOF"},
		{"errors, half a line", "ERRORS: 1 00000000 0000", state.State{}, "EOF"},
		{"errors and half of the other", query(all) + host(nil)[:20], state.State{}, "EOF"},
		{"values missing", "\x020\x03\x020\x03\x020\x03", state.State{}, "values"},
		{"a flag that is none", host(map[[2]int]string{{1, 2}: "7"}), state.State{}, "value 2 of line 1"},
		{"a count that is none", host(map[[2]int]string{{1, 5}: "-01"}), state.State{}, "count"},
		{"a count beyond all", host(map[[2]int]string{{2, 9}: "99999999999"}), state.State{}, "count"},
		{"flags that are none", query("1 00000000 0000000G"), state.State{}, "flags"},
		{"a line that is none", query("maybe"), state.State{}, "maybe"},
	} {
		got, err := zpl.Status([]byte(c.answer))
		if got != c.want {
			t.Errorf("%s: %+v (%v), want %+v (%v)", c.name, got, got, c.want, c.want)
		}
		switch {
		case (err == nil) != (c.err == ""), err != nil && !strings.Contains(err.Error(), c.err):
			t.Errorf("%s: %v, want %q", c.name, err, c.err)
		case errors.Is(err, io.ErrUnexpectedEOF) != (c.err == "EOF"):
			t.Errorf("%s: %v is taken for one that more bytes may mend, or not", c.name, err)
		}
	}
}

func FuzzStatus(f *testing.F) {
	for _, seed := range []string{host(nil), query("1 00000000 00000005"), host(nil) + query("0 00000000 00000000"), "\x02\x03\x02\x03\x02\x03", "ERRORS: 1"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		s, err := zpl.Status(answer)
		if err != nil && s != (state.State{}) {
			t.Fatalf("%v, and yet %+v", err, s)
		}
		if err == nil && !s.Told {
			t.Fatalf("no error and no answer in %q", answer)
		}
	})
}
