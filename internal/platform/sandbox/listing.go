package sandbox

import "slices"

// listing is a shop's orders in both orders that a search may ask for.
type listing struct{ byCreated, byUpdated roll }

// roll is a shop's orders by one of their times, the oldest first. Once sorted, it stays so as orders change.
type roll struct {
	byUpdate, sorted bool
	orders           []*record
}

// put takes a new record in, in the place of the old one of the same order if there is one.
func (l *listing) put(old, r *record) {
	for _, roll := range []*roll{&l.byCreated, &l.byUpdated} {
		roll.put(old, r)
	}
}

func (l *roll) put(old, r *record) {
	if old != nil {
		l.sort()
		at := l.from(old.place(l.byUpdate))
		l.orders = slices.Delete(l.orders, at, at+1)
	}
	if !l.sorted {
		l.orders = append(l.orders, r)
		return
	}
	l.orders = slices.Insert(l.orders, l.from(r.place(l.byUpdate)), r)
}

// all are the orders, sorted.
func (l *roll) all() []*record {
	l.sort()
	return l.orders
}

func (l *roll) sort() {
	if l.sorted {
		return
	}
	slices.SortFunc(l.orders, func(a, b *record) int { return a.place(l.byUpdate).compare(b.place(l.byUpdate)) })
	l.sorted = true
}

// from is the position of the first order that stands at a place or behind it.
func (l *roll) from(p place) int {
	l.sort()
	at, _ := slices.BinarySearchFunc(l.orders, p, func(r *record, p place) int { return r.place(l.byUpdate).compare(p) })
	return at
}

// listing is a shop's.
func (s *Sandbox) listing(shopID string) *listing {
	l := s.listings[shopID]
	if l == nil {
		l = &listing{byUpdated: roll{byUpdate: true}}
		s.listings[shopID] = l
	}
	return l
}

// listed is a shop's roll.
func (s *Sandbox) listed(shopID string, byUpdate bool) *roll {
	if byUpdate {
		return &s.listing(shopID).byUpdated
	}
	return &s.listing(shopID).byCreated
}

// page are the next orders that a filter lets through, behind a place where one is given, and whether there are more.
func (l *roll) page(wanted filter, after *place, size int, descending bool) (page []*record, more bool) {
	l.sort()
	first, step := 0, 1
	if descending {
		first, step = len(l.orders)-1, -1
	}
	switch {
	case after != nil && descending:
		first = l.from(*after) - 1
	case after != nil:
		first = l.from(*after)
		if first < len(l.orders) && l.orders[first].place(l.byUpdate) == *after {
			first++
		}
	case l.byUpdate && !descending:
		first = l.from(place{At: wanted.UpdatedFrom})
	}
	for i := first; i >= 0 && i < len(l.orders); i += step {
		if l.byUpdate && descending && l.orders[i].updated < wanted.UpdatedFrom {
			break
		}
		if !wanted.holds(l.orders[i]) {
			continue
		}
		if len(page) == size {
			return page, true
		}
		page = append(page, l.orders[i])
	}
	return page, false
}

// count is how many orders a filter lets through. What most ask, all since a time, is known without looking at them.
func (l *roll) count(wanted filter) int {
	l.sort()
	switch {
	case wanted.everything():
		return len(l.orders)
	case l.byUpdate && wanted.onlySince():
		return len(l.orders) - l.from(place{At: wanted.UpdatedFrom})
	}
	total := 0
	for _, r := range l.orders {
		if wanted.holds(r) {
			total++
		}
	}
	return total
}
