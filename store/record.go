package store

import (
	"encoding/json"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// orderRecord is an order as it is kept: what the platform told of it, and when this bench last heard that.
type orderRecord struct {
	Order  order.Order
	ReadAt time.Time
}

// keptOrder is how an order lies in the file: JSON, because every language reads it, with short names and without what is empty, because
// 15,000 orders are written in one go. The order's id is the key it lies under.
type keptOrder struct {
	ReadAt     moment `json:"r,omitzero"`
	ReadAtNano int    `json:"rn,omitzero"` // the rest of ReadAt in nanoseconds: it is compared with what happened here

	ShopID      string             `json:"s,omitzero"`
	Market      order.Market       `json:"m,omitzero"`
	Status      order.Status       `json:"st,omitzero"`
	Type        string             `json:"ty,omitzero"`
	Fulfillment string             `json:"f,omitzero"`
	Shipping    order.ShippingType `json:"sh,omitzero"`
	Warehouse   string             `json:"w,omitzero"`
	Provider    string             `json:"p,omitzero"`
	Invoice     string             `json:"iv,omitzero"`

	WentThroughHold   bool   `json:"h,omitzero"`
	CancelRequested   bool   `json:"x,omitzero"`
	CancelRequestedAt moment `json:"xt,omitzero"`
	AddressUpdated    bool   `json:"a,omitzero"`
	Sample            bool   `json:"sa,omitzero"`
	Postcode          string `json:"z,omitzero"`
	NotLatin          bool   `json:"nl,omitzero"`
	BuyerMessage      string `json:"bm,omitzero"`
	SellerNote        string `json:"sn,omitzero"`
	Tag               string `json:"tg,omitzero"`
	Priority          int    `json:"pr,omitzero"`
	Currency          string `json:"cu,omitzero"`

	CreatedAt         moment      `json:"tc,omitzero"`
	PaidAt            moment      `json:"tp,omitzero"`
	UpdatedAt         moment      `json:"tu,omitzero"`
	DeliveredAt       moment      `json:"td,omitzero"`
	CancelledAt       moment      `json:"tx,omitzero"`
	ArrangeBy         moment      `json:"ca,omitzero"`
	CollectBy         moment      `json:"cc,omitzero"`
	DeliverBy         moment      `json:"cd,omitzero"`
	ArrangeOrCancelBy moment      `json:"cx,omitzero"`
	CollectOrCancelBy moment      `json:"cy,omitzero"`
	PickUpBy          moment      `json:"cp,omitzero"`
	ReleaseAt         moment      `json:"rl,omitzero"`
	ArrangedAt        moment      `json:"ta,omitzero"`
	CollectedAt       moment      `json:"tk,omitzero"`
	FirstTracked      moment      `json:"tf,omitzero"`
	LastTracked       moment      `json:"tl,omitzero"`
	TransitFailed     moment      `json:"te,omitzero"`
	TransitNodes      order.Nodes `json:"tn,omitzero"`

	Packages []string   `json:"k,omitempty"`
	Lines    []keptLine `json:"l,omitempty"`
}

// keptLine is how a line lies in the file. Most lines of an order share their state, package and tracking number, and many their article:
// what a line has in common with the line before it is left out and its letter named in Same. Before an order's first line comes a line
// of the order's own state and first package, before the first part of a bundle the bundle.
type keptLine struct {
	Same      string       `json:"=,omitzero"`
	ID        string       `json:"i,omitzero"`
	SKUID     string       `json:"k,omitzero"`
	SellerSKU string       `json:"s,omitzero"`
	Product   string       `json:"p,omitzero"`
	Variant   string       `json:"v,omitzero"`
	Picture   string       `json:"u,omitzero"`
	Status    order.Status `json:"t,omitzero"`
	Package   string       `json:"g,omitzero"`
	Tracking  string       `json:"n,omitzero"`
	Gift      bool         `json:"y,omitzero"`
	Dangerous bool         `json:"d,omitzero"`
	Price     int64        `json:"$,omitzero"`
	Parts     []keptLine   `json:"l,omitempty"`
}

// moment is a time in whole seconds since the year 1, so that the zero time is 0 and is left out. The platform sends whole seconds.
type moment int64

var yearOne = time.Time{}.Unix()

func momentOf(t time.Time) moment { return moment(t.Unix() - yearOne) }

func (m moment) time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.Unix(int64(m)+yearOne, 0).UTC()
}

