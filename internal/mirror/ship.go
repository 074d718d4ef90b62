package mirror

import (
	"context"
	"math/big"
	"slices"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/platform"
)

// Ship asks the platform once to arrange shipment of a parcel, in the way its flow has it. It returns the parcel's key, which is a new one
// where arranging made the package. A parcel of the seller's own carrier is none for it: that needs a number, see order.UploadTracking.
func (m *Mirror) Ship(ctx context.Context, parcel order.Parcel) (order.ParcelKey, error) {
	shop, err := m.shop(ctx, parcel.ShopID)
	if err != nil {
		return parcel.Key, err
	}
	if orderID, byOrder := parcel.Key.OrderID(); byOrder && parcel.Flow == order.BuyLabel {
		return m.buyLabel(ctx, shop, parcel, orderID)
	}
	return parcel.Key, m.platform.Ship(ctx, shop, platform.Shipment{PackageID: string(parcel.Key)})
}

// buyLabel makes a package of an order by buying its label from the service the platform proposes, else from the cheapest, and reads the order anew, so that
// the package is known. Where it cannot be read the outcome is unknown: the next reading finds the package.
func (m *Mirror) buyLabel(ctx context.Context, shop order.Shop, parcel order.Parcel, orderID string) (order.ParcelKey, error) {
	wanted := platform.Parcelling{OrderID: orderID}
	for _, unit := range parcel.Units {
		wanted.LineIDs = append(wanted.LineIDs, unit.ID)
	}
	grams, err := m.weight(parcel)
	if err != nil {
		return parcel.Key, err
	}
	if grams > 0 {
		wanted.Weight = platform.Weight{Value: float64(grams), Unit: platform.Gram}
	}
	services, err := m.platform.ShippingServices(ctx, shop, wanted)
	if err != nil {
		return parcel.Key, err
	}
	if len(services) == 0 {
		return parcel.Key, order.Trouble(nil, "mirror.no_service")
	}
	wanted.ServiceID = slices.MinFunc(services, cheaper).ID
	made, err := m.platform.CreatePackage(ctx, shop, wanted)
	if err != nil {
		return parcel.Key, err
	}
	if err := m.readOrders(ctx, shop, parcel.OrderIDs); err != nil { // the store would not know the package
		return parcel.Key, platform.Unseen(err)
	}
	return order.ParcelKey(made.PackageID), nil
}

// cheaper puts the service the platform proposes before all others, and then the one that costs less.
func cheaper(a, b platform.ShippingService) int {
	if a.Default != b.Default {
		if a.Default {
			return -1
		}
		return 1
	}
	price := func(s platform.ShippingService) *big.Rat {
		if p, ok := new(big.Rat).SetString(s.Price); ok {
			return p
		}
		return big.NewRat(1<<40, 1) // a price that cannot be read is no bargain
	}
	return price(a).Cmp(price(b))
}

// weight is what the pieces of a parcel weigh in g by the seller's catalogue, 0 where it does not know of all.
func (m *Mirror) weight(parcel order.Parcel) (int, error) {
	grams := 0
	for _, unit := range parcel.Units {
		article, err := m.store.Article(unit.SKU())
		if err != nil {
			return 0, err
		}
		if article.WeightG == 0 {
			return 0, nil
		}
		grams += article.WeightG
	}
	return grams, nil
}

// StandingFrom is what a refusal of the platform says has become of a parcel; empty where it says nothing of it.
func StandingFrom(err error) order.Standing {
	switch platform.ReactionTo(err) {
	case platform.Cancelled:
		return order.Gone
	case platform.CancelPending:
		return order.CancelRequest
	case platform.OnHold:
		return order.Held
	case platform.PlatformPacks:
		return order.PlatformPacks
	case platform.LabelTooLate:
		return order.Collected
	}
	return ""
}

// ShipEnd is how a request to arrange shipment of a parcel ended, told from its error. made is the key Ship gave.
func ShipEnd(key, made order.ParcelKey, err error) packing.ShipAnswered {
	answer := packing.ShipAnswered{Key: key, Package: made, Problem: order.AsProblem(err)}
	switch platform.ReactionTo(err) {
	case platform.Nothing:
		answer.Result = packing.ShipDone
	case platform.AlreadyShipped:
		answer.Result = packing.ShipAlready
	case platform.UnknownOutcome:
		answer.Result = packing.ShipUnknown
	default:
		answer.Result = packing.ShipNo
		answer.Standing = StandingFrom(err)
	}
	return answer
}
