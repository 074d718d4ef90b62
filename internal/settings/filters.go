package settings

import (
	"strings"

	"packbench/internal/order"
)

// Filter is words that choose parcels, kept by a name: filter:NAME stands for them.
type Filter struct {
	Name  string `toml:"name"`
	Words string `toml:"words"`
}

// checkFilters refuses filters without a name or with one that another has: filter.name, filter.twice.
func checkFilters(filters []Filter) error {
	seen := map[string]bool{}
	for _, f := range filters {
		if f.Name == "" || strings.ContainsAny(f.Name, `"`) {
			return order.Trouble(nil, "filter.name", "name", f.Name)
		}
		if seen[f.Name] {
			return order.Trouble(nil, "filter.twice", "name", f.Name)
		}
		seen[f.Name] = true
	}
	return nil
}

// SavedFilters are the words of the filters by their names.
func (s Settings) SavedFilters() map[string]string {
	saved := map[string]string{}
	for _, f := range s.Filters {
		saved[f.Name] = f.Words
	}
	return saved
}
