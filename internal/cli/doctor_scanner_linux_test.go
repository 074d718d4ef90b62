package cli

import (
	"testing"

	"packbench/internal/settings"
	"packbench/internal/testkit"
	"packbench/internal/words"
)

func TestDoctorLooksForScanners(t *testing.T) {
	line := testkit.NewPty(t)
	there := settings.Scanner{Name: "left", URI: "serial:" + line.Name()}
	for _, c := range []struct {
		scanners []settings.Scanner
		state    health
		key      string
	}{
		{nil, unknown, "doctor.scanner_unseen"},
		{[]settings.Scanner{{Name: "till", URI: "wedge"}}, unknown, "doctor.scanner_unseen"},
		{[]settings.Scanner{{Name: "till", URI: "wedge"}, there}, healthy, "doctor.scanners_well"},
		{[]settings.Scanner{there, {Name: "right", URI: "input:/dev/input/nothing"}}, ill, "scanner.absent"},
	} {
		set := settings.Default()
		set.Scanners = c.scanners
		x := &examination{Environment: newSheetBench(t, set.Printer).environment(words.English), set: &set}
		if found := x.scanner(); found.state != c.state || found.message.Key != c.key {
			t.Errorf("%+v: %+v", c.scanners, found)
		}
	}
}
