package cli

import (
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/packing"
	"packbench/internal/platform/sandbox"
)

// What a packer takes out of the box stands on the put-back list, and leaves it by a scan of its bin and one of each piece.
func TestPutBackVerb(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3, LabelDelay: time.Millisecond})
	o := p.waiting(2)[0]
	parcel, item := o.Packages[0].PackageID, p.scansOf(o)[0]
	if end := p.run("", &PutBack{JSON: true}); end.code != ExitDone || end.stdout != "" {
		t.Fatalf("an empty list: exit code %d, %s", end.code, end.stdout)
	}
	if end, lines := p.pack(string(parcel), item, "aside", "ok"); end.code != ExitDone || lines[3].Outcome != packing.PutBackOut {
		t.Fatalf("exit code %d, %+v", end.code, lines)
	}
	end := p.run("", &PutBack{JSON: true})
	list := read[putBackLine](t, end.stdout)
	if end.code != ExitNeedsPerson || len(list) != 1 {
		t.Fatalf("exit code %d, %+v", end.code, list)
	}
	l := list[0]
	if l.Pieces != 1 || l.PackageID != parcel || l.Why != "aside" || l.Bin == "" || l.Name == "" || p.barcodes[l.SKU] != item || l.Since == "" {
		t.Errorf("%+v", l)
	}
	if end := p.run("", &PutBack{}); end.code != ExitNeedsPerson || !strings.Contains(end.stdout, l.Bin) || !strings.Contains(end.stdout, "parcel put aside") {
		t.Errorf("exit code %d\n%s", end.code, end.stdout)
	}
	end = p.run(strings.Join([]string{item, "nowhere", l.Bin, item, "@100ms " + item}, "\n"), &PutBack{Scans: "-"})
	var outcomes []packing.Outcome
	for _, line := range read[returnLine](t, end.stdout) {
		if outcomes = append(outcomes, line.Outcome); line.Message == "" || line.Scan == "" {
			t.Errorf("%+v", line)
		}
	}
	want := []packing.Outcome{packing.BinFirst, packing.UnknownCode, packing.BinOut, packing.ReturnedOut, packing.Repeat}
	if end.code != ExitDone || !slices.Equal(outcomes, want) {
		t.Errorf("exit code %d, %v\n%s", end.code, outcomes, end.stderr)
	}
	if end := p.run("", &PutBack{JSON: true}); end.code != ExitDone || end.stdout != "" {
		t.Errorf("exit code %d, %s", end.code, end.stdout)
	}
	if end := p.run("@x 1", &PutBack{Scans: "-"}); end.code != ExitUsage {
		t.Errorf("exit code %d", end.code)
	}
}
