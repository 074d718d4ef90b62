package station

import (
	"packbench/internal/order"
	"packbench/internal/packing"
)

// lanePages is how many labels of lanes are kept drawn: those of a wave of 50 articles, 124 KB each at 203 dpi.
const lanePages = order.ParcelsAWave

// drawLane draws, one after the other, the labels of the parcels that a piece on the idle bench may be for, where their documents are here: the scan that opens
// such a parcel is its last one.
func (s *Station) drawLane() {
	if s.state.Phase != packing.Idle || s.laneDrawing || s.run != nil && s.run.State == order.RunGoing {
		return
	}
	next, err := s.Store.LaneNext(lanePages)
	s.logTrouble("the lanes were not read", "", err)
	pages := map[string]*drawing{}
	var wanted *drawing
	for _, known := range next {
		w := known.Work
		if !w.Arranged || w.Document == "" || w.Label.State != order.NoLabel || w.DocumentVersion != known.LabelVersion {
			continue
		}
		d := s.lanePages[w.Document]
		if d == nil && wanted == nil {
			d = newDrawing(w.Document)
			wanted = d
		}
		if d != nil {
			pages[w.Document] = d
		}
	}
	s.lanePages = pages // the others are not wanted any more
	if wanted == nil {
		return
	}
	s.laneDrawing = true
	ctx := s.ctx
	s.working.Go(func() { // nobody waits for it: the bench is settled meanwhile
		document, err := s.kept(wanted.document)
		if err == nil && document == nil {
			err = errNotKept
		}
		if wanted.err = err; err != nil {
			close(wanted.done)
		} else {
			s.draw(ctx, wanted, document)
		}
		s.logTrouble("a lane's label was not drawn ahead", "", wanted.err)
		if ctx.Err() == nil {
			s.inbox.post(laneDrawn{})
		}
	})
}

// laneDrawn tells that a label of a lane is drawn, or cannot be.
type laneDrawn struct{}

// fromLane is the page of a parcel that was drawn while it waited in a lane; nil where there is none.
func (s *Station) fromLane(w order.Work) *drawing {
	if w.Document == "" {
		return nil
	}
	return s.lanePages[w.Document]
}
