package window

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/station"
	"packbench/ui/frame"
)

// drawPick shows the page of waves, and has read what it needs.
func (w *Window) drawPick(now time.Time) {
	w.countWaves()
	w.planWaves(now)
	w.pick.Render(w.pickModel(now))
	if digit := w.typing.digit(9, now); digit > 0 {
		w.pressOnPick(string(rune('0' + digit)))
	}
}

// keepWaves reads the open waves now and then while a page that shows them is seen.
func (w *Window) keepWaves(s station.Snapshot, now time.Time) {
	if w.page != frame.PagePick && w.page != frame.PageRun {
		return
	}
	news := waveNews{reading: s.LastReading, strip: s.Strip.At, outbox: s.Outbox, run: s.Run.State}
	age := now.Sub(w.waves.readAt)
	if age < wavesSoon || age < wavesLate && news == w.waves.heardOf && !w.pick.acting {
		return
	}
	if news.reading != w.waves.heardOf.reading {
		w.pick.recount, w.pick.replan = true, true
	}
	w.waves.heardOf = news
	w.readWaves(nil)
}

// readWaves reads the open waves, and the one whose pick list is seen; then runs afterwards, and may be nil.
func (w *Window) readWaves(then func()) {
	w.waves.readAt = w.environment.Now()
	w.beside(&w.waves.reading, func(context.Context) func() {
		all, err := w.bench.OpenWaves()
		return func() {
			if err != nil {
				w.pickFailed(err)
				return
			}
			w.waves.all = all
			if then != nil {
				then()
			}
		}
	})
	if w.pick.opened != "" {
		w.readWave()
	}
}

// countWaves counts what fits the filter, where that is not known yet.
func (w *Window) countWaves() {
	p := &w.pick
	if p.isCounted && p.counted == p.text && !p.recount || p.wrong.Key != "" || p.counting {
		return
	}
	text, now := p.text, w.environment.Now().Local()
	var counts *tally // only where parcels may have come or gone: it takes longer than the count
	if p.recount || !p.isCounted {
		counts = newTally(now)
	}
	p.recount = false
	tongue, mine := w.environment.Tongue.Text, w.bench.Settings.Bench.Warehouse
	w.beside(&p.counting, func(context.Context) func() {
		fits := 0
		chosen, _, err := w.bench.Filter(text)
		if err != nil {
			return func() {
				if p.text == text {
					p.wrong = order.AsProblem(err).Said
				}
			}
		}
		_, err = w.bench.Store.Find(func(f *order.Facts) bool {
			if !f.Pickable(now) || mine != "" && f.WarehouseID != "" && f.WarehouseID != mine {
				return false
			}
			if counts != nil {
				counts.count(f)
			}
			if chosen.Fits(f) {
				fits++
			}
			return false
		}, 0, 0)
		return func() {
			p.counted, p.isCounted = text, true
			if err != nil {
				w.pickFailed(err)
				return
			}
			if p.fits = fits; counts != nil {
				p.chips = counts.chips(tongue)
			}
			if p.chipsFrom >= len(p.chips) {
				p.chipsFrom = 0
			}
		}
	})
}

// planWaves proposes waves once the parcels are counted and nobody types any more.
func (w *Window) planWaves(now time.Time) {
	p := &w.pick
	known := p.isPlanned && p.planned == p.text && !p.replan
	if known || !p.isCounted || p.counted != p.text || p.wrong.Key != "" || p.acting || p.planning || now.Sub(p.typedAt) < planAfter {
		return
	}
	p.replan = false
	text, wish := p.text, cli.WaveWish{Filter: p.text, Most: order.ParcelsAWave}
	if p.fits > mostPlanned {
		wish.Waves = 1
	}
	w.beside(&p.planning, func(context.Context) func() {
		plan, err := w.bench.PlanWaves(wish)
		return func() {
			p.plan, p.planned, p.isPlanned = plan, text, true
			if err != nil {
				w.pickFailed(err)
			}
		}
	})
}

// tally counts parcels by what chips there can be.
type tally struct {
	now                   time.Time
	hour, midnight        time.Time // soon, and the end of the day
	soon, today           int
	single, several, note int
	markets, carriers     map[string]int
	skus                  map[string]int
}

// dueWithin is what the first chip calls soon, to whole hours.
const dueWithin = 2 * time.Hour

func newTally(now time.Time) *tally {
	year, month, day := now.Date()
	t := &tally{now: now, markets: map[string]int{}, carriers: map[string]int{}, skus: map[string]int{}}
	t.hour, t.midnight = now.Add(dueWithin).Truncate(time.Hour), time.Date(year, month, day, 23, 59, 0, 0, now.Location())
	return t
}

func (t *tally) count(f *order.Facts) {
	is := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	is(&t.soon, !f.Due.IsZero() && f.Due.Before(t.hour))
	is(&t.today, !f.Due.IsZero() && f.Due.Before(t.midnight))
	is(&t.single, len(f.SKUs) == 1)
	is(&t.several, len(f.SKUs) > 1)
	is(&t.note, f.Note)
	t.markets[string(f.Market)]++
	t.carriers[f.Provider]++
	for i, sku := range f.SKUs {
		if !slices.Contains(f.SKUs[:i], sku) {
			t.skus[sku]++
		}
	}
}

// mostArticles is how many of the articles that are in most parcels have a chip.
const mostArticles = 8

// mostPlanned is up to how many parcels all their waves are proposed: walks take time. Of more only the first is, and the others are counted.
const mostPlanned = 5000

// chips are the words people may want, those that nobody needs left out.
func (t *tally) chips(tongue func(key string, pairs ...any) string) (all []chip) {
	add := func(c chip) {
		if c.count > 0 {
			all = append(all, c)
		}
	}
	add(chip{name: "due", value: t.hour.Format("2006-01-02T15:04"), word: order.Say("filter.chip.due", "time", t.hour.Format("15:04")), count: t.soon})
	add(chip{name: "due", value: t.midnight.Format("15:04"), word: order.Say("filter.chip.today"), count: t.today})
	add(chip{name: "pieces", value: "1", word: order.Say("filter.chip.single"), count: t.single})
	add(chip{name: "pieces", value: "2-", word: order.Say("filter.chip.several"), count: t.several})
	add(chip{name: "note", value: "yes", word: order.Say("filter.chip.note"), count: t.note})
	for _, market := range most(t.markets) {
		name := tongue("market." + market)
		if strings.HasPrefix(name, "market.") { // one this program has no name for
			name = market
		}
		add(chip{name: "market", value: market, text: name, count: t.markets[market]})
	}
	for _, carrier := range most(t.carriers) {
		if !strings.ContainsAny(carrier, `",`) { // no filter can be written with such a name
			add(chip{name: "carrier", value: carrier, text: carrier, count: t.carriers[carrier]})
		}
	}
	articles := most(t.skus)
	for _, sku := range articles[:min(len(articles), mostArticles)] {
		if !strings.ContainsAny(sku, `",*?[\`) {
			add(chip{name: "sku", value: sku, text: sku, count: t.skus[sku]})
		}
	}
	return all
}

// most are the names that are counted, those with most first; the empty one is none.
func most(counts map[string]int) []string {
	names := slices.DeleteFunc(slices.Collect(maps.Keys(counts)), func(name string) bool { return name == "" })
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	return names
}

// joinedSKUs are articles in a sentence.
func joinedSKUs(skus []string) string { return strings.Join(skus, ", ") }
