package window

import (
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/settings"
	"packbench/internal/station"
	"packbench/scanner/evdev"
	"packbench/ui/kit"
)

func TestScannersAreSpokenOf(t *testing.T) {
	w := newWindow(t)
	w.scanners = newScanners([]settings.Scanner{{Name: "till", URI: "wedge"}, {Name: "left", URI: "serial:/dev/ttyACM0"}})
	if got := w.fromKeyboard(order.Scan{Code: "1", Device: "keyboard"}); got.Device != "till" {
		t.Errorf("%+v", got)
	}
	taken := open()
	taken.Strip = station.Strip{Outcome: packing.TakenOut, Said: order.Say("say.taken", "in", 1, "of", 3, "count", 2), Code: "690", At: now.Add(-time.Second)}
	w.scannerSaid("left", order.Say("scanner.ready", "name", "left"))
	if got := w.frameModel(taken, now); got.Strip.Meaning.Key != "say.taken" || got.ScannerGone != "" {
		t.Errorf("that a scanner is there from the start needs no word: %+v", got.Strip)
	}
	w.scannerSaid("right", order.Say("scanner.absent", "name", "right"))
	w.scannerSaid("left", order.Say("scanner.gone", "name", "left"))
	got := w.frameModel(taken, now)
	if got.Strip.Meaning.Key != "scanner.gone" || got.Strip.Family != kit.Ask || got.ScannerGone != "left" || got.ScannerTrouble.Key != "scanner.gone" {
		t.Errorf("%+v", got)
	}
	next := taken
	next.Strip.At = now.Add(time.Second)
	if got := w.frameModel(next, now); got.Strip.Meaning.Key != "say.taken" || got.ScannerGone != "left" {
		t.Errorf("a scan takes the strip, and the bar goes on telling: %+v", got)
	}
	stop := taken
	stop.State.Phase = packing.Halted
	if got := w.frameModel(stop, now); got.Strip.Meaning.Key == "scanner.gone" {
		t.Error("a scanner stands before a parcel that must stop")
	}
	w.scannerSaid("left", order.Say("scanner.ready", "name", "left"))
	if got := w.frameModel(taken, now); got.Strip.Meaning.Key != "scanner.ready" || got.Strip.Family != kit.Taken || got.ScannerGone != "right" {
		t.Errorf("%+v", got)
	}
	w.scannerSaid("left", order.Say("scanner.half", "name", "left"))
	if got := w.frameModel(taken, now); got.Strip.Family != kit.Refused || got.ScannerGone != "right" {
		t.Errorf("%+v", got)
	}
}

// Only a scanner that is heard by itself and types into the window too has echoes.
func TestOnlyInputDevicesOfWindowsHaveEchoes(t *testing.T) {
	for uri, want := range map[string]bool{"wedge": false, "serial:/dev/ttyACM0": false, "input:usb:0C2E:0B61": evdev.Echoes} {
		if got := newScanners([]settings.Scanner{{Name: "left", URI: uri}}); got.echoing != want {
			t.Errorf("%s echoes: %v", uri, got.echoing)
		}
	}
}
