package sandbox

import (
	"regexp"
	"slices"
)

// What a parcel of the plain shop's market is given when its shipment is arranged.
const (
	carrierID   = "6841743441349706241"
	carrierName = "J&T Express"
)

// shipping is what is asked for one parcel, by Ship Package and by Batch Ship Packages (platform API 3.6).
type shipping struct {
	Method string `json:"handover_method"`
	Slot   *slot  `json:"pickup_slot"`
	Own    *given `json:"self_shipment"`
}

// given is the seller's own carrier and number.
type given struct {
	Tracking string `json:"tracking_number"`
	Provider string `json:"shipping_provider_id"`
}

// ship is Ship Package (platform API 3.6).
func (s *Sandbox) ship(c call) (any, *refusal) {
	var body shipping
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	if refused := s.shipOne(c.shop, c.PathValue("package_id"), body); refused != nil {
		return nil, refused
	}
	return struct{}{}, nil
}

// maxBatch bounds Batch Ship Packages. The platform documents no figure (platform API 3.6, 8); this sandbox refuses more.
const maxBatch = 100

// batchShip is Batch Ship Packages (platform API 3.6): code 0 whatever becomes of the parcels, and only failures listed.
func (s *Sandbox) batchShip(c call) (any, *refusal) {
	var body struct {
		Packages []struct {
			ID string `json:"id"`
			shipping
		} `json:"packages"`
	}
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	switch {
	case len(body.Packages) == 0:
		return nil, invalid("Packages is a required field")
	case len(body.Packages) > maxBatch:
		return nil, invalid("Packages must contain at most 100 items")
	}
	failed := []failure{}
	for _, p := range body.Packages {
		if p.ID == "" {
			return nil, invalid("ID is a required field")
		}
	}
	for _, p := range body.Packages {
		if refused := s.shipOne(c.shop, p.ID, p.shipping); refused != nil {
			failed = append(failed, failureOf(p.ID, refused))
		}
	}
	if len(failed) == 0 {
		return struct{}{}, nil
	}
	return object{"errors": failed}, nil
}

// failure is one parcel's refusal in an answer with code 0 (platform API 4.1, partial failures).
type failure struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Detail  struct {
		PackageID string `json:"package_id"`
	} `json:"detail"`
}

func failureOf(packageID string, refused *refusal) failure {
	f := failure{Code: refused.code, Message: refused.message}
	f.Detail.PackageID = packageID
	return f
}

// shipOne arranges one parcel's shipment as it is asked for.
func (s *Sandbox) shipOne(shopID, packageID string, want shipping) *refusal {
	p, parts, refused := s.parcelOf(shopID, packageID)
	if refused != nil {
		return refused
	}
	if refused := s.refuseShipping(p.shop, parts); refused != nil {
		return refused
	}
	if parts.bySeller() {
		if refused := s.takeNumber(p, want.Own); refused != nil {
			return refused
		}
	} else if refused := s.takeHandover(p, want.Method, want.Slot); refused != nil {
		return refused
	}
	if err := s.arrange(p, parts); err != nil {
		return internal()
	}
	return nil
}

// refuseShipping gives the reason why units cannot be shipped as they stand (platform API 3.6, 3.9).
func (s *Sandbox) refuseShipping(shopID string, parts content) *refusal {
	at := parts.stage()
	switch {
	case at == cancelled:
		return refuse(21011041, "The order is cancelled.")
	case parts.byPlatformWarehouse():
		return refuse(21008025, "The order is fulfilled by the platform.")
	case at == unpaid:
		return refuse(21011003, "The action is not allowed in the order's state.")
	case at == held:
		return refuse(21011044, "The order is on hold.")
	case parts.requested() && !shippingAnswersRequests(s.region(shopID)):
		return refuse(21008044, "An item of the package has an after-sale request.")
	case at == delivered:
		return refuse(21011027, "The package has been delivered.")
	case at > toShip:
		return refuse(21011040, "The package has already been shipped.")
	}
	return refuseInvoice(parts)
}

// refuseInvoice keeps parcels back that need an invoice first (platform API 3.3, need_upload_invoice; 3.6). What tells the
// codes of that group apart is not documented.
func refuseInvoice(parts content) *refusal {
	needs := func(state string) bool {
		return parts.any(func(o object) bool { return o.text("need_upload_invoice") == state })
	}
	switch {
	case needs("NEED_INVOICE"):
		return refuse(21004006, "The invoice must be uploaded before shipping.")
	case needs("INVOICE_PROCESSING"):
		return refuse(21004019, "The invoice is being checked.")
	}
	return nil
}

