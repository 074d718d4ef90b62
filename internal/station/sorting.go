package station

import (
	"slices"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// sorting is a wave as it stands now, with its walk. It is read anew for every scan, so that a parcel that was cancelled gets no piece.
func (s *Station) sorting(id string) (order.Sorting, error) {
	if id == "" {
		return order.Sorting{}, nil
	}
	sorting, bins, err := s.Store.Sorting(id)
	if err != nil || sorting.Wave.ID == "" {
		return sorting, err
	}
	picks, _ := s.Walk.PickList(sorting.Parcels, bins)
	for _, pick := range picks {
		sorting.Walk = append(sorting.Walk, order.WalkStop{Bin: pick.Bin, SKU: pick.SKU, Pieces: pick.Pieces})
	}
	return sorting, nil
}

// withSorting adds to a scan, or to the wish to say that something is short, what is known of its wave: the one whose name was scanned, else the one at hand.
func (s *Station) withSorting(input packing.Input) (packing.Input, error) {
	var err error
	switch in := input.(type) {
	case packing.Scanned:
		if s.state.Phase != packing.Idle && s.state.Phase != packing.Asked {
			return in, nil // a parcel is open
		}
		id := in.Candidates.Wave
		if id == "" {
			id = s.state.Sort.Wave
		}
		in.Sorting, err = s.sorting(id)
		return in, err
	case packing.Short:
		in.Sorting, err = s.sorting(s.state.Sort.Wave)
		return in, err
	}
	return input, nil
}

// showSorting puts the wave at hand before the person. While a parcel is open its screen is another.
func (s *Station) showSorting() {
	if s.state.Phase != packing.Idle && s.view.Sorting.Wave.ID == s.state.Sort.Wave {
		return
	}
	if s.state.Sort.Wave == "" {
		if s.view.Sorting.Wave.ID != "" {
			s.view.Sorting = order.Sorting{}
		}
		return
	}
	var err error
	s.view.Sorting, err = s.sorting(s.state.Sort.Wave)
	s.logTrouble("the wave at hand was not read", "", err)
}

// showHeld puts the slots and what lies in them before the person while no wave is at hand.
func (s *Station) showHeld() {
	if s.state.Sort.Wave != "" {
		return
	}
	held := order.Sorting{Slots: s.view.Slots}
	for _, slot := range s.view.Slots {
		if slot.Parcel == "" {
			continue
		}
		known, found, err := s.Store.Parcel(slot.Parcel)
		s.logTrouble("a parcel in a slot was not read", slot.Parcel, err)
		if found {
			held.Parcels = append(held.Parcels, known)
		}
	}
	s.view.Sorting = held
}

// sortShown is how many of the articles of a wave are looked up beside: as many as a lane's list shows on a large screen.
const sortShown = 12

// sortGoods are the articles the person at the wave has to do with now: the one in the hand, the one to be picked next, and the next ones to be sorted.
func (s *Station) sortGoods() (skus []string) {
	for _, sku := range []string{s.state.Sort.Hand.SKU, packing.NextStop(s.view.Sorting, s.state.Sort).SKU} {
		if sku != "" {
			skus = append(skus, sku)
		}
	}
	for _, k := range s.view.Sorting.Parcels {
		if !packing.Sortable(k) {
			continue
		}
		for _, u := range k.Unsorted() {
			if len(skus) < sortShown && !slices.Contains(skus, u.SKU()) {
				skus = append(skus, u.SKU())
			}
		}
	}
	return skus
}

// laidDown tells whether the wave at hand was laid down: what can be packed from its slots is shown among what waits.
func laidDown(events []order.Event) bool {
	return slices.ContainsFunc(events, func(e order.Event) bool { return e.Kind == order.WaveLaid })
}
