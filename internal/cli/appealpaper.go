package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/paper"
	"packbench/internal/report"
	"packbench/internal/words"
)

// appealPack is an appeal pack in the making.
type appealPack struct {
	tongue  words.Tongue
	now     time.Time
	of      string
	sheet   order.Sheet // that of the parcel, or the one the pack is of; without ID there is none
	photos  [][]byte    // of the sheet; nil where the file is gone
	parcels []evidence
	zone    *time.Location // of the parcels on the sheet
}

// The widths of columns in millimetres: two of facts; two moments and what happened.
var (
	factColumns   = []float64{55, 0}
	momentColumns = []float64{38, 44, 0}
	labelColumns  = []float64{14, 44, 42, 42, 0}
	sheetColumns  = []float64{12, 52, 48, 22, 0}
)

// paper lays the pack out: first what it is of, then each parcel on pages of its own, then the photos.
func (p *appealPack) paper() paper.Appeal {
	say := p.tongue.Text
	count := len(p.parcels)
	if count == 0 { // the sheet alone
		count = len(p.sheet.Parcels)
	}
	a := paper.Appeal{Title: say("appeal.title", "of", p.of), Code: p.of, Sum: say("appeal.sum", "time", p.now.UTC().Format("2006-01-02 15:04:05"), "count", count)}
	whole := len(p.parcels) != 1
	if whole {
		a.Sections = append(a.Sections, p.manifest()...)
	}
	for _, one := range p.parcels {
		sections := p.parcel(one)
		sections[0].Fresh = whole
		a.Sections = append(a.Sections, sections...)
	}
	if !whole {
		a.Sections = append(a.Sections, p.manifest()...)
	}
	a.Sections = append(a.Sections, p.pictures())
	return a
}

// manifest is the hand-over sheet: who took what, when. Of a pack of one parcel the others on the sheet are left out: they are no business of its buyer's.
func (p *appealPack) manifest() []paper.AppealSection {
	s, say := p.sheet, p.tongue.Text
	if s.ID == "" {
		return []paper.AppealSection{{Title: say("appeal.sheet"), None: say("appeal.sheet.none")}}
	}
	zone := p.zone
	section := paper.AppealSection{Title: say("appeal.sheet.of", "sheet", s.ID, "carrier", s.Carrier), Columns: factColumns}
	fact := func(name, value string) {
		if value = strings.TrimSpace(value); value != "" {
			section.Rows = append(section.Rows, []string{name, value})
		}
	}
	fact(say("appeal.sheet.opened"), both(s.OpenedAt, zone)+" "+s.OpenedBy)
	closed := say("appeal.sheet.open")
	if !s.ClosedAt.IsZero() {
		closed = both(s.ClosedAt, zone) + " " + s.ClosedBy
	}
	fact(say("appeal.sheet.closed"), closed)
	fact(say("appeal.sheet.mode"), say("appeal.sheet.way", "way", modeWords[s.Mode]))
	fact(say("appeal.sheet.scan_form"), s.ScanForm)
	grams, unknown := s.WeightG()
	fact(say("appeal.sheet.count"), strconv.Itoa(len(s.Parcels)))
	weighs := fmt.Sprint(grams, " g")
	if unknown > 0 {
		weighs = say("appeal.sheet.grams", "grams", grams, "unknown", unknown)
	}
	fact(say("appeal.weight"), weighs)
	var missing []string
	for _, absent := range s.Missing {
		missing = append(missing, absent.Tracking)
	}
	fact(say("appeal.sheet.missing"), strings.Join(missing, ", "))
	fact(say("appeal.sheet.reason"), s.Reason+" "+s.SupervisorName)
	parcels := paper.AppealSection{Title: say("appeal.sheet.parcels"), Columns: sheetColumns, None: say("appeal.sheet.none")}
	for i, on := range s.Parcels {
		if len(p.parcels) == 1 && on.Parcel != p.parcels[0].known.Key && on.Parcel != journalKey(p.parcels[0].known) {
			continue
		}
		weight := ""
		if on.WeightG > 0 {
			weight = fmt.Sprint(on.WeightG, " g")
		}
		parcels.Rows = append(parcels.Rows, []string{strconv.Itoa(i + 1), on.Tracking, strings.Join(on.Orders, " "), weight, strings.TrimSpace(both(on.At, zone) + " " + on.By + " " + on.Bundle)})
	}
	return []paper.AppealSection{section, parcels}
}

