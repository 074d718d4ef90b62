package rules

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/internal/order"
)

// Difference is one thing in which rules differ from what the program brings.
type Difference struct {
	// Kind is changed, added, off, on, near, extension, cutoff, holiday or zone.
	Kind string
	// Of is what it is about: the rule's id, the shop, the market, the warehouse.
	Of string
	// Was and Is are how it was and how it is, in the words of the file; empty where there is nothing.
	Was, Is string
}

// Differences are in what the rules differ from those the program brings, rules first.
func (r *Rules) Differences() ([]Difference, error) {
	brought, err := BuiltIn()
	if err != nil {
		return nil, err
	}
	var found []Difference
	for i, e := range r.Entries {
		switch {
		case !e.Own:
		case !e.BuiltIn:
			found = append(found, Difference{"added", string(e.ID), "", e.text()})
		default: // entries the program brings keep their places
			was := brought.Entries[i]
			kind := "changed"
			if on := len(e.OnFor) > 0; on != (len(was.OnFor) > 0) {
				kind = "on"
			} else if e.Off && !was.Off {
				kind = "off"
			}
			found = append(found, Difference{kind, string(e.ID), was.text(), e.text()})
		}
	}
	if r.Near != brought.Near {
		found = append(found, Difference{"near", "", number(brought.Near), number(r.Near)})
	}
	for _, row := range r.Own.Extensions {
		found = append(found, Difference{"extension", string(row.Clock), "", row.text()})
	}
	for _, row := range r.Own.CutOffs {
		found = append(found, Difference{"cutoff", row.Shop, "", row.At})
	}
	for _, row := range r.Own.Holidays {
		is := row.Name
		if row.Works {
			is = "works"
		}
		found = append(found, Difference{"holiday", string(row.Market) + " " + row.Date, "", is})
	}
	for _, row := range r.Own.Zones {
		found = append(found, Difference{"zone", row.Warehouse, "", row.Zone})
	}
	return found, nil
}

// text is the entry in the words of the file.
func (e Entry) text() string {
	var words []string
	say := func(name, value string) {
		if value != "" {
			words = append(words, name+"="+value)
		}
	}
	say("markets", strings.Join(texts(e.Markets), ","))
	say("except", strings.Join(texts(e.Except), ","))
	say("mode", string(e.Mode))
	say("type", e.Type)
	say("seller", e.Seller)
	say("valid_from", e.ValidFrom.Text())
	say("valid_to", e.ValidTo.Text())
	say("start", e.Start.String())
	say("after", string(e.After))
	say("end", e.End.String())
	say("limit", LimitText(e.Limit))
	say("grace", LimitText(e.Grace))
	say("consequence", string(e.Consequence))
	say("source", e.Source)
	switch {
	case len(e.OnFor) > 0:
		say("on_for", strings.Join(e.OnFor, ","))
	case e.Off:
		say("off", "true")
	}
	return strings.Join(words, " ")
}

// text is the extension in one line.
func (row ExtensionRow) text() string {
	words := []string{"+" + row.Add, row.CreatedFrom + ".." + row.CreatedTo}
	for _, word := range []string{string(row.Market), row.Warehouse, row.SKU, row.Why} {
		if word != "" {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}

func number(share float64) string { return strconv.FormatFloat(share, 'g', -1, 64) }

// Moved is what a change of the rules does to the parcels there are.
type Moved struct {
	// Parcels are those with a clock that is due at another moment, was taken away or came in; Orders are the orders in them. Of is how many parcels were looked at:
	// all that are neither delivered nor cancelled.
	Parcels, Orders, Of int
	// Recut is how many of Of that are still here have another daily cut-off, or none any more: no clock of theirs moves by it, only by when they are packed.
	Recut int
}

// Move counts what it does to parcels that a walk hands out, if these rules took the place of others. It computes once the walk is over, so that whoever walks is not
// held up.
func (r *Rules) Move(was *Rules, walk func(visit func(*order.Facts)) error) (Moved, error) {
	var rows []*order.Facts
	if err := walk(func(f *order.Facts) { rows = append(rows, f) }); err != nil {
		return Moved{}, err
	}
	var m Moved
	orders := map[string]bool{}
	for _, f := range rows {
		course := f.Course()
		if course.Ended || course.Passed(order.AtBuyer) {
			continue
		}
		m.Of++
		at, has := r.CutOffs[f.ShopID]
		if before, had := was.CutOffs[f.ShopID]; f.Left() && (at != before || has != had) {
			m.Recut++
		}
		before := was.Clocks(&course, f.SKUs, was.Calendar, time.Time{})
		after := r.Clocks(&course, f.SKUs, r.Calendar, time.Time{})
		if slices.EqualFunc(before, after, sameDue) {
			continue
		}
		m.Parcels++
		for _, id := range f.OrderIDs {
			orders[id] = true
		}
	}
	m.Orders = len(orders)
	return m, nil
}

func sameDue(a, b order.Clock) bool {
	return a.ID == b.ID && a.Due.Equal(b.Due) && a.Consequence == b.Consequence
}
