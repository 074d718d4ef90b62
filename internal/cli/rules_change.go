package cli

import (
	"errors"
	"strings"

	"packbench/internal/order"
	"packbench/internal/rules"
)

// Trying belongs to every verb that changes the rules.
type Trying struct {
	Try  bool `help:"Only tell how many parcels it would move."`
	JSON bool `name:"json" help:"One object a line."`

	sent bool // the change is about a clock of which the platform sends times, which win
}

// movedLine is what a change of the rules does.
type movedLine struct {
	Saved   bool `json:"saved"`
	Parcels int  `json:"parcels_moved"` // with a clock that is due at another moment, came in or went
	Orders  int  `json:"orders_moved"`  // in those parcels
	Of      int  `json:"parcels"`       // that were looked at: neither delivered nor cancelled
	Recut   int  `json:"parcels_recut"` // still here, and with another daily cut-off
}

// TryRules tells what a change of the rules would do; nothing is written.
func (b *Bench) TryRules(change func(*rules.File) error) (rules.Moved, error) {
	was, is, err := rules.Try(b.dir, change)
	if err != nil {
		return rules.Moved{}, err
	}
	return is.Move(was, b.Store.Parcels)
}

// ChangeRules changes the rules of the bench; who did it stands in the log.
func (b *Bench) ChangeRules(who string, change func(*rules.File) error) error {
	was, err := b.Rules()
	if err != nil {
		return err
	}
	is, err := rules.Change(b.dir, change)
	if err != nil {
		return err
	}
	before, err := was.Differences()
	if err != nil {
		return err
	}
	after, err := is.Differences()
	if err != nil {
		return err
	}
	b.Log.Info("rules changed", "by", who, "were", before, "are", after)
	return nil
}

// changeRules changes the rules, or tells only what it would do.
func (t Trying) changeRules(e *Environment, change func(*rules.File) error) error {
	return t.changeRulesOf(e, func(*Bench) error { return nil }, change)
}

// changeRulesOf is changeRules once the bench has nothing against it.
func (t Trying) changeRulesOf(e *Environment, allowed func(*Bench) error, change func(*rules.File) error) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	if err := allowed(bench); err != nil {
		return err
	}
	moved, err := bench.TryRules(change)
	if err != nil {
		return err
	}
	said := order.Say("rules.would_move", "parcels", moved.Parcels, "orders", moved.Orders, "of", moved.Of)
	if !t.Try {
		if err := bench.ChangeRules(bench.Settings.Bench.Packer, change); err != nil {
			return err
		}
		said = order.Say("rules.moved", "parcels", moved.Parcels, "orders", moved.Orders, "of", moved.Of)
	}
	if moved.Recut > 0 && moved.Parcels == 0 {
		said = order.Say("rules.would_recut", "parcels", moved.Recut, "of", moved.Of)
		if !t.Try {
			said = order.Say("rules.recut", "parcels", moved.Recut, "of", moved.Of)
		}
	}
	if t.JSON {
		return e.Line(movedLine{!t.Try, moved.Parcels, moved.Orders, moved.Of, moved.Recut})
	}
	if err := e.tell(said); err != nil || !t.sent || moved.Parcels > 0 {
		return err
	}
	return e.tell(order.Say("rules.platform_sends"))
}

