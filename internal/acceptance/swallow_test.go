package acceptance

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/virtual"
	"packbench/store"
)

// A printer that takes a fifth of its labels and prints nothing of them: every parcel ends with one label on it, and none is called seen that was
// not, be it a printer that answers what it is asked or one that says nothing about itself.
func TestASilentlySwallowingPrinter(t *testing.T) {
	for _, mute := range []bool{true, false} {
		t.Run(fmt.Sprintf("mute %v", mute), func(t *testing.T) {
			t.Parallel()
			count := 60
			if os.Getenv("PACKBENCH_SOAK") != "" {
				count = 500
			}
			if testing.Short() {
				count = 10
			}
			f := newFloor(t, count, mute)
			f.printAll()
			f.prove()
		})
	}
}

// badge is a supervisor's.
const badge = "SUPERVISOR-7"

// floor is a bench with a printer that swallows labels, and a packer who packs what comes out.
type floor struct {
	*atPrinter
	shop    *shop
	packer  *conversation
	packed  map[string]bool // parcels that are confirmed
	handled int             // labels taken off the pile
}

func newFloor(t *testing.T, count int, mute bool) *floor {
	t.Helper()
	s := newShop(t, sandbox.Options{Orders: 2 * count, Seed: 78, LabelDelay: time.Millisecond})
	f := &floor{shop: s, packed: map[string]bool{}}
	a := arranged{dir: s.dir, tracking: map[string]string{}, size: 32 << 10}
	for _, line := range linesOf[arrangeLine](t, must(t, "", "arrange", "--ready", "--most", fmt.Sprint(count), "--json", "--dir", s.dir)) {
		a.tracking[line.Tracking] = line.PackageID
		a.keys = append(a.keys, line.PackageID)
	}
	random := newPower(t, 79).random
	f.atPrinter = a.atPrinter(t, virtual.Body{Speed: 400, Mute: mute, Swallow: func(int) bool { return random.IntN(5) == 0 }})
	f.dir = s.dir
	settings := filepath.Join(s.dir, "packbench.toml")
	edit(t, settings, "[bench]\n", fmt.Sprintf("[bench]\nsupervisors = [%q]\n", badge))
	edit(t, settings, fmt.Sprintf("uri = %q\n", "file:"+filepath.Join(s.dir, "printed")), fmt.Sprintf("uri = %q\n  answers = %v\n", f.uri, !mute))
	f.packer = converse(t, "--dir", s.dir)
	f.packer.scan("nothing-of-ours") // it is at work
	return f
}

// printAll prints and packs until every parcel is done.
func (f *floor) printAll() {
	f.Helper()
	sum := f.run("--ready")
	for round := 0; len(f.packed) < len(f.keys); round++ {
		if round > 40*len(f.keys) {
			f.Fatalf("%d of %d parcels after %d rounds: %+v", len(f.packed), len(f.keys), round, sum)
		}
		f.do(f.printer.Idle(f.Context()))
		f.nothingSeenThatWasNot()
		f.packWhatCameOut()
		switch {
		case sum.State != "sent":
			sum = f.run()
		case f.unseen() > 0:
			sum = f.run("--missing", "--badge", badge)
		case len(f.packed) < len(f.keys):
			sum = f.run("--ready")
		}
	}
	f.do(f.packer.in.Close())
	f.do(f.packer.cmd.Wait())
}

// run runs the verb beside the packer's program, which has the printer.
func (f *floor) run(args ...string) (sum runSum) {
	f.Helper()
	end := runProgram(f, "", append([]string{"run", "--json", "--dir", f.dir}, args...)...)
	if end.code == 1 || end.code == 2 {
		f.Fatalf("run %q: %s %s", args, end.stdout, end.stderr)
	}
	return last(f.T, linesOf[runSum](f, end.stdout))
}

// unseen is how many labels of a run that went out were not on the pile.
func (f *floor) unseen() int {
	f.Helper()
	left := 0
	for _, l := range f.status() {
		if l.State == "sent" {
			left++
		}
	}
	return left
}

// packWhatCameOut packs the parcels of the labels that lie on the pile: each is opened by its label, and the label scanned on it.
func (f *floor) packWhatCameOut() {
	f.Helper()
	pile := f.pile()
	for _, parcel := range pile[f.handled:] {
		number := ""
		for n, p := range f.tracking {
			if p == parcel {
				number = n
			}
		}
		if got := f.packer.scan(number); got.Outcome != "opened" {
			f.Fatalf("%s: %+v", number, got)
		}
		for _, code := range f.pieces(parcel) {
			if got := f.packer.scan(code); got.Outcome != "taken" {
				f.Fatalf("%s: %+v", code, got)
			}
		}
		if got := f.packer.scan(number); got.Outcome != "confirmed" {
			f.Fatalf("%s: %+v", number, got)
		}
		f.packed[parcel] = true
	}
	f.handled = len(pile)
}

func (f *floor) pieces(parcel string) []string {
	f.Helper()
	for _, o := range listOrders(f.T, f.dir) {
		if slices.ContainsFunc(o.Packages, func(p listedPackage) bool { return p.PackageID == parcel }) {
			return f.shop.items(o)
		}
	}
	f.Fatalf("%s is no parcel", parcel)
	return nil
}

// nothingSeenThatWasNot compares what is called seen with what the packer has had in their hands.
func (f *floor) nothingSeenThatWasNot() {
	f.Helper()
	for _, l := range f.status() {
		if l.State == "seen" && !f.packed[l.PackageID] {
			f.Errorf("the label of %s is called seen", l.PackageID)
		}
	}
}

// runLabel is a label in the list of run --json.
type runLabel struct {
	State     string
	PackageID string `json:"package_id"`
}

// status are the labels of the run that is under way or was last.
func (f *floor) status() []runLabel {
	f.Helper()
	end := runProgram(f, "", "run", "--status", "--json", "--dir", f.dir) // 3: it waits for a person
	if end.code != 0 && end.code != 3 {
		f.Fatalf("run --status: %s %s", end.stdout, end.stderr)
	}
	lines := linesOf[runLabel](f, end.stdout)
	return slices.DeleteFunc(lines, func(l runLabel) bool { return l.PackageID == "" }) // the sum
}

// prove compares the paper with the parcels, and the journal with both.
func (f *floor) prove() {
	f.Helper()
	pile := f.pile()
	slices.Sort(pile)
	keys := slices.Sorted(slices.Values(f.keys))
	if !slices.Equal(pile, keys) {
		f.Errorf("%d labels for %d parcels", len(pile), len(keys))
	}
	files, err := store.Open(f.dir, time.Now)
	if err != nil {
		f.Fatal(err)
	}
	defer func() { f.do(files.Close()) }()
	b, err := files.Balance(time.Time{})
	if err != nil || b.On != len(keys) || b.Bench != 0 || b.Sent != f.printer.Taken() || b.Sent != b.On+b.Spoiled {
		f.Errorf("labels do not balance: %+v, %d taken by the printer, %v", b, f.printer.Taken(), err)
	}
	for _, key := range f.keys {
		known, _, err := files.Parcel(order.ParcelKey(key))
		if err != nil || known.Work.Label.State != order.Seen || known.Work.ConfirmedAt.IsZero() {
			f.Errorf("%s: %+v, %v", key, known.Work.Label, err)
		}
	}
}
