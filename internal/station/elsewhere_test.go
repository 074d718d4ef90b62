package station

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
)

// A run belongs to the printer it was begun on: where the settings' address was changed meanwhile, nothing of it goes out before a person names the other one.
func TestARunBegunOnAnotherPrinterDoesNotGoOn(t *testing.T) {
	for name, c := range map[string]struct {
		ends     []order.EventKind
		on       PrintWish
		harmless []PrintWish
		paper    []int
	}{
		"standing, last good": {nil, PrintWish{Act: PrintLastGood, Code: trackingOf(10)}, []PrintWish{{Act: PrintDoubt}}, []int{11, 12}},
		"standing, scan":      {nil, PrintWish{Act: PrintScan, Code: trackingOf(10)}, nil, []int{11, 12}},
		"standing, none":      {nil, PrintWish{Act: PrintNone}, nil, []int{11, 12}},
		"paused": {[]order.EventKind{order.LabelSent, order.RunPauses}, PrintWish{Act: PrintGoOn},
			[]PrintWish{{Act: PrintPause}, {Act: PrintScan, Code: trackingOf(11)}}, []int{12}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			s.begunOn("tcp:old:9100", s.arranged(3), c.ends...)
			r := s.start(nil, func(c *Config) { c.PrinterName = "tcp:new:9100" })
			for _, w := range c.harmless {
				r.print("", w)
			}
			r.print("run.other_printer", c.on)
			elsewhere := c.on
			elsewhere.Printer = "tcp:third:9100"
			r.print("run.other_printer", elsewhere)
			want := order.Say("run.other_printer", "printer", "tcp:new:9100", "other", "tcp:old:9100")
			if diff := cmp.Diff(want, order.AsProblem(r.Print(t.Context(), c.on)).Said); diff != "" {
				t.Error(diff)
			}
			if printed := s.onPaper(); len(printed) > 0 {
				t.Fatalf("printed %v", printed)
			}
			here := c.on
			here.Printer = "tcp:new:9100"
			r.print("", here)
			r.until(func(s Snapshot) bool { return s.Run.AllSent })
			if got := s.onPaper(); !slices.Equal(got, c.paper) {
				t.Errorf("printed %v, want %v", got, c.paper)
			}
		})
	}
}

func TestTheMissingLabelsOfARunBegunOnAnotherPrinter(t *testing.T) {
	s := newShop(t)
	s.begunOn("tcp:old:9100", s.arranged(2), order.LabelSent)
	r := s.start(nil, func(c *Config) { c.PrinterName = "tcp:new:9100" })
	r.print("run.other_printer", PrintWish{Act: PrintMissing})
	r.print("", PrintWish{Act: PrintMissing, Printer: "tcp:new:9100"})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got := s.onPaper(); !slices.Equal(got, []int{11}) {
		t.Errorf("printed %v", got)
	}
}

func TestARunBegunOnAnotherPrinterCanBeEnded(t *testing.T) {
	s := newShop(t)
	s.begunOn("tcp:old:9100", s.arranged(3))
	r := s.start(nil, func(c *Config) { c.PrinterName = "tcp:new:9100" })
	r.print("", PrintWish{Act: PrintGiveUp})
	r.until(func(s Snapshot) bool { return s.Run.State == order.RunOver })
}
