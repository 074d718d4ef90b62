package cli

import (
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

// What goes wrong at the bench is said by lines; the goods it leaves about stand on the put-back list.
func TestPackExceptions(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3, LabelDelay: time.Millisecond})
	two := p.waiting(2)
	parcel, items := string(two[0].Packages[0].PackageID), p.scansOf(two[0])
	end, lines := p.pack("undo", parcel, items[0], "undo", items[0], "damaged", items[0], "help", "start over", "short", "short out_of_stock")
	want := []string{"nothing_asked", "opened", "taken", "undone", "taken", "left_box", "taken", "needs_person", "left_box", "needs_person", "parked"}
	if got := outcomesOf(lines); end.code != ExitNeedsPerson || !slices.Equal(got, want) {
		t.Fatalf("exit code %d, %v\n%s%s", end.code, got, end.stdout, end.stderr)
	}
	if l := lines[len(lines)-1]; l.Scan != "short out_of_stock" || l.State != "parked" || !strings.Contains(l.Message, "to 0") {
		t.Errorf("%+v", l)
	}
	if got := p.orders(Orders{State: "parked"}); len(got) != 1 || got[0].OrderID != two[0].OrderID {
		t.Errorf("%+v", got)
	}
	var whys []order.Leaving
	for _, entry := range read[putBackLine](t, p.run("", &PutBack{JSON: true}).stdout) {
		if whys = append(whys, entry.Why); entry.Pieces != 1 || string(entry.PackageID) != parcel {
			t.Errorf("%+v", entry)
		}
	}
	if slices.Sort(whys); !slices.Equal(whys, []order.Leaving{order.OfDamaged, order.OfRestart}) {
		t.Errorf("%v", whys)
	}
	history := p.must("", &History{Code: parcel})
	for _, event := range []string{"parked for a supervisor", "last piece out again", "piece out of the box, to be put back: ", "damaged in packing", "its bin is empty"} {
		if !strings.Contains(history, event) {
			t.Errorf("%q is not in\n%s", event, history)
		}
	}
	end, lines = p.pack(parcel, items[0], items[1], "wait", "label")
	if end.code != ExitDone || !strings.Contains(lines[0].Message, "was parked") || lines[3].State != "confirmed" {
		t.Errorf("exit code %d, %+v", end.code, lines)
	}
}
