package order

import (
	"slices"
	"strings"
	"time"
)

// ParcelKey names a parcel: the platform's package id, or "o:" and the order id until the platform gives one.
type ParcelKey string

const orderKeyPrefix = "o:"

// KeyOfOrder is the key of an order's parcel as long as the platform has given it no package id.
func KeyOfOrder(orderID string) ParcelKey { return ParcelKey(orderKeyPrefix + orderID) }

// HasPackage tells whether the platform knows the parcel by a package id of its own.
func (k ParcelKey) HasPackage() bool { return !strings.HasPrefix(string(k), orderKeyPrefix) && k != "" }

// OrderID is the order a parcel is known by as long as it has no package; false where it has one.
func (k ParcelKey) OrderID() (string, bool) { return strings.CutPrefix(string(k), orderKeyPrefix) }

// Parcel is what leaves the bench under one label: the pieces of one order, of a part of one, or of several combined.
type Parcel struct {
	Key      ParcelKey
	ShopID   string
	Market   Market
	OrderIDs []string
	Units    []Unit
	Tracking string
	// LastMile is the second carrier's number on cross-border labels (platform API 3.5); often empty.
	LastMile string
	Provider string
	// Standing is what the platform lets one do with the parcel, and Flow how its shipment is arranged then.
	Standing Standing
	Flow     Flow
	// LabelVersion changes whenever a label made before must not be used any more.
	LabelVersion string
	WarehouseID  string
	Sample       bool
	// LocalSeller tells that the seller sits in the market: no hub of the platform collects their parcels abroad.
	LocalSeller bool
	// Postcode and NotLatin are as in Order. Handover is PICKUP or DROP_OFF as the platform says once shipment is arranged; empty until it was asked.
	Postcode string
	NotLatin bool
	Handover string
	Notes    []Note
	Due      time.Time
	// What it is chosen by: see Facts.
	Urgency
	Passage
	Nodes                Nodes
	Shipping             ShippingType
	Tag, Currency        string
	PreOrder             bool
	ReleaseAt, HeldUntil time.Time
	AfterHold            Standing
	// Number and Of tell which parcel of its order this is: 1 of 2. Both are 1 for most.
	Number, Of int
	// UpdatedAt is the platform's newest change of one of its orders, ReadAt when this bench last heard of it.
	UpdatedAt, ReadAt time.Time
}

// Place is where parcels are packed and for whom.
type Place struct{ ShopID, WarehouseID string }

// Places counts parcels by where they are packed and for whom.
type Places map[Place]int

// Total is how many they are in all.
func (p Places) Total() int {
	total := 0
	for _, n := range p {
		total += n
	}
	return total
}

// Place is the parcel's shop and warehouse.
func (p Parcel) Place() Place { return Place{p.ShopID, p.WarehouseID} }

// Unit is one piece of a parcel and the order it belongs to.
type Unit struct {
	Line
	OrderID string
}

// Note is a text a buyer or a colleague wrote for whoever packs.
type Note struct {
	FromBuyer bool
	Text      string
}

// Standing sums up what the platform says of a parcel, in the words the bench acts on.
type Standing string

// The standings of a parcel.
const (
	Ready           Standing = "ready"            // to be packed
	Held            Standing = "on_hold"          // the buyer may still change their mind
	NotPaid         Standing = "unpaid"           //
	CancelRequest   Standing = "cancel_requested" // the buyer asked, nobody has answered
	Gone            Standing = "cancelled"        //
	Arranged        Standing = "arranged"         // shipment is arranged, a label can be had
	Collected       Standing = "collected"        // the carrier has it
	PlatformPacks   Standing = "platform_packs"   // the platform's own warehouse does
	SellerShips     Standing = "seller_ships"     // no platform label exists for it
	WithoutPackage  Standing = "no_package"       // to be packed, but the platform has not given a package id yet
	InvoiceMissing  Standing = "invoice_missing"  // Brazil: to be uploaded before shipment
	Reformed        Standing = "reformed"         // the platform made other parcels of these orders
	OtherWarehouse  Standing = "other_warehouse"  // not this bench's to pack
	Changed         Standing = "changed"          // a piece that is in the box no longer belongs to it
	UnknownStanding Standing = "unknown"          // a state this program has not heard of
)

