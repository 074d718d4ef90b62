package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/internal/wave"
	"packbench/store"
)

// WaveWish is which waves somebody wants.
type WaveWish struct {
	// Filter is what the parcels are chosen by, as Bench.Filter reads it; empty: all.
	Filter string
	// Most is how many parcels a wave has, 1 to order.ParcelsAWave; Waves how many waves, 0: as many as it takes.
	Most, Waves int
	// Force takes parcels too for which the catalogue's stock is not enough.
	Force bool
}

// WavePlan is what a wish comes to.
type WavePlan struct {
	// Fits is how many parcels in no wave fit the filter.
	Fits int
	// Waves are those that would be made, the most urgent first, and Short the parcels that none can take for want of stock.
	Waves []PlannedWave
	Short []wave.Short
}

// PlannedWave is a wave that is not made yet.
type PlannedWave struct {
	Shape   order.Shape
	Parcels []order.ParcelKey
	Pieces  int
	// Metres is how far its walk is, and FirstCome how far that of as many parcels would be if they were taken as they come; 0 where the settings do not know
	// the warehouse.
	Metres, FirstCome float64
}

// PlanWaves tells what a wish comes to, and makes nothing. It fails with usage.wave and wave.filter.
func (b *Bench) PlanWaves(wish WaveWish) (plan WavePlan, err error) {
	filter, asked, err := b.asked(wish)
	if err != nil {
		return plan, err
	}
	err = b.chooseWaves(filter, asked, b.now(), func(events []order.Event, short []wave.Short, from store.Choosing, bins map[string]string) []order.Event {
		plan = WavePlan{Fits: len(from.Unwaved), Short: short}
		facts, out := map[order.ParcelKey]*order.Facts{}, map[order.ParcelKey]bool{}
		for _, s := range short {
			out[s.Parcel] = true
		}
		var come []*order.Facts // those that there is stock for, as they come
		for _, f := range from.Unwaved {
			if facts[f.Key] = f; !out[f.Key] {
				come = append(come, f)
			}
		}
		layout := layoutOf(b.Settings.Walk)
		for _, event := range events {
			planned := PlannedWave{Shape: event.Shape, Parcels: event.Parcels}
			var mine []*order.Facts
			for _, key := range event.Parcels {
				mine = append(mine, facts[key])
				planned.Pieces += len(facts[key].SKUs)
			}
			if len(layout.Floors) > 0 {
				planned.Metres, planned.FirstCome = walked(layout, mine, bins), walked(layout, come[:len(mine)], bins)
			}
			come = come[len(mine):]
			plan.Waves = append(plan.Waves, planned)
		}
		return nil
	})
	return plan, err
}

// walked is how far the walk for parcels is.
func walked(layout wave.Layout, parcels []*order.Facts, bins map[string]string) float64 {
	var names []string
	for _, f := range parcels {
		for _, sku := range f.SKUs {
			if bin := bins[sku]; bin != "" {
				names = append(names, bin)
			}
		}
	}
	_, metres := layout.Route(names)
	return metres
}

// MakeWaves makes the waves of a wish and names them; short are the parcels that none could take. It fails with usage.wave and wave.filter.
func (b *Bench) MakeWaves(wish WaveWish) (made []string, short []wave.Short, err error) {
	filter, asked, err := b.asked(wish)
	if err != nil {
		return nil, nil, err
	}
	return b.makeWaves(filter, asked, b.now())
}

// asked is a wish with what the settings say.
func (b *Bench) asked(wish WaveWish) (filter wave.Filter, asked wave.Wish, err error) {
	if wish.Most < 1 || wish.Most > order.ParcelsAWave || wish.Waves < 0 {
		return filter, asked, order.Trouble(nil, "usage.wave", "most", order.ParcelsAWave)
	}
	filter, words, err := b.Filter(wish.Filter)
	return filter, wave.Wish{Filter: words, Size: wish.Most, Waves: wish.Waves, Force: wish.Force, Totes: b.Settings.Walk.Whole().Totes}, err
}

