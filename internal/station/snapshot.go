package station

import (
	"time"

	"packbench/internal/mirror"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
)

// Snapshot is the bench at one moment. Nothing in it changes afterwards.
type Snapshot struct {
	State packing.State
	Strip Strip
	// Goods are the articles of the open parcel and of a wrong item, by SKU.
	Goods map[string]order.Article
	// Label is the open parcel's label once it is drawn.
	Label *page.Page
	// Waiting are the next parcels by deadline, Places how many there are by shop and warehouse.
	Waiting []order.Known
	// Slots are the totes and slots there are. They are as old as Waiting.
	Slots  []order.Slot
	Places order.Places
	// Markets are the shops' markets by their ids.
	Markets map[string]order.Market
	// Outbox counts the parcels the platform was asked about and has not answered.
	Outbox int
	// Parked counts the parcels about which a person must do something before the platform is asked again.
	Parked int
	// PutBack are the goods that left parcels and are not back in their bins, the oldest first.
	PutBack []order.ToPutBack
	// Sorting is the wave at hand; its Wave has no ID where there is none, and then it has the slots and the parcels in them, as old as Waiting. Sort, in State, tells
	// how far the person is with it.
	Sorting order.Sorting
	// Shelf is the hand-over shelf.
	Shelf Shelf
	// Scale is what was said last of the scale; what it shows is in State.
	Scale ScaleHealth
	// Printer is what the printer said last.
	Printer PrinterHealth
	// Run is the print run that is under way, or the last one. Printable are the parcels a run can be made of, the most urgent first.
	Run       RunView
	Printable []order.Known
	// Labels is where the labels of this day are.
	Labels order.Balance
	// Reading is how far the reading of the shops that is under way has come; zero while there is none.
	Reading mirror.Progress
	// ClockOff is how far the platform's clock is ahead of this computer's.
	ClockOff time.Duration
	// LastReading is when all shops had last been read, zero before the first time; PlatformTrouble why the last try failed.
	LastReading     time.Time
	PlatformTrouble order.Said
	// ScannerSeen is when the last scan came, zero before the first.
	ScannerSeen time.Time
	// PhaseSince is when the bench came into its phase.
	PhaseSince time.Time
	// LabelSeen tells that a label was scanned back since the start: the printer prints.
	LabelSeen bool
}

// Strip is the last thing the bench told the packer. Outcome is empty where it was no answer to a scan.
type Strip struct {
	Outcome packing.Outcome
	Said    order.Said
	Code    string
	Item    string // the SKU of a piece that was taken
	At      time.Time
}

// waitingShown is how many of the next parcels the idle screen shows (screens, Pack).
const waitingShown = 5

// Snapshot is the bench as it is now.
func (s *Station) Snapshot() Snapshot { return *s.snapshot.Load() }

// publish makes a new snapshot. What waits is read anew only where it may have changed.
func (s *Station) publish(waiting bool) {
	s.view.State = s.state
	s.view.Label = s.shownLabel()
	s.showSorting()
	s.view.Goods = s.goods()
	outbox, err := s.Store.Outbox()
	s.view.Outbox = len(outbox)
	s.view.Run = s.viewRun()
	s.logTrouble("the outbox was not read", "", err)
	s.view.PutBack, err = s.Store.PutBacks()
	s.logTrouble("the put-back list was not read", "", err)
	if waiting {
		s.view.Waiting, s.view.Places, err = s.Store.Waiting(waitingShown, s.Warehouse)
		s.logTrouble("what waits was not read", "", err)
		s.view.Slots, err = s.Store.Slots()
		s.logTrouble("totes and slots were not read", "", err)
		s.showHeld()
		s.view.Printable, err = s.Store.Printable(s.Warehouse)
		s.logTrouble("what can be printed was not read", "", err)
		s.view.Markets = s.markets()
		s.view.LastReading, err = s.Store.LastReading()
		s.logTrouble("the last reading was not read", "", err)
	}
	made := s.view
	s.snapshot.Store(&made)
	if s.Changed != nil {
		s.Changed(made)
	}
}

func (s *Station) markets() map[string]order.Market {
	shops, err := s.Store.Shops()
	s.logTrouble("the shops were not read", "", err)
	markets := map[string]order.Market{}
	for _, shop := range shops {
		markets[shop.ID] = shop.Market
	}
	return markets
}

func (s *Station) goods() map[string]order.Article {
	skus := append([]string{}, s.state.Wrong.Scanned...)
	if s.state.Phase == packing.Idle {
		skus = append(skus, s.sortGoods()...)
	}
	for _, unit := range s.state.Parcel.Units {
		skus = append(skus, unit.SKU())
	}
	for _, meaning := range s.state.Meanings {
		skus = append(skus, meaning.SKU)
	}
	for _, used := range s.state.Work.Materials {
		skus = append(skus, used.Code)
	}
	for _, piece := range s.state.Work.Taken {
		skus = append(append(skus, piece.SKU), piece.Inserts...)
	}
	goods := make(map[string]order.Article, len(skus))
	for _, sku := range skus {
		if _, have := goods[sku]; have {
			continue
		}
		article, err := s.Store.Article(sku)
		s.logTrouble("an article was not looked up", "", err)
		goods[sku] = article
		if box := article.Box; box != "" && box != sku {
			if goods[box], err = s.Store.Article(box); err != nil {
				s.logTrouble("an article was not looked up", "", err)
			}
		}
	}
	return goods
}
