package sandbox

import "slices"

// sorted are the orders of all shops, the oldest first.
func (s *Sandbox) sorted(byUpdate bool) []*record {
	var all []*record
	for _, known := range s.shops {
		l := s.listed(known.ID, byUpdate)
		l.sort()
		all = append(all, l.orders...)
	}
	slices.SortFunc(all, func(a, b *record) int { return a.place(byUpdate).compare(b.place(byUpdate)) })
	return all
}
