package sandbox

import (
	"fmt"
	"strconv"
	"time"
)

// life is when what happened to an order of the plain shop, and by when the platform wants the rest.
type life struct {
	created, paid, updated                  time.Time
	arranged, collected, delivered, stopped time.Time
	arrangeBy                               time.Time // rts_sla_time
}

// The platform's deadlines as this shop's market has them: arranged within 72 h of payment (fulfilment rules 2, ready).
// The others follow it at distances as recorded in the samples of platform API 7.
const (
	arrangeWithin = 72 * time.Hour
	collectAfter  = 24 * time.Hour
	cancelAfter   = 48 * time.Hour
	lostAfter     = 120 * time.Hour
	deliverAfter  = 192 * time.Hour
	remorse       = time.Hour // platform API 3.2, ON_HOLD
)

// life makes up times that fit a state. Orders that wait were paid long enough ago to be past their hold, and are due
// between soon and in two and a half days.
func (m *maker) life(status string) life {
	between := func(least, most time.Duration) time.Duration {
		return least + time.Duration(m.random.Int64N(int64((most-least)/time.Second)))*time.Second
	}
	var l life
	switch status {
	case "UNPAID":
		l.created = m.now.Add(-between(time.Minute, 2*time.Hour))
		l.updated = l.created
		return l
	case "ON_HOLD":
		l.paid = m.now.Add(-between(time.Minute, remorse-time.Minute))
		l.updated = l.paid
	case "AWAITING_SHIPMENT":
		due := between(4*time.Hour, 24*time.Hour)
		switch m.random.IntN(10) {
		case 0, 1:
			due = between(30*time.Minute, 4*time.Hour)
		case 2, 3:
			due = between(24*time.Hour, 60*time.Hour)
		}
		l.paid = m.now.Add(due - arrangeWithin)
		l.updated = l.paid.Add(remorse)
	case "CANCELLED":
		l.paid = m.now.Add(-between(12*time.Hour, 60*time.Hour))
		l.stopped = l.paid.Add(between(2*time.Hour, 10*time.Hour))
		l.updated = l.stopped
	default:
		l.advance(m.now, status, between)
	}
	l.created = l.paid.Add(-between(10*time.Second, 10*time.Minute))
	l.arrangeBy = l.paid.Add(arrangeWithin)
	return l
}

// advance makes up the times of an order whose shipment is arranged.
func (l *life) advance(now time.Time, status string, between func(least, most time.Duration) time.Duration) {
	switch status {
	case "AWAITING_COLLECTION":
		l.arranged = now.Add(-between(10*time.Minute, 8*time.Hour))
		l.updated = l.arranged
	case "IN_TRANSIT":
		l.collected = now.Add(-between(4*time.Hour, 40*time.Hour))
		l.updated = l.collected
	case "DELIVERED":
		l.delivered = now.Add(-between(2*time.Hour, 48*time.Hour))
		l.updated = l.delivered
	case "COMPLETED":
		l.delivered = now.Add(-between(8*24*time.Hour, 20*24*time.Hour))
		l.updated = l.delivered.Add(7 * 24 * time.Hour)
	}
	if !l.delivered.IsZero() {
		l.collected = l.delivered.Add(-between(30*time.Hour, 90*time.Hour))
	}
	if !l.collected.IsZero() {
		l.arranged = l.collected.Add(-between(2*time.Hour, 20*time.Hour))
	}
	l.paid = l.arranged.Add(-between(3*time.Hour, 40*time.Hour))
}

// write puts the times that apply into an order. Deadlines are given as long as the order is alive.
func (l life) write(o object, status string) {
	set := func(key string, t time.Time) {
		if !t.IsZero() {
			o[key] = t.Unix()
		}
	}
	set("paid_time", l.paid)
	set("rts_time", l.arranged)
	set("collection_time", l.collected)
	set("delivery_time", l.delivered)
	switch status {
	case "UNPAID":
	case "CANCELLED":
		set("cancel_time", l.stopped)
		o["cancel_reason"], o["cancellation_initiator"] = "No longer needed", "BUYER"
	default:
		set("rts_sla_time", l.arrangeBy)
		set("tts_sla_time", l.arrangeBy.Add(collectAfter))
		set("shipping_due_time", l.arrangeBy.Add(cancelAfter))
		set("cancel_order_sla_time", l.arrangeBy.Add(cancelAfter))
		set("collection_due_time", l.arrangeBy.Add(lostAfter))
		set("delivery_sla_time", l.paid.Add(deliverAfter))
	}
}

// town is where a buyer lives.
type town struct{ state, district, postcode string }

var towns = []town{
	{"Kuala Lumpur", "Kuala Lumpur", "50"}, {"Selangor", "Petaling", "47"}, {"Johor", "Johor Bahru", "80"},
	{"Pulau Pinang", "Timur Laut", "10"}, {"Perak", "Kinta", "30"}, {"Melaka", "Melaka Tengah", "75"},
	{"Sabah", "Kota Kinabalu", "88"}, {"Sarawak", "Kuching", "93"},
}

// buyers are the letters that masking leaves of a name (platform API 3.3, Recorded shapes).
var buyers = []string{"N*** A***h", "L*** W***g", "M*** F***z", "A*** R***m", "S*** K***i", "T*** H***n", "R*** P***l", "J*** T***n"}

// address is a buyer's address as the platform masks it for its own shipping: empty until the order may be packed,
// streets and numbers as stars (platform API 3.3, Masking and Recorded shapes).
func (m *maker) address(status string) object {
	lives := towns[m.random.IntN(len(towns))]
	name := buyers[m.random.IntN(len(buyers))]
	phone, street := 10+m.random.IntN(90), string(rune('A'+m.random.IntN(26)))+strconv.Itoa(m.random.IntN(10))
	a := object{}
	for _, key := range []string{
		"name", "first_name", "last_name", "phone_number", "region_code", "postal_code", "full_address", "address_detail",
		"address_line1", "address_line2", "address_line3", "address_line4",
	} {
		a[key] = ""
	}
	if status == "UNPAID" || status == "ON_HOLD" {
		return a
	}
	a["name"], a["phone_number"] = name, fmt.Sprintf("(+60)1%d*****%02d", m.random.IntN(10), phone)
	a["region_code"], a["postal_code"] = "MY", lives.postcode+"***"
	a["full_address"] = fmt.Sprintf("Malaysia, %s, %s,%s****", lives.state, lives.district, street)
	a["address_detail"], a["address_line1"] = street+"****", street+"****"
	var districts []any
	for level, name := range []string{"Malaysia", lives.state, lives.district} {
		districts = append(districts, object{
			"address_level": fmt.Sprintf("L%d", level), "address_level_name": []string{"Country", "State", "District"}[level],
			"address_name": name,
		})
	}
	a["district_info"] = districts
	return a
}
