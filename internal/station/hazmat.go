package station

import (
	"context"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/spool"
)

// printHazmat fetches the label for dangerous goods, draws it for the labels that are in the printer, and sends it.
func (s *Station) printHazmat(ctx context.Context, parcel order.Parcel) packing.HazmatPrinted {
	answer := packing.HazmatPrinted{Key: parcel.Key}
	document, err := s.Mirror.Hazmat(ctx, parcel)
	if err == nil {
		err = s.sendExtra(ctx, document)
	}
	s.logTrouble("the label for dangerous goods was not sent", parcel.Key, err)
	answer.Problem = order.AsProblem(err)
	return answer
}

// sendExtra prints a document that carries no number of a parcel: nothing of it is journalled before its first byte, as nobody could take it for another parcel's.
func (s *Station) sendExtra(ctx context.Context, document []byte) error {
	drawn, err := s.Labels.Make(ctx, document, s.Printer.Medium(), s.Printer.DPI())
	if err == nil {
		err = s.mayComeOut(ctx)
	}
	if err != nil {
		return err
	}
	_, err = spool.Send(ctx, s.Printer, s.Printer.Encode(drawn), func() error { return nil })
	return err
}