func getOrder(tx *bolt.Tx, id string) (orderRecord, error) {
	data := tx.Bucket(bucketOrders).Get([]byte(id))
	if data == nil {
		return orderRecord{}, nil
	}
	return decodeOrder(tx, id, data)
}

func putOrder(tx *bolt.Tx, record orderRecord) error {
	return put(tx, bucketOrders, []byte(record.Order.ID), keep(record))
}

func decodeOrder(tx *bolt.Tx, id string, data []byte) (orderRecord, error) {
	var kept keptOrder
	if err := json.Unmarshal(data, &kept); err != nil {
		return orderRecord{}, decoding(tx, bucketOrders, []byte(id), err)
	}
	return kept.record(id), nil
}

func keep(record orderRecord) keptOrder {
	o := record.Order
	return keptOrder{
		ReadAt: momentOf(record.ReadAt), ReadAtNano: record.ReadAt.Nanosecond(),
		ShopID: o.ShopID, Market: o.Market, Status: o.Status, Type: o.Type, Fulfillment: o.FulfillmentType, Shipping: o.ShippingType,
		Warehouse: o.WarehouseID, Provider: o.Provider, Invoice: o.Invoice,
		WentThroughHold: o.WentThroughHold, CancelRequested: o.CancelRequested, CancelRequestedAt: momentOf(o.CancelRequestedAt),
		AddressUpdated: o.AddressUpdated, Sample: o.Sample, Postcode: o.Postcode, NotLatin: o.NotLatin, BuyerMessage: o.BuyerMessage, SellerNote: o.SellerNote, Tag: o.Tag,
		Priority: o.Priority, Currency: o.Currency,
		CreatedAt: momentOf(o.CreatedAt), PaidAt: momentOf(o.PaidAt), UpdatedAt: momentOf(o.UpdatedAt),
		DeliveredAt: momentOf(o.DeliveredAt), CancelledAt: momentOf(o.CancelledAt),
		ArrangeBy: momentOf(o.Times.ArrangeBy), CollectBy: momentOf(o.Times.CollectBy), DeliverBy: momentOf(o.Times.DeliverBy),
		ArrangeOrCancelBy: momentOf(o.Times.ArrangeOrCancelBy), CollectOrCancelBy: momentOf(o.Times.CollectOrCancelBy),
		PickUpBy: momentOf(o.Times.PickUpBy), ReleaseAt: momentOf(o.ReleaseAt),
		ArrangedAt: momentOf(o.ArrangedAt), CollectedAt: momentOf(o.CollectedAt),
		FirstTracked: momentOf(o.Transit.First), LastTracked: momentOf(o.Transit.Last), TransitFailed: momentOf(o.Transit.FailedAt), TransitNodes: o.Transit.Nodes,
		Packages: o.PackageIDs, Lines: keepLines(o.Lines, beforeFirst(o.Status, o.PackageIDs)),
	}
}

