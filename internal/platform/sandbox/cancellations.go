package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// The states of a cancellation (platform API 3.9). A request that the seller rejected and one that the buyer withdrew end alike.
const (
	requestPending  = "CANCELLATION_REQUEST_PENDING"
	requestAccepted = "CANCELLATION_REQUEST_SUCCESS"
	requestRefunded = "CANCELLATION_REQUEST_COMPLETE"
	requestClosed   = "CANCELLATION_REQUEST_CANCELLED"
)

// Who acts on an order (platform API 3.9, role).
const (
	byBuyer    = "BUYER"
	bySeller   = "SELLER"
	byPlatform = "SYSTEM"
)

// answerWithin is how long a seller has to answer a buyer's request (platform API 3.9, Deadline to answer).
const answerWithin = 48 * time.Hour

// refundTakes is how long an accepted cancellation takes to be paid back; the platform documents no figure.
const refundTakes = 10 * time.Minute

// cancellation is a request to cancel, or the cancellation of something without one.
type cancellation struct {
	id, shop, order string
	kind            string // BUYER_CANCEL needs an answer, CANCEL needs none
	status          string // requestPending, requestAccepted or requestClosed
	role            string
	reason          string   // a key
	lines           []string // the lines and parts of bundles it is about
	created         int64
	updated         int64
}

// deadline is until when the seller may answer.
func (c *cancellation) deadline() int64 { return c.created + int64(answerWithin/time.Second) }

// at is the state at a time, and since when: an accepted one is complete when it is paid back.
func (c *cancellation) at(now int64) (status string, since int64) {
	paid := c.updated + int64(refundTakes/time.Second)
	if c.status == requestAccepted && now >= paid {
		return requestRefunded, paid
	}
	return c.status, c.updated
}

// opened makes a record of a cancellation.
func (s *Sandbox) opened(c cancellation) *cancellation {
	s.numbered++
	c.id = strconv.Itoa(4035000000000000000 + s.numbered*1_000_003)
	s.stops = append(s.stops, &c)
	return &c
}

// pendingOf is the buyer's request that waits for an answer in an order, nil where none does.
func (s *Sandbox) pendingOf(orderID string) *cancellation {
	for _, c := range s.stops {
		if c.order == orderID && c.status == requestPending {
			return c
		}
	}
	return nil
}

// end closes a record of a request that waits.
func (s *Sandbox) end(c *cancellation, status string) {
	c.status, c.updated = status, max(s.now().Unix(), c.updated+1)
}

// unrequest ends what a buyer asked for in an order, as far as the order and the record go.
func (s *Sandbox) unrequest(o object) {
	o["is_buyer_request_cancel"] = false
	delete(o, "request_cancel_time")
	if c := s.pendingOf(o.id()); c != nil {
		s.end(c, requestClosed)
	}
}

// adoptCancellation makes the records of what an order brings along: a request that waits, or a cancellation that is over.
func (s *Sandbox) adoptCancellation(shopID string, o object) {
	c := cancellation{shop: shopID, order: o.id(), lines: lineIDs(o)}
	switch {
	case o.text("status") == "CANCELLED":
		c.kind, c.status, c.role = "CANCEL", requestAccepted, o.text("cancellation_initiator")
		if c.role == "" {
			c.role = byPlatform
		}
		c.reason, c.created = reasonKey(o.text("cancel_reason"), c.role), timeOf(o, "cancel_time", "update_time")
	case o.truth("is_buyer_request_cancel"):
		c.kind, c.status, c.role = "BUYER_CANCEL", requestPending, byBuyer
		c.reason, c.created = defaultBuyerReason, timeOf(o, "request_cancel_time", "update_time")
	default:
		return
	}
	c.updated = c.created
	s.opened(c)
}

// timeOf is the first of several times that is given.
func timeOf(o object, keys ...string) int64 {
	for _, key := range keys {
		if at := o.number(key); at != 0 {
			return at
		}
	}
	return 0
}

// lineIDs are the ids of an order's lines.
func lineIDs(o object) []string {
	var ids []string
	for _, line := range o.list("line_items") {
		ids = append(ids, line.id())
	}
	return ids
}

// requestCancel lets a buyer ask for an order's cancellation, which from then on waits for the seller (platform API 3.9). It is
// an error where the buyer needs not ask (before the order may be packed), where it is too late, and where a request waits.
func (s *Sandbox) requestCancel(o object, shopID, reason string) (*cancellation, error) {
	if at := orderStage(o); at != toShip && at != arranged || onItsWay(o) {
		return nil, unfit(o, "no cancellation can be asked for")
	}
	if o.truth("is_buyer_request_cancel") {
		return nil, unfit(o, "a request waits")
	}
	now := s.now().Unix()
	o["is_buyer_request_cancel"], o["request_cancel_time"] = true, now
	c := s.opened(cancellation{
		shop: shopID, order: o.id(), kind: "BUYER_CANCEL", status: requestPending, role: byBuyer,
		reason: reason, lines: lineIDs(o), created: now, updated: now,
	})
	return c, s.change(shopID, o)
}