// pictures are the photos there are.
func (p *appealPack) pictures() paper.AppealSection {
	say := p.tongue.Text
	section := paper.AppealSection{Title: say("appeal.photos"), None: say("appeal.photos.none")}
	for i, file := range p.photos {
		words := say("appeal.photo.sheet", "n", i+1, "sheet", p.sheet.ID)
		photo, err := paper.ReadPhotograph(file)
		if err != nil {
			section.Columns = factColumns
			section.Rows = append(section.Rows, []string{words, say("appeal.photo")})
			continue
		}
		section.Photos = append(section.Photos, paper.AppealPhoto{Words: words, Photo: photo})
	}
	return section
}

// parcel are the sections of one parcel.
func (p *appealPack) parcel(one evidence) []paper.AppealSection {
	say := p.tongue.Text
	return []paper.AppealSection{
		{Title: say("appeal.parcel", "parcel", one.known.Key), Columns: factColumns, Rows: p.facts(one)},
		{Title: say("appeal.goods"), Columns: factColumns, Rows: goodsRows(one.known), None: say("appeal.goods.none")},
		{Title: say("appeal.status"), Columns: momentColumns, Rows: p.statuses(one), None: say("appeal.status.none")},
		{Title: say("appeal.clocks"), Columns: momentColumns, Rows: p.clockRows(one), None: say("appeal.clocks.none")},
		{Title: say("appeal.labels"), Columns: labelColumns, Rows: p.labelRows(one), None: say("appeal.labels.none")},
		{Title: say("appeal.log"), Columns: momentColumns, Rows: p.log(one), None: say("appeal.log.none")},
		{Title: say("appeal.tracking"), Columns: momentColumns, Rows: p.carrierRows(one), None: say("appeal.tracking.none")},
		{Title: say("appeal.label"), Label: one.label, None: p.tongue.Say(one.noLabel)},
	}
}

// facts are what the parcel is.
func (p *appealPack) facts(one evidence) (rows [][]string) {
	say, known := p.tongue.Text, one.known
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, []string{name, value})
		}
	}
	add(say("appeal.orders"), strings.Join(known.OrderIDs, " "))
	add(say("export.shop"), strings.TrimSpace(one.shop+" "+known.ShopID))
	add(say("export.market"), string(known.Market)+" · "+one.zone.String())
	add(say("export.carrier"), known.Provider)
	add(say("export.tracking_number"), known.Tracking)
	add(say("appeal.last_mile"), known.LastMile)
	add(say("export.warehouse"), known.WarehouseID)
	add(say("export.label_version"), known.LabelVersion)
	weight := say("appeal.weight.none")
	for _, e := range one.events {
		if e.Kind == order.Confirmed && e.Weight != (order.Weighing{}) {
			weight = p.tongue.Say(weightSaid(e.Weight))
		}
	}
	add(say("appeal.weight"), weight)
	return rows
}

// goodsRows are what lies in the parcel, an article each.
func goodsRows(known order.Known) (rows [][]string) {
	for _, item := range itemsOf(known.Units, "") {
		rows = append(rows, []string{fmt.Sprintf("× %d  %s", item.Pieces, item.SKU), strings.TrimSpace(item.Name + " " + item.Variant)})
	}
	return rows
}

// statuses are what the platform says of the parcel's orders, with the moments it told.
func (p *appealPack) statuses(one evidence) (rows [][]string) {
	say := p.tongue.Text
	for _, o := range one.orders {
		name := func(what string) string {
			if len(one.orders) > 1 {
				return what + " · " + o.ID
			}
			return what
		}
		moments := []struct {
			at   time.Time
			what string
		}{
			{o.CreatedAt, say("export.created")}, {o.PaidAt, say("export.paid")}, {o.ReleaseAt, say("appeal.released")}, {o.CancelRequestedAt, say("export.cancel_requested")},
			{o.DeliveredAt, say("export.delivered")}, {o.CancelledAt, say("export.cancelled")}, {o.UpdatedAt, say("appeal.status.now", "status", string(o.Status))}, {one.known.ReadAt, say("appeal.status.read")},
		}
		for _, m := range moments {
			if !m.at.IsZero() {
				rows = append(rows, one.row(m.at, name(m.what)))
			}
		}
	}
	return rows
}

