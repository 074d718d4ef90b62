package station

import (
	"context"

	"packbench/internal/order"
	"packbench/internal/packing"
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