// RulesSet changes a rule.
type RulesSet struct {
	ID          order.RuleID       `arg:"" help:"As rules list names it; another id is a new rule."`
	Markets     []order.Market     `placeholder:"MY,SG" help:"For which markets. Without it: for the orders the rule is for already."`
	Mode        order.ShippingType `placeholder:"TIKTOK|SELLER" help:"Whose label."`
	Type        string             `placeholder:"STANDARD|PRE_ORDER" help:"Which orders."`
	Seller      string             `placeholder:"CROSS_BORDER" help:"Whose."`
	From        string             `placeholder:"DATE" help:"Orders placed from this day on; none takes the day away."`
	To          string             `placeholder:"DATE" help:"Orders placed up to this day, all of it; none takes the day away."`
	Start       string             `placeholder:"POINT" help:"What starts the clock."`
	End         string             `placeholder:"POINT" help:"What ends it."`
	After       order.RuleID       `placeholder:"CLOCK" help:"A clock that starts it by running out."`
	Limit       string             `placeholder:"TIME" help:"48h running hours, 3wd working days, 5d natural days."`
	Grace       string             `placeholder:"TIME" help:"How long after its end it is not yet missed."`
	Consequence order.Consequence  `placeholder:"WORD" help:"What happens when it is missed."`
	Source      string             `placeholder:"TEXT" help:"Who says so."`
	SourceAt    string             `placeholder:"DATE" help:"When they said so; the newest wins."`
	Off         bool               `help:"Switch it off."`
	OnFor       []string           `placeholder:"SHOP" help:"Turn a rule on that is off by itself, for shops by their ids, or * for all."`
	Trying
}

// Served tells that a program that has the folder open does it.
func (v *RulesSet) Served() bool { return true }

// Run writes it into the bench's file. It fails with rules.wrong where it makes no sense.
func (v *RulesSet) Run(e *Environment) error {
	row := rules.RuleRow{ID: v.ID, Markets: v.Markets, Mode: v.Mode, Type: v.Type, Seller: v.Seller, ValidFrom: v.From, ValidTo: v.To, Start: v.Start, End: v.End,
		After: v.After, Limit: v.Limit, Grace: v.Grace, Consequence: v.Consequence, Source: v.Source, SourceAt: v.SourceAt, Off: v.Off, OnFor: v.OnFor}
	return v.changeRules(e, func(f *rules.File) error { f.Put(row); return nil })
}

// RulesReset puts a rule back.
type RulesReset struct {
	ID order.RuleID `arg:"" help:"As rules list names it."`
	Trying
}

// Served tells that a program that has the folder open does it.
func (v *RulesReset) Served() bool { return true }

// Run takes what the bench's file says of it away. It fails with rules.as_brought where it says nothing.
func (v *RulesReset) Run(e *Environment) error {
	return v.changeRules(e, func(f *rules.File) error {
		if !f.Reset(v.ID) {
			return order.Trouble(nil, "rules.as_brought", "id", string(v.ID))
		}
		return nil
	})
}

// RulesNear sets the near share.
type RulesNear struct {
	Share float64 `arg:"" help:"From 0 to 1: a clock with no more of its limit left is near."`
	Trying
}

// Served tells that a program that has the folder open does it.
func (v *RulesNear) Served() bool { return true }

// Run writes it into the bench's file.
func (v *RulesNear) Run(e *Environment) error {
	return v.changeRules(e, func(f *rules.File) error { f.Near = &v.Share; return nil })
}

// RulesExtend enters an extension.
type RulesExtend struct {
	Clock     order.RuleID `arg:"" help:"Which clock, such as ready."`
	Add       string       `arg:"" help:"How much longer: 24h, 2wd, 3d."`
	From      string       `required:"" placeholder:"DATE" help:"Orders placed from then on: 2026-11-27 or '2026-11-27 10:00', in the warehouse's or market's zone."`
	To        string       `required:"" placeholder:"DATE" help:"Up to then: a day counts with all of it, a moment is the first after."`
	Market    order.Market `placeholder:"MY" help:"Only of this market."`
	Warehouse string       `placeholder:"ID" help:"Only from this warehouse."`
	SKU       string       `help:"Only parcels with this article."`
	Why       string       `required:"" placeholder:"TEXT" help:"Why: the platform's notice."`
	Trying
}

// Served tells that a program that has the folder open does it.
func (v *RulesExtend) Served() bool { return true }

// Run writes it into the bench's file.
func (v *RulesExtend) Run(e *Environment) error {
	row := rules.ExtensionRow{Clock: v.Clock, Market: v.Market, Warehouse: v.Warehouse, SKU: v.SKU, CreatedFrom: v.From, CreatedTo: v.To, Add: v.Add, Why: v.Why}
	v.sent = order.PlatformSends(v.Clock)
	return v.changeRules(e, func(f *rules.File) error { f.Extensions = append(f.Extensions, row); return nil })
}