func (k keptOrder) record(id string) orderRecord {
	return orderRecord{ReadAt: k.ReadAt.time().Add(time.Duration(k.ReadAtNano)), Order: order.Order{
		ID: id, ShopID: k.ShopID, Market: k.Market, Status: k.Status, Type: k.Type, FulfillmentType: k.Fulfillment, ShippingType: k.Shipping,
		WarehouseID: k.Warehouse, Provider: k.Provider, Invoice: k.Invoice,
		WentThroughHold: k.WentThroughHold, CancelRequested: k.CancelRequested, CancelRequestedAt: k.CancelRequestedAt.time(),
		AddressUpdated: k.AddressUpdated, Sample: k.Sample, Postcode: k.Postcode, NotLatin: k.NotLatin, BuyerMessage: k.BuyerMessage, SellerNote: k.SellerNote, Tag: k.Tag,
		Priority: k.Priority, Currency: k.Currency,
		CreatedAt: k.CreatedAt.time(), PaidAt: k.PaidAt.time(), UpdatedAt: k.UpdatedAt.time(),
		DeliveredAt: k.DeliveredAt.time(), CancelledAt: k.CancelledAt.time(),
		Times: order.PlatformTimes{
			ArrangeBy: k.ArrangeBy.time(), CollectBy: k.CollectBy.time(), DeliverBy: k.DeliverBy.time(),
			ArrangeOrCancelBy: k.ArrangeOrCancelBy.time(), CollectOrCancelBy: k.CollectOrCancelBy.time(),
			PickUpBy: k.PickUpBy.time(),
		},
		ReleaseAt: k.ReleaseAt.time(), ArrangedAt: k.ArrangedAt.time(), CollectedAt: k.CollectedAt.time(),
		Transit:    order.Transit{First: k.FirstTracked.time(), Last: k.LastTracked.time(), FailedAt: k.TransitFailed.time(), Nodes: k.TransitNodes},
		PackageIDs: k.Packages, Lines: linesOf(k.Lines, beforeFirst(k.Status, k.Packages)),
	}}
}

func beforeFirst(status order.Status, packages []string) order.Line {
	before := order.Line{Status: status}
	if len(packages) > 0 {
		before.PackageID = packages[0]
	}
	return before
}

func keepLines(lines []order.Line, before order.Line) []keptLine {
	var kept []keptLine
	for _, l := range lines {
		k := keptLine{
			ID: l.ID, SKUID: l.SKUID, SellerSKU: l.SellerSKU, Product: l.ProductName, Variant: l.VariantName, Picture: l.PictureURL,
			Status: l.Status, Package: l.PackageID, Tracking: l.Tracking, Gift: l.Gift, Dangerous: l.DangerousGood, Price: l.Price,
			Parts: keepLines(l.Parts, l),
		}
		k.leaveOut(before)
		kept, before = append(kept, k), l
	}
	return kept
}

func linesOf(kept []keptLine, before order.Line) []order.Line {
	var lines []order.Line
	for _, k := range kept {
		k.fillIn(before)
		l := order.Line{
			ID: k.ID, SKUID: k.SKUID, SellerSKU: k.SellerSKU, ProductName: k.Product, VariantName: k.Variant, PictureURL: k.Picture,
			Status: k.Status, PackageID: k.Package, Tracking: k.Tracking, Gift: k.Gift, DangerousGood: k.Dangerous, Price: k.Price,
		}
		l.Parts = linesOf(k.Parts, l)
		lines, before = append(lines, l), l
	}
	return lines
}

// shared pairs each field that a line can have in common with the line before it, by its letter.
func (k *keptLine) shared(before order.Line, visit func(letter byte, mine *string, its string)) {
	visit('k', &k.SKUID, before.SKUID)
	visit('s', &k.SellerSKU, before.SellerSKU)
	visit('p', &k.Product, before.ProductName)
	visit('v', &k.Variant, before.VariantName)
	visit('u', &k.Picture, before.PictureURL)
	visit('t', (*string)(&k.Status), string(before.Status))
	visit('g', &k.Package, before.PackageID)
	visit('n', &k.Tracking, before.Tracking)
}

func (k *keptLine) leaveOut(before order.Line) {
	k.shared(before, func(letter byte, mine *string, its string) {
		if *mine == its && its != "" {
			*mine = ""
			k.Same += string(letter)
		}
	})
}

func (k *keptLine) fillIn(before order.Line) {
	k.shared(before, func(letter byte, mine *string, its string) {
		if strings.IndexByte(k.Same, letter) >= 0 {
			*mine = its
		}
	})
}
