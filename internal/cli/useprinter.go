package cli

import (
	"errors"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/settings"
	"packbench/printer"
)

// UsePrinter has the bench print as the settings say from now on. It fails, and changes nothing, with the problems of printer.Open, with printer.in_use while
// a label or a run is under way, and with printer.named where the program was started on another printer by its address.
func (r *Running) UsePrinter(p settings.Printer) error {
	if r.named {
		return order.Trouble(nil, "printer.named")
	}
	d := r.bench.device
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.guests > 0 {
		return order.Trouble(nil, "printer.in_use")
	}
	opened, err := printer.Open(p.URI, PrinterOptions(p, p.URI, page.Label))
	if err != nil {
		return err
	}
	if err := r.Station.UsePrinter(opened, p.URI, unproven(p, opened)); err != nil {
		return errors.Join(err, opened.Close())
	}
	before := d.printer
	d.uri, d.printer = p.URI, opened
	if err := before.Close(); err != nil { // what was sent there is out, or a label would be under way
		r.bench.Log.Warn("the printer before was not closed well", "problem", order.AsProblem(err).Error())
	}
	return nil
}
