package packing

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
)

// Every scanner has its own figures; one of which nothing is known has everybody's.
func TestDoubleReadFiguresOfAScanner(t *testing.T) {
	for name, c := range map[string]struct {
		of     DoubleRead
		gap    time.Duration
		pieces []string
		want   Outcome
	}{
		"nothing set, a bounce":                    {DoubleRead{}, 500 * time.Millisecond, []string{"tee", "tee", "cap"}, Repeat},
		"nothing set, a second piece":              {DoubleRead{}, 850 * time.Millisecond, []string{"tee", "tee", "cap"}, TakenOut},
		"a quick scanner, a second piece":          {DoubleRead{Missing: 300 * time.Millisecond}, 350 * time.Millisecond, []string{"tee", "tee", "cap"}, TakenOut},
		"a quick scanner, a bounce":                {DoubleRead{Missing: 300 * time.Millisecond}, 250 * time.Millisecond, []string{"tee", "tee", "cap"}, Repeat},
		"a quick scanner, none of it missing":      {DoubleRead{Missing: 300 * time.Millisecond}, 900 * time.Millisecond, []string{"tee", "cap"}, Repeat},
		"a quick scanner, none of it missing, set": {DoubleRead{Missing: 300 * time.Millisecond, Full: 400 * time.Millisecond}, 450 * time.Millisecond, []string{"tee", "cap"}, AlreadyFull},
		"a slow scanner, a bounce":                 {DoubleRead{Missing: 2 * time.Second}, 1900 * time.Millisecond, []string{"tee", "tee", "cap"}, Repeat},
		"a slow scanner, none of it missing":       {DoubleRead{Missing: 2 * time.Second}, 1900 * time.Millisecond, []string{"tee", "cap"}, Repeat},
		"a slow scanner, a second piece":           {DoubleRead{Missing: 2 * time.Second}, 2100 * time.Millisecond, []string{"tee", "tee", "cap"}, TakenOut},
		"missing longer than full":                 {DoubleRead{Missing: 3 * time.Second, Full: time.Second}, 2900 * time.Millisecond, []string{"tee", "tee", "cap"}, Repeat},
	} {
		b := newBench(t, parcel("P1", c.pieces...))
		b.state.DoubleReads = map[string]DoubleRead{"left": c.of}
		read := func(after time.Duration, code string) Turn {
			b.now = b.now.Add(after)
			return b.give(Scanned{Scan: order.Scan{Code: code, Device: "left", At: b.now}, Candidates: b.candidates(code)})
		}
		b.want(read(time.Second, "P1"), OpenedOut)
		b.want(read(time.Second, "tee"), TakenOut)
		if turn := read(c.gap, "tee"); turn.Outcome != c.want {
			t.Errorf("%s: %s, want %s", name, turn.Outcome, c.want)
		}
	}
}

// What was decided about the bench holds for every parcel, and after a restart.
func TestTheSetupStays(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"), parcel("P2", "tee", "tee"))
	b.state.Setup = Setup{Warehouse: "W", Supervisors: []string{"badge"}, DoubleReads: map[string]DoubleRead{"one": {Missing: time.Second}}, OwnCarrier: "C"}
	for key, p := range b.parcels {
		p.WarehouseID = "W"
		b.parcels[key] = p
	}
	want := b.state.Setup
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)
	if !cmp.Equal(b.state.Setup, want) {
		t.Errorf("after a parcel: %+v", b.state.Setup)
	}
	b.want(b.scan("P2"), OpenedOut)
	b.give(Resumed{order.Known{Parcel: b.parcels["P2"], Work: b.works["P2"]}})
	if !cmp.Equal(b.state.Setup, want) || b.state.Parcel.Key != "P2" {
		t.Errorf("after a restart: %+v", b.state.Setup)
	}
}
