package cli

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/report"
	"packbench/internal/rules"
)

// Before anybody has packed the forecast says that it knows nothing; afterwards it counts what is owed, and names what will be late.
func TestForecast(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 120, Seed: 3})
	now := time.Now().Add(30 * time.Hour) // when much is due
	at := func() *Environment {
		e := p.environment()
		e.Now = func() time.Time { return now }
		return e
	}
	run := func(v verb) ended {
		var stdout bytes.Buffer
		e := at()
		e.Stdout = &stdout
		return ended{code: e.Finish(v.Run(e)), stdout: stdout.String()}
	}
	bench, err := OpenBench(at())
	if err != nil {
		t.Fatal(err)
	}
	owed := map[order.ParcelKey]bool{}
	held, err := rules.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	if err := bench.Store.Parcels(func(f *order.Facts) {
		if _, is := report.OwedOf(f, nil, held.Calendar, now); is {
			owed[f.Key] = true
		}
	}); err != nil {
		t.Fatal(err)
	}
	if len(owed) < 5 {
		t.Fatalf("only %d parcels are owed", len(owed))
	}
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}
	count := func(lines []forecastLine) (n int) {
		for _, l := range lines {
			n += l.Parcels
		}
		return n
	}
	lines := read[forecastLine](t, run(&Forecast{JSON: true}).stdout)
	if count(lines) != len(owed) || lines[0].Unknown != report.NobodyNow || lines[0].Miss != nil {
		t.Errorf("before anybody packed: %+v, of %d owed", lines, len(owed))
	}
	if said := run(&Forecast{}).stdout; !strings.Contains(said, "Not enough known") {
		t.Errorf("said %s", said)
	} else if rows := strings.Split(said, "\n"); !strings.Contains(rows[0], "To be packed") || !strings.Contains(rows[0], "Of them late already") ||
		strings.Count(rows[1], "–") != 5 { // nobody knows: not nobody
		t.Errorf("said %s", said)
	}

	// Twenty parcels of nobody's in forty minutes: thirty an hour.
	if bench, err = OpenBench(at()); err != nil {
		t.Fatal(err)
	}
	var events []order.Event
	for n := range 20 {
		key, at := order.ParcelKey(fmt.Sprint("X", n)), now.Add(time.Duration(2*n-42)*time.Minute)
		events = append(events, order.Event{At: at, Kind: order.Taken, Parcel: key, Unit: "u", SKU: "A", Bench: "1"}, order.Event{At: at, Kind: order.Confirmed, Parcel: key, Bench: "1"})
	}
	if err := bench.Store.Append(events); err != nil {
		t.Fatal(err)
	}
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}
	end := run(&Forecast{JSON: true})
	lines = read[forecastLine](t, end.stdout)
	if count(lines) != len(owed) || lines[0].Unknown != "" || lines[0].AnHour != 30 || lines[0].Benches != 1 {
		t.Errorf("%+v", lines)
	}
	missed := 0
	for _, l := range lines {
		if len(l.Packages) != *l.Miss || *l.Low > *l.Miss || *l.High < *l.Miss {
			t.Errorf("%+v", l)
		}
		for _, key := range l.Packages {
			if !owed[key] {
				t.Errorf("%s is not owed", key)
			}
		}
		missed += *l.Miss
	}
	if end.code != map[bool]int{true: ExitNeedsPerson}[missed > 0] {
		t.Errorf("exit code %d, %d will be late", end.code, missed)
	}
	paces := read[paceLine](t, run(&Forecast{JSON: true, Pace: true}).stdout)
	if len(paces) != 4 || paces[3].Stage != report.Confirmed || paces[3].Parcels != 19 || paces[3].LinesAnHour != 30 {
		t.Errorf("%+v", paces)
	}
}
