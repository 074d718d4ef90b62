package window

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/ask"
	"packbench/ui/pack"
	"packbench/ui/printrun"
)

// hot is how near a deadline has to be to be marked.
const hot = 40 * time.Minute

// offerShelf is how long a label may be waited for before the packer is told what else to do.
const offerShelf = 8 * time.Second

// The keys of a packer's own wishes.
const (
	againKey = "F9"  // something is wrong: with the goods, or the label did not come out
	yesKey   = "F10" // yes to what the screen asks
	asideKey = "F11" // put the parcel aside
)

// packModel is the packing page of a snapshot.
func (w *Window) packModel(s station.Snapshot, now time.Time) pack.Model {
	m := pack.Model{Now: now, Parcel: parcelHead(s.State.BuyersParcel()), WaitingTotal: s.Places.Total()}
	m.Scale, m.ScaleLoud = scaleShown(s.State)
	m.Parcel.Box = boxOf(s)
	markedHead(&m.Parcel, s)
	if s.Strip.Outcome == packing.ConfirmedOut {
		m.DoneAt = s.Strip.At.Local()
	}
	switch s.State.Phase {
	case packing.Packing:
		w.open(&m, s)
	case packing.Checking, packing.Shipping, packing.Labelling, packing.Printing:
		m.View = pack.Working
		m.Work = pack.Work{Step: steps[s.State.Phase], Since: s.PhaseSince.Local()}
		if s.State.MayShelve() && now.Sub(s.PhaseSince) >= offerShelf {
			m.Work.Note = order.Say("window.work.shelf", "key", asideKey)
		}
	case packing.LabelScan:
		if s.State.Work.OwnCarrier { // nothing of it was printed here
			m.View, m.Question = pack.Asked, waybillOnParcel(s)
			break
		}
		m.View = pack.ToScan
		m.Label = w.label(s)
	case packing.Asked:
		if q, asked := w.answers(s, now); asked {
			m.View, m.Question = pack.Asked, q
			break
		}
		if s.State.Question == packing.PutAside {
			m.View = pack.Stopped
			m.Stop = w.stop(s)
			break
		}
		m.View = pack.Asked
		m.Question = w.question(s)
	case packing.Halted:
		if q, asked := w.answers(s, now); asked {
			m.View, m.Question = pack.Asked, q
			break
		}
		m.View = pack.Stopped
		m.Stop = w.stop(s)
	default:
		w.idle(&m, s, now)
	}
	return m
}

// refusedReasons are the outcomes of a parcel that was not opened because it must not be packed. They fill the screen, as a parcel that is
// cancelled while open does, until the next scan.
var refusedReasons = map[packing.Outcome]bool{
	packing.CancelledOut: true, packing.HoldOut: true, packing.ElsewhereOut: true, packing.NotPackable: true,
	packing.StaleLabel: true,
}

// refusedFor are the sentences for which the page has a shorter one.
var refusedFor = map[string]pack.Reason{
	"refused.cancelled": pack.Cancelled, "refused.cancel_requested": pack.CancelRequested, "refused.on_hold": pack.OnHold,
	"refused.elsewhere": pack.Elsewhere,
}

// idle is the queue, or the parcel that was just refused.
func (w *Window) idle(m *pack.Model, s station.Snapshot, now time.Time) {
	if refusedReasons[s.Strip.Outcome] {
		m.View = pack.Stopped
		m.Stop = pack.Stop{Code: cmp.Or(s.Strip.Code, string(s.State.Buyer.Known.Key))}
		var named bool
		if m.Stop.Reason, named = refusedFor[s.Strip.Said.Key]; !named {
			m.Stop.Reason, m.Stop.Title = pack.NotPackable, s.Strip.Said
		}
		if s.Strip.Said.Key == "refused.replaced_where" {
			m.Stop.Title, _ = s.Strip.Said.With["said"].(order.Said)
			m.Stop.Note, _ = s.Strip.Said.With["where"].(order.Said)
		}
		w.owed(&m.Stop, s.State)
		return
	}
	for _, known := range s.Waiting {
		row := waiting(known, now)
		row.Slot = completeIn(s.Slots, known)
		m.Waiting = append(m.Waiting, row)
	}
	m.WaitingIn = markets(s)
	for _, b := range s.PutBack {
		m.PutBack += b.Pieces
		m.PutBackBin = cmp.Or(m.PutBackBin, b.Bin)
	}
}

// markets counts what waits by market, the most first, where the seller has shops in several.
func markets(s station.Snapshot) []pack.MarketCount {
	counts := map[string]int{}
	for place, n := range s.Places {
		counts[string(s.Markets[place.ShopID])] += n
	}
	if len(counts) < 2 {
		return nil
	}
	var in []pack.MarketCount
	for market, n := range counts {
		in = append(in, pack.MarketCount{Market: market, Count: n})
	}
	slices.SortFunc(in, func(a, b pack.MarketCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Market, b.Market))
	})
	return in
}

