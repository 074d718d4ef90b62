package cli

import (
	"slices"

	"packbench/internal/order"
	"packbench/internal/rules"
)

// rulePlaces are the ids of the shops and the warehouses a bench knows.
type rulePlaces struct{ shops, warehouses []string }

// rulePlaces reads them.
func (b *Bench) rulePlaces() (known rulePlaces, err error) {
	shops, err := b.Store.Shops()
	if err != nil {
		return known, err
	}
	for _, shop := range shops {
		known.shops = append(known.shops, shop.ID)
		houses, err := b.Store.Warehouses(shop.ID)
		if err != nil {
			return known, err
		}
		for _, house := range houses {
			known.warehouses = append(known.warehouses, house.ID)
		}
	}
	return known, nil
}

// lacks tells whether a cut-off or a zone is of a shop or a warehouse that is not among those that are known; where none is known yet, nothing is lacking.
func (p rulePlaces) lacks(kind, id string) bool {
	of := map[string][]string{"cutoff": p.shops, "zone": p.warehouses}[kind]
	return len(of) > 0 && !slices.Contains(of, id)
}

// nobodyKnows says it.
func nobodyKnows(kind, id string) order.Said {
	if kind == "zone" {
		return order.Say("rules.no_warehouse", "warehouse", id)
	}
	return order.Say("rules.no_shop", "shop", id)
}

// knowsPlace fails with rules.no_shop or rules.no_warehouse where a cut-off or zone is to be set for a place nobody knows. What stands there may be taken away.
func (b *Bench) knowsPlace(kind, id, value string) error {
	known, err := b.rulePlaces()
	if err != nil || orNone(value) == "" || !known.lacks(kind, id) {
		return err
	}
	return &order.Problem{Said: nobodyKnows(kind, id)}
}

// strangers are the cut-offs and zones, of what rules differ in, that are of places nobody knows.
func (b *Bench) strangers(different []rules.Difference) (said []order.Said, err error) {
	known, err := b.rulePlaces()
	for _, d := range different {
		if err == nil && known.lacks(d.Kind, d.Of) {
			said = append(said, nobodyKnows(d.Kind, d.Of))
		}
	}
	return said, err
}