// RulesUnextend takes an extension away.
type RulesUnextend struct {
	Number int `arg:"" help:"As rules show numbers it."`
	Trying
}

// Served tells that a program that has the folder open does it.
func (v *RulesUnextend) Served() bool { return true }

// Run takes it out of the bench's file. It fails with rules.no_extension where there is none of that number.
func (v *RulesUnextend) Run(e *Environment) error {
	return v.changeRules(e, func(f *rules.File) error {
		if !f.DropExtension(v.Number - 1) {
			return order.Trouble(nil, "rules.no_extension", "number", v.Number)
		}
		return nil
	})
}

// RulesCutOff sets a cut-off.
type RulesCutOff struct {
	Shop string `arg:"" help:"The shop's id, as packbench shops lists it."`
	At   string `arg:"" help:"12:00 in the market's zone, or none."`
	Trying
}

// Served tells that a program that has the folder open does it.
func (v *RulesCutOff) Served() bool { return true }

// Run writes it into the bench's file. It fails with rules.no_shop where the bench knows shops and not this one, unless its cut-off is taken away.
func (v *RulesCutOff) Run(e *Environment) error {
	return v.changeRulesOf(e, func(b *Bench) error { return b.knowsPlace("cutoff", v.Shop, v.At) }, func(f *rules.File) error {
		f.SetCutOff(v.Shop, orNone(v.At))
		return nil
	})
}

// RulesHoliday says something of a day.
type RulesHoliday struct {
	Market order.Market `arg:"" help:"Such as MY."`
	Date   string       `arg:"" help:"2026-12-24"`
	Name   []string     `arg:"" optional:"" help:"What it is called."`
	Works  bool         `help:"It is worked on."`
	Drop   bool         `help:"Take back what was said of it."`
	Trying
}

// Served tells that a program that has the folder open does it.
func (v *RulesHoliday) Served() bool { return true }

// Run writes it into the bench's file. It fails with rules.as_brought where there is nothing to take back.
func (v *RulesHoliday) Run(e *Environment) error {
	return v.changeRules(e, func(f *rules.File) error {
		if !v.Drop {
			f.SetHoliday(rules.HolidayRow{Market: v.Market, Date: v.Date, Name: strings.Join(v.Name, " "), Works: v.Works})
		} else if !f.DropHoliday(v.Market, v.Date) {
			return order.Trouble(nil, "rules.as_brought", "id", string(v.Market)+" "+v.Date)
		}
		return nil
	})
}

// RulesZone sets a zone.
type RulesZone struct {
	Warehouse string `arg:"" help:"The warehouse's id."`
	Zone      string `arg:"" help:"America/New_York, or none."`
	Trying
}

// Served tells that a program that has the folder open does it.
func (v *RulesZone) Served() bool { return true }

// Run writes it into the bench's file. It fails with rules.no_warehouse where the bench knows warehouses and not this one, unless its zone is taken away.
func (v *RulesZone) Run(e *Environment) error {
	return v.changeRulesOf(e, func(b *Bench) error { return b.knowsPlace("zone", v.Warehouse, v.Zone) }, func(f *rules.File) error {
		f.SetZone(v.Warehouse, orNone(v.Zone))
		return nil
	})
}

// orNone is what was said, empty for none.
func orNone(text string) string {
	if text == "none" {
		return ""
	}
	return text
}

// RulesCheck checks a file of rules.
type RulesCheck struct {
	File string `arg:"" optional:"" help:"A file; without it the bench's own rules.toml."`
	JSON bool   `name:"json" help:"One object a line: each difference, each gap, then the sum."`
}

