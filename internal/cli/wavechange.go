package cli

import (
	"errors"
	"slices"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/wave"
	"packbench/store"
)

// WaveAdd has parcels join a wave.
type WaveAdd struct {
	Wave    string   `arg:"" help:"The wave, as wave list names it."`
	Parcels []string `arg:"" name:"parcel" help:"Package numbers, or the o:ORDER a parcel has before the platform gives it one."`
	Force   bool     `help:"Also where the catalogue's stock is not enough."`
	JSON    bool     `name:"json" help:"One object a line."`
}

// WaveRemove takes parcels out of a wave.
type WaveRemove struct {
	Wave    string   `arg:"" help:"The wave, as wave list names it."`
	Parcels []string `arg:"" name:"parcel" help:"Package numbers; none of them begun."`
	JSON    bool     `name:"json" help:"One object a line."`
}

// changeLine is what became of a parcel that was to join or leave a wave.
type changeLine struct {
	Wave      string          `json:"wave"`
	PackageID order.ParcelKey `json:"package_id"`
	Outcome   string          `json:"outcome"` // joined, left or refused
	Reason    string          `json:"reason,omitempty"`
	Message   string          `json:"message,omitempty"`
}

// changeOutcomes are how people call what became of a parcel.
var changeOutcomes = map[string]order.Said{"joined": order.Say("wave.joined"), "left": order.Say("wave.left"), "refused": order.Say("wave.refused")}

// Served tells that a program that has the folder open does it.
func (v *WaveAdd) Served() bool { return true }

// Run has them join and tells of each. It ends with ErrNeedsPerson where one could not.
func (v *WaveAdd) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	return bench.changeWave(e, v.Wave, v.Parcels, "joined", v.JSON, func(names []order.ParcelKey, from store.Choosing, w store.KnownWave) ([]order.Event, []wave.Refused) {
		joining := wave.Joining{
			Wave: w.Wave, Begun: w.Begun(), Free: wave.Free(from.Goods, from.Packed, from.Promised), Force: v.Force, Totes: bench.Settings.Walk.Whole().Totes,
		}
		for _, f := range from.Promised {
			if f.Wave == w.ID {
				joining.Members = append(joining.Members, f)
			}
		}
		return joining.Join(names, from.Named, e.Now())
	})
}

// Served tells that a program that has the folder open does it.
func (v *WaveRemove) Served() bool { return true }

// Run takes them out and tells of each. It ends with ErrNeedsPerson where one stays.
func (v *WaveRemove) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	return bench.changeWave(e, v.Wave, v.Parcels, "left", v.JSON, func(names []order.ParcelKey, from store.Choosing, w store.KnownWave) ([]order.Event, []wave.Refused) {
		return wave.Leave(w.Wave, names, from.Named, e.Now())
	})
}

// changeWave has parcels join or leave a wave, and writes what became of each.
func (b *Bench) changeWave(e *Environment, id string, parcels []string, outcome string, asJSON bool,
	decide func([]order.ParcelKey, store.Choosing, store.KnownWave) ([]order.Event, []wave.Refused)) error {
	var names []order.ParcelKey
	for _, name := range parcels {
		known, found, err := b.Store.Parcel(order.ParcelKey(name))
		if err != nil {
			return err
		}
		if !found {
			known.Key = order.ParcelKey(name)
		}
		names = append(names, known.Key)
	}
	standings := map[order.ParcelKey]order.Standing{}
	var refused []wave.Refused
	err := b.Store.ChangeWave(id, names, func(from store.Choosing, w store.KnownWave) (events []order.Event) {
		for _, f := range from.Named {
			standings[f.Key] = f.Standing
		}
		events, refused = decide(names, from, w)
		return events
	})
	if err != nil {
		return err
	}
	list := e.listing(asJSON, "wave.changes")
	for _, name := range names {
		line := changeLine{Wave: id, PackageID: name, Outcome: outcome}
		if i := slices.IndexFunc(refused, func(r wave.Refused) bool { return r.Parcel == name }); i >= 0 {
			why := refused[i].Why
			if why.Key == "" {
				_, why = packing.Refusal(standings[name])
			}
			line.Outcome, line.Reason, line.Message = "refused", why.Key, e.Tongue.Say(why)
		}
		if err := list.add(line, string(name), e.Tongue.Say(changeOutcomes[line.Outcome]), line.Message); err != nil {
			return err
		}
	}
	if err := list.end(); err != nil || len(refused) == 0 {
		return err
	}
	return ErrNeedsPerson
}
