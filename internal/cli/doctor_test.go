package cli

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/label"
	"packbench/internal/page"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/virtual"
	"packbench/printer/state"
)

// examined is what the doctor says of each check, by its name, and the exit code.
func (p *place) examined(v *Doctor) (map[string]doctorLine, ended) {
	p.t.Helper()
	v.JSON = true
	end := p.run("", v)
	lines := map[string]doctorLine{}
	var names []string
	for _, line := range read[doctorLine](p.t, end.stdout) {
		lines[line.Check] = line
		names = append(names, line.Check)
		if line.Message == "" || strings.Contains(line.Message+line.Next, "doctor.") || strings.Contains(line.Message, "{{") {
			p.t.Errorf("%s says %q, %q", line.Check, line.Message, line.Next)
		}
	}
	if want := []string{"settings", "files", "disk", "platform", "clock", "printer", "scanner"}; !slices.Equal(names, want) {
		p.t.Fatalf("checked %v, want %v\n%s", names, want, end.stderr)
	}
	return lines, end
}

// with changes the settings.
func (p *place) with(change func(*settings.Settings)) {
	p.t.Helper()
	if err := settings.Update(p.dir, func(s *settings.Settings) error { change(s); return nil }); err != nil {
		p.t.Fatal(err)
	}
}

// usual is how a check ends at a bench where nothing is wrong and nobody packs.
func usual(check string) health {
	if check == "scanner" {
		return unknown
	}
	return healthy
}

func TestAHealthyBench(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 5, Seed: 1})
	lines, end := p.examined(&Doctor{})
	for name, line := range lines {
		if want := usual(name); line.State != want {
			t.Errorf("%s: %+v, want %s", name, line, want)
		}
	}
	if end.code != ExitDone || !strings.Contains(lines["platform"].Message, "shop") {
		t.Errorf("exit code %d, %+v", end.code, lines["platform"])
	}
	if text := p.must("", &Doctor{}); strings.Count(text, "\n") != 7 || strings.Count(text, "ok  ") != 6 || strings.Count(text, "?   ") != 1 || strings.Contains(text, "{") {
		t.Errorf("said %q", text)
	}
}

