package packing

import (
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
)

// gaps are the columns of the tables: how long after the first read of a code the second one comes.
var gaps = []time.Duration{
	20 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond, 200 * time.Millisecond, 500 * time.Millisecond,
	700 * time.Millisecond, 900 * time.Millisecond, 1100 * time.Millisecond,
}

// verdict is what a cell comes to, and why.
type verdict struct {
	outcome Outcome
	why     string
}

var verdicts = map[string]verdict{
	"double": {Repeat, "one scanner, the same code, and no hand presents another piece within 0.8 s: the print was read twice"},
	"full":   {Repeat, "no piece of it is missing, so that up to a second a second read is likelier than a piece too many"},
	"turns":  {Repeat, "a scanner with two codes in view reads them by turns, each again well within its own pause of 0.5 s"},
	"second": {TakenOut, "a piece of it is missing, and there was time for a hand to present it"},
	"back":   {TakenOut, "the scanner read another code in between and had time for the way there and back: a hand moved it"},
	"other":  {TakenOut, "another scanner holds another piece: no print is before two scanners"},
	"excess": {AlreadyFull, "a hand presented it and none is missing: a piece too many must not go into the box unheard"},
}

func scanBy(b *bench, device, code string, at time.Time) Turn {
	b.now = at
	return b.give(Scanned{Scan: order.Scan{Code: code, Device: device, At: at}, Candidates: b.candidates(code)})
}

// The double-read table: a code read once and again, with so many pieces of it open before the first read.
func TestDoubleReadTable(t *testing.T) {
	for _, row := range []struct {
		second  string // the scanner of the second read; the first is by scanner one
		between string // what was read halfway between, and by whom
		open    int
		//      20      50     100    200    500    700    900    1100 ms
		cells string
	}{
		{"one", "nothing", 1, "double double double double double double full   excess"},
		{"one", "nothing", 2, "double double double double double double second second"},
		{"one", "nothing", 3, "double double double double double double second second"},
		{"one", "a piece by one", 1, "turns turns turns turns excess excess excess excess"},
		{"one", "a piece by one", 2, "turns turns turns turns back   back   second second"},
		{"one", "a piece by one", 3, "turns turns turns turns back   back   second second"},
		{"one", "a refused code by one", 1, "turns turns turns turns excess excess excess excess"},
		{"one", "a refused code by one", 2, "turns turns turns turns back   back   second second"},
		{"one", "a refused code by one", 3, "turns turns turns turns back   back   second second"},
		{"one", "a piece by two", 1, "double double double double double double full   excess"}, // says nothing of where scanner one was
		{"one", "a piece by two", 2, "double double double double double double second second"},
		{"one", "a piece by two", 3, "double double double double double double second second"},
		{"two", "nothing", 1, "excess excess excess excess excess excess excess excess"},
		{"two", "nothing", 2, "other other other other other other second second"},
		{"two", "nothing", 3, "other other other other other other second second"},
		{"two", "a piece by one", 1, "excess excess excess excess excess excess excess excess"},
		{"two", "a piece by one", 2, "other other other other other other second second"},
		{"two", "a piece by one", 3, "other other other other other other second second"},
	} {
		cells := strings.Fields(row.cells)
		if len(cells) != len(gaps) {
			t.Fatalf("%q has %d cells, want %d", row.cells, len(cells), len(gaps))
		}
		for i, gap := range gaps {
			want := verdicts[cells[i]]
			b := newBench(t, parcel("P1", append([]string{"cap", "mug"}, "tee", "tee", "tee")[:2+row.open]...))
			b.scan("P1")
			first := b.now.Add(2 * time.Second)
			b.want(scanBy(b, "one", "tee", first), TakenOut)
			in := 1
			switch what, device, _ := strings.Cut(row.between, " by "); what {
			case "a piece":
				b.want(scanBy(b, device, "cap", first.Add(gap/2)), TakenOut)
				in++
			case "a refused code":
				b.want(scanBy(b, device, "nobody's", first.Add(gap/2)), UnknownCode)
			}
			got := scanBy(b, row.second, "tee", first.Add(gap))
			if got.Outcome == TakenOut {
				in++
			}
			if pieces, _ := b.state.Pieces(); got.Outcome != want.outcome || pieces != in {
				t.Errorf("%d open, %s between, again by %s after %v: %s with %d pieces in; want %s, because %s",
					row.open, row.between, row.second, gap, got.Outcome, pieces, want.outcome, want.why)
			}
		}
	}
}