// Packable tells whether a bench may begin to pack a parcel that stands so.
func (s Standing) Packable() bool { return s == Ready || s == WithoutPackage }

// Parcels groups the pieces of the orders given into parcels, in the order in which their first piece appears.
// For parcels that hold several orders all of them must be given. An order of which every piece is cancelled
// makes parcels too (by the package ids it has, else by its own id), so that a scan of it can say so. The pieces of a
// cancelled order are out of a parcel it shares with others. now decides the hour of remorse of orders
// that did not go through the platform's hold.
func Parcels(orders []Order, now time.Time) []Parcel {
	var keys []ParcelKey
	byKey := map[ParcelKey]*Parcel{}
	members := map[ParcelKey][]Order{}
	for _, o := range orders {
		mine := o.ParcelKeys()
		alive := len(o.liveKeys())
		for number, key := range mine {
			p := byKey[key]
			if p == nil {
				p = &Parcel{Key: key, ShopID: o.ShopID, Market: o.Market, Number: number + 1, Of: alive}
				if number >= alive { // nothing of it is left
					p.Number, p.Of = 1, 1
				}
				byKey[key] = p
				keys = append(keys, key)
			}
			members[key] = append(members[key], o)
			p.OrderIDs = append(p.OrderIDs, o.ID)
			for _, unit := range o.Units() {
				if o.keyOf(unit) == key && (o.Status != Cancelled || len(orders) == 1) {
					p.Units = append(p.Units, Unit{Line: unit, OrderID: o.ID})
				}
			}
		}
	}
	parcels := make([]Parcel, 0, len(keys))
	for _, key := range keys {
		p := byKey[key]
		p.describe(members[key], now)
		parcels = append(parcels, *p)
	}
	return parcels
}

// keyOf is the parcel a unit of this order lies in. The order's only package is that of a unit without one only where no other unit names it:
// a label bought for some units leaves the others without a package (platform API 3.6, Create Packages).
func (o Order) keyOf(unit Line) ParcelKey {
	if unit.PackageID != "" {
		return ParcelKey(unit.PackageID)
	}
	if len(o.PackageIDs) == 1 && !slices.ContainsFunc(o.Lines, Line.named) {
		return ParcelKey(o.PackageIDs[0])
	}
	return KeyOfOrder(o.ID)
}

// named tells whether a line or one of its parts names its package.
func (l Line) named() bool { return l.PackageID != "" || slices.ContainsFunc(l.Parts, Line.named) }

