package window

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/ui/ask"
	"packbench/ui/clock"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/orders"
)

// ordersPage is the page of orders and what a person has chosen on it. It belongs to the main goroutine.
type ordersPage struct {
	*orders.Screen
	text      string // the filter as it is written
	chips     []chip
	chipsFrom int
	saved     []settings.Filter
	at        int // the marked row, of all that fit
	found     foundRows
	report    orders.Report
	opened    string // the order that is seen
	order     cli.OrderNow
	section   orders.Section
	first     int // line that is shown

	finding, tallying, reading, saving, looking, appealing bool // what the clerks are at
	tallied                                                time.Time
	heardOf                                                waveNews
	readAt                                                 time.Time
	scans                                                  []order.Scan // that wait to be looked up
	export                                                 exporting
}

// foundRows are the rows that were read last, and what they were read for.
type foundRows struct {
	text       string
	from, room int
	isRead     bool
	stale      bool // they may have changed since
	facts      []order.Facts
	count      int
	wrong      order.Said
}

// The pauses between two readings of what the page shows: while something happens, and between two counts for the chips, which take longer.
const (
	rowsSoon = 2 * time.Second
	chipsAge = 30 * time.Second
)

// onOrders tells whether the page of orders takes keys and scans.
func (w *Window) onOrders() bool { return w.page == frame.PageOrders && w.bench != nil }

// ordersModel is the page.
func (w *Window) ordersModel(now time.Time) orders.Model {
	o := &w.orders
	m := orders.Model{
		Now: now, Report: o.report, Filter: w.chipsShown(o.chips, o.chipsFrom, o.Filter().Room(), o.text), Count: o.found.count, Counting: !o.found.isRead || o.found.text != o.text,
		First: o.found.from, Chosen: -1, IsOpen: o.opened != "",
	}
	if o.found.text == o.text && o.found.wrong.Key != "" {
		m.Report, m.Counting = orders.Report{Tone: kit.Bad, Said: o.found.wrong}, false
	}
	for i, f := range o.found.facts {
		m.Rows = append(m.Rows, shownRow(f))
		if o.found.from+i == o.at {
			m.Chosen = i
		}
	}
	switch {
	case o.found.wrong.Key != "":
	case o.export.asked:
		m.Filter.Chips, m.Filter.More = w.exportChips(), false
		m.Acts = []ask.Act{{Key: orders.BackKey, Word: order.Say("pick.act.back")}}
	case o.text == "":
		m.Acts = []ask.Act{{Key: exportKey, Word: order.Say("orders.act.export")}}
	case w.savedAs() != "":
		m.Acts = []ask.Act{{Key: exportKey, Word: order.Say("orders.act.export")}, {Key: saveKey, Word: order.Say("orders.act.drop")}}
	default:
		m.Acts = []ask.Act{{Key: exportKey, Word: order.Say("orders.act.export")}, {Key: saveKey, Word: order.Say("orders.act.save")}}
	}
	if m.IsOpen {
		m.Order = w.shownOrder(now)
	}
	return m
}

// savedAs is the name under which the very filter is saved; empty: none.
func (w *Window) savedAs() string {
	at := slices.IndexFunc(w.orders.saved, func(f settings.Filter) bool { return f.Words == w.orders.text || w.orders.text == filterWord(f.Name) })
	if at < 0 {
		return ""
	}
	return w.orders.saved[at].Name
}

// filterWord is the word that stands for a saved filter.
func filterWord(name string) string {
	if strings.Contains(name, " ") {
		name = `"` + name + `"`
	}
	return "filter:" + name
}