// Beside a program that has the folder open, the doctor looks at that program's files, and leaves them open.
func TestABenchIsExaminedWhileItIsOpen(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 5, Seed: 1})
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	e := p.environment()
	e.Bench = bench
	if err := (&Doctor{}).Run(e); err != nil {
		t.Error(err)
	}
	if err := errors.Join(bench.Store.Check(), bench.Close()); err != nil {
		t.Error(err)
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*place)
		want  map[string]health // of the checks that are not ok
		code  int
		says  map[string]string
	}{
		"a damaged journal": {func(p *place) {
			if err := os.WriteFile(filepath.Join(p.dir, "journal.db"), []byte(strings.Repeat("damaged ", 1000)), 0o600); err != nil {
				p.t.Fatal(err)
			}
		}, map[string]health{"files": ill, "platform": ailing, "clock": ailing}, ExitNeedsPerson, map[string]string{"files": "restore"}},
		"a damaged cache": {func(p *place) {
			if err := os.WriteFile(filepath.Join(p.dir, "cache.db"), []byte(strings.Repeat("damaged ", 1000)), 0o600); err != nil {
				p.t.Fatal(err)
			}
		}, map[string]health{"files": ailing}, ExitDone, map[string]string{"files": "made anew"}},
		"a mistyped setting": {func(p *place) {
			if err := os.WriteFile(filepath.Join(p.dir, settings.FileName), []byte("[printer]\nurl = 'tcp:1.2.3.4:9100'\n"), 0o600); err != nil {
				p.t.Fatal(err)
			}
		}, map[string]health{"settings": ill, "files": ailing, "platform": ailing, "clock": ailing, "printer": ailing}, ExitNeedsPerson,
			map[string]string{"settings": "cannot be understood"}},
		"secrets that others can read": {func(p *place) {
			if err := os.Chmod(filepath.Join(p.dir, settings.FileName), 0o644); err != nil {
				p.t.Fatal(err)
			}
		}, map[string]health{"settings": ill}, ExitNeedsPerson, map[string]string{"settings": "Other users"}},
		"a wrong secret": {func(p *place) { p.with(func(s *settings.Settings) { s.Platform.AppSecret = "mistyped" }) },
			map[string]health{"platform": ill, "clock": ailing}, ExitNeedsPerson, map[string]string{"platform": "secret is wrong"}},
		"no shop": {func(p *place) { p.with(func(s *settings.Settings) { s.Platform = settings.Default().Platform }) },
			map[string]health{"platform": ill, "clock": ailing}, ExitNeedsPerson, map[string]string{"platform": "No shop is connected"}},
		"a consent that ended": {func(p *place) {
			p.with(func(s *settings.Settings) { s.Platform.RefreshExpires = time.Now().Add(-time.Hour) })
		}, map[string]health{"platform": ill}, ExitNeedsPerson, map[string]string{"platform": "ended"}},
		"no printer": {func(p *place) { p.with(func(s *settings.Settings) { s.Printer.URI = "" }) },
			map[string]health{"printer": ill}, ExitNeedsPerson, map[string]string{"printer": "No printer is set"}},
		"a printer that is switched off": {func(p *place) { p.with(func(s *settings.Settings) { s.Printer.URI = "tcp:127.0.0.1:1" }) },
			map[string]health{"printer": ill}, ExitNeedsPerson, map[string]string{"printer": "does not answer"}},
		"a printer that cannot be set so": {func(p *place) { p.with(func(s *settings.Settings) { s.Printer.Darkness = 99 }) },
			map[string]health{"printer": ill}, ExitNeedsPerson, map[string]string{"printer": "darkness = 99"}},
	} {
		t.Run(name, func(t *testing.T) {
			if strings.Contains(name, "others") && runtime.GOOS == "windows" {
				t.Skip("this system keeps others out in another way")
			}
			p := newPlace(t, sandbox.Options{Orders: 3, Seed: 1})
			c.spoil(p)
			lines, end := p.examined(&Doctor{})
			for check, line := range lines {
				if want := c.want[check]; line.State != want && (want != "" || line.State != usual(check)) {
					t.Errorf("%s: %+v, want %q", check, line, want)
				}
			}
			if end.code != c.code {
				t.Errorf("exit code %d, want %d", end.code, c.code)
			}
			for check, part := range c.says {
				if !strings.Contains(lines[check].Message, part) {
					t.Errorf("%s says %q, not %q", check, lines[check].Message, part)
				}
			}
		})
	}
}

// What a printer says of itself counts, and one that has gone silent is told from one that never spoke.
func TestThePrinterIsAskedHowItIs(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 3, Seed: 1})
	for name, c := range map[string]struct {
		now     state.State
		answers bool
		want    health
		says    string
	}{
		"ready":                {state.State{Told: true}, true, healthy, "nothing keeps it from printing"},
		"open and without any": {state.State{Told: true, Now: state.HeadOpen | state.PaperOut}, true, ill, "out of paper, cover open"},
		"silent":               {state.State{}, true, ailing, "does not answer just now"},
		"never asked":          {state.State{Told: true, Now: state.HeadOpen}, false, healthy, "only a test page"},
	} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			machine := virtual.TSPL{DPI: 203, Medium: page.Label, Now: func() state.State { return c.now }}
			ended <- machine.Serve(ctx, listener, func(int, *page.Page) error { return nil })
		}()
		p.with(func(s *settings.Settings) {
			s.Printer = settings.Printer{URI: "tcp:" + listener.Addr().String(), Lang: "tspl", DPI: 203, Answers: c.answers}
		})
		lines, end := p.examined(&Doctor{})
		if line := lines["printer"]; line.State != c.want || !strings.Contains(line.Message, c.says) {
			t.Errorf("%s: %+v", name, line)
		}
		if wantCode := map[bool]int{true: ExitNeedsPerson, false: ExitDone}[c.want == ill]; end.code != wantCode {
			t.Errorf("%s: exit code %d", name, end.code)
		}
		stop()
		if err := <-ended; err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAClockThatIsOffIsSaid(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 3, Seed: 1})
	var out strings.Builder
	e := p.environment()
	e.Stdout, e.Now = &out, func() time.Time { return time.Now().Add(-10 * time.Minute) }
	if err := (&Doctor{JSON: true}).Run(e); err != nil {
		t.Fatal(err)
	}
	for _, line := range read[doctorLine](t, out.String()) {
		if line.Check == "clock" && (line.State != ailing || !strings.Contains(line.Message, "10 min")) {
			t.Errorf("%+v", line)
		}
	}
}

