package cli

import (
	"testing"

	"packbench/internal/order"
	"packbench/internal/scale"
	"packbench/internal/settings"
	"packbench/internal/testkit"
	"packbench/internal/words"
)

func TestDoctorLooksAtTheScale(t *testing.T) {
	for name, c := range map[string]struct {
		sends string // when it is asked
		state health
		key   string
	}{
		"a weight":         {"S S      0.512 kg\r\n", healthy, "doctor.scale_settled"},
		"moving":           {"S D      0.512 kg\r\n", ailing, "doctor.scale_moving"},
		"too heavy":        {"S +\r\n", ailing, "doctor.scale_heavy"},
		"below zero":       {"S -\r\n", ailing, "doctor.scale_below"},
		"silent":           {"", ill, "scale.silent"},
		"another protocol": {"\n0000.50kg\r\n00\r\x03\n", ill, "scale.garbled"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // some wait for a scale that does not answer
			line := testkit.NewPty(t)
			go func() {
				for buffer := make([]byte, 16); ; {
					if _, err := line.Far.Read(buffer); err != nil {
						return
					}
					if _, err := line.Far.WriteString(c.sends); err != nil {
						return
					}
				}
			}()
			if found := lookedAtScale(t, "serial:"+line.Name()); found.state != c.state || found.message.Key != c.key {
				t.Errorf("%+v", found)
			}
		})
	}
	for uri, key := range map[string]string{
		"serial:/dev/nothing": "scale.absent", "serial:/dev/null": "scale.no_port", "serial:usb:FFFF:FFFF": "scale.absent",
	} {
		if found := lookedAtScale(t, uri); found.state != ill || found.message.Key != key {
			t.Errorf("%s: %+v", uri, found)
		}
	}
}

func lookedAtScale(t *testing.T, uri string) finding {
	t.Helper()
	set := settings.Default()
	set.Scale = settings.Scale{URI: uri, Protocol: scale.SICS}
	x := &examination{Environment: newSheetBench(t, set.Printer).environment(words.English), set: &set}
	if !x.weighs() {
		t.Error("no scale is configured")
	}
	return x.scale()
}

// What a port's trouble is called of a scanner is called of the scale here.
func TestTheScalesPortIsCalledTheScales(t *testing.T) {
	for of, want := range map[string]string{
		"scanner.permission": "scale.permission", "scanner.busy": "scale.busy", "scanner.no_port": "scale.no_port", "scanner.several": "scale.several",
		"scanner.rate": "scale.rate", "scanner.other_system": "scale.other_system", "scanner.absent": "scale.absent",
	} {
		if got := order.AsProblem(ofScale(order.Trouble(nil, of), "serial:/dev/ttyS0", 9600)); got.Key != want {
			t.Errorf("%s: %s", of, got.Key)
		}
	}
}
