package station

import "packbench/internal/order"

// elsewhere tells whether the run belongs to another printer than this bench's, as when the address in the settings was changed while it was open: its labels
// may lie at that one, and nobody stands there to say which was the last good one.
func (s *Station) elsewhere() bool {
	r := s.run
	return !r.moved && r.Printer != "" && r.Printer != s.PrinterName
}

// otherPrinter refuses to print such a run.
func (s *Station) otherPrinter() error {
	return order.Trouble(nil, "run.other_printer", "printer", s.PrinterName, "other", s.run.Printer)
}