var steps = map[packing.Phase]pack.Step{
	packing.Checking: pack.Checking, packing.Shipping: pack.Arranging, packing.Labelling: pack.Fetching, packing.Printing: pack.Printing,
}

func waiting(known order.Known, now time.Time) pack.Waiting {
	row := pack.Waiting{
		Due: local(known.Due), Hot: !known.Due.IsZero() && known.Due.Sub(now) < hot, Code: string(known.Key), Pieces: len(known.Units),
		Carrier: known.Provider, Market: string(known.Market), Note: len(known.Notes) > 0, Multiple: known.Of > 1,
	}
	var kinds []string
	for _, unit := range known.Units {
		if !slices.Contains(kinds, unit.SKU()) {
			kinds = append(kinds, unit.SKU())
		}
		row.Gift = row.Gift || unit.Gift
		row.Battery = row.Battery || unit.DangerousGood
	}
	row.Kinds = len(kinds)
	return row
}

// local is a time where the bench stands; the zero time stays zero.
func local(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Local()
}

func parcelHead(p order.Parcel) pack.Parcel {
	head := pack.Parcel{
		Code: string(p.Key), Carrier: p.Provider, Market: string(p.Market), Number: p.Number, Of: p.Of, Due: local(p.Due), PlatformTime: true,
		ReadAt: local(p.ReadAt), Sample: p.Sample, Collect: p.Standing == order.Arranged,
	}
	for _, unit := range p.Units {
		head.Gift = head.Gift || unit.Gift
		head.Battery = head.Battery || unit.DangerousGood
	}
	for _, note := range p.Notes {
		if note.FromBuyer {
			head.BuyerNote = note.Text
		} else {
			head.ShopNote = note.Text
		}
	}
	return head
}

// open fills in what to take now, or what was wrong about the last piece.
func (w *Window) open(m *pack.Model, s station.Snapshot) {
	m.View = pack.Open
	m.Aside = pack.Act{Key: asideKey, Word: order.Say("window.act.aside")}
	m.Help = pack.Act{Key: againKey, Word: order.Say("window.act.wrong")}
	wanted := s.State.WantedSKU()
	for _, line := range w.lines(s) {
		line.Current = line.SKU == wanted
		if line.Current {
			m.Take = line
		}
		m.Lines = append(m.Lines, line)
	}
	if s.State.AtHand.ID != "" {
		m.View = pack.Asked
		m.Question = handQuestion(s)
		return
	}
	wrong := s.State.Wrong
	if wrong.Outcome == "" {
		return
	}
	m.View = pack.WrongItem
	m.Wrong.Want = m.Take
	if wrong.Like != order.NotAlike {
		m.Wrong.Want = w.line(s, wrong.Wanted)
	}
	m.Wrong.Got = pack.Line{SKU: wrong.Code}
	if len(wrong.Scanned) > 0 {
		m.Wrong.Got = w.line(s, wrong.Scanned[0])
	}
	switch wrong.Outcome {
	case packing.AlreadyFull:
		m.Wrong.Title = order.Say("window.enough")
	case packing.TooMany:
		m.Wrong.Title = order.Say("window.case_too_large")
	case packing.ExpiredOut:
		m.Wrong.Title, m.Wrong.Back = s.Strip.Said, order.Say("window.expired.aside")
	}
}

// lines are the kinds of goods of the open parcel, in the order the platform gives them.
func (w *Window) lines(s station.Snapshot) []pack.Line {
	var skus []string
	for _, unit := range s.State.Parcel.Units {
		if !slices.Contains(skus, unit.SKU()) {
			skus = append(skus, unit.SKU())
		}
	}
	lines := make([]pack.Line, len(skus))
	for i, sku := range skus {
		lines[i] = w.line(s, sku)
	}
	return lines
}

// line is one kind of good, under the name the platform sells it by, else the catalogue's.
func (w *Window) line(s station.Snapshot, sku string) pack.Line {
	good := s.Goods[sku]
	line := pack.Line{SKU: sku, Name: good.ProductName, Variant: good.VariantName, Bin: good.Bin, Photo: w.photos.good(good)}
	if line.Name == "" {
		line.Name = good.Name
	}
	for _, unit := range s.State.Parcel.Units {
		if unit.SKU() == sku {
			line.Of++
			line.Gift = line.Gift || unit.Gift
		}
	}
	line.Marks = order.MarksOf(good.Good, s.State.Parcel)
	for _, piece := range s.State.Work.Taken {
		if piece.SKU == sku {
			line.Lot = lotOf(piece)
			line.Taken++
		}
	}
	return line
}

