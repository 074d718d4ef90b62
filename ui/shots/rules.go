package main

import (
	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/rules"
)

// rulesStory is a view of the page of the rules.
type rulesStory struct {
	name   string
	frame  frame.Model
	page   rules.Model
	values []string
}

func (s rulesStory) title() string { return s.name }

func (s rulesStory) on(v view) fyne.CanvasObject {
	v.rules.Fill(s.values)
	v.rules.Render(s.page)
	v.ruled.Render(s.frame)
	return v.ruled.Object()
}

// idleRules do nothing with what the page of the rules hands on.
type idleRules struct{}

func (idleRules) Turn(rules.Tab) {}
func (idleRules) Choose(int)     {}
func (idleRules) Next([]string)  {}
func (idleRules) Back()          {}

// rulesStories are the views of the page of the rules.
func rulesStories(t words.Tongue, s shop) []rulesStory {
	around := calmFrame(s)
	around.Page, around.Strip = frame.PageSettings, frame.Strip{Meaning: order.Say("rulespage.strip"), Next: order.Say("rulespage.strip.next")}
	say := t.Text
	clock := func(id, under, limit, missed, source, valid string) rules.Row {
		return rules.Row{Name: say("clock." + id), Under: under, Cells: [4]string{limit, say("consequence." + missed), source, valid}, Off: valid == say("rules.off")}
	}
	east := "ID MY PH SG TH VN"
	hours := func(n int) string { return say("limit.h", "count", n) }
	clocks := rulesStory{"rules", around, rules.Model{More: true, Rows: []rules.Row{
		clock("acknowledge", say("rules.every_market")+", "+say("rulespage.cross_border"), hours(24), "points", "S4", say("rules.off")),
		clock("ready", say("rulespage.but", "markets", "US"), hours(48), "late", "S0 S1", ""),
		clock("ready", east, hours(60), "late", say("rules.own"), say("rulespage.from", "date", "2027-01-01")),
		clock("us-auto-cancel-shipped", "US, "+say("rulespage.type.standard"), say("limit.wd", "count", 7), "cancelled", "S2", ""),
		clock("tracking-gap", say("rules.every_market"), hours(48), "refund", "S4", ""),
		clock("redelivery", say("rules.every_market"), say("limit.d", "count", 12), "not_sent_again", "S1", say("rulespage.to", "date", "2022-03-21")),
	}}, nil}
	one := rulesStory{"rules-one", around, rules.Model{Form: true, Title: order.Say("rulespage.rule", "name", say("clock.ready"), "id", "ready", "scope", east),
		Notes: []order.Said{order.Say("rulespage.rule.text", "start", say("point.paid"), "end", say("point.ready"), "missed", say("consequence.late"), "source", "S0"), order.Say("rules.platform_sends")},
		Fields: []rules.Field{{Word: order.Say("rulespage.limit"), Hint: "48 h, 3 wd, 5 d"}, {Word: order.Say("rulespage.markets")}, {Word: order.Say("rulespage.valid_from"), Hint: "2027-01-01"},
			{Word: order.Say("rulespage.valid_to"), Hint: "2027-12-31"}},
		Acts: []order.Said{order.Say("rulespage.switch_off", "markets", east), order.Say("rulespage.reset")}, Next: order.Say("set.save"),
		Report: rules.Report{Tone: kit.Told, Said: order.Say("rulespage.would_move", "parcels", 812, "orders", 806, "of", 2167)}},
		[]string{"60 h", east, "2024-01-01", ""}}
	wrong := one
	wrong.name, wrong.values = "rules-wrong", []string{"60 hours", east, "2024-01-01", ""}
	wrong.page.Next, wrong.page.Report = order.Say("rulespage.try"), rules.Report{Tone: kit.Bad, Said: order.Say("rules.wrong_entry", "field", "limit", "why", order.Say("rules.why.limit", "value", "60 hours"))}
	extensions := rulesStory{"rules-extensions", around, rules.Model{Tab: rules.Extensions, Next: order.Say("rulespage.new_extension"), Rows: []rules.Row{
		{Name: say("clock.ready"), Under: "TH, 7002", Own: true, Cells: [4]string{say("limit.d", "count", 3), "2026-11-18 – 2026-11-19", shot(t, "台风，平台 11 月 18 日公告", "Storm, the platform's notice of 18 Nov")}},
		{Name: say("clock.dispatched"), Under: "MY, TEE-NVY-ORG-XXL-2PACK", Own: true, Cells: [4]string{say("limit.wd", "count", 5), "2026-11-11 08:00 – 2026-11-11 24:00", shot(t, "预售获批", "Pre-sale granted")}},
	}}, nil}
	extension := rulesStory{"rules-extension", around, rules.Model{Tab: rules.Extensions, Form: true, Title: order.Say("rulespage.extension", "name", say("clock.ready")), Acts: []order.Said{order.Say("rulespage.drop")}, Notes: []order.Said{order.Say("rulespage.extension.text")},
		Next: order.Say("rulespage.try")}, []string{"ready", "3 d", "2026-11-18", "2026-11-19", "TH", "7002", "", shot(t, "台风", "storm")}}
	for _, field := range [][2]string{{"rulespage.clock_id", "ready"}, {"rulespage.longer", "3 d"}, {"rulespage.created_from", ""}, {"rulespage.created_to", ""}, {"rulespage.market", "MY"},
		{"rulespage.warehouse", ""}, {"rulespage.sku", ""}, {"rulespage.why", ""}} {
		extension.page.Fields = append(extension.page.Fields, rules.Field{Word: order.Said{Key: field[0]}, Hint: field[1]})
	}
	cutoffs := rulesStory{"rules-cutoffs", around, rules.Model{Tab: rules.CutOffs, Notes: []order.Said{order.Say("rulespage.cutoff_note")}, Rows: []rules.Row{
		{Name: "Kinetik MY", Under: say("rulespage.its_cutoff", "market", "MY", "zone", "Asia/Kuala_Lumpur"), Cells: [4]string{"12:00"}},
		{Name: "Kinetik US", Under: say("rulespage.its_cutoff", "market", "US", "zone", "America/Los_Angeles")},
		{Name: "New Jersey", Under: say("rulespage.its_zone", "market", "US"), Cells: [4]string{"America/New_York"}},
	}}, nil}
	holidays := rulesStory{"rules-holidays", around, rules.Model{Tab: rules.Holidays, More: true, Next: order.Say("rulespage.new_holiday"),
		Sides: [2]order.Said{order.Say("rulespage.market_is", "market", "MY"), order.Say("rulespage.year_is", "year", "2027")},
		Notes: []order.Said{order.Say("rules.expected_holidays", "market", "MY", "year", 2027)}, Rows: []rules.Row{
			holiday(t, "Chinese New Year", "2027-02-06", "sat", say("rules.expected")), holiday(t, "Eid al-Fitr", "2027-03-10", "wed", say("rules.expected")),
			{Name: shot(t, "盘点", "Stocktaking"), Own: true, Cells: [4]string{"2027-03-31", say("weekday.wed"), say("rules.own")}},
			holiday(t, "Labor Day", "2027-05-01", "sat", ""), holiday(t, "National Day", "2027-08-31", "tue", ""), holiday(t, "Malaysia Day", "2027-09-16", "thu", ""),
		}}, nil}
	return []rulesStory{clocks, one, wrong, extensions, extension, cutoffs, holidays}
}

// shot is a text a person wrote, in the language of the picture.
func shot(t words.Tongue, zh, en string) string {
	if t.Language == words.Chinese {
		return zh
	}
	return en
}

func holiday(t words.Tongue, name, date, day, mark string) rules.Row {
	return rules.Row{Name: name, Under: "Jabatan Perdana Menteri, federal holidays", Cells: [4]string{date, t.Text("weekday." + day), mark}}
}
