package station

import (
	"packbench/internal/order"
	"packbench/internal/packing"
)

// hearNews lets the open parcel hear what the mirror has read since. Otherwise a cancellation the mirror knows of would stop the packer only once the bench asks the
// platform itself: its last word counts as fresh for ten seconds. A bench that waits for the platform's answer to something else hears it after that.
func (s *Station) hearNews() {
	busy := s.state.Busy() && s.state.Phase != packing.Labelling
	if !s.news || busy || s.held != nil || len(s.unwritten) > 0 {
		return
	}
	s.news = false
	key := s.state.Parcel.Key
	if key == "" {
		return
	}
	known, found, err := s.Store.Parcel(key)
	s.logTrouble("what the mirror read of the open parcel was not looked up", key, err)
	old := found && !known.ReadAt.After(s.state.Parcel.ReadAt) || !found && s.state.Parcel.Standing == order.Reformed
	if err != nil || old {
		return
	}
	s.learn(packing.Read{Key: key, Parcel: known.Parcel, Found: found})
}