// states are how people call how far a parcel is, and whether it wants a hand.
var states = map[string]orders.State{
	string(order.Ready): {Tone: kit.Told, Said: order.Say("parcel.state.ready")}, string(order.Held): {Tone: kit.Loud, Said: order.Say("parcel.state.on_hold")},
	string(order.NotPaid): {Tone: kit.Told, Said: order.Say("parcel.state.unpaid")}, string(order.CancelRequest): {Tone: kit.Bad, Said: order.Say("parcel.state.cancel_requested")},
	string(order.Gone): {Tone: kit.Bad, Said: order.Say("parcel.state.cancelled")}, string(order.Arranged): {Tone: kit.Told, Said: order.Say("parcel.state.arranged")},
	string(order.Collected): {Tone: kit.Told, Said: order.Say("parcel.state.collected")}, string(order.PlatformPacks): {Tone: kit.Told, Said: order.Say("parcel.state.platform_packs")},
	string(order.SellerShips): {Tone: kit.Told, Said: order.Say("parcel.state.seller_ships")}, string(order.WithoutPackage): {Tone: kit.Told, Said: order.Say("parcel.state.no_package")},
	string(order.InvoiceMissing): {Tone: kit.Loud, Said: order.Say("parcel.state.invoice_missing")}, string(order.Reformed): {Tone: kit.Bad, Said: order.Say("parcel.state.reformed")},
	string(order.OtherWarehouse): {Tone: kit.Told, Said: order.Say("parcel.state.other_warehouse")}, string(order.Changed): {Tone: kit.Loud, Said: order.Say("parcel.state.changed")},
	string(order.UnknownStanding): {Tone: kit.Loud, Said: order.Say("parcel.state.unknown")}, "stopped": {Tone: kit.Bad, Said: order.Say("parcel.state.stopped")},
	"parked": {Tone: kit.Loud, Said: order.Say("parcel.state.parked")}, "label_queued": {Tone: kit.Told, Said: order.Say("parcel.state.label_queued")},
	"label_sending": {Tone: kit.Told, Said: order.Say("parcel.state.label_sending")}, "label_sent": {Tone: kit.Told, Said: order.Say("parcel.state.label_sent")},
	"label_seen": {Tone: kit.Calm, Said: order.Say("parcel.state.label_seen")}, "packed": {Tone: kit.Told, Said: order.Say("parcel.state.packed")},
	"packing": {Tone: kit.Told, Said: order.Say("parcel.state.packing")}, "confirmed": {Tone: kit.Calm, Said: order.Say("parcel.state.confirmed")},
	"handed_over": {Tone: kit.Calm, Said: order.Say("parcel.state.handed_over")},
}

// stateOf is a state as people call it; one nobody has a word for is called as programs call it.
func stateOf(name string) orders.State {
	if state, known := states[name]; known {
		return state
	}
	return orders.State{Tone: kit.Loud, Said: order.Said{Key: name}}
}

// shownRow is a parcel as the table shows it.
func shownRow(f order.Facts) orders.Row {
	row := orders.Row{
		Orders: len(f.OrderIDs), Market: string(f.Market), State: stateOf(f.State()), Pieces: len(f.SKUs), Carrier: f.Provider, Wave: f.Wave,
	}
	if len(f.OrderIDs) > 0 {
		row.Order = f.OrderIDs[0]
	}
	if f.Left() {
		row.Due = local(f.Due)
	}
	return row
}

// shownOrder is the order that is seen, in its section.
func (w *Window) shownOrder(now time.Time) orders.Order {
	o := &w.orders
	shown := orders.Order{Number: o.opened, Section: o.section, First: o.first}
	if o.order.Order.ID != o.opened {
		return shown // it is being read
	}
	known := o.order.Order
	shown.Market, shown.Status, shown.Due = string(known.Market), string(known.Status), local(known.Due())
	for _, parcel := range o.order.Parcels {
		if shown.ReadAt.IsZero() || parcel.ReadAt.Before(shown.ReadAt) {
			shown.ReadAt = local(parcel.ReadAt)
		}
	}
	switch o.section {
	case orders.Goods:
		shown.Lines = w.goodsLines()
	case orders.Parcels:
		shown.Lines = w.parcelLines(now)
	case orders.Happened:
		shown.Lines = w.happenedLines(now)
	case orders.Platform:
		shown.Lines = w.platformLines(now)
	}
	return shown
}