// trackingNumbers are those a carrier might have given; the platform does not document its check.
var trackingNumbers = regexp.MustCompile(`^[A-Za-z0-9-]{5,50}$`)

// checkNumber gives the reason why a number of the seller's cannot be a parcel's (platform API 3.6), or the carrier it is of.
func (s *Sandbox) checkNumber(p *parcel, shopID string, own given) (provider, *refusal) {
	all := carriers(s.region(shopID))
	i := slices.IndexFunc(all, func(known provider) bool { return known.ID == own.Provider })
	switch taken := s.trackings[own.Tracking]; {
	case own.Tracking == "" || own.Provider == "":
		return provider{}, refuse(21001001, "tracking_number and shipping_provider_id are required.")
	case !trackingNumbers.MatchString(own.Tracking):
		return provider{}, refuse(21011022, "The tracking number is invalid.")
	case taken != nil && taken != p:
		return provider{}, refuse(21011025, "The tracking number is used by another package.")
	case i < 0:
		return provider{}, refuse(11028006, "The shipping provider does not match.")
	}
	return all[i], nil
}

// takeNumber makes the seller's own number a parcel's.
func (s *Sandbox) takeNumber(p *parcel, own *given) *refusal {
	if own == nil {
		return refuse(21001001, "self_shipment is required for orders shipped by the seller.")
	}
	by, refused := s.checkNumber(p, p.shop, *own)
	if refused == nil {
		s.give(p, own.Tracking, by)
	}
	return refused
}

// takeHandover keeps how a parcel is handed over, where a seller may say so by the API.
func (s *Sandbox) takeHandover(p *parcel, method string, want *slot) *refusal {
	switch method {
	case "", "PICKUP", "DROP_OFF":
	default:
		return refuse(21001001, "handover_method must be PICKUP or DROP_OFF.")
	}
	if want != nil && !s.offers(p.id, p.shop, *want) {
		return refuse(21011053, "The pickup slot is not available.")
	}
	if handoverByCall(s.region(p.shop)) {
		p.method = method
	}
	if handover(p) == "PICKUP" {
		p.slot = want
	}
	return nil
}

// arrange makes the parcel's pieces shipped, and its orders where nothing of them is left to ship (platform API 3.2).
func (s *Sandbox) arrange(p *parcel, parts content) error {
	s.track(p)
	p.readyAt = s.clock().Add(s.labelDelay + s.labelWait(p))
	s.enter(p)
	now := s.now().Unix()
	for _, o := range parts.orders {
		units := parts.of(o)
		if len(units) == 0 {
			continue // cancelled, and only named
		}
		spread(o)
		for _, u := range units {
			markShipped(u.object, p, now)
		}
		markBundles(o, p, now)
		o["status"], o["rts_time"] = statusOf(o), now
		if o.truth("is_buyer_request_cancel") { // where shipping is allowed all the same, it rejects the request
			s.unrequest(o)
		}
		if len(packageIDs(o)) == 1 {
			o["tracking_number"] = p.tracking
			o["shipping_provider"], o["shipping_provider_id"] = p.carrier.Name, p.carrier.ID
		}
		if err := s.change(p.shop, o); err != nil {
			return err
		}
	}
	return nil
}

func markShipped(line object, p *parcel, now int64) {
	line["display_status"] = "AWAITING_COLLECTION"
	line["package_id"] = p.id
	line["package_status"] = "PROCESSING"
	line["tracking_number"] = p.tracking
	line["shipping_provider_id"], line["shipping_provider_name"] = p.carrier.ID, p.carrier.Name
	line["rts_time"] = now
}

// markBundles makes a bundle shipped when its last part is.
func markBundles(o object, p *parcel, now int64) {
	for _, line := range o.list("line_items") {
		parts := line.list("sub_item_info")
		open := len(parts) == 0
		for _, part := range parts {
			status := part.text("display_status")
			open = open || status == "AWAITING_SHIPMENT" || status == ""
		}
		if !open && alive(line) {
			markShipped(line, p, now)
		}
	}
}
