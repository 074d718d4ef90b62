package cli

import (
	"packbench/internal/calendar"
	"packbench/internal/order"
)

// markets are those of the bench's shops.
func (b *Bench) markets() ([]order.Market, error) {
	shops, err := b.Store.Shops()
	var markets []order.Market
	for _, shop := range shops {
		markets = append(markets, shop.Market)
	}
	return markets, err
}

// HolidayGaps are the years, this one and the next, of the shops' markets of which not every holiday is known, said for people.
func (b *Bench) HolidayGaps() ([]order.Said, error) {
	markets, err := b.markets()
	if err != nil {
		return nil, err
	}
	r, err := b.Rules()
	if err != nil {
		return nil, err
	}
	var said []order.Said
	for _, gap := range r.Gaps(markets, b.now()) {
		said = append(said, gapSaid(gap))
	}
	return said, nil
}

func gapSaid(gap calendar.Gap) order.Said {
	if gap.Nothing {
		return order.Say("rules.no_holidays", "market", string(gap.Market), "year", gap.Year)
	}
	return order.Say("rules.expected_holidays", "market", string(gap.Market), "year", gap.Year)
}
