package settings

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
)

func loadText(t *testing.T, text string) (Settings, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return Load(dir)
}

func TestScannersAreRead(t *testing.T) {
	got, err := loadText(t, `
[[scanner]]
name = "left"
uri = "serial:usb:0c2e:0206:A1"
double_read_ms = 400
double_read_full_ms = 1500
[[scanner]]
name = "right"
uri = "input:/dev/input/event7"
`)
	if err != nil {
		t.Fatal(err)
	}
	want := []Scanner{
		{Name: "left", URI: "serial:usb:0c2e:0206:A1", DoubleReadMS: 400, DoubleReadFullMS: 1500},
		{Name: "right", URI: "input:/dev/input/event7"},
	}
	if diff := cmp.Diff(want, got.Scanners); diff != "" {
		t.Fatal(diff)
	}
	if left := got.Scanners[0]; left.DoubleRead() != 400*time.Millisecond || left.DoubleReadFull() != 1500*time.Millisecond {
		t.Errorf("%v, %v", left.DoubleRead(), left.DoubleReadFull())
	}
	dir := t.TempDir()
	if err := Save(dir, got); err != nil {
		t.Fatal(err)
	}
	if again, err := Load(dir); err != nil || !cmp.Equal(again.Scanners, want) {
		t.Errorf("written and read: %+v, %v", again.Scanners, err)
	}
}

func TestScannersThatCannotBeMeant(t *testing.T) {
	for name, c := range map[string]struct{ text, key string }{
		"unknown key":    {"[[scanner]]\nname='a'\nuri='wedge'\ndouble=1", "settings.unreadable"},
		"no name":        {"[[scanner]]\nuri='wedge'", "scanner.unnamed"},
		"no address":     {"[[scanner]]\nname='a'", "scanner.address"},
		"wrong address":  {"[[scanner]]\nname='a'\nuri='usb:/dev/usb/lp0'", "scanner.address"},
		"name twice":     {"[[scanner]]\nname='a'\nuri='wedge'\n[[scanner]]\nname='a'\nuri='serial:/dev/ttyACM0'", "scanner.twice"},
		"address twice":  {"[[scanner]]\nname='a'\nuri='serial:/dev/ttyACM0?baud=9600'\n[[scanner]]\nname='b'\nuri='serial:/dev/ttyACM0'", "scanner.twice"},
		"no Enter":       {"[[scanner]]\nname='a'\nuri='serial:/dev/ttyACM0'\nno_enter=true", "scanner.no_enter"},
		"negative time":  {"[[scanner]]\nname='a'\nuri='wedge'\ndouble_read_ms=-1", "scanner.figure"},
		"time too long":  {"[[scanner]]\nname='a'\nuri='wedge'\ndouble_read_full_ms=10001", "scanner.figure"},
		"a table of one": {"[scanner]\nname='a'\nuri='wedge'", "settings.unreadable"},
	} {
		if _, err := loadText(t, c.text); err == nil || order.AsProblem(err).Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

func TestAScannerWithoutEnter(t *testing.T) {
	for want, text := range map[bool]string{true: "[[scanner]]\nname='a'\nuri='wedge'\nno_enter=true", false: "[[scanner]]\nname='a'\nuri='wedge'"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, FileName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := Load(dir); err != nil || s.NoEnter() != want {
			t.Errorf("%q: %v, %v", text, s.NoEnter(), err)
		}
	}
}
