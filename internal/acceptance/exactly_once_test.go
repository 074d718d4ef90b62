package acceptance

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"packbench/internal/label"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/platform/sandbox"
	"packbench/internal/virtual"
	"packbench/store"
)

// fault is what happens to a run of labels.
type fault string

const (
	powerCut fault = "power cut"
	cableOut fault = "cable out"
	killed   fault = "kill -9"
	paperOut fault = "paper out"
)

// Whatever happens at whatever byte of whatever label of a run of fifty, once a person has said which label was the last good one every parcel has one
// good label, and the journal says the same: power cut to the printer, its cable out, the program killed, its paper out, each at every label, with
// printers that answer and with mute ones.
func TestExactlyOnce(t *testing.T) {
	bench := newArranged(t, order.LabelsARun)
	type matter struct {
		fault fault
		label int
	}
	var all []matter
	for _, f := range []fault{powerCut, cableOut, killed, paperOut} {
		for k := range order.LabelsARun {
			all = append(all, matter{f, k + 1})
		}
	}
	random := rand.New(rand.NewPCG(20261122, 3))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	if os.Getenv("PACKBENCH_SOAK") == "" {
		all = all[:25]
	}
	if testing.Short() {
		all = all[:4]
	}
	for _, m := range all {
		at, answers := 1+random.IntN(bench.size), random.IntN(2) == 0
		t.Run(fmt.Sprintf("%s at byte %d of label %d, answers %v", m.fault, at, m.label, answers), func(t *testing.T) {
			t.Parallel()
			p := bench.atPrinter(t, virtual.Body{Speed: 400, Buffer: 2 * bench.size, Mute: !answers, KeepsHalf: answers})
			if answers {
				p.proven()
			}
			p.happens(m.fault, m.label, at)
			p.print()
			p.prove()
		})
	}
}

// arranged is a bench with parcels that are arranged and wait for their labels.
type arranged struct {
	dir      string
	tracking map[string]string // → parcel
	keys     []string
	size     int // bytes a label
}

func newArranged(t *testing.T, count int) arranged {
	t.Helper()
	s := newShop(t, sandbox.Options{Orders: 2 * count, Seed: 77, LabelDelay: time.Millisecond})
	a := arranged{dir: s.dir, tracking: map[string]string{}}
	for _, line := range linesOf[arrangeLine](t, must(t, "", "arrange", "--ready", "--most", fmt.Sprint(count), "--json", "--dir", s.dir)) {
		a.tracking[line.Tracking] = line.PackageID
		a.keys = append(a.keys, line.PackageID)
	}
	if len(a.keys) != count || len(a.tracking) != count {
		t.Fatalf("%d parcels with %d numbers arranged", len(a.keys), len(a.tracking))
	}
	one := newTape(t)
	must(t, "", "run", a.keys[0], "--printer", one.uri(), "--dir", copied(t, s.dir))
	a.size = len(one.all())
	return a
}

// atPrinter is a bench with a printer at it, and the person who stands there.
type atPrinter struct {
	*testing.T
	arranged
	dir     string
	printer *virtual.Device
	uri     string
	answers bool

	mu      sync.Mutex
	running *exec.Cmd
	repair  func()
	struck  atomic.Bool
}

// atPrinter is a copy of the bench with a printer.
func (a arranged) atPrinter(t *testing.T, body virtual.Body) *atPrinter {
	t.Helper()
	p := &atPrinter{T: t, arranged: a, dir: copied(t, a.dir), repair: func() {}}
	p.printer = virtual.NewDevice(virtual.ZPL{DPI: 203, Medium: page.Label}, body)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.uri = "tcp:" + listener.Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- p.printer.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return p
}

// proven makes the printer one that the bench has seen answer.
func (p *atPrinter) proven() {
	p.Helper()
	edit(p.T, filepath.Join(p.dir, "packbench.toml"), fmt.Sprintf("uri = %q\n", "file:"+filepath.Join(p.arranged.dir, "printed")), fmt.Sprintf("uri = %q\n  answers = true\n", p.uri))
	p.answers = true
}

