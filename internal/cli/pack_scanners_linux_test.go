package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/testkit"
)

// atWork is the pack verb at work on scanners.
type atWork struct {
	t      *testing.T
	stop   context.CancelFunc
	answer chan scanLine
	said   chan string
	ended  chan int
}

func (p *place) packFrom(scanners ...string) *atWork {
	p.t.Helper()
	ctx, stop := context.WithCancel(p.t.Context())
	w := &atWork{t: p.t, stop: stop, answer: make(chan scanLine, 1000), said: make(chan string, 1000), ended: make(chan int, 1)}
	out, stdout := io.Pipe()
	says, stderr := io.Pipe()
	e := p.environment()
	e.Context, e.Stdin, e.Stdout, e.Stderr = ctx, strings.NewReader(""), stdout, stderr
	go func() {
		w.ended <- e.Finish((&Pack{Scanner: scanners, Printer: "file:" + p.labels}).Run(e))
		stdout.Close()
		stderr.Close()
	}()
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var l scanLine
			if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
				p.t.Error(err)
			}
			w.answer <- l
		}
	}()
	go func() {
		for lines := bufio.NewScanner(says); lines.Scan(); {
			w.said <- lines.Text()
		}
	}()
	p.t.Cleanup(func() { stop(); <-w.ended; w.ended <- 0 })
	return w
}

func (w *atWork) hears(text string) {
	w.t.Helper()
	select {
	case got := <-w.said:
		if !strings.Contains(got, text) {
			w.t.Fatalf("said %q, want %q", got, text)
		}
	case <-time.After(20 * time.Second):
		w.t.Fatalf("%q was not said", text)
	}
}

func (w *atWork) answers(n int) (outcomes, codes []string) {
	w.t.Helper()
	for range n {
		select {
		case l := <-w.answer:
			outcomes, codes = append(outcomes, string(l.Outcome)), append(codes, l.Scan)
		case <-time.After(20 * time.Second):
			w.t.Fatalf("answers: %v of %v", outcomes, codes)
		}
	}
	return outcomes, codes
}

func (w *atWork) end() int {
	w.stop()
	code := <-w.ended
	w.ended <- code
	return code
}

func scanAt(t *testing.T, p *testkit.Pty, codes ...string) {
	t.Helper()
	if _, err := p.Far.WriteString(strings.Join(codes, "\r") + "\r"); err != nil {
		t.Fatal(err)
	}
}

// A parcel's scans come at once, and more while the bench waits for the platform: all are answered, in the order they came in. Two scanners are told
// apart, and each has its own figures.
func TestPackFromScanners(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3, LabelDelay: 300 * time.Millisecond})
	left, right := testkit.NewPty(t), testkit.NewPty(t)
	uris := []string{"serial:" + left.Name(), "serial:" + right.Name() + "?baud=115200"}
	err := settings.Update(p.dir, func(s *settings.Settings) error {
		s.Scanners = []settings.Scanner{{Name: "left", URI: uris[0], DoubleReadMS: 1, DoubleReadFullMS: 1}}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	two := slices.DeleteFunc(p.waiting(3), func(o orderLine) bool { return len(o.Packages[0].Lines) > 1 })
	if len(two) == 0 {
		t.Fatal("no order of three equal pieces")
	}
	parcel, item := string(two[0].Packages[0].PackageID), p.scansOf(two[0])[0]
	w := p.packFrom(uris...)
	said := []string{<-w.said, <-w.said}
	slices.Sort(said)
	if said[0] != "packbench: Scanner left is there" || said[1] != "packbench: Scanner "+uris[1]+" is there" {
		t.Fatalf("%q", said)
	}
	scanAt(t, left, parcel, item)
	if got, _ := w.answers(2); !slices.Equal(got, []string{"opened", "taken"}) {
		t.Fatal(got)
	}
	scanAt(t, right, item)
	if got, _ := w.answers(1); got[0] != "taken" {
		t.Fatalf("another scanner's reading was a double one: %v", got)
	}
	scanAt(t, right, item)
	if got, _ := w.answers(1); got[0] != "repeat" {
		t.Fatalf("everybody's figures are not the other scanner's: %v", got)
	}
	time.Sleep(2 * time.Millisecond) // the figure that was set
	waiting := []string{item}
	for n := range 50 {
		waiting = append(waiting, "X"+strings.Repeat("7", n+1))
	}
	scanAt(t, left, waiting...)
	outcomes, codes := w.answers(len(waiting))
	if !slices.Equal(codes, waiting) || outcomes[0] != "taken" || slices.ContainsFunc(outcomes[1:], func(o string) bool { return o != "wrong_label" }) {
		t.Errorf("%v\n%v", codes, outcomes)
	}
	right.Unplug()
	w.hears("is unplugged")
	if code := w.end(); code != ExitNeedsPerson {
		t.Errorf("exit code %d with a parcel open", code)
	}
}

func TestPackFromAScannerThatIsNotThere(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 5, Seed: 3})
	w := p.packFrom("serial:/dev/nothing")
	w.hears("was not found at serial:/dev/nothing")
	if code := w.end(); code != ExitDone {
		t.Errorf("exit code %d", code)
	}
}

func TestScannersPackCannotHear(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 5, Seed: 3})
	for uri, key := range map[string]string{"wedge": "scanner.no_window", "usb:/dev/usb/lp0": "scanner.address", "serial:": "scanner.address"} {
		end := p.run("", &Pack{Scanner: []string{uri}, Printer: "file:" + p.labels})
		if end.code != ExitUsage || !strings.Contains(end.stderr, "["+key+"]") {
			t.Errorf("%s: %d, %s", uri, end.code, end.stderr)
		}
	}
	if err := (&Pack{}).Validate(); err == nil {
		t.Error("nothing to pack from")
	}
}

func TestChooseScanners(t *testing.T) {
	configured := []settings.Scanner{{Name: "left", URI: "serial:/dev/ttyACM0"}, {Name: "keyboard", URI: "wedge"}}
	for _, c := range []struct {
		uris []string
		want []settings.Scanner
	}{
		{nil, configured},
		{[]string{"serial:/dev/ttyACM0?baud=9600", "serial:/dev/ttyACM0"}, configured[:1]},
		{[]string{"serial:/dev/ttyS1"}, []settings.Scanner{{Name: "serial:/dev/ttyS1", URI: "serial:/dev/ttyS1"}}},
	} {
		if got, err := ChooseScanners(configured, c.uris); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%v: %+v, %v", c.uris, got, err)
		}
	}
	var problem *order.Problem
	if _, err := ChooseScanners(configured, []string{"left"}); !errors.As(err, &problem) || problem.Key != "scanner.address" {
		t.Errorf("%v", err)
	}
}
