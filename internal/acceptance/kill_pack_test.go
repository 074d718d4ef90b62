package acceptance

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/store"
)

// session is a packer at one parcel, whose power fails now and then.
type session struct {
	t       *testing.T
	shop    *shop
	random  *rand.Rand
	printer string
	parcel  string
	items   []string // the codes of its pieces
	taken   int      // pieces whose scan was answered
	opened  bool     // the scan that opened it was answered
	cuts    int
}

// unknown is a code that means nothing: an answer to it changes nothing.
const unknown = "4999999999996"

// script is what is left to be scanned of so many pieces that are in, with a mistake here and there.
func (s *session) script(open bool, in int) []string {
	var lines []string
	if !open || s.random.IntN(2) == 0 && in < len(s.items) {
		lines = append(lines, s.parcel)
	}
	for _, item := range s.items[in:] {
		if s.random.IntN(3) == 0 {
			lines = append(lines, unknown)
		}
		lines = append(lines, item)
	}
	return lines
}

// run feeds lines to the program. With a cut it is killed at some moment, else it ends by itself. It gives what was answered.
func (s *session) run(lines []string, cut bool) []outcome {
	s.t.Helper()
	cmd := program(s.t, "pack", "--scans", "-", "--printer", s.printer, "--dir", s.shop.dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	_, _ = io.WriteString(in, strings.Join(lines, "\n")+"\n") // all at once: the bench decides when
	killed := make(chan struct{})
	kill := func() {
		defer close(killed)
		time.Sleep(time.Duration(s.random.Int64N(int64(12 * time.Millisecond)))) // a moment, not a state: that is what a power cut is
		_ = cmd.Process.Kill()                                                   // it may have ended
	}
	after := -1 // answers
	if cut {
		after = s.random.IntN(len(lines) + 1)
	} else if err := in.Close(); err != nil {
		s.t.Fatal(err)
	}
	if after == 0 {
		time.Sleep(time.Duration(s.random.Int64N(int64(300 * time.Millisecond))))
		go kill()
	}
	var answered []outcome
	for read := bufio.NewReader(out); ; {
		line, err := read.ReadString('\n')
		if err != nil {
			break // a line that was cut off is no answer
		}
		if answered = append(answered, outcomes(s.t, line)...); len(answered) == after {
			go kill()
		}
	}
	if cut {
		<-killed
		s.cuts++
	}
	_ = cmd.Wait() // how it ended is in what it said and in the journal
	return answered
}

// journalled is what the folder holds of the parcel: the pieces in it, and whether it is the open one.
func (s *session) journalled() (known order.Known, events []order.Event, open bool) {
	s.t.Helper()
	files, err := store.Open(s.shop.dir, time.Now)
	if err != nil {
		s.t.Fatal(err)
	}
	defer files.Close()
	key, err := files.OpenParcel()
	if err != nil || key != "" && string(key) != s.parcel {
		s.t.Fatalf("%s is open, %s was packed, %v", key, s.parcel, err)
	}
	known, found, err := files.Parcel(order.ParcelKey(s.parcel))
	if err != nil || !found {
		s.t.Fatal(found, err)
	}
	if events, err = files.History(order.ParcelKey(s.parcel)); err != nil {
		s.t.Fatal(err)
	}
	return known, events, key != ""
}

// check compares what was answered with what is journalled. What was journalled when the power failed may not have been answered any more: at most one scan.
func (s *session) check(answered []outcome) (in int, open bool) {
	s.t.Helper()
	for _, a := range answered {
		switch {
		case a.Outcome == "taken":
			s.taken++
		case a.Outcome == "opened":
			s.opened = true
		case a.Outcome != "unknown_code" && a.Outcome != "confirmed" && a.Outcome != "put_back" && a.Outcome != "needs_person":
			s.t.Errorf("%s: %s came to %s: %s", s.parcel, a.Scan, a.Outcome, a.Message)
		}
	}
	known, _, open := s.journalled()
	in = len(known.Work.Taken)
	units := map[string]bool{}
	for i, piece := range known.Work.Taken {
		if s.shop.codes[piece.SKU] != s.items[i] || units[piece.Unit] {
			s.t.Errorf("%s: piece %d is %+v, scanned was %s", s.parcel, i, piece, s.items[i])
		}
		units[piece.Unit] = true
	}
	if in < s.taken || in > s.taken+1 || s.opened && !open {
		s.t.Errorf("%s: %d pieces were answered, %d are journalled; opened %t, open %t", s.parcel, s.taken, in, s.opened, open)
	}
	s.taken, s.opened = in, open
	return in, open
}

// pack packs the parcel with the power failing, and at last to its end: under its label, or put aside with its goods back.
func (s *session) pack(finish bool) {
	s.t.Helper()
	in, open := 0, false
	for range 1 + s.random.IntN(3) {
		answered := s.run(s.script(open, in), true)
		if open && len(answered) > 0 && answered[0].Scan == s.parcel {
			s.resumedWith(in, answered[0])
		}
		if in, open = s.check(answered); in == len(s.items) {
			break
		}
	}
	want := order.Confirmed
	lines := append(s.script(open, in), "label")
	if !finish && in < len(s.items) {
		want = order.PutBack
		lines = append([]string{s.parcel}, "aside", "ok")
	}
	answered := s.run(lines, false)
	if end := last(s.t, answered); end.Outcome != string(want) {
		s.t.Errorf("%s ended with %+v", s.parcel, end)
	}
	if want == order.Confirmed {
		s.taken = len(s.items)
	} else {
		s.taken = 0
	}
	known, events, open := s.journalled()
	scans := 0
	for _, e := range events {
		if e.Kind == order.Taken {
			scans++
		}
	}
	if open || len(known.Work.Taken) != s.taken || want == order.Confirmed && scans != len(s.items) {
		s.t.Errorf("%s: open %t, %d pieces in it, want %d; %d were ever taken", s.parcel, open, len(known.Work.Taken), s.taken, scans)
	}
}

// resumedWith checks that the bench says it goes on with so many pieces.
func (s *session) resumedWith(in int, said outcome) {
	s.t.Helper()
	if want := fmt.Sprintf("%d of %d", in, len(s.items)); said.Outcome != "opened" || said.PackageID != s.parcel || !strings.Contains(said.Message, want) {
		s.t.Errorf("%s went on as %+v, want %s pieces", s.parcel, said, want)
	}
}

// The power fails at any point of many sessions: the bench goes on with the same parcel and the same pieces, no answered scan is lost and none counted twice.
func TestKillSessions(t *testing.T) {
	t.Parallel()
	sessions := 25
	if os.Getenv("PACKBENCH_SOAK") != "" {
		sessions = 500
	}
	s := newShop(t, sandbox.Options{Orders: 4 * sessions, Seed: 21, LabelDelay: time.Millisecond})
	printed := filepath.Join(t.TempDir(), "printed")
	random := rand.New(rand.NewPCG(21, 1))
	done, cuts, finished := 0, 0, 0
	for _, o := range listOrders(t, s.dir) {
		if o.Status != "AWAITING_SHIPMENT" || len(o.Packages) != 1 || done == sessions {
			continue
		}
		one := &session{t: t, shop: s, random: random, printer: "file:" + printed, parcel: o.Packages[0].PackageID, items: s.items(o)}
		finish := done%5 == 0
		one.pack(finish)
		if done++; finish {
			finished++
		}
		cuts += one.cuts
		if t.Failed() {
			return
		}
	}
	if done != sessions {
		t.Fatalf("%d of %d sessions: too few orders", done, sessions)
	}
	labels, err := filepath.Glob(filepath.Join(printed, "*.zpl"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d sessions with %d power cuts, %d packed to the end, %d labels", done, cuts, finished, len(labels))
}
