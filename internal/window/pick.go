package window

import (
	"time"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/wave"
	"packbench/ui/ask"
	"packbench/ui/filter"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pick"
)

// pickPage is the page of waves and what a person has chosen on it. It belongs to the main goroutine.
type pickPage struct {
	*pick.Screen
	text      string     // the filter as it is written
	wrong     order.Said // why it is not understood
	chips     []chip     // what it can be made of
	chipsFrom int        // the first that has a digit
	fits      int        // parcels that fit
	counted   string     // the filter they fit
	isCounted bool
	recount   bool // there may be others by now
	plan      cli.WavePlan
	planned   string // the filter the plan is for
	isPlanned bool
	replan    bool
	chosen    int // of the open waves
	opened    string
	sum       cli.WaveSum
	stops     []cli.PickStop
	first     int // stop that is shown
	current   int // stop whose bin was scanned
	asksUndo  bool
	report    pick.Report

	counting, planning, listing, acting bool // what the clerks are at
	typedAt                             time.Time
}

// waveList is what is known of the open waves, for the pages that show them. It belongs to the main goroutine.
type waveList struct {
	all     []cli.WaveSum
	reading bool
	readAt  time.Time
	heardOf waveNews // when they were read
}

// waveNews is what tells that waves may have moved on.
type waveNews struct {
	reading, strip time.Time
	outbox         int
	run            order.RunState
}

// The pauses between two readings of the open waves: while something happens, and while nothing does.
const (
	wavesSoon = time.Second
	wavesLate = 15 * time.Second
)

// planAfter is how long nobody types before waves are proposed: they take longer than the count.
const planAfter = 300 * time.Millisecond

// onPick tells whether the page of waves takes keys and scans: the wave at hand stands in its place.
func (w *Window) onPick() bool {
	return w.page == frame.PagePick && w.bench != nil && !w.showsWave()
}

// waveAtHand is the wave the bench picks or sorts; empty: none.
func (w *Window) waveAtHand() string {
	if w.running == nil {
		return ""
	}
	return w.running.Snapshot().State.Sort.Wave
}

// pickModel is the page.
func (w *Window) pickModel(now time.Time) pick.Model {
	p := &w.pick
	m := pick.Model{Now: now, Report: p.report, Current: -1, Chosen: -1}
	switch {
	case p.opened != "" && p.asksUndo:
		m.View, m.Question = pick.Asked, ask.Question{
			Title: order.Say("pick.undo", "wave", p.opened), Text: order.Say("pick.undo.text"),
			Acts: []ask.Act{{Key: yesKey, Word: order.Say("pick.undo.yes")}, {Key: back, Word: order.Say("pick.undo.no")}},
		}
	case p.opened != "":
		m.View, m.Wave, m.Acts = pick.Opened, shownWave(p.sum), w.waveActs()
		m.First, m.Current = p.first, p.current
		for i, stop := range p.stops {
			m.Stops = append(m.Stops, w.shownStop(stop, i >= p.first && i < p.first+p.StopRoom()))
		}
	default:
		w.choosing(&m)
	}
	return m
}

// choosing fills in the page while parcels are chosen.
func (w *Window) choosing(m *pick.Model) {
	p := &w.pick
	m.Filter = w.chipsShown(p.chips, p.chipsFrom, p.Filter().Room(), p.text)
	m.Fits, m.Counting = p.fits, (!p.isCounted || p.counted != p.text) && p.wrong.Key == ""
	for _, sum := range w.waves.all {
		m.Waves = append(m.Waves, shownWave(sum))
	}
	if len(m.Waves) > 0 {
		m.Chosen = min(p.chosen, len(m.Waves)-1)
	}
	if p.wrong.Key != "" {
		m.Report = pick.Report{Tone: kit.Bad, Said: p.wrong}
		return
	}
	if p.isPlanned && p.planned == p.text {
		m.Proposal = proposal(p.plan, w.wavesPlanned())
		if n := len(p.plan.Waves); n > 0 {
			m.Acts = append(m.Acts, ask.Act{Key: takeKey, Word: order.Say("pick.act.take", "count", len(p.plan.Waves[0].Parcels))})
			if n = w.wavesPlanned(); n > 1 {
				m.Acts = append(m.Acts, ask.Act{Key: allKey, Word: order.Say("pick.act.all", "count", n)})
			}
		}
	}
}

