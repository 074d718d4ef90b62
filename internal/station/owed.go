package station

import (
	"context"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// askOwed asks the platform what the buyer of a parcel waits for, and the journal when the parcel was packed.
func (s *Station) askOwed(ctx context.Context, parcel order.Parcel) packing.OwedRead {
	read := packing.OwedRead{Key: parcel.Key}
	owed, err := s.Mirror.Owed(ctx, parcel, s.Language)
	if err == nil {
		var events []order.Event
		events, err = s.Store.History(parcel.Key)
		for _, e := range events {
			if e.Kind == order.Taken {
				read.PackedAt = e.At
			}
		}
	}
	s.logTrouble("what a buyer is owed was not read", parcel.Key, err)
	read.Owed, read.Problem = owed, order.AsProblem(err)
	return read
}