func TestTheDoctorsTestPageReadsWhatIsSaid(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 3, Seed: 1})
	p.with(func(s *settings.Settings) { s.Printer.URI = "file:" + p.labels })
	if lines, _ := p.examined(&Doctor{}); strings.Contains(lines["printer"].Next, "PB") {
		t.Errorf("printed without being asked: %+v", lines["printer"])
	}
	lines, end := p.examined(&Doctor{Print: true})
	files, err := filepath.Glob(filepath.Join(p.labels, "*.zpl"))
	if err != nil || len(files) != 1 || end.code != ExitDone {
		t.Fatalf("%v, %v, exit code %d", files, err, end.code)
	}
	stream, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	pages, err := virtual.ZPL{DPI: 203, Medium: page.Label}.Decode(stream)
	if err != nil || len(pages) != 1 {
		t.Fatalf("%d labels, %v", len(pages), err)
	}
	if codes := label.Codes(pages[0]); len(codes) != 2 || !strings.Contains(lines["printer"].Next, "packbench print --test --token "+codes[0].Text+" --scanned") {
		t.Errorf("%v on the label, said %q", codes, lines["printer"].Next)
	}
}

func TestTheDoctorNeedsABench(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 3, Seed: 1})
	p.dir = filepath.Join(p.dir, "mistyped")
	if end := p.run("", &Doctor{}); end.code != ExitFailed || !strings.Contains(end.stderr, "[store.no_folder") || end.stdout != "" {
		t.Errorf("%+v", end)
	}
	if _, err := os.Stat(p.dir); err == nil {
		t.Error("it made the folder")
	}
}

func TestHowBadItIs(t *testing.T) {
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		found finding
		want  health
	}{
		"no room":               {roomFor(0), ill},
		"99 MB":                 {roomFor(99 << 20), ill},
		"100 MB":                {roomFor(100 << 20), ailing},
		"1023 MB":               {roomFor(1023 << 20), ailing},
		"1 GB":                  {roomFor(1 << 30), healthy},
		"no scan yet":           {scannerSeen(time.Time{}), unknown},
		"a scan":                {scannerSeen(now), healthy},
		"a clock that is right": {clockOff(-30 * time.Second), healthy},
		"a clock that is off":   {clockOff(31 * time.Second), ailing},
		"an unknown end":        {consentFor(1, now, time.Time{}), healthy},
		"an end long from now":  {consentFor(1, now, now.Add(31*24*time.Hour)), healthy},
		"an end within a month": {consentFor(1, now, now.Add(29*24*time.Hour)), ailing},
		"an end that has come":  {consentFor(1, now, now), ill},
	} {
		if c.found.state != c.want {
			t.Errorf("%s: %q, want %q", name, c.found.state, c.want)
		}
		if mended := c.found.next.Key != "" || strings.HasPrefix(c.found.message.Key, "platform."); mended != (c.want != healthy) {
			t.Errorf("%s: %+v", name, c.found)
		}
	}
}