// clockRows are the parcel's deadlines: when each ends, how it stands, and who says so.
func (p *appealPack) clockRows(one evidence) (rows [][]string) {
	for _, c := range one.clocks {
		stands := p.tongue.Say(clockStands[c.State])
		if c.MetLate() {
			stands = p.tongue.Text("appeal.clock.late")
		}
		if !c.Ended.IsZero() {
			stands += " " + both(c.Ended, one.zone)
		}
		rows = append(rows, one.row(c.Due, fmt.Sprintf("%s: %s (%s)", p.tongue.Text("clock."+string(c.ID)), stands, c.Source)))
	}
	return rows
}

// clockStands are how people call the states of clocks here.
var clockStands = map[order.ClockState]order.Said{
	order.Met: order.Say("appeal.clock.met"), order.Running: order.Say("appeal.clock.running"), order.Near: order.Say("appeal.clock.running"), order.Missed: order.Say("appeal.clock.missed"),
}

// labelRows are the parcel's labels and what became of each.
func (p *appealPack) labelRows(one evidence) (rows [][]string) {
	for _, l := range report.LabelsOf(one.events) {
		fate := p.tongue.Say(fates[l.Fate])
		if l.Reason != "" {
			fate += ": " + p.tongue.Say(spoilings[l.Reason])
		}
		if l.Supervisor != "" {
			fate += " · " + l.Supervisor
		}
		rows = append(rows, []string{strconv.Itoa(l.Number), l.Code, p.tongue.Text("appeal.labels.sent", "time", both(l.Sent, one.zone)), p.tongue.Text("appeal.labels.seen", "time", both(l.Seen, one.zone)), fate + " · " + l.Version})
	}
	return rows
}

// fates are how people call what became of labels.
var fates = map[report.Fate]order.Said{
	report.Waiting: order.Say("appeal.fate.queued"), report.Leaving: order.Say("appeal.fate.sending"), report.Out: order.Say("appeal.fate.sent"), report.Scanned: order.Say("appeal.fate.seen"),
	report.Spoiled: order.Say("appeal.fate.spoiled"), report.Voided: order.Say("appeal.fate.voided"), report.Dropped: order.Say("appeal.fate.dropped"),
}

// log are the scans and what followed from them, the oldest first.
func (p *appealPack) log(one evidence) (rows [][]string) {
	for i, e := range one.events {
		what := []string{one.happened[i].said(p.tongue)}
		bench := ""
		if e.Bench != "" {
			bench = p.tongue.Text("window.bench", "name", e.Bench)
		}
		for _, more := range []string{e.Code, e.Packer, bench, e.SupervisorName} {
			if more != "" && !slices.Contains(what, more) {
				what = append(what, more)
			}
		}
		rows = append(rows, one.row(e.At, strings.Join(what, " · ")))
	}
	return rows
}

// carrierRows are what the carrier said, in its own words.
func (p *appealPack) carrierRows(one evidence) (rows [][]string) {
	for _, e := range one.tracking {
		rows = append(rows, one.row(e.At, e.Text))
	}
	return rows
}

// row is something that happened, with its moment as all the world counts and as it was in the market.
func (p evidence) row(at time.Time, what string) []string {
	if at.IsZero() {
		return []string{"", "", what}
	}
	return []string{at.UTC().Format("2006-01-02 15:04:05"), at.In(p.zone).Format("2006-01-02 15:04:05 -07"), what}
}

// both is a moment as all the world counts, and as it was in the market.
func both(at time.Time, zone *time.Location) string {
	if at.IsZero() {
		return "—"
	}
	return at.UTC().Format("2006-01-02 15:04:05 UTC") + at.In(zone).Format(" (15:04:05 -07)")
}