// endCancellation ends a buyer's request: requestAccepted cancels the order, requestClosed (rejected or withdrawn) lets it go
// on. It is an error where the request does not wait any more, or the order has gone too far.
func (s *Sandbox) endCancellation(c *cancellation, status string) error {
	if c.status != requestPending || status != requestAccepted && status != requestClosed {
		return fmt.Errorf("cancellation %s: %s cannot become %s", c.id, c.status, status)
	}
	o, err := readObject(s.orders[c.order].json)
	if err != nil {
		return err
	}
	if status == requestClosed {
		s.unrequest(o)
		return s.change(c.shop, o)
	}
	if at := orderStage(o); at != toShip && at != arranged || onItsWay(o) {
		return unfit(o, "it cannot be cancelled")
	}
	s.end(c, requestAccepted)
	s.stop(o, byBuyer, c.reason)
	return s.change(c.shop, o)
}

// cancelOrder cancels an order as a whole without a request: the buyer alone while it is held, the seller, or the platform
// (platform API 3.2). A request that waits ends with it. It is an error once a carrier has the order.
func (s *Sandbox) cancelOrder(o object, shopID, role, reason string) error {
	_, err := s.cancelWhole(o, shopID, role, reason)
	return err
}

// cancelWhole is cancelOrder with the record of it.
func (s *Sandbox) cancelWhole(o object, shopID, role, reason string) (*cancellation, error) {
	if orderStage(o) == cancelled || onItsWay(o) {
		return nil, unfit(o, "it cannot be cancelled")
	}
	lines := lineIDs(o)
	s.stop(o, role, reason)
	return s.record(o, shopID, role, reason, lines), s.change(shopID, o)
}

// cancelLine cancels one unit of an order, or a part of a bundle; the last one takes the order with it. It is an error where
// there is no such unit or a carrier has it.
func (s *Sandbox) cancelLine(o object, shopID, lineID, role, reason string) error {
	_, err := s.cancelUnits(o, shopID, []string{lineID}, role, reason)
	return err
}

// cancelUnits is cancelLine for several at once, with the record of it.
func (s *Sandbox) cancelUnits(o object, shopID string, lines []string, role, reason string) (*cancellation, error) {
	if orderStage(o) > arranged {
		return nil, unfit(o, "nothing of it can be cancelled")
	}
	units, refused := selection{Lines: lines}.of(o)
	if refused != nil {
		return nil, unfit(o, refused.message)
	}
	for _, u := range units {
		if u.stage() > arranged {
			return nil, unfit(o, "a carrier has unit "+u.id())
		}
	}
	for _, u := range units {
		strike(u.object, role, reason)
		if !slices.ContainsFunc(u.line.list("sub_item_info"), alive) {
			strike(u.line, role, reason)
		}
	}
	if len(unitsOf(o)) == 0 {
		s.stop(o, role, reason)
	} else if orderStage(o) >= toShip {
		s.settle(o)
	}
	return s.record(o, shopID, role, reason, lines), s.change(shopID, o)
}

// record writes down a cancellation that nobody had to answer.
func (s *Sandbox) record(o object, shopID, role, reason string, lines []string) *cancellation {
	now := s.now().Unix()
	return s.opened(cancellation{
		shop: shopID, order: o.id(), kind: "CANCEL", status: requestAccepted, role: role, reason: reason, lines: lines,
		created: now, updated: now,
	})
}

// stop makes an order cancelled, with all its lines (platform API 3.2).
func (s *Sandbox) stop(o object, role, reason string) {
	s.unrequest(o)
	for _, u := range unitsOf(o) {
		strike(u.object, role, reason)
		strike(u.line, role, reason)
	}
	o["status"], o["cancel_time"] = "CANCELLED", s.now().Unix()
	o["cancel_reason"], o["cancellation_initiator"] = reasonText(reason, english), role
}

// strike makes a unit cancelled.
func strike(line object, role, reason string) {
	line["display_status"], line["cancel_reason"], line["cancel_user"] = "CANCELLED", reasonText(reason, english), role
	if line.text("package_id") != "" {
		line["package_status"] = "CANCELLED"
	}
}

func alive(line object) bool { return line.text("display_status") != "CANCELLED" }
