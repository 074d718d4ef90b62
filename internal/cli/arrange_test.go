package cli

import (
	"testing"

	"packbench/internal/order"
)

func TestWhatCanBeArranged(t *testing.T) {
	asked := order.Work{Requests: []order.Request{{ID: "1", Kind: order.Arrange}}}
	for name, c := range map[string]struct {
		standing order.Standing
		work     order.Work
		want     bool
	}{
		"to be packed":                         {order.Ready, order.Work{}, true},
		"without a package yet":                {order.WithoutPackage, order.Work{}, true},
		"arranged here":                        {order.Arranged, order.Work{Arranged: true}, true},
		"asked for here before the power went": {order.Arranged, asked, true},
		"tried at the bench":                   {order.Arranged, order.Work{Tries: 1}, true},
		"arranged elsewhere":                   {order.Arranged, order.Work{}, false},
		"cancelled after it was asked for":     {order.Gone, asked, false},
	} {
		if got := arrangeable(order.Known{Parcel: order.Parcel{Standing: c.standing}, Work: c.work}); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
