package cli

import (
	"bufio"
	"context"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/label"
	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/internal/testkit"
	"packbench/internal/words"
	"packbench/scanner"
)

// scanned runs the test of a scanner; each time that a code is asked for, scan gives one.
func scanned(t *testing.T, v *Scanners, stdin io.Reader, scan func(n int)) (end ended) {
	t.Helper()
	b := newSheetBench(t, settings.Default().Printer)
	e := b.environment(words.English)
	asked, says := io.Pipe()
	e.Stdin, e.Stderr = stdin, says
	done := make(chan int, 1)
	go func() {
		done <- e.Finish(v.Run(e))
		says.Close()
	}()
	n := 0
	for lines := bufio.NewScanner(asked); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "Scan code") {
			scan(n)
			n++
		}
		end.stderr += lines.Text() + "\n"
	}
	end.code, end.stdout = <-done, b.stdout.String()
	return end
}

func TestASerialScannerIsTested(t *testing.T) {
	for name, c := range map[string]struct {
		send     []string
		findings []scanner.Finding
		suffix   string
		said     string
		code     int
	}{
		"right":          {[]string{"PB-0123456789\r\n", "zyZYaqwm/@#\r\n", "10AB\x1d21cd\r\n"}, nil, "CR LF", "This scanner can be worked with", ExitDone},
		"without suffix": {scanner.TestCodes, []scanner.Finding{scanner.NoSuffix}, "-", "0.15 s of silence", ExitDone},
		"another code":   {[]string{"6936580142207\r", "zyZYaqwm/@#\r", "10AB\x1d21cd\r"}, []scanner.Finding{scanner.Unread}, "CR", "Something else came", ExitNeedsPerson},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // it waits for silence
			line := testkit.NewPty(t)
			end := scanned(t, &Scanners{Setup: "serial:" + line.Name(), JSON: true}, nil, func(n int) {
				if _, err := line.Far.WriteString(c.send[n]); err != nil {
					t.Error(err)
				}
			})
			lines := read[checkLine](t, end.stdout)
			if end.code != c.code || len(lines) != 1 || !slices.Equal(lines[0].Findings, c.findings) || lines[0].Suffix != c.suffix || lines[0].OK != (c.code == ExitDone) {
				t.Fatalf("exit code %d, %+v\n%s", end.code, lines, end.stderr)
			}
			if !strings.Contains(strings.Join(lines[0].Verdict, "\n"), c.said) {
				t.Errorf("%q", lines[0].Verdict)
			}
		})
	}
}

// A scanner that types is measured by the keys of the terminal.
func TestAScannerThatTypesIsTested(t *testing.T) {
	keys, types := io.Pipe()
	end := scanned(t, &Scanners{Setup: "wedge"}, keys, func(n int) {
		text := []string{"pb-0123456789\r", "ZYzyAQWM/@#\r", "10ab\x1d21CD\r"}[n]
		go func() {
			for _, key := range text {
				time.Sleep(time.Millisecond)
				_, _ = types.Write([]byte(string(key))) // the test ends without it
			}
		}()
	})
	if end.code != ExitNeedsPerson || !strings.Contains(end.stdout, "Capitals and small letters are exchanged") || !strings.Contains(end.stdout, "At the end: CR") {
		t.Errorf("exit code %d\n%s%s", end.code, end.stdout, end.stderr)
	}
}

func TestATestThatEndsBeforeTheCodesCame(t *testing.T) {
	end := scanned(t, &Scanners{Setup: "wedge"}, strings.NewReader("PB-0123456789\r"), func(int) {})
	if end.code != ExitFailed || !strings.Contains(end.stderr, "[setup.unfinished") {
		t.Errorf("exit code %d\n%s", end.code, end.stderr)
	}
	for uri, want := range map[string]string{"serial:/dev/nothing": "scanner.absent", "input:/dev/null": "scanner.no_port", "usb:x": "scanner.address"} {
		end := scanned(t, &Scanners{Setup: uri}, nil, func(int) {})
		if end.code == ExitDone || !strings.Contains(end.stderr, "["+want) {
			t.Errorf("%s: exit code %d\n%s", uri, end.code, end.stderr)
		}
	}
}

func TestNothingIsRecordedWhereNobodyScans(t *testing.T) {
	from, _ := io.Pipe()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	if err := newRecorder(from).code(ctx, &scanner.Trial{}); err == nil || order.AsProblem(err).Key != "setup.unfinished" {
		t.Error(err)
	}
}

func TestTheScannersPageIsPrinted(t *testing.T) {
	b := newSheetBench(t, settings.Default().Printer)
	e := b.environment(words.Chinese)
	if code := e.Finish((&Scanners{Print: true}).Run(e)); code != ExitDone {
		t.Fatalf("exit code %d, %s", code, b.stderr.String())
	}
	var read []string
	for _, c := range label.Codes(b.last(203)) {
		read = append(read, c.Text)
	}
	for _, code := range scanner.TestCodes {
		if !slices.Contains(read, strings.ReplaceAll(code, "\x1d", "")) { // this reader does not tell separators
			t.Errorf("read back %q, not %q", read, code)
		}
	}
}

func TestScannersAreListed(t *testing.T) {
	b := newSheetBench(t, settings.Default().Printer)
	e := b.environment(words.English)
	if code := e.Finish((&Scanners{JSON: true}).Run(e)); code != ExitDone {
		t.Fatalf("exit code %d, %s", code, b.stderr.String())
	}
	for _, l := range read[FoundScanner](t, b.stdout.String()) { // what this computer has
		if _, ok := scanner.ParseAddress(l.URI); !ok || l.Name == "" {
			t.Errorf("%+v", l)
		}
	}
	for _, c := range []struct {
		uri, serial, want string
	}{
		{"serial:/dev/ttyACM0?baud=9600", "S1", "serial:usb:0C2E:0206:S1?baud=9600"},
		{"serial:/dev/ttyACM0?baud=9600", "", "serial:/dev/ttyACM0?baud=9600"},
		{"serial:/dev/serial/by-id/usb-x?baud=9600", "S1", "serial:/dev/serial/by-id/usb-x?baud=9600"},
	} {
		if got := portAddress(c.uri, scanner.Identity{VendorID: "0C2E", ProductID: "0206", SerialNumber: c.serial}); got != c.want {
			t.Errorf("%s with %q is %s, want %s", c.uri, c.serial, got, c.want)
		}
	}
}

func TestEveryFindingHasItsSentence(t *testing.T) {
	for _, language := range words.Languages {
		tongue, err := words.In(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range []scanner.Finding{
			scanner.Qwertz, scanner.Azerty, scanner.British, scanner.CapsLock, scanner.Composed, scanner.Unread, scanner.Cutoff, scanner.Mute, scanner.Slow,
			scanner.NoEnter, scanner.NoSuffix, scanner.MixedEnds, scanner.FullWidth, scanner.Separators, scanner.Identifier,
		} {
			if key := "scanners.found." + string(f); tongue.Text(key) == key {
				t.Errorf("%s has no sentence in %s", f, language)
			}
		}
	}
}