func (w *Window) label(s station.Snapshot) pack.Label {
	work, wrong := s.State.Work, ""
	if s.Strip.Outcome == packing.WrongLabel {
		wrong = s.Strip.Code
	}
	return pack.Label{
		Wrong: wrong,
		Code:  work.Label.Matched, QueuedAt: local(work.Label.QueuedAt), SentAt: local(work.Label.SentAt), Picture: w.photos.label(s.Label),
		Again: pack.Act{Key: againKey, Word: order.Say("window.act.again")},
	}
}

// question is what the bench asks, in the words for its kind.
func (w *Window) question(s station.Snapshot) pack.Question {
	if q, wrong := exception(s.State); wrong {
		return q
	}
	if q, learns := w.learning(s); learns {
		return q
	}
	switch s.State.Question {
	case packing.WhichMeant:
		return w.meanings(s)
	case packing.WhyAgain:
		why := ask.Why(asideKey)
		goods := pack.Act{Key: strconv.Itoa(len(why.Choices) + 1), Word: order.Say("window.act.goods")}
		why.Choices = append(slices.Clone(why.Choices), goods)
		why.Acts = append(why.Acts, pack.Act{Key: againKey, Word: order.Say("reprint.new")})
		return why
	case packing.Supervisor:
		return supervisor(s, s.State.Work.Label.Reprints, asideKey)
	case packing.SeeTo, packing.AllowCheck, packing.Waybill:
		return w.checkQuestion(s)
	}
	kind := string(s.State.Question)
	q := pack.Question{Title: order.Say("question." + kind), Text: s.State.Trouble}
	if w.running != nil { // a bench that could not start has nothing to go on with
		q.Acts = []pack.Act{{Key: yesKey, Word: order.Say("question." + kind + ".yes")}}
	}
	if s.State.MayShelve() && w.running != nil {
		q.Acts = append(q.Acts, pack.Act{Key: asideKey, Word: order.Say("window.act.shelf")})
	}
	if s.State.Question == packing.PrintAgain {
		q.Acts = append(q.Acts, pack.Act{Word: order.Say("question.print_again.scan")})
	}
	if s.State.Question == packing.AcceptLabel {
		q.Label = w.photos.label(s.Label)
	}
	return q
}

// supervisor asks for a supervisor's badge, where one is registered.
func supervisor(s station.Snapshot, times int, back string) ask.Question {
	if len(s.State.Supervisors) == 0 {
		return ask.NoSupervisor(back)
	}
	return ask.Supervisor(times, back)
}

// wishLabel asks why the label is to be printed again, and asked that already for another one from the platform.
func (w *Window) wishLabel() {
	if w.running.Snapshot().State.Question == packing.WhyAgain {
		w.running.Wish(packing.NewLabel{})
		return
	}
	w.running.Wish(packing.Again{})
}

// digitTyped is a digit that was typed alone where digits are answers.
func (w *Window) digitTyped(s station.Snapshot, now time.Time) string {
	if w.asksWho(s) || !w.onRun() && (w.page != workPage(s) || !choosable(s.State.Question)) {
		return ""
	}
	if n := w.typing.digit(printrun.MostChoices, now); n > 0 {
		return strconv.Itoa(n)
	}
	return ""
}

var reasons = map[order.Standing]pack.Reason{
	order.Gone: pack.Cancelled, order.CancelRequest: pack.CancelRequested, order.Held: pack.OnHold, order.Arranged: pack.Elsewhere,
}

// stop is a parcel that must not go on, and what has to go back.
func (w *Window) stop(s station.Snapshot) pack.Stop {
	stop := pack.Stop{
		Code: string(s.State.Parcel.Key), Label: s.State.Phase == packing.Halted && s.State.Work.Label.Out(), Act: pack.Act{Key: yesKey, Word: order.Say("question.goods_are_back.yes")},
	}
	reason, named := reasons[s.State.Work.Stopped]
	stop.Reason = reason
	switch {
	case s.State.Question == packing.PutAside:
		stop.Title = order.Say("question.put_aside")
	case !named:
		stop.Reason, stop.Title = pack.NotPackable, s.State.Trouble
	}
	if s.State.Work.Stopped == order.CancelRequest {
		w.owed(&stop, s.State)
	}
	var skus []string
	for _, piece := range s.State.Work.Taken {
		if !slices.Contains(skus, piece.SKU) {
			skus = append(skus, piece.SKU)
		}
	}
	if len(skus) == 0 {
		stop.Act.Word = order.Say("window.act.understood")
	}
	for _, sku := range skus {
		line := w.line(s, sku)
		stop.Back = append(stop.Back, pack.Return{
			Bin: line.Bin, Count: line.Taken, SKU: sku, Name: line.Name, Variant: line.Variant, Photo: line.Photo,
		})
	}
	return stop
}