// makeWaves makes the waves that are wished for of the bench's warehouse's parcels, and gives their names.
func (b *Bench) makeWaves(filter wave.Filter, wish wave.Wish, now time.Time) (made []string, short []wave.Short, err error) {
	err = b.chooseWaves(filter, wish, now, func(events []order.Event, lack []wave.Short, _ store.Choosing, _ map[string]string) []order.Event {
		short = lack
		for _, event := range events {
			made = append(made, event.Wave)
		}
		return events
	})
	return made, short, err
}

// chooseWaves decides which waves a wish makes; what then gives back of them is journalled. Nobody else makes waves meanwhile.
func (b *Bench) chooseWaves(filter wave.Filter, wish wave.Wish, now time.Time,
	then func([]order.Event, []wave.Short, store.Choosing, map[string]string) []order.Event) error {
	slots, err := b.Store.Slots()
	if err != nil {
		return err
	}
	totes := 0
	for _, slot := range slots {
		if slot.Tote() {
			totes++
		} else {
			wish.Slots++
		}
	}
	if len(slots) > 0 { // else nobody sorts by scans here
		wish.Totes = min(wish.Totes, totes)
	}
	return b.Store.MakeWaves(b.Settings.Bench.Warehouse, now.Local(), filter.Fits, func(from store.Choosing) []order.Event {
		bins := map[string]string{}
		for sku, good := range from.Goods {
			bins[sku] = good.Bin
		}
		free := wave.Free(from.Goods, from.Packed, from.Promised)
		events, short := wish.Make(from.Unwaved, free, layoutOf(b.Settings.Walk), bins, from.Last, now.Local())
		return then(events, short, from, bins)
	})
}

// WaveSum is a wave in numbers.
type WaveSum struct {
	ID     string
	MadeAt time.Time
	Shape  order.Shape
	State  string // open, done or undone
	Filter string
	Rule   string // the name of the rule that made it
	// Parcels are in the order in which they are packed. Done of them are packed and confirmed, Out do not leave any more, ToArrange are still to be arranged, and
	// Printable wait for their labels.
	Parcels              []order.ParcelKey
	Done, Out, ToArrange int
	Printable            []order.ParcelKey
	Pieces               int
	Picked, Sorted       int       // of the pieces
	Due                  time.Time // of its most urgent parcel that is not done; zero: none
	Metres               float64   // of its walk, in whole metres; 0 where the settings do not know the warehouse
	Begun                bool      // it can no longer be undone
}

// OpenWaves are the waves of which something is still to leave, in numbers, the most urgent first.
func (b *Bench) OpenWaves() ([]WaveSum, error) {
	waves, err := b.Store.OpenWaves()
	if err != nil {
		return nil, err
	}
	sums, err := b.sums(waves)
	slices.SortStableFunc(sums, func(a, b WaveSum) int {
		if a.Due.IsZero() != b.Due.IsZero() {
			return cmp.Compare(b.Due.Unix(), a.Due.Unix()) // one without a deadline is last
		}
		return a.Due.Compare(b.Due)
	})
	return sums, err
}

func (b *Bench) sums(waves []store.KnownWave) (sums []WaveSum, err error) {
	bins, err := b.bins(waves)
	if err != nil {
		return nil, err
	}
	for _, w := range waves {
		sums = append(sums, b.sum(w, bins))
	}
	return sums, nil
}

func (b *Bench) sum(w store.KnownWave, bins map[string]string) WaveSum {
	s := WaveSum{ID: w.ID, MadeAt: w.MadeAt, Shape: w.Shape, State: "done", Filter: w.Filter, Rule: w.Rule, Parcels: w.Parcels, Begun: w.Begun()}
	left := w.Left()
	switch {
	case w.Undone:
		s.State = "undone"
	case len(left) > 0:
		s.State = "open"
	}
	for _, known := range w.Known {
		s.Pieces += len(known.Units)
		if !known.Work.ConfirmedAt.IsZero() {
			s.Done++
		} else if !known.Due.IsZero() && (s.Due.IsZero() || known.Due.Before(s.Due)) {
			s.Due = known.Due
		}
	}
	s.Picked, s.Sorted = progress(w)
	s.Out = len(w.Parcels) - s.Done - len(left)
	for _, known := range left {
		if !known.Work.Arranged && arrangeable(known) {
			s.ToArrange++
		}
		if known.Work.Printable() {
			s.Printable = append(s.Printable, known.Key)
		}
	}
	if len(b.Settings.Walk.Floors) > 0 {
		_, metres := layoutOf(b.Settings.Walk).PickList(w.Known, bins)
		s.Metres = float64(int(metres + 0.5))
	}
	return s
}