// goodsLines are the pieces of the order, each article once for each parcel it lies in, and what the buyer wrote.
func (w *Window) goodsLines() (lines []orders.Line) {
	o, say := &w.orders, w.environment.Tongue.Text
	for _, parcel := range o.order.Parcels {
		taken := map[string]int{}
		for _, piece := range parcel.Work.Taken {
			taken[piece.SKU]++
		}
		pieces, of := map[string]int{}, map[string]order.Unit{}
		var skus []string
		for _, unit := range parcel.Units {
			if sku := unit.SKU(); unit.OrderID == o.opened {
				if pieces[sku] == 0 {
					skus, of[sku] = append(skus, sku), unit
				}
				pieces[sku]++
			}
		}
		for _, sku := range skus {
			unit, article := of[sku], o.order.Goods[sku]
			text := []string{unit.VariantName, sku}
			for word, is := range map[string]bool{say("orders.mark.gift"): unit.Gift, say("orders.mark.battery"): unit.DangerousGood} {
				if is {
					text = append(text, word)
				}
			}
			line := orders.Line{Tone: kit.Told, SKU: sku, Title: cmp.Or(unit.ProductName, article.Name, sku), Text: joined(append(text, article.Bin)...), Value: fmt.Sprint("×", pieces[sku])}
			if n := taken[sku]; n > 0 {
				line.Value = joined(say("orders.taken", "taken", n, "of", pieces[sku]), line.Value)
			}
			if at := len(lines); at >= o.first && at < o.first+o.LineRoom() {
				line.Photo = w.photos.good(article)
			}
			lines = append(lines, line)
		}
	}
	for _, note := range []struct{ title, text string }{{say("orders.note.buyer"), o.order.Order.BuyerMessage}, {say("orders.note.seller"), o.order.Order.SellerNote}} {
		if note.text != "" {
			lines = append(lines, orders.Line{Tone: kit.Loud, Title: note.title, Text: note.text})
		}
	}
	return lines
}

// parcelLines are the parcels of the order with their labels.
func (w *Window) parcelLines(now time.Time) (lines []orders.Line) {
	tongue := w.environment.Tongue
	for _, parcel := range w.orders.order.Parcels {
		state := stateOf(parcel.State())
		key := string(parcel.Key)
		if !parcel.Key.HasPackage() {
			key = tongue.Text("orders.package.none")
		}
		head := orders.Line{Tone: state.Tone, Title: tongue.Text("orders.parcel", "number", parcel.Number, "of", parcel.Of, "key", key), Text: joined(tongue.Say(state.Said), parcel.Provider)}
		if head.Tone == kit.Calm && !parcel.Work.ConfirmedAt.IsZero() {
			head.Value = clock.Moment(tongue, parcel.Work.ConfirmedAt.Local(), now)
		}
		lines = append(lines, head)
		plain := func(title, value string) {
			if value != "" {
				lines = append(lines, orders.Line{Tone: kit.Told, Title: title, Value: value})
			}
		}
		plain(tongue.Text("orders.tracking"), parcel.Tracking)
		plain(tongue.Text("orders.wave"), w.orders.order.Waves[parcel.Key])
		lines = append(lines, w.labelLine(parcel, now))
	}
	return lines
}

// labelLine is how far a parcel's label is, and of which version.
func (w *Window) labelLine(parcel order.Known, now time.Time) orders.Line {
	tongue, label := w.environment.Tongue, parcel.Work.Label
	if label.State == order.NoLabel {
		return orders.Line{Tone: kit.Told, Title: tongue.Text("orders.label.none")}
	}
	line := orders.Line{
		Tone: kit.Told, Title: tongue.Text("orders.label", "n", label.Number, "state", states["label_"+string(label.State)].Said),
		Text: tongue.Text("orders.label.version", "version", label.Version),
	}
	if !label.SentAt.IsZero() {
		line.Value = clock.Moment(tongue, label.SentAt.Local(), now)
	}
	if label.Version != "" && label.Version != parcel.LabelVersion {
		line.Tone, line.Text = kit.Bad, tongue.Text("orders.label.stale")
	}
	return line
}