// The piece that completes a parcel: its second read is decided with the label already waiting, and is no wrong label as long as it can be the same print.
func TestDoubleReadOfTheLastPiece(t *testing.T) {
	for _, row := range []struct {
		second string
		//      20      50     100    200    500    700    900    1100 ms
		cells string
	}{
		{"one", "repeat repeat repeat repeat repeat repeat repeat wrong_label"},
		{"two", "wrong_label wrong_label wrong_label wrong_label wrong_label wrong_label wrong_label wrong_label"}, // another hand, another piece
	} {
		for i, want := range strings.Fields(row.cells) {
			b := newBench(t, parcel("P1", "tee"))
			b.scan("P1")
			first := b.now.Add(2 * time.Second)
			b.want(scanBy(b, "one", "tee", first), TakenOut)
			b.settle()
			if got := scanBy(b, row.second, "tee", first.Add(gaps[i])); got.Outcome != Outcome(want) {
				t.Errorf("again by %s after %v: %s, want %s", row.second, gaps[i], got.Outcome, want)
			}
		}
	}
}

// A refused code is loud once: what the same scanner reads of it within a second is a repeat that leaves the refusal on the screen. Later, or by another
// scanner, it is a hand that insists.
func TestRefusalIsLoudOnce(t *testing.T) {
	cancelled := parcel("P3", "sock")
	cancelled.Standing = order.Gone
	for name, c := range map[string]struct {
		before []string
		code   string
		want   Outcome
	}{
		"nothing open":         {nil, "tee", WrongItem},
		"unknown":              {nil, "nobody's", UnknownCode},
		"a cancelled parcel":   {nil, "P3", CancelledOut},
		"a wrong item":         {[]string{"P1"}, "mug", WrongItem},
		"unknown while open":   {[]string{"P1"}, "nobody's", UnknownCode},
		"one too many":         {[]string{"P1", "tee", "tee"}, "tee", AlreadyFull},
		"another parcel":       {[]string{"P1", "tee"}, "P2", ParcelOpen},
		"no label of this one": {[]string{"P2", "mug"}, "tee", WrongLabel},
	} {
		for _, second := range []string{"one", "two"} {
			for _, gap := range gaps {
				b := newBench(t, parcel("P1", "tee", "tee", "cap"), parcel("P2", "mug"), cancelled)
				for _, code := range c.before {
					b.scan(code)
					b.settle()
				}
				first := b.scan(c.code)
				b.want(first, c.want)
				mistake, at := b.state.Wrong, b.now
				want := Repeat
				if second == "two" || gap >= time.Second {
					want = c.want
				}
				again := scanBy(b, second, c.code, at.Add(gap))
				if again.Outcome != want || again.Said.Key != first.Said.Key || again.Parcel != first.Parcel {
					t.Errorf("%s: again by %s after %v: %s (%s), want %s (%s)", name, second, gap, again.Outcome, again.Said.Key, want, first.Said.Key)
				}
				if now := b.state.Wrong; now.Outcome != mistake.Outcome || now.Code != mistake.Code {
					t.Errorf("%s: the screen shows %+v, showed %+v", name, now, mistake)
				}
			}
		}
	}
}

// What was refused and is right a moment later is taken: a repeat is only what comes to the same again.
func TestRefusedCodeThatIsRightNow(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.want(b.scan("tee"), WrongItem)
	b.want(b.scanAfter(200*time.Millisecond, "P1"), OpenedOut)
	b.want(b.scanAfter(200*time.Millisecond, "tee"), TakenOut)
}
