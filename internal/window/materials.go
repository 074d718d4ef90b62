package window

import (
	"cmp"
	"slices"
	"strings"

	"packbench/internal/order"
	"packbench/internal/station"
	"packbench/ui/pack"
)

// markedHead adds to the open parcel's head what the catalogue says of its goods.
func markedHead(head *pack.Parcel, s station.Snapshot) {
	for _, unit := range s.State.Parcel.Units {
		for _, mark := range s.Goods[unit.SKU()].Marks {
			head.Fragile = head.Fragile || mark == order.Fragile
			head.Battery = head.Battery || mark == order.Battery
			head.Gift = head.Gift || mark == order.IsGift
			head.Sample = head.Sample || mark == order.IsSample
		}
	}
}

// boxOf is the packing material of the open parcel: what it takes, or what the catalogue proposes for its goods. It says nothing where neither is known.
func boxOf(s station.Snapshot) order.Said {
	key := "pack.badge.box_used"
	var boxes []string
	add := func(code string) {
		if name := cmp.Or(s.Goods[code].Name, code); code != "" && !slices.Contains(boxes, name) {
			boxes = append(boxes, name)
		}
	}
	for _, used := range s.State.Work.Materials {
		add(used.Code)
	}
	if len(boxes) == 0 {
		key = "pack.badge.box"
		for _, unit := range s.State.Parcel.Units {
			add(s.Goods[unit.SKU()].Box)
		}
	}
	if len(boxes) == 0 {
		return order.Said{}
	}
	return order.Said{Key: key, With: map[string]any{"box": strings.Join(boxes, " / ")}}
}