// wavesPlanned is how many waves all that fit would make; of very many it is counted and not planned.
func (w *Window) wavesPlanned() int {
	plan := w.pick.plan
	if plan.Fits > mostPlanned {
		return (plan.Fits + order.ParcelsAWave - 1) / order.ParcelsAWave
	}
	return len(plan.Waves)
}

// proposal is a plan for so many waves as the page shows it.
func proposal(plan cli.WavePlan, waves int) pick.Proposal {
	shown := pick.Proposal{Waves: waves}
	if len(plan.Short) > 0 {
		first := plan.Short[0]
		shown.Short = order.Say("pick.short", "count", len(plan.Short), "parcel", first.Parcel, "skus", joinedSKUs(first.SKUs))
	}
	if len(plan.Waves) == 0 { // nothing that fits has stock
		shown.Waves = 0
		return shown
	}
	first := plan.Waves[0]
	shown.Shape, shown.Parcels, shown.Pieces = cli.ShapeWords[first.Shape], len(first.Parcels), first.Pieces
	metres, firstCome := 0.0, 0.0
	for _, planned := range plan.Waves {
		metres, firstCome = metres+planned.Metres, firstCome+planned.FirstCome
	}
	if waves == len(plan.Waves) {
		shown.Metres, shown.Saved = int(metres+0.5), max(0, int(firstCome-metres))
	}
	return shown
}

// shownWave is a wave as the page shows it.
func shownWave(sum cli.WaveSum) pick.Wave {
	return pick.Wave{
		Code: sum.ID, Shape: cli.ShapeWords[sum.Shape], Parcels: len(sum.Parcels), Packed: sum.Done, Out: sum.Out, Pieces: sum.Pieces, Picked: sum.Picked, Sorted: sum.Sorted, Due: local(sum.Due),
		Metres: int(sum.Metres),
	}
}

// shownStop is a stop as the page shows it, with its picture where it is seen.
func (w *Window) shownStop(stop cli.PickStop, seen bool) pick.Stop {
	parcels := map[order.ParcelKey]bool{}
	for _, key := range stop.PackageIDs {
		parcels[key] = true
	}
	shown := pick.Stop{Bin: stop.Bin, SKU: stop.SKU, Name: stop.Name, Variant: stop.Variant, Pieces: stop.Pieces, Picked: stop.Picked, Parcels: len(parcels), Into: stop.Into()}
	if seen {
		shown.Photo = w.photos.good(stop.Article)
	}
	return shown
}

// waveActs are what can be done with the wave that is open.
func (w *Window) waveActs() []ask.Act {
	p := &w.pick
	var acts []ask.Act
	if n := min(len(p.sum.Printable), order.LabelsARun); n > 0 && w.running != nil {
		acts = append(acts, ask.Act{Key: labelsKey, Word: order.Say("pick.act.labels", "count", n)})
	}
	if len(p.stops) > 0 {
		acts = append(acts, ask.Act{Key: listKey, Word: order.Say("pick.act.list")})
	}
	if p.sum.ToArrange > 0 && !p.acting {
		acts = append(acts, ask.Act{Key: arrangeKey, Word: order.Say("pick.act.arrange", "count", p.sum.ToArrange)})
	}
	if len(p.stops) > 0 && w.running != nil && w.waveAtHand() == "" {
		acts = append(acts, ask.Act{Key: pickKey, Word: order.Say("pick.act.pick")})
	}
	if !p.sum.Begun && p.sum.ID != "" && !p.acting {
		acts = append(acts, ask.Act{Key: undoKey, Word: order.Say("pick.act.undo")})
	}
	return append(acts, ask.Act{Key: leaveKey, Word: order.Say("pick.act.back")})
}

// chip is a word of a filter that somebody may want, and how many parcels it fits alone.
type chip struct {
	name, value string
	word        order.Said
	text        string // in the word's place: a name
	count       int
}

// chipsShown are the chips that have a digit now.
func (w *Window) chipsShown(all []chip, from, room int, text string) filter.Model {
	m := filter.Model{More: len(all) > room}
	for _, c := range all[min(from, len(all)):min(from+room, len(all))] {
		shown := filter.Chip{Word: c.text, Count: c.count, On: wave.Has(text, c.name, c.value)}
		if c.word.Key != "" {
			shown.Word = w.environment.Tongue.Say(c.word)
		}
		m.Chips = append(m.Chips, shown)
	}
	return m
}
