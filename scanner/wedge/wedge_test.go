package wedge_test

import (
	"testing"
	"time"

	"packbench/scanner"
	"packbench/scanner/wedge"
)

var start = time.Date(2026, 11, 20, 14, 48, 0, 0, time.UTC)

// keyboard types into a detector with a clock of its own.
type keyboard struct {
	detector wedge.Detector
	now      time.Time
	last     wedge.Result
	scans    []string
	typed    []bool
}

func newKeyboard() *keyboard {
	return &keyboard{now: start, detector: wedge.Detector{Device: "keyboard"}}
}

// press presses a key after a pause.
func (k *keyboard) press(key rune, pause time.Duration) {
	k.now = k.now.Add(pause)
	k.last = k.detector.Key(key, k.now)
	if k.last.Done {
		k.scans, k.typed = append(k.scans, k.last.Scan.Code), append(k.typed, k.last.Scan.Typed)
	}
}

func (k *keyboard) write(text string, pause time.Duration) {
	for _, key := range text {
		k.press(key, pause)
	}
}

// clump types a code as a window hands it over: keys of one frame together, the next frame 16 ms later.
func (k *keyboard) clump(text string, perFrame int) {
	for i, key := range []rune(text) {
		pause := time.Duration(0)
		if i > 0 && i%perFrame == 0 {
			pause = 16 * time.Millisecond
		}
		k.press(key, pause)
	}
}

const ms = time.Millisecond

func TestDetector(t *testing.T) {
	for name, c := range map[string]struct {
		keys  func(*keyboard)
		want  []string
		typed []bool
	}{
		"burst at 2 ms":                   {func(k *keyboard) { k.write("6936580142207\r", 2*ms) }, []string{"6936580142207"}, []bool{false}},
		"burst in clumps of a frame":      {func(k *keyboard) { k.clump("6936580142207", 8); k.press(wedge.Enter, 16*ms) }, []string{"6936580142207"}, []bool{false}},
		"burst through one slow frame":    {func(k *keyboard) { k.clump("693658", 6); k.press('0', 100*ms); k.write("142207\r", 0) }, []string{"6936580142207"}, []bool{false}},
		"burst cut by a busy window":      {func(k *keyboard) { k.clump("693658", 6); k.press('0', 400*ms); k.write("142207\r", 0) }, []string{"6936580142207"}, []bool{false}},
		"cut after its second key":        {func(k *keyboard) { k.clump("69", 2); k.press('3', 400*ms); k.write("6580142207\r", 0) }, []string{"6936580142207"}, []bool{false}},
		"cut before its last key":         {func(k *keyboard) { k.clump("693658014220", 12); k.press('7', 400*ms); k.write("\r", 0) }, []string{"6936580142207"}, []bool{true}},
		"slow scanner at 30 ms":           {func(k *keyboard) { k.write("JMX730054482913\r", 30*ms) }, []string{"JMX730054482913"}, []bool{false}},
		"two bursts back to back":         {func(k *keyboard) { k.clump("111111\r222222\r", 14) }, []string{"111111", "222222"}, []bool{false, false}},
		"typed by hand":                   {func(k *keyboard) { k.write("482913", 180*ms); k.press(wedge.Enter, 400*ms) }, []string{"482913"}, []bool{true}},
		"typed with a long look at paper": {func(k *keyboard) { k.write("5792", 180*ms); k.press('1', 8*time.Second); k.write("58\r", 180*ms) }, []string{"5792158"}, []bool{true}},
		"typed and left alone":            {func(k *keyboard) { k.write("57", 180*ms); k.press('9', 11*time.Second); k.write("9\r", 180*ms) }, []string{"99"}, []bool{true}},
		"burst after a key in passing":    {func(k *keyboard) { k.press('x', 0); k.now = k.now.Add(time.Second); k.clump("6936580142207\r", 14) }, []string{"6936580142207"}, []bool{false}},
		"burst, Enter much later by hand": {func(k *keyboard) { k.clump("6936580142207", 14); k.press(wedge.Enter, time.Second) }, []string{"6936580142207"}, []bool{true}},
		"short burst counts as typed":     {func(k *keyboard) { k.clump("A-1\r", 4) }, []string{"A-1"}, []bool{true}},
		"edited":                          {func(k *keyboard) { k.write("48\b\b\b29\r", 180*ms) }, []string{"29"}, []bool{true}},
		"cleared":                         {func(k *keyboard) { k.write("4829\x1b\r", 180*ms) }, nil, nil},
		"Enter alone":                     {func(k *keyboard) { k.press(wedge.Enter, 0) }, nil, nil},
		"blanks alone":                    {func(k *keyboard) { k.write("   \r", 180*ms) }, nil, nil},
		"cleaned":                         {func(k *keyboard) { k.clump("]C16936580142207\r", 20) }, []string{"6936580142207"}, []bool{false}},
		"typed into a field":              {func(k *keyboard) { k.detector.BurstsOnly = true; k.write("482913\r", 180*ms) }, nil, nil},
		"scanned while a field is focused": {func(k *keyboard) {
			k.detector.BurstsOnly = true
			k.write("hi", 200*ms)
			k.now = k.now.Add(time.Second)
			k.clump("6936580142207\r", 14)
		}, []string{"6936580142207"}, []bool{false}},
	} {
		t.Run(name, func(t *testing.T) {
			k := newKeyboard()
			c.keys(k)
			if len(k.scans) != len(c.want) {
				t.Fatalf("scans %q, want %q", k.scans, c.want)
			}
			for i := range c.want {
				if k.scans[i] != c.want[i] || k.typed[i] != c.typed[i] {
					t.Errorf("scan %d is %q, typed %v; want %q, typed %v", i, k.scans[i], k.typed[i], c.want[i], c.typed[i])
				}
			}
			if k.last.Done && (k.last.Scan.Device != "keyboard" || !k.last.Scan.At.Equal(k.now)) {
				t.Errorf("the scan is of %q at %v", k.last.Scan.Device, k.last.Scan.At)
			}
		})
	}
}

