package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/setup"
	"packbench/internal/station"
)

// manifest names the sheet that is a hand-over sheet.
const manifest setup.Sheet = "handover"

// HandoverPrint prints a hand-over sheet.
type HandoverPrint struct {
	Sheet string `arg:"" help:"The sheet, as handover list names it."`
	OnPaper
}

// Served tells that a program that has the folder open does it.
func (v *HandoverPrint) Served() bool { return true }

// Run prints it, or writes it into a folder.
func (v *HandoverPrint) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	sheet, err := bench.Store.Sheet(v.Sheet)
	if err != nil {
		return err
	}
	v.Print = v.Print || v.To == ""
	return v.putSheet(e, bench, sheet)
}

// print prints a sheet that was just closed where the verb says, else on the configured printer; without one it says how to print it.
func (v *HandoverClose) print(e *Environment, bench *Bench, sheet order.Sheet) error {
	if !v.asked() {
		v.Print = v.Printer != "" || bench.Settings.Printer.URI != ""
	}
	if !v.asked() {
		_, err := fmt.Fprintln(e.Stderr, e.Tongue.Text("handover.not_printed", "sheet", sheet.ID))
		return err
	}
	return v.putSheet(e, bench, sheet)
}

// putSheet brings a hand-over sheet onto paper.
func (v *OnPaper) putSheet(e *Environment, bench *Bench, sheet order.Sheet) error {
	around, err := bench.around()
	if err != nil {
		return err
	}
	rules, err := handoverRules(bench.Settings)
	if err != nil {
		return err
	}
	zone, err := bench.zoneOf(sheet)
	if err != nil {
		return err
	}
	stands := manifestOf(e, sheet, rules.Card(handover.PlaceOf(sheet)), around, zone)
	return v.put(e, bench, []drawing{{paperLine{Sheet: manifest, Handover: sheet.ID}, func(size page.Size, dpi int) ([]*page.Page, error) {
		return paper.HandoverManifest(size, dpi, stands)
	}}})
}

// zoneOf is where the warehouse of a sheet counts its days, else the market of its parcels.
func (b *Bench) zoneOf(sheet order.Sheet) (*time.Location, error) {
	market, err := station.MarketOf(b.Store, sheet)
	if err != nil {
		return nil, err
	}
	rules, err := b.Rules()
	if err != nil {
		return nil, err
	}
	return rules.Calendar.Zone(market, sheet.Warehouse), nil
}

// manifestOf is what stands on a hand-over sheet on paper. Moments are in a zone and name it.
func manifestOf(e *Environment, sheet order.Sheet, card handover.Card, around around, zone *time.Location) paper.Manifest {
	say := e.Tongue.Text
	grams, unknown := sheet.WeightG()
	m := paper.Manifest{
		Title: say("manifest.title", "sheet", sheet.ID), Code: sheet.ID, Carrier: handover.Named(sheet.Carrier) + " · " + e.Tongue.Say(modeWords[sheet.Mode]),
		Sum:       say("manifest.parcels", "count", len(sheet.Parcels)) + "\n" + say("manifest.weight", "kg", kilograms(grams)),
		Facts:     manifestFacts(e, sheet, card, around, zone),
		Totals:    []string{say("manifest.parcels", "count", len(sheet.Parcels)) + " · " + say("manifest.weight", "kg", kilograms(grams))},
		Signature: say("manifest.signature"), Stamp: say("manifest.stamp"),
	}
	estimated := 0
	for i, p := range sheet.Parcels {
		line := paper.ManifestLine{Number: fmt.Sprint(i + 1), Tracking: p.Tracking, Orders: strings.Join(p.Orders, ", "), Weight: weightWords(e, p.WeightG, weighedBy(p))}
		if p.Bundle != "" {
			line.Bundle = say("manifest.bag", "bag", p.Bundle)
		}
		if weighedBy(p) == "catalogue" {
			estimated++
		}
		m.Parcels = append(m.Parcels, line)
	}
	if estimated > 0 {
		m.Totals = append(m.Totals, say("manifest.estimated", "count", estimated))
	}
	if unknown > 0 {
		m.Totals = append(m.Totals, say("manifest.unweighed", "count", unknown))
	}
	if len(sheet.Missing) > 0 {
		m.AbsentTitle = say("manifest.absent", "count", len(sheet.Missing))
		for _, absent := range sheet.Missing {
			m.Absent = append(m.Absent, absent.Tracking)
		}
		m.Absent = append(m.Absent, say("manifest.allowed", "name", cmp.Or(sheet.SupervisorName, sheet.Supervisor), "reason", sheet.Reason))
	}
	return m
}

// manifestFacts are the lines beside the QR code.
func manifestFacts(e *Environment, sheet order.Sheet, card handover.Card, around around, zone *time.Location) (facts []string) {
	say := e.Tongue.Text
	add := func(key, name, value string) {
		if value != "" {
			facts = append(facts, say(key, name, value))
		}
	}
	var shops []string
	for _, shop := range sheet.Shops() {
		shops = append(shops, cmp.Or(around.shops[shop], shop))
	}
	add("manifest.shops", "shops", strings.Join(shops, ", "))
	add("manifest.warehouse", "warehouse", sheet.Warehouse)
	add("manifest.scan_form", "number", sheet.ScanForm)
	add("manifest.person", "person", strings.TrimSpace(card.Person+" "+card.Phone))
	add("manifest.hours", "hours", card.Hours)
	if sheet.Mode == order.DroppedOff {
		add("manifest.hub", "hub", card.Hub)
	} else {
		add("manifest.comes", "comes", card.Comes)
	}
	facts = append(facts, say("manifest.opened", "at", dayAndTime(sheet.OpenedAt, zone), "by", cmp.Or(sheet.OpenedBy, "—")))
	if !sheet.ClosedAt.IsZero() {
		facts = append(facts, say("manifest.closed", "at", dayAndTime(sheet.ClosedAt, zone), "by", cmp.Or(sheet.ClosedBy, "—")))
	} else {
		facts = append(facts, say("manifest.not_closed"))
	}
	return facts
}

// dayAndTime is a moment as it stands on paper, in a zone by its full name: abbreviations say different things in different countries, and some zones have none.
func dayAndTime(at time.Time, zone *time.Location) string {
	return at.In(zone).Format("2006-01-02 15:04 ") + zone.String()
}

// kilograms are grams as they are said on paper: 1.25.
func kilograms(grams int) string { return fmt.Sprintf("%.2f", float64(grams)/1000) }
