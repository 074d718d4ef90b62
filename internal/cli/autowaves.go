package cli

import (
	"context"
	"errors"
	"time"

	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/internal/wave"
)

// rules are the rules that make waves, as the settings have them now.
func (b *Bench) rules(now time.Time) (rules []wave.Rule, err error) {
	kept, err := settings.Load(b.dir)
	if err != nil {
		return nil, err
	}
	for _, a := range kept.AutoWaves {
		a = a.Whole()
		words, err := wave.Expand(a.Filter, kept.SavedFilters())
		if err != nil {
			return nil, err
		}
		filter, err := wave.ParseFilter(words, now.Local())
		if err != nil {
			return nil, err
		}
		rules = append(rules, wave.Rule{Name: a.Name, Filter: filter, Words: words, Most: a.Most, Least: a.Least, Every: a.Every(), Shape: a.Shape, LabelFirst: a.LabelFirst})
	}
	return rules, nil
}

// longestRule is how far back the last wave of a rule is looked for: no rule waits longer (settings.AutoWave).
const longestRule = 8 * 24 * time.Hour

// autoWaves makes a wave of each rule whose time has come, or of each regardless of its time, and gives their names and the parcels that lacked stock.
func (b *Bench) autoWaves(ctx context.Context, at time.Time, regardless bool) (made []string, short []wave.Short, err error) {
	rules, err := b.rules(at)
	if err != nil || len(rules) == 0 {
		return nil, nil, err
	}
	if !regardless {
		last, err := b.Store.LastWaves(at.Local().Add(-longestRule))
		if err != nil {
			return nil, nil, err
		}
		rules = wave.Due(rules, last, at)
	}
	for _, rule := range rules {
		one, lacking, err := b.makeWaves(rule.Filter, rule.Wish(b.Settings.Walk.Whole().Totes), at)
		if err != nil {
			return made, short, err
		}
		made, short = append(made, one...), append(short, lacking...)
		if rule.LabelFirst {
			if err := b.release(ctx, one); err != nil {
				return made, short, err
			}
		}
	}
	return made, short, nil
}

// release asks for the shipment of the parcels of waves and for their labels; the outbox puts it to the platform.
func (b *Bench) release(ctx context.Context, waves []string) error {
	for _, id := range waves {
		v := &Arrange{Wave: id, Labels: true}
		parcels, _, err := v.named(b)
		if err == nil {
			err = v.ask(ctx, b, parcels, handing{})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// makeDue makes the waves that are due by the rules. What goes wrong is for the log: the next look may go well, and wave auto says it to a person.
func (b *Bench) makeDue(ctx context.Context) {
	made, _, err := b.autoWaves(ctx, b.now(), false)
	if err != nil {
		b.Log.Error("waves by rule", "problem", order.AsProblem(err).Error())
	}
	for _, id := range made {
		b.Log.Info("a rule made a wave", "wave", id)
	}
}

// keepMaking makes the waves that are due by the rules, until ctx ends; a bench that reads no shops by itself, with a pause of 0, makes none.
func (b *Bench) keepMaking(ctx context.Context, pause time.Duration) {
	for pause > 0 {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
			b.makeDue(ctx)
		}
	}
}

// WaveAuto makes the waves that are due by the rules.
type WaveAuto struct {
	Now  bool `help:"Also of rules that made a wave so lately that the next is not due."`
	JSON bool `name:"json" help:"One object a line."`
}

// Served tells that a program that has the folder open does it.
func (v *WaveAuto) Served() bool { return true }

// Run makes them and writes them. It ends with ErrNeedsPerson where there was not enough stock for a parcel.
func (v *WaveAuto) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	made, short, err := bench.autoWaves(e.Context, e.Now(), v.Now)
	if err != nil {
		return err
	}
	return bench.tellMade(e, made, short, order.Say("wave.auto_none"), v.JSON)
}
