package station

import (
	"context"
	"os"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/spool"
)

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

// printQR sends the platform's QR label as it was imported.
func (s *Station) printQR(ctx context.Context, effect packing.PrintQR) packing.QRPrinted {
	document, err := os.ReadFile(effect.Path)
	if err != nil {
		err = order.Trouble(err, "qr.gone")
	} else {
		err = s.sendExtra(ctx, document)
	}
	s.logTrouble("the platform's QR label was not sent", effect.Parcel.Key, err)
	return packing.QRPrinted{Key: effect.Parcel.Key, Problem: order.AsProblem(err)}
}