// ShapeWords are how people call the shapes of waves.
var ShapeWords = map[order.Shape]order.Said{
	order.FastLane: order.Say("wave.shape.fast_lane"), order.Bulk: order.Say("wave.shape.bulk"), order.Totes: order.Say("wave.shape.totes"),
	order.PutWall: order.Say("wave.shape.put_wall"),
}

// layoutOf is the warehouse of the settings.
func layoutOf(w settings.Walk) wave.Layout {
	w = w.Whole()
	return wave.Layout{Floors: w.Floors, Bays: w.Bays, BayM: w.BayM, AisleM: w.AisleM, FloorM: w.FloorM}
}

// bins are where the articles of waves lie.
func (b *Bench) bins(waves []store.KnownWave) (map[string]string, error) {
	bins := map[string]string{}
	for _, w := range waves {
		for _, known := range w.Known {
			for _, unit := range known.Units {
				if _, asked := bins[unit.SKU()]; asked {
					continue
				}
				article, err := b.Store.Article(unit.SKU())
				if err != nil {
					return nil, err
				}
				bins[unit.SKU()] = article.Bin
			}
		}
	}
	return bins, nil
}

// UndoWave gives a wave's parcels free again. It fails with wave.unknown, and with wave.begun where one of its parcels was begun.
func (b *Bench) UndoWave(id string) error {
	undone, err := b.Store.UndoWave(id, b.now())
	if err == nil && !undone {
		err = order.Trouble(nil, "wave.begun", "wave", id)
	}
	return err
}

// PickStop is one stop of a walk.
type PickStop struct {
	Bin        string            `json:"bin"` // empty where the catalogue has none
	SKU        string            `json:"sku"`
	Name       string            `json:"name"`
	Variant    string            `json:"variant"`
	Pieces     int               `json:"pieces"`
	PackageIDs []order.ParcelKey `json:"package_ids"`     // a parcel once for each piece
	Slots      []intoSlot        `json:"slots,omitempty"` // where they go, as far as that is known
	Picked     int               `json:"-"`               // of the pieces
	Article    order.Article     `json:"-"`
}

// Into names the totes and slots its pieces go into, parted by commas.
func (p PickStop) Into() string {
	var into []string
	for _, slot := range p.Slots {
		if slot.Pieces == p.Pieces {
			into = append(into, slot.name)
		} else {
			into = append(into, fmt.Sprintf("%s ×%d", slot.name, slot.Pieces))
		}
	}
	return strings.Join(into, ", ")
}

// PickList is what is left to be picked of a wave, in the order of the walk, and the wave in numbers. It fails with wave.unknown.
func (b *Bench) PickList(id string) (stops []PickStop, sum WaveSum, err error) {
	made, err := b.Store.Wave(id)
	if err != nil {
		return nil, sum, err
	}
	bins, err := b.bins([]store.KnownWave{made})
	if err != nil {
		return nil, sum, err
	}
	slots, err := b.Store.Slots()
	if err != nil {
		return nil, sum, err
	}
	picks, _ := layoutOf(b.Settings.Walk).PickList(made.Left(), bins)
	for _, p := range picks {
		article, err := b.Store.Article(p.SKU)
		if err != nil {
			return nil, sum, err
		}
		stops = append(stops, PickStop{
			Bin: p.Bin, SKU: p.SKU, Name: cmp.Or(article.ProductName, article.Name), Variant: article.VariantName, Pieces: p.Pieces, PackageIDs: p.For,
			Slots: slotsFor(p.For, slots), Picked: pickedOf(made, p.SKU), Article: article,
		})
	}
	return stops, b.sum(made, bins), nil
}