// ruleCheckLine is a line of what a check tells.
type ruleCheckLine struct {
	// Kind is changed, added, off, on, near, extension, cutoff, holiday or zone: one thing in which the rules differ from those the program brings; gap: a year of
	// a market of which not every holiday is known; or sum, the last line.
	Kind string `json:"kind"`
	Of   string `json:"of,omitempty"`
	Was  string `json:"was,omitempty"`
	Is   string `json:"is,omitempty"`

	Market  order.Market `json:"market,omitempty"`
	Year    int          `json:"year,omitempty"`
	Nothing bool         `json:"nothing,omitempty"` // none is known; else some are expected only
	Counts  bool         `json:"counts,omitempty"`  // a rule of this market counts working days

	*RuleCheckSum
}

// RuleCheckSum is the sum of a check: against what holds now, of the bench's own file against what the program brings.
type RuleCheckSum struct {
	Valid   bool   `json:"valid"`
	File    string `json:"file"`
	Parcels int    `json:"parcels_moved"`
	Orders  int    `json:"orders_moved"`
	Of      int    `json:"parcels"`
}

// Served tells that a program that has the folder open does it.
func (v *RulesCheck) Served() bool { return true }

// Run tells what the file changes and moves. What is wrong with it is the Problem rules.wrong; a year without holidays that a rule needs is for a person.
func (v *RulesCheck) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	was, is, name, err := v.read(e, bench)
	if err != nil {
		return err
	}
	different, err := is.Differences()
	if err != nil {
		return err
	}
	list := e.listing(v.JSON, "rules.differences.header")
	for _, d := range different {
		if err := list.add(ruleCheckLine{Kind: d.Kind, Of: d.Of, Was: d.Was, Is: d.Is}, e.Tongue.Text("rulechange."+d.Kind), d.Of, d.Was, d.Is); err != nil {
			return err
		}
	}
	if err := list.end(); err != nil {
		return err
	}
	strangers, err := bench.strangers(different)
	if err != nil {
		return err
	}
	for _, said := range strangers {
		if err := warnOf(e, said); err != nil {
			return err
		}
	}
	needs, err := v.gaps(e, bench, is)
	if err != nil {
		return err
	}
	moved, err := is.Move(was, bench.Store.Parcels)
	if err != nil {
		return err
	}
	if v.JSON {
		err = e.Line(ruleCheckLine{Kind: "sum", RuleCheckSum: &RuleCheckSum{true, name, moved.Parcels, moved.Orders, moved.Of}})
	} else {
		err = e.tell(order.Say("rules.valid", "file", name, "count", len(different), "parcels", moved.Parcels, "orders", moved.Orders, "of", moved.Of))
	}
	if err == nil && needs {
		err = ErrNeedsPerson
	}
	return err
}

// read gives the rules of the file, and those they are held against.
func (v *RulesCheck) read(e *Environment, bench *Bench) (was, is *rules.Rules, name string, err error) {
	if v.File == "" {
		if was, err = rules.BuiltIn(); err == nil {
			is, err = bench.Rules()
		}
		return was, is, rules.FileName, err
	}
	path, err := e.Path(v.File)
	if err != nil {
		return nil, nil, "", err
	}
	if is, err = rules.LoadFile(path); err == nil {
		was, err = bench.Rules()
	}
	return was, is, v.File, err
}

// gaps tells of which years of the shops' markets not every holiday is known, and whether a rule needs one of which none is.
func (v *RulesCheck) gaps(e *Environment, bench *Bench, r *rules.Rules) (needs bool, err error) {
	markets, err := bench.markets()
	if err != nil {
		return false, err
	}
	for _, gap := range r.Gaps(markets, e.Now()) {
		line := ruleCheckLine{Kind: "gap", Market: gap.Market, Year: gap.Year, Nothing: gap.Nothing, Counts: r.Counts(gap.Market)}
		needs = needs || line.Nothing && line.Counts
		if v.JSON {
			err = e.Line(line)
		} else {
			err = e.tell(gapSaid(gap))
		}
		if err != nil {
			return false, err
		}
	}
	return needs, nil
}
