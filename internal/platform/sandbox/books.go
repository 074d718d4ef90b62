package sandbox

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Books are the truth about what happened, for a test to compare a client's with.
type Books struct {
	Parcels []ParcelBook // by package id
	Orders  []OrderBook  // by order id
	Seconds []Second     // the calls of each shop in each second of the platform's clock in which there were any
	Refused []string     // acts of a scenario that could not be done, and why
}

// ParcelBook is a package as it stands.
type ParcelBook struct {
	PackageID, Shop string
	Orders          []string
	Status          string // as Get Package Detail has it (platform API 3.5)
	Tracking        string
	// Arranged is when and by whom shipment was arranged, once at most; empty for a parcel that came arranged.
	Arranged []Arrangement
	// Scans are what its carrier said of it, the oldest first. Collected and Delivered are when the platform heard that the carrier took and brought it, Failed
	// when the carrier found that it cannot be delivered; zero for what did not happen.
	Scans                        []Scan
	Collected, Delivered, Failed time.Time
	// Silent tells that its carrier moves it no more and says nothing of it.
	Silent bool
}

// Arrangement is one arranging of shipment. By is the call, as Sandbox.Calls names it, or "elsewhere".
type Arrangement struct {
	At time.Time // in the orders' lives
	By string
}

// Elsewhere is who arranged a shipment that no client of the sandbox did.
const Elsewhere = "elsewhere"

// ShipCalls are the calls that arranged shipment.
func (p ParcelBook) ShipCalls() int {
	n := 0
	for _, a := range p.Arranged {
		if a.By != Elsewhere {
			n++
		}
	}
	return n
}

// OrderBook is an order as it stands.
type OrderBook struct {
	ID, Shop, Status string
	CancelRequested  bool
	Updated          int64 // update_time, s
	Packages         []string
	// Times are all that the order has by the platform's names of them (platform API 3.3, Times): paid_time, tts_sla_time, cancel_time …
	Times map[string]time.Time
}

// Second counts a shop's calls in one second, those that were refused included. Shop is empty for calls without a
// cipher. Searches and queries are reads, other POSTs are writes.
type Second struct {
	Shop          string
	At            int64 // Unix s
	Reads, Writes int
}

// Books are the books of this moment.
func (s *Sandbox) Books() Books {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp()
	b := Books{Refused: slices.Clone(s.refused), Seconds: slices.Clone(s.seconds)}
	for _, id := range slices.Sorted(maps.Keys(s.parcels)) {
		p := s.parcels[id]
		parts, err := s.open(p)
		if err != nil {
			b.Refused = append(b.Refused, "package "+id+": "+err.Error())
			continue
		}
		status, _ := s.packageStatus(p, parts)
		b.Parcels = append(b.Parcels, ParcelBook{
			PackageID: id, Shop: p.shop, Orders: slices.Clone(p.orders), Status: status, Tracking: p.tracking,
			Arranged: slices.Clone(p.arranged), Scans: slices.Clone(p.scans), Collected: p.collected, Delivered: p.delivered, Failed: p.failed, Silent: p.silent,
		})
	}
	for _, id := range slices.Sorted(maps.Keys(s.orders)) {
		r := s.orders[id]
		o, err := readObject(r.json)
		if err != nil {
			b.Refused = append(b.Refused, "order "+id+": "+err.Error())
			continue
		}
		b.Orders = append(b.Orders, OrderBook{
			ID: id, Shop: r.shop, Status: r.Status, CancelRequested: r.CancelRequested, Updated: r.updated, Packages: packageIDs(o),
			Times: timesIn(o),
		})
	}
	return b
}

func timesIn(o object) map[string]time.Time {
	times := map[string]time.Time{}
	for name := range o {
		if at := o.number(name); at > 0 && (strings.HasSuffix(name, "_time") || name == "release_date") {
			times[name] = time.Unix(at, 0).UTC()
		}
	}
	return times
}

// enter writes an arrangement into a parcel's book.
func (s *Sandbox) enter(p *parcel) {
	by := Elsewhere
	if s.calling != nil {
		by = s.calling.endpoint
	}
	p.arranged = append(p.arranged, Arrangement{s.now(), by})
}

// count writes a call into the shops' books.
func (s *Sandbox) count(e *encounter) {
	if strings.HasPrefix(e.path, documentPath) {
		return // another host's
	}
	at := s.clock().Unix()
	i := len(s.seconds)
	for i > 0 && s.seconds[i-1].At >= at && (s.seconds[i-1].At > at || s.seconds[i-1].Shop != e.shop) {
		i--
	}
	if i == 0 || s.seconds[i-1].At != at || s.seconds[i-1].Shop != e.shop {
		s.seconds = append(s.seconds, Second{Shop: e.shop, At: at})
		i = len(s.seconds)
	}
	if e.writes() {
		s.seconds[i-1].Writes++
	} else {
		s.seconds[i-1].Reads++
	}
}

// writes tells whether a call changes something.
func (a asked) writes() bool {
	return a.method != "GET" && !strings.HasSuffix(a.path, "/search") && !strings.HasSuffix(a.path, "/query")
}
