package acceptance

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
)

// Scans at the hand-over shelf through kills: what was answered is on its sheet after each, what was not may be, and in the end each parcel is on one sheet, once.
func TestKillsAtTheShelf(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 40, Seed: 7, LabelDelay: time.Millisecond})
	printer := newTape(t)
	var scans strings.Builder
	packed := 0
	for _, o := range listOrders(t, s.dir) {
		if o.Status == "AWAITING_SHIPMENT" && packed < 8 && o.pieces() == 1 {
			packed++
			scans.WriteString(strings.Join(append([]string{o.Packages[0].PackageID}, append(s.items(o), "label")...), "\n") + "\n")
		}
	}
	var numbers []string
	for _, o := range outcomes(t, must(t, scans.String(), "pack", "--scans", "-", "--printer", printer.uri(), "--dir", s.dir)) {
		if o.Outcome == "confirmed" {
			numbers = append(numbers, o.Scan)
		}
	}
	if len(numbers) != packed || packed < 4 {
		t.Fatalf("%d of %d parcels were packed", len(numbers), packed)
	}
	random := rand.New(rand.NewPCG(7, 7))
	on := map[string]bool{} // by an answer
	for cut := range 6 {
		c := converseBy(t, "handover", "scan", "--scans", "-", "--dir", s.dir)
		for _, number := range numbers[:1+random.IntN(len(numbers))] {
			answer := c.scan(number)
			if want := map[bool]string{true: "twice", false: "handed_over"}[on[number]]; answer.Outcome != want && (answer.Outcome != "twice" || cut == 0) {
				t.Errorf("cut %d: %s came to %s, want %s", cut, number, answer.Outcome, want)
			}
			on[number] = true
		}
		c.say(numbers[random.IntN(len(numbers))])
		time.Sleep(time.Duration(random.Int64N(int64(8 * time.Millisecond)))) // a moment, not a state: that is what a power cut is
		c.kill()
	}
	end := runProgram(t, strings.Join(numbers, "\n"), "handover", "scan", "--scans", "-", "--dir", s.dir)
	for _, o := range outcomes(t, end.stdout) {
		if o.Outcome != "twice" && (o.Outcome != "handed_over" || on[o.Scan]) {
			t.Errorf("%+v", o)
		}
	}
	var parcels int
	for line := range strings.Lines(must(t, "", "handover", "list", "--json", "--dir", s.dir)) {
		var sheet struct {
			Sheet   string
			Parcels int
			Missing []any
		}
		if err := json.Unmarshal([]byte(line), &sheet); err != nil {
			t.Fatal(err)
		}
		if parcels += sheet.Parcels; len(sheet.Missing) > 0 {
			t.Errorf("missing from %q: %v", sheet.Sheet, sheet.Missing)
		}
	}
	if parcels != packed {
		t.Errorf("%d parcels are on sheets, %d were handed over", parcels, packed)
	}
}
