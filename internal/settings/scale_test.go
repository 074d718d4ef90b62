package settings

import (
	"testing"

	"packbench/internal/order"
	"packbench/internal/scale"
)

func TestAScaleIsRead(t *testing.T) {
	got, err := loadText(t, "[scale]\nuri='serial:/dev/ttyUSB0?baud=2400'\nprotocol='8217'\nunit='lb'\nparity='even'")
	want := Scale{URI: "serial:/dev/ttyUSB0?baud=2400", Protocol: scale.Toledo, Unit: "lb", Parity: scale.Even}
	if err != nil || got.Scale != want {
		t.Fatalf("%+v, %v", got.Scale, err)
	}
	if at, ok := got.Scale.Address(); !ok || at.Path != "/dev/ttyUSB0" || at.Baud != 2400 || got.Scale.Setup() != (scale.Setup{Protocol: scale.Toledo, Unit: "lb", Parity: scale.Even}) {
		t.Errorf("%+v, %v", at, ok)
	}
	dir := t.TempDir()
	if err := Save(dir, got); err != nil {
		t.Fatal(err)
	}
	if again, err := Load(dir); err != nil || again.Scale != want {
		t.Errorf("written and read: %+v, %v", again.Scale, err)
	}
	if none := Default().Scale; none != (Scale{}) {
		t.Errorf("%+v", none)
	}
}

func TestScalesThatCannotBeMeant(t *testing.T) {
	for name, c := range map[string]struct{ text, key string }{
		"no address":       {"[scale]\nprotocol='nci'", "scale.address"},
		"a wedge":          {"[scale]\nuri='wedge'\nprotocol='nci'", "scale.address"},
		"no protocol":      {"[scale]\nuri='serial:/dev/ttyUSB0'", "scale.word"},
		"unknown protocol": {"[scale]\nuri='serial:/dev/ttyUSB0'\nprotocol='NCI'", "scale.word"},
		"unknown unit":     {"[scale]\nuri='serial:/dev/ttyUSB0'\nprotocol='8217'\nunit='t'", "scale.word"},
		"unknown parity":   {"[scale]\nuri='serial:/dev/ttyUSB0'\nprotocol='8217'\nparity='mark'", "scale.word"},
		"unknown key":      {"[scale]\nuri='serial:/dev/ttyUSB0'\nprotocol='8217'\nbaud=9600", "settings.unreadable"},
		"a scanner's port": {"[[scanner]]\nname='a'\nuri='serial:/dev/ttyUSB0'\n[scale]\nuri='serial:/dev/ttyUSB0?baud=9600'\nprotocol='nci'", "scale.scanner"},
	} {
		if _, err := loadText(t, c.text); err == nil || order.AsProblem(err).Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}
