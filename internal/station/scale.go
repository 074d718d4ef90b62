package station

import (
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// ScaleHealth is what was said last of the scale: scale.ready, or why nothing is known of what lies on it.
type ScaleHealth struct {
	Said order.Said
	At   time.Time
}

// scaleShows is what the scale shows now, scaleSaid what is to be told of it.
type (
	scaleShows struct{ order.Reading }
	scaleSaid  struct{ order.Said }
)

// Weigh says what the scale shows now. It returns at once.
func (s *Station) Weigh(reading order.Reading) { s.inbox.post(scaleShows{reading}) }

// TellScale says what a person should know of the scale. It returns at once.
func (s *Station) TellScale(said order.Said) { s.inbox.post(scaleSaid{said}) }

// heardOfScale takes in what is told of the scale.
func (s *Station) heardOfScale(said order.Said) {
	s.view.Scale = ScaleHealth{Said: said, At: s.Now()}
	s.publish(false)
}

// hearScale lets packing hear what the scale shows. Where the journal refuses what followed from it, or did so with something before it, the reading of then
// waits until it does not: only the newest counts.
func (s *Station) hearScale() {
	if s.reading == nil || s.held != nil || len(s.unwritten) > 0 {
		return
	}
	weighed := packing.Weighed{Reading: *s.reading}
	var err error
	if weighed.Like, err = s.like(); err == nil {
		err = s.apply(weighed, nil)
	}
	if err == nil {
		s.reading = nil
	}
	s.logTrouble("the scale was not heard", s.state.Parcel.Key, err)
}

// like are the weights of parcels like the open one, once all its pieces are in; none where there is no scale.
func (s *Station) like() ([]int, error) {
	if !s.Weighs || s.state.Parcel.Key == "" || len(s.state.Missing()) > 0 {
		return nil, nil
	}
	return s.Store.Weights(s.state.Parcel.Likeness())
}
