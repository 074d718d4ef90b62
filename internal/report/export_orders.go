package report

import (
	"strconv"
	"strings"
	"time"

	"packbench/internal/order"
)

// OrderColumns are those of the export of orders.
var OrderColumns = []Column{
	{"order_id", order.Say("export.order_id"), Text, 22},
	{"shop", order.Say("export.shop"), Text, 16},
	{"market", order.Say("export.market"), Text, 8},
	{"status", order.Say("export.status"), Text, 22},
	{"state", order.Say("export.state"), Text, 18},
	{"due", order.Say("export.due"), Moment, 20},
	{"created", order.Say("export.created"), Moment, 20},
	{"paid", order.Say("export.paid"), Moment, 20},
	{"arrange_by", order.Say("export.arrange_by"), Moment, 20},
	{"collect_by", order.Say("export.collect_by"), Moment, 20},
	{"deliver_by", order.Say("export.deliver_by"), Moment, 20},
	{"arrange_or_cancel_by", order.Say("export.arrange_or_cancel_by"), Moment, 20},
	{"collect_or_cancel_by", order.Say("export.collect_or_cancel_by"), Moment, 20},
	{"confirmed", order.Say("export.confirmed"), Moment, 20},
	{"delivered", order.Say("export.delivered"), Moment, 20},
	{"cancelled", order.Say("export.cancelled"), Moment, 20},
	{"cancel_requested", order.Say("export.cancel_requested"), Text, 12},
	{"type", order.Say("export.type"), Text, 12},
	{"fulfilment", order.Say("export.fulfilment"), Text, 24},
	{"shipping", order.Say("export.shipping"), Text, 12},
	{"carrier", order.Say("export.carrier"), Text, 18},
	{"warehouse", order.Say("export.warehouse"), Text, 22},
	{"package_id", order.Say("export.package_id"), Text, 22},
	{"tracking_number", order.Say("export.tracking_number"), Text, 22},
	{"pieces", order.Say("export.pieces"), Number, 8},
	{"value", order.Say("export.value"), Number, 10},
	{"currency", order.Say("export.currency"), Text, 8},
}

// OrderRow is an order with its parcels, of which a cell holds the numbers of all; shop is the shop's name.
func OrderRow(o order.Order, parcels []order.Known, shop string) []Cell {
	pieces, value := 0, int64(0)
	for _, unit := range o.Units() {
		pieces++
		value += unit.Price
	}
	return []Cell{
		text(o.ID), text(shop), text(string(o.Market)), text(string(o.Status)), each(parcels, order.Known.State), at(o.Due()), at(o.CreatedAt), at(o.PaidAt),
		at(o.Times.ArrangeBy), at(o.Times.CollectBy), at(o.Times.DeliverBy), at(o.Times.ArrangeOrCancelBy), at(o.Times.CollectOrCancelBy),
		at(lastConfirmed(parcels)), at(o.DeliveredAt), at(o.CancelledAt), yes(o.CancelRequested), text(o.Type), text(o.FulfillmentType), text(string(o.ShippingType)), text(o.Provider),
		text(o.WarehouseID), each(parcels, func(k order.Known) string { return string(k.Key) }), each(parcels, func(k order.Known) string { return k.Tracking }),
		number(pieces), money(value, o.Currency), text(o.Currency),
	}
}

// LineColumns are those of the export of lines.
var LineColumns = []Column{
	{"order_id", order.Say("export.order_id"), Text, 22},
	{"line_id", order.Say("export.line_id"), Text, 22},
	{"shop", order.Say("export.shop"), Text, 16},
	{"market", order.Say("export.market"), Text, 8},
	{"status", order.Say("export.status"), Text, 22},
	{"package_id", order.Say("export.package_id"), Text, 22},
	{"state", order.Say("export.state"), Text, 18},
	{"tracking_number", order.Say("export.tracking_number"), Text, 22},
	{"seller_sku", order.Say("export.seller_sku"), Text, 18},
	{"sku_id", order.Say("export.sku_id"), Text, 22},
	{"product", order.Say("export.product"), Text, 40},
	{"variant", order.Say("export.variant"), Text, 20},
	{"gift", order.Say("export.gift"), Text, 8},
	{"battery", order.Say("export.battery"), Text, 8},
	{"price", order.Say("export.price"), Number, 10},
	{"currency", order.Say("export.currency"), Text, 8},
	{"taken", order.Say("export.taken"), Text, 8},
	{"serial", order.Say("export.serial"), Text, 18},
	{"lot", order.Say("export.lot"), Text, 14},
	{"expiry", order.Say("export.expiry"), Text, 12},
	{"created", order.Say("export.created"), Moment, 20},
	{"paid", order.Say("export.paid"), Moment, 20},
}

// LineRows are the pieces of an order that lie in its parcels; those that were taken at the bench are told with their serial number, lot and last day of use.
func LineRows(o order.Order, parcels []order.Known, shop string) (rows [][]Cell) {
	for _, known := range parcels {
		for _, u := range known.Units {
			if u.OrderID != o.ID {
				continue
			}
			piece, taken := takenAs(known.Work, u)
			rows = append(rows, []Cell{
				text(o.ID), text(u.ID), text(shop), text(string(o.Market)), text(string(u.Status)), text(string(known.Key)), text(known.State()), text(known.Tracking),
				text(u.SellerSKU), text(u.SKUID), text(u.ProductName), text(u.VariantName), yes(u.Gift), yes(u.DangerousGood), money(u.Price, o.Currency), text(o.Currency),
				yes(taken), text(piece.Serial), text(piece.Lot), text(piece.Expiry), at(o.CreatedAt), at(o.PaidAt),
			})
		}
	}
	return rows
}

// takenAs is the piece in the box that was taken for a unit.
func takenAs(work order.Work, u order.Unit) (order.Piece, bool) {
	for _, piece := range work.Taken {
		if piece.Unit == u.ID {
			return piece, true
		}
	}
	return order.Piece{}, false
}

func lastConfirmed(parcels []order.Known) (last time.Time) {
	for _, known := range parcels {
		if known.Work.ConfirmedAt.After(last) {
			last = known.Work.ConfirmedAt
		}
	}
	return last
}

func text(s string) Cell { return Cell{Text: s} }

func at(moment time.Time) Cell { return Cell{At: moment} }

func number(n int) Cell { return Cell{Text: strconv.Itoa(n)} }

// yes is "yes", or nothing.
func yes(is bool) Cell {
	if is {
		return Cell{Text: "yes"}
	}
	return Cell{}
}

// money is hundredths of a currency; where the platform told no currency it told no price either.
func money(hundredths int64, currency string) Cell {
	if currency == "" {
		return Cell{}
	}
	return Cell{Text: strconv.FormatFloat(float64(hundredths)/100, 'f', 2, 64)}
}

// each is what is to be told of each parcel, side by side; what says nothing is left out.
func each(parcels []order.Known, of func(order.Known) string) Cell {
	var all []string
	for _, known := range parcels {
		if said := of(known); said != "" {
			all = append(all, said)
		}
	}
	return Cell{Text: strings.Join(all, " ")}
}