// liveKeys are the parcels that units of this order lie in.
func (o Order) liveKeys() []ParcelKey {
	var keys []ParcelKey
	for _, unit := range o.Units() {
		if key := o.keyOf(unit); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// ParcelKeys are the parcels of this order: those its units lie in, then packages all units of which are cancelled, so that a scan of one can say so;
// where the platform tells no lines, those it names.
func (o Order) ParcelKeys() []ParcelKey {
	keys := o.liveKeys()
	if len(keys) > 0 {
		for _, line := range o.Lines {
			if key := ParcelKey(line.PackageID); line.Status == Cancelled && key != "" && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
		return keys
	}
	for _, line := range o.Lines {
		if key := o.keyOf(line); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		for _, id := range o.PackageIDs {
			keys = append(keys, ParcelKey(id))
		}
	}
	if len(keys) == 0 {
		keys = append(keys, KeyOfOrder(o.ID))
	}
	return keys
}

// describe fills in what the parcel's orders say of it.
func (p *Parcel) describe(orders []Order, now time.Time) {
	var version []string
	for _, o := range orders {
		if flow := FlowOf(o); flow != NothingToArrange {
			p.Flow = flow
		}
		if p.Provider == "" {
			p.Provider = o.Provider
		}
		p.choose(o)
		p.WarehouseID = o.WarehouseID
		p.Sample = p.Sample || o.Sample
		p.NotLatin = p.NotLatin || o.NotLatin
		if p.Postcode == "" {
			p.Postcode = o.Postcode
		}
		p.UpdatedAt = later(p.UpdatedAt, o.UpdatedAt)
		if due := o.Due(); !due.IsZero() && (p.Due.IsZero() || due.Before(p.Due)) {
			p.Due = due
		}
		if o.BuyerMessage != "" {
			p.Notes = append(p.Notes, Note{FromBuyer: true, Text: o.BuyerMessage})
		}
		if o.SellerNote != "" {
			p.Notes = append(p.Notes, Note{Text: o.SellerNote})
		}
		version = append(version, o.ID)
		if o.AddressUpdated {
			version = append(version, "address")
		}
	}
	for _, unit := range p.Units {
		if unit.Tracking != "" {
			p.Tracking = unit.Tracking
		}
	}
	p.Standing = standing(*p, orders, now)
	p.hold(orders)
	p.LabelVersion = versionOf(p.Key, strings.Join(version, "+"))
}

func versionOf(key ParcelKey, content string) string { return string(key) + "/" + content }

// Under is the parcel under another key, as when the platform gives it a package id.
func (p Parcel) Under(key ParcelKey) Parcel {
	p.Key, p.LabelVersion = key, versionOf(key, p.WaybillVersion())
	return p
}

// standing is the most careful word any of the parcel's orders asks for.
func standing(p Parcel, orders []Order, now time.Time) Standing {
	worst := Ready
	alive := false
	for _, o := range orders {
		if o.Status == Cancelled {
			continue // its units are out of the parcel; the other orders' are not
		}
		alive = true
		if s := o.standing(p.Key, now); rank[s] > rank[worst] {
			worst = s
		}
	}
	if !alive || len(p.Units) == 0 {
		return Gone
	}
	if worst == Ready && p.Flow.NeedsPackage() && !p.Key.HasPackage() {
		return WithoutPackage
	}
	return worst
}

// rank orders standings by how much they forbid.
var rank = map[Standing]int{
	Ready: 0, SellerShips: 1, PlatformPacks: 2, Arranged: 3, Collected: 4,
	NotPaid: 5, Held: 6, InvoiceMissing: 7, UnknownStanding: 8, CancelRequest: 9, Gone: 10,
}

// standingByFlow is what the flow of an order that waits for shipment says of its parcels.
var standingByFlow = map[Flow]Standing{
	ShipPackage: Ready, BuyLabel: Ready, ShipOwn: SellerShips, MarkShipped: SellerShips,
	UploadInvoice: InvoiceMissing, PlatformShips: PlatformPacks, UnknownFlow: SellerShips,
}

func (o Order) standing(key ParcelKey, now time.Time) Standing {
	status := o.Status
	if status == PartiallyShipping {
		status = o.statusOf(key)
	}
	switch status {
	case Unpaid:
		return NotPaid
	case OnHold:
		return Held
	case Cancelled:
		return Gone
	}
	if o.CancelRequested {
		return CancelRequest
	}
	switch status {
	case AwaitingShipment:
	case AwaitingCollection:
		return Arranged
	case InTransit, Delivered, Completed:
		return Collected
	default:
		return UnknownStanding
	}
	flow := FlowOf(o)
	if flow != PlatformShips && !o.WentThroughHold && !o.PaidAt.IsZero() && now.Before(o.PaidAt.Add(remorse)) {
		return Held
	}
	return standingByFlow[flow]
}

// remorse is the time in which a buyer may cancel alone (platform API 3.2, ON_HOLD).
const remorse = time.Hour

// statusOf reads the state of one parcel of an order whose parcels are not all alike. Its units tell.
func (o Order) statusOf(key ParcelKey) Status {
	for _, unit := range o.Units() {
		if o.keyOf(unit) == key && unit.Status != "" && unit.Status != PartiallyShipping {
			return unit.Status
		}
	}
	return AwaitingShipment // the platform refuses to ship what is shipped
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