// happens has something happen when the printer has a byte of a label.
func (p *atPrinter) happens(f fault, label, at int) {
	p.printer.At(label, at, func() {
		p.struck.Store(true)
		switch f {
		case powerCut:
			p.printer.PowerOff()
			p.repair = func() { p.do(p.printer.PowerOn()) }
		case cableOut:
			p.printer.Unplug()
			p.repair = func() { p.do(p.printer.Plug()) }
		case paperOut:
			p.printer.PaperOut()
			if p.answers { // the program waits for the roll
				time.AfterFunc(300*time.Millisecond, p.printer.Refill)
				return
			}
			p.repair = p.printer.Refill
		case killed:
			p.mu.Lock()
			defer p.mu.Unlock()
			p.do(p.running.Process.Kill())
		}
	})
}

func (p *atPrinter) do(err error) {
	p.Helper()
	if err != nil {
		p.Error(err)
	}
}

// run runs the verb run, and gives what it says of the run last; nothing where it was killed.
func (p *atPrinter) run(args ...string) (sum runSum) {
	p.Helper()
	cmd := program(p, append([]string{"run", "--json", "--printer", p.uri, "--dir", p.dir}, args...)...)
	var out, problem bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problem
	p.mu.Lock()
	p.running = cmd
	err := cmd.Start()
	p.mu.Unlock()
	p.do(err)
	err = cmd.Wait()
	if cmd.ProcessState.ExitCode() == 1 {
		p.Fatalf("run %q: %v\n%s\n%s", args, err, out.String(), problem.String())
	}
	for _, line := range linesOf[runSum](p, out.String()) {
		sum = line
	}
	return sum
}

// runSum is the last line of run --json.
type runSum struct {
	State   string `json:"state"`
	Of      int    `json:"of"`
	Sent    int    `json:"sent"`
	Waiting int    `json:"waiting"`
	Held    int    `json:"held"`
	Message string `json:"message"`
}

// pile are the parcels whose labels came out whole, in the order of the paper.
func (p *atPrinter) pile() (parcels []string) {
	p.Helper()
	for _, piece := range p.printer.Out() {
		if !piece.Whole {
			continue
		}
		at := len(parcels)
		for _, code := range label.Codes(piece.Page) {
			if parcel := p.tracking[code.Text]; parcel != "" && at == len(parcels) {
				parcels = append(parcels, parcel)
			}
		}
		if at == len(parcels) {
			p.Errorf("piece %d carries no parcel's number", piece.Number)
		}
	}
	return parcels
}

// print prints the run as a person does: who repairs what is broken, waits until the printer stands still, and says what the last good label is.
func (p *atPrinter) print() {
	p.Helper()
	sum := p.run(p.keys...)
	for stops := 0; ; stops++ {
		p.repair()
		p.repair = func() {}
		p.do(p.printer.Idle(p.Context()))
		pile := p.pile()
		if sum.State == "sent" && len(pile) == len(p.keys) {
			return
		}
		if stops > 12 {
			p.Fatalf("stopped %d times, last %+v, %d labels on the pile", stops, sum, len(pile))
		}
		if now := p.run("--status"); now.State == "sent" || now.State == "paused" { // it takes all that went out for out
			if len(pile) > 0 && now.State == "paused" && now.Sent == len(pile) {
				p.Logf("paused after %d labels, all of which are there", now.Sent)
			} else {
				p.run("--stop")
			}
		}
		if len(pile) == 0 {
			sum = p.run("--none-good")
			continue
		}
		last := pile[len(pile)-1]
		for number, parcel := range p.tracking {
			if parcel == last {
				sum = p.run("--last-good", number)
			}
		}
	}
}

// prove compares the paper with the parcels, and the journal with the paper.
func (p *atPrinter) prove() {
	p.Helper()
	if !p.struck.Load() {
		p.Fatal("nothing happened")
	}
	if pile := p.pile(); !slices.Equal(pile, p.keys) {
		p.Fatalf("the pile is\n%v, not\n%v", pile, p.keys)
	}
	files, err := store.Open(p.dir, time.Now)
	if err != nil {
		p.Fatal(err)
	}
	defer func() { p.do(files.Close()) }()
	for _, key := range p.keys {
		known, found, err := files.Parcel(order.ParcelKey(key))
		if state := known.Work.Label.State; err != nil || !found || state != order.Sent && state != order.Seen {
			p.Errorf("the label of %s is %q, %v", key, known.Work.Label.State, err)
		}
	}
	b, err := files.Balance(time.Time{})
	if err != nil || b.Bench != len(p.keys) || b.Carried != 0 || b.Sent != b.Bench+b.Spoiled {
		p.Errorf("labels do not balance: %+v, %v", b, err)
	}
}