// happenedLines are what happened to the order's parcels, the newest first.
func (w *Window) happenedLines(now time.Time) (lines []orders.Line) {
	tongue := w.environment.Tongue
	for _, h := range w.orders.order.Happened {
		line := orders.Line{Tone: kit.Told, Title: h.Said, Text: joined(h.Code, h.Packer)}
		if h.Carrier {
			line.Text = tongue.Text("orders.carrier")
		}
		if len(w.orders.order.Parcels) > 1 {
			line.Text = joined(line.Text, string(h.Parcel))
		}
		if at := h.At.Local(); !h.At.IsZero() {
			line.Value = at.Format("15:04:05")
			if !clock.SameDay(at, now.Local()) {
				line.Value = clock.Moment(tongue, at, now.Local())
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// platformLines are the platform's own words about the order, and its clocks.
func (w *Window) platformLines(now time.Time) (lines []orders.Line) {
	tongue, known := w.environment.Tongue, w.orders.order.Order
	plain := func(title, value string) {
		if value != "" {
			lines = append(lines, orders.Line{Tone: kit.Told, Title: title, Value: value})
		}
	}
	moment := func(title string, at time.Time) {
		if !at.IsZero() {
			plain(title, clock.Moment(tongue, at.Local(), now.Local()))
		}
	}
	yes := func(title string, is bool) {
		if is {
			lines = append(lines, orders.Line{Tone: kit.Loud, Title: title, Value: tongue.Text("orders.raw.yes")})
		}
	}
	c := known.Times
	moment(tongue.Text("orders.clock.arrange"), c.ArrangeBy)
	moment(tongue.Text("orders.clock.collect"), c.CollectBy)
	moment(tongue.Text("orders.clock.pick_up"), c.PickUpBy)
	moment(tongue.Text("orders.clock.deliver"), c.DeliverBy)
	moment(tongue.Text("orders.clock.arrange_or"), c.ArrangeOrCancelBy)
	moment(tongue.Text("orders.clock.collect_or"), c.CollectOrCancelBy)
	yes(tongue.Text("orders.raw.cancel"), known.CancelRequested)
	yes(tongue.Text("orders.raw.address"), known.AddressUpdated)
	plain(tongue.Text("orders.raw.status"), string(known.Status))
	plain(tongue.Text("orders.raw.type"), known.Type)
	plain(tongue.Text("orders.raw.fulfilment"), known.FulfillmentType)
	plain(tongue.Text("orders.raw.shipping"), joined(string(known.ShippingType), known.Provider))
	plain(tongue.Text("orders.raw.warehouse"), known.WarehouseID)
	moment(tongue.Text("orders.raw.created"), known.CreatedAt)
	moment(tongue.Text("orders.raw.paid"), known.PaidAt)
	moment(tongue.Text("orders.raw.updated"), known.UpdatedAt)
	for _, parcel := range w.orders.order.Parcels[:min(1, len(w.orders.order.Parcels))] {
		moment(tongue.Text("orders.raw.read"), parcel.ReadAt)
	}
	return lines
}

// joined are words side by side, those that say nothing left out.
func joined(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == "" }), " · ")
}

// nextName is a name for a filter that nobody has named: its words, or a number behind them where they are taken.
func nextName(words string, saved []settings.Filter) string {
	base := strings.ReplaceAll(words, `"`, "")
	for n, name := 2, base; ; n++ {
		if !slices.ContainsFunc(saved, func(f settings.Filter) bool { return f.Name == name }) {
			return name
		}
		name = base + " " + strconv.Itoa(n)
	}
}