func TestHotFromTheThirdKey(t *testing.T) {
	k := newKeyboard()
	for i, key := range "6936" {
		k.press(key, 0)
		if want := i >= 2; k.last.Hot != want {
			t.Errorf("after %d keys: hot %v", i+1, k.last.Hot)
		}
	}
	if !k.detector.Hot(k.now.Add(100*ms)) || k.detector.Hot(k.now.Add(time.Second)) {
		t.Error("a burst stays hot as long as its next key may come")
	}
	k = newKeyboard()
	k.write("quick hands", 60*ms)
	if k.last.Hot {
		t.Error("quick hands were taken for a scanner")
	}
}

func TestPendingShowsTypingAndForgetsIt(t *testing.T) {
	k := newKeyboard()
	k.write("48", 180*ms)
	if k.last.Pending != "48" {
		t.Errorf("pending %q", k.last.Pending)
	}
	k.press('7', wedge.Stale+time.Second)
	if k.last.Pending != "7" {
		t.Errorf("after a long pause %q is pending", k.last.Pending)
	}
	k.clump("6936580", 7)
	if k.last.Pending != "" {
		t.Errorf("a burst shows as typing: %q", k.last.Pending)
	}
}

func FuzzDetector(f *testing.F) {
	f.Add("6936580142207\r", []byte{0, 1, 2, 3})
	f.Add("48\b29\r\x1b\r", []byte{200, 10})
	f.Fuzz(func(t *testing.T, keys string, pauses []byte) {
		k, pressed := newKeyboard(), 0
		for i, key := range []rune(keys) {
			pause := time.Duration(0)
			if len(pauses) > 0 {
				pause = time.Duration(pauses[i%len(pauses)]) * ms
			}
			k.press(key, pause)
			pressed++
			if !k.last.Done {
				continue
			}
			code := k.last.Scan.Code
			if code == "" || scanner.Clean(code) != code {
				t.Fatalf("%q gave the code %q", keys, code)
			}
			if len([]rune(code)) > pressed {
				t.Fatalf("%q gave %q out of %d keys", keys, code, pressed)
			}
			if !k.last.Scan.Typed && pressed < 7 {
				t.Fatalf("%d keys were taken for a scanner", pressed)
			}
			pressed = 0
		}
	})
}

// The code of a scanner that sends no Enter ends with a silence; what a person types does not, nor does a burst with a pause inside it.
func TestASilenceEndsABurst(t *testing.T) {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	typed := func(d *wedge.Detector, text string, pace time.Duration) {
		for _, r := range text {
			at = at.Add(pace)
			d.Key(r, at)
		}
	}
	d := wedge.Detector{Device: "keyboard"}
	typed(&d, "69412345", 5*time.Millisecond)
	if r := d.Silence(at.Add(200 * time.Millisecond)); r.Done || !r.Hot {
		t.Errorf("within a pause: %+v", r)
	}
	at = at.Add(110 * time.Millisecond)
	typed(&d, "67890", 5*time.Millisecond)
	if r := d.Silence(at.Add(250 * time.Millisecond)); !r.Done || r.Scan.Code != "6941234567890" || r.Scan.Typed || r.Keys != 13 {
		t.Errorf("after it: %+v", r)
	}
	if r := d.Silence(at.Add(time.Second)); r.Done {
		t.Errorf("twice: %+v", r)
	}
	typed(&d, "123456", 200*time.Millisecond)
	if r := d.Silence(at.Add(time.Second)); r.Done || r.Pending != "123456" {
		t.Errorf("a hand: %+v", r)
	}
	typed(&d, "AB", 5*time.Millisecond)
	if r := d.Silence(at.Add(time.Second)); r.Done {
		t.Errorf("three quick keys of a hand: %+v", r)
	}
}
