package evdev

import (
	"cmp"
	"slices"

	"packbench/scanner"
)

// Find lists the keyboards that came over USB, those that are likely scanners first. One that does not say its name goes by its numbers.
func Find() ([]Found, error) {
	names, err := keyboards()
	if err != nil {
		return nil, err
	}
	var all []Found
	for _, path := range names {
		id := rawIdentity(path)
		if id == (scanner.Identity{}) || slices.ContainsFunc(all, func(f Found) bool { return f.USB == id }) {
			continue
		}
		name, err := product(path)
		if err != nil || name == "" { // Windows keeps many a keyboard for itself
			name = id.VendorID + ":" + id.ProductID
		}
		all = append(all, Found{Name: name, USB: id, Likely: Likely(name, id)})
	}
	slices.SortFunc(all, func(a, b Found) int {
		if a.Likely != b.Likely {
			if a.Likely {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Name, b.Name)
	})
	return all, nil
}
