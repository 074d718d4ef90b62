package sandbox

import (
	"container/heap"
	"slices"
	"time"
)

// Scan is one thing a carrier said of a parcel. The words are all that Get Tracking tells of it (platform API 3.6).
type Scan struct {
	At   time.Time // in the orders' lives
	What string    // a key of scanWords
	Text string
}

// What carriers say, in the order of an undisturbed way. The two in the middle are said of parcels from abroad.
const (
	saidCollected     = "collected"
	saidSorted        = "sorted"
	saidExported      = "export customs"
	saidEntered       = "entry"
	saidOutToDeliver  = "out for delivery"
	saidDelivered     = "delivered"
	saidUndeliverable = "undeliverable"
)

var scanWords = map[string]string{
	saidCollected:     "Your parcel has been picked up by our logistics partner.",
	saidSorted:        "Your parcel has departed from the sorting centre.",
	saidExported:      "Export customs clearance completed.",
	saidEntered:       "Your parcel has arrived in the destination country.",
	saidOutToDeliver:  "Your parcel is out for delivery.",
	saidDelivered:     "Your parcel has been delivered.",
	saidUndeliverable: "Delivery can't be completed. Please contact customer service.",
}

// say lets a carrier say something of a parcel. Nothing of its orders changes by that.
func (s *Sandbox) say(p *parcel, what string) {
	p.scans = append(p.scans, Scan{s.now(), what, scanWords[what]})
}

// scanEvery is how long carriers are on the way from one sorting centre to the next, about.
const scanEvery = 20 * time.Hour

// planWay puts on the agenda what a carrier says of a parcel between now, when it is taken, and its delivery.
func (s *Sandbox) planWay(p *parcel, delivery time.Time) {
	fate := s.fate("way", p.id)
	left := delivery.Sub(s.now())
	last := delivery.Add(-min(left/4, 6*time.Hour))
	if s.shopByID(p.shop).SellerType == "CROSS_BORDER" {
		s.expect(s.now().Add(left*3/10), saidExported, p.id)
		s.expect(s.now().Add(left*6/10), saidEntered, p.id)
	}
	for at := s.now().Add(time.Hour); at.Before(last); at = within(fate, at, scanEvery/2, scanEvery) {
		s.expect(at, saidSorted, p.id)
	}
	s.expect(last, saidOutToDeliver, p.id)
}

func init() {
	for _, what := range []string{saidSorted, saidExported, saidEntered, saidOutToDeliver} {
		carriersSteps[what] = func(s *Sandbox, p *parcel) error {
			if parts, err := s.open(p); err != nil || parts.stage() != collected {
				return err
			}
			s.say(p, what)
			return nil
		}
	}
}

// silence lets a carrier neither move a parcel nor say anything of it, so long or, for 0, for good.
func (s *Sandbox) silence(e Entry, p *parcel) error {
	parts, err := s.open(p)
	if err != nil {
		return err
	}
	if parts.stage() >= delivered {
		return unfit(parts.orders[0], "its way is over")
	}
	p.silent, p.late = e.By == 0, p.late+time.Duration(e.By)
	kept := s.agenda[:0]
	for _, next := range s.agenda {
		if next.id == p.id && carriersSteps[next.what] != nil {
			if p.silent {
				continue
			}
			next.at += int64(time.Duration(e.By) / time.Second)
		}
		kept = append(kept, next)
	}
	clear(s.agenda[len(kept):])
	s.agenda = kept
	heap.Init(&s.agenda)
	return nil
}

// refuseDelivery lets a carrier find that a parcel cannot be delivered, when it is to be.
func (s *Sandbox) refuseDelivery(_ Entry, p *parcel) error {
	parts, err := s.open(p)
	if err != nil {
		return err
	}
	if parts.stage() >= delivered {
		return unfit(parts.orders[0], "its way is over")
	}
	p.undeliverable = true
	return nil
}

// fail lets a carrier end a parcel's way without a delivery. The platform has no state for it: the order stays on its way (platform API 3.2).
func (s *Sandbox) fail(p *parcel) {
	p.failed = s.now()
	s.say(p, saidUndeliverable)
}

// scansOf are what carriers said of an order's parcels, the oldest first. Of what came along with the order only the order's own times are known.
func (s *Sandbox) scansOf(o object) []Scan {
	var scans []Scan
	for _, id := range packageIDs(o) {
		if p := s.parcels[id]; p != nil {
			scans = append(scans, p.scans...)
		}
	}
	for what, key := range map[string]string{saidCollected: "collection_time", saidDelivered: "delivery_time"} {
		said := slices.ContainsFunc(scans, func(scan Scan) bool { return scan.What == what })
		if at := o.number(key); at != 0 && !said {
			scans = append(scans, Scan{time.Unix(at, 0).UTC(), what, scanWords[what]})
		}
	}
	slices.SortStableFunc(scans, func(a, b Scan) int { return a.At.Compare(b.At) })
	return scans
}
