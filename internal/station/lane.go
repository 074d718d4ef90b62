package station

import (
	"packbench/internal/order"
	"packbench/internal/packing"
)

// drawLane draws, one after the other, the labels of the parcels that a piece on the idle bench may be for, where their documents are here: the scan that opens
// such a parcel is its last one. They are at most those of a wave's articles, 50 pages of 124 KB at 203 dpi.
func (s *Station) drawLane() {
	if s.state.Phase != packing.Idle || s.state.Sort.Wave == "" || s.laneDrawing || s.run != nil && s.run.State == order.RunGoing {
		return
	}
	pages := map[string]*drawing{}
	var wanted *drawing
	for _, known := range s.laneNext() {
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

// laneNext are the parcels that pieces scanned now would open: of the wave at hand, the first of each article.
func (s *Station) laneNext() (next []order.Known) {
	seen := map[string]bool{}
	for _, stop := range s.view.Sorting.Walk {
		lane := packing.Lane(s.view.Sorting, []string{stop.SKU})
		if len(lane) > 0 && !seen[string(lane[0].Key)] {
			seen[string(lane[0].Key)] = true
			next = append(next, lane[0])
		}
	}
	return next
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
