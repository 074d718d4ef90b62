package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/settings"
)

// mostArranged is how many parcels are arranged at a time.
const mostArranged = 500

// planLine is what arranging would come to, of all parcels that go one way.
type planLine struct {
	Outcome    string            `json:"outcome"` // arrange, later or excluded
	Parcels    int               `json:"parcels"`
	Reason     string            `json:"reason,omitempty"`
	Message    string            `json:"message,omitempty"`
	PackageIDs []order.ParcelKey `json:"package_ids"`
}

// planOutcomes are how people call what arranging would come to.
var planOutcomes = map[string]order.Said{"arrange": order.Say("arrange.plan.arrange"), "later": order.Say("arrange.plan.later"), "excluded": order.Say("arrange.excluded")}

// leftOver is why a parcel that could be arranged is not: there are too many.
var leftOver = order.Say("arrange.left_over")

// matching are the most urgent parcels that fit and are to be arranged, and why others that fit are not: those that are done are left out without a word.
func (v *Arrange) matching(e *Environment, bench *Bench) (parcels []order.Known, excluded []arrangeLine, err error) {
	filter, _, err := bench.Filter(v.Filter)
	if err != nil {
		return nil, nil, err
	}
	checks, err := settings.LoadChecks(bench.dir)
	if err != nil {
		return nil, nil, err
	}
	var keys []order.ParcelKey
	now := e.Now()
	err = bench.Store.Parcels(func(f *order.Facts) {
		if !filter.Fits(f) || isDone(f) {
			return
		}
		if said := notArranged(f, bench.Settings.Bench.Warehouse, now); said.Key != "" {
			excluded = append(excluded, arrangeLine{PackageID: f.Key, Outcome: "excluded", said: said})
			return
		}
		keys = append(keys, f.Key)
	})
	if err != nil {
		return nil, nil, err
	}
	for i, key := range keys {
		if len(parcels) == v.Most {
			for _, key := range keys[i:] {
				excluded = append(excluded, arrangeLine{PackageID: key, Outcome: "excluded", said: leftOver})
			}
			break
		}
		known, found, err := bench.Store.Parcel(key)
		if err != nil {
			return nil, nil, err
		}
		if blocking, blocked := checks.Blocked(known.Parcel); blocked {
			_, said := packing.Refusal(order.StandingOf(blocking.Check))
			excluded = append(excluded, arrangeLine{PackageID: key, Outcome: "excluded", said: said})
		} else if found {
			parcels = append(parcels, known)
		}
	}
	return parcels, excluded, nil
}

// isDone tells whether there is nothing to be arranged of a parcel any more.
func isDone(f *order.Facts) bool {
	return f.Here.Confirmed || f.Standing == order.Collected || f.Standing == order.Gone || f.Standing == order.NotPaid
}

// notArranged is why a parcel is not arranged as it stands; empty where it may be.
func notArranged(f *order.Facts, warehouse string, now time.Time) (said order.Said) {
	standing := f.Standing
	switch {
	case f.Here.Arranged:
		return order.Say("arrange.already")
	case warehouse != "" && f.WarehouseID != "" && f.WarehouseID != warehouse:
		standing = order.OtherWarehouse
	case f.Here.Stopped != "":
		standing = f.Here.Stopped
	case f.Here.Parked:
		return order.Say("arrange.parked")
	case f.ReleaseAt.After(now):
		return order.Say("arrange.unreleased")
	case standing.Packable():
		return order.Said{}
	}
	_, said = packing.Refusal(standing)
	return said
}

// tellPlan writes how many parcels would be arranged, and how many are left out for each reason.
func (v *Arrange) tellPlan(e *Environment, parcels []order.Known, excluded []arrangeLine) error {
	arranged := planLine{Outcome: "arrange", PackageIDs: []order.ParcelKey{}}
	for _, parcel := range parcels {
		arranged.PackageIDs = append(arranged.PackageIDs, parcel.Key)
	}
	lines := []planLine{arranged}
	for _, out := range excluded {
		i := slices.IndexFunc(lines, func(l planLine) bool { return l.Reason == out.said.Key })
		if i < 0 {
			outcome := "excluded"
			if out.said.Key == leftOver.Key {
				outcome = "later"
			}
			i, lines = len(lines), append(lines, planLine{Outcome: outcome, Reason: out.said.Key, Message: e.Tongue.Say(out.said)})
		}
		lines[i].PackageIDs = append(lines[i].PackageIDs, out.PackageID)
	}
	list := e.listing(v.JSON, "arrange.plan.header")
	for _, line := range lines {
		line.Parcels = len(line.PackageIDs)
		if err := list.add(line, strconv.Itoa(line.Parcels), e.Tongue.Say(planOutcomes[line.Outcome]), line.Message); err != nil {
			return err
		}
	}
	return list.end()
}

// nextProgress is how often somebody who waits is told how far many parcels are.
const nextProgress = time.Second

// progress tells on standard error how many of the parcels are settled, whenever it changed, until the function it returns is called.
func (v *Arrange) progress(e *Environment, bench *Bench, parcels []order.Known) (end func()) {
	ctx, stop := context.WithCancel(e.Context)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for last := 0; ; {
			select {
			case <-ctx.Done():
				return
			case <-time.After(nextProgress):
			}
			n, err := settled(bench, parcels)
			if err != nil {
				return // whoever waits for the parcels meets it too
			}
			if n != last {
				last = n
				fmt.Fprintln(e.Stderr, e.Tongue.Text("arrange.progress", "done", n, "of", len(parcels)))
			}
		}
	}()
	return func() { stop(); <-ended }
}
