package acceptance

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"packbench/internal/label"
	"packbench/internal/page"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/virtual"
)

// tsplMachine is a TSPL printer of 300 dpi in the network; out has what a scanner reads on each label.
func tsplMachine(t *testing.T) (uri string, out <-chan string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	codes := make(chan string, 10)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- virtual.TSPL{DPI: 300, Medium: page.Label}.Serve(ctx, listener, func(_ int, p *page.Page) error {
			if read := label.Codes(p); len(read) > 0 {
				codes <- read[0].Text
			} else {
				codes <- ""
			}
			return nil
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return "tcp:" + listener.Addr().String(), codes
}

// The whole set-up of a printer nobody knows, by a person at a terminal: alone, and beside a program that has the folder open.
func TestAPrinterIsSetUp(t *testing.T) {
	t.Setenv("CUPS_SERVER", "127.0.0.1:1") // no queues
	s := newShop(t, sandbox.Options{Orders: 5, Seed: 3})
	for _, beside := range []bool{false, true} {
		if beside {
			packing(t, s)
		}
		uri, labels := tsplMachine(t)
		setUp(t, s.dir, uri, labels)
		stored, err := settings.Load(s.dir)
		want := settings.Printer{URI: uri, Lang: "tspl", DPI: 300, Darkness: 10, RightMM: 1.5, DownMM: -2, Answers: true}
		if err != nil || stored.Printer != want {
			t.Errorf("beside a program: %v; stored %+v, want %+v, %v", beside, stored.Printer, want, err)
		}
	}
}

// out waits for a label.
func out(t *testing.T, labels <-chan string) string {
	t.Helper()
	select {
	case text := <-labels:
		return text
	case <-time.After(30 * time.Second):
		t.Fatal("no label came out")
		return ""
	}
}

// setUp answers the questions as they come: the first label, of 203 dpi, is too small.
func setUp(t *testing.T, dir, uri string, labels <-chan string) {
	t.Helper()
	cmd := program(t, "printers", "--setup", "--dir", dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	asked, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	cmd.Stdout = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() }) // ends a program that still asks
	fits, shades := []string{"smaller", "fits"}, []string{"darker", "good"}
	first := func(of *[]string) string { text := (*of)[0]; *of = (*of)[1:]; return text }
	for lines := bufio.NewScanner(asked); lines.Scan(); {
		answer := ""
		switch question := lines.Text(); {
		case strings.HasPrefix(question, "Which printer?"):
			answer = uri
		case strings.HasPrefix(question, "A test label is on its way"):
			answer = out(t, labels)
		case strings.HasPrefix(question, "How does the frame"):
			answer = first(&fits)
		case strings.HasPrefix(question, "How dark"):
			if answer = first(&shades); answer == "good" {
				out(t, labels) // the darker one
			}
		case strings.HasPrefix(question, "Which millimetre does the upper"):
			answer = "1.5"
		case strings.HasPrefix(question, "Which millimetre does the left"):
			answer = "-2"
		case strings.HasPrefix(question, "The label did not go out"):
			t.Fatal(question)
		default:
			continue
		}
		if _, err := io.WriteString(in, answer+"\n"); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Wait(); err != nil || !strings.Contains(said.String(), uri+", tspl, 300 dpi") {
		t.Errorf("%v, said %q", err, said.String())
	}
}

// The doctor finds the same alone and beside a program that has the folder open, but for scans: only that one sees them.
func TestTheDoctorBesideARunningProgram(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 5, Seed: 3})
	examined := func() map[string]string {
		t.Helper()
		end := runProgram(t, "", "doctor", "--json", "--dir", s.dir)
		states := map[string]string{}
		for text := range strings.Lines(end.stdout) {
			var line struct{ Check, State, Message, Next string }
			if err := json.Unmarshal([]byte(text), &line); err != nil {
				t.Fatalf("%v in %q", err, text)
			}
			states[line.Check] = line.State
		}
		if len(states) != 7 || end.code != 0 {
			t.Errorf("exit code %d, %s%s", end.code, end.stdout, end.stderr)
		}
		return states
	}
	alone := examined()
	packing(t, s)
	for check, state := range examined() {
		want := "ok"
		if check == "scanner" { // scans came to the program that packs alone
			want = "unknown"
		}
		if state != "ok" || alone[check] != want {
			t.Errorf("%s: %s alone, %s beside", check, alone[check], state)
		}
	}
}
