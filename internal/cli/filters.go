package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/internal/wave"
)

// Filter reads a filter as it is written, with the saved ones as the settings have them now, and gives its words without the names of those. It fails with
// wave.filter and filter.unknown.
func (b *Bench) Filter(text string) (f wave.Filter, words string, err error) {
	now, err := settings.Load(b.dir)
	if err != nil {
		return f, "", err
	}
	if words, err = wave.Expand(text, now.SavedFilters()); err != nil {
		return f, "", err
	}
	f, err = wave.ParseFilter(words, b.now().Local())
	return f, words, err
}

// Filters holds the verbs about saved filters.
type Filters struct {
	List FilterList `cmd:"" default:"withargs" help:"List the saved filters, and how many parcels each finds now."`
	Save FilterSave `cmd:"" help:"Keep a filter by a name; one of that name is replaced."`
	Drop FilterDrop `cmd:"" help:"Take a saved filter away."`
}

// filterLine is a saved filter.
type filterLine struct {
	Name    string `json:"name"`
	Words   string `json:"words"`
	Parcels int    `json:"parcels"` // that fit now
}

// FilterList lists saved filters.
type FilterList struct {
	JSON bool `name:"json" help:"One object a line."`
}

// Served tells that a program that has the folder open does it.
func (v *FilterList) Served() bool { return true }

// Run writes the list.
func (v *FilterList) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	now, err := settings.Load(bench.dir)
	if err != nil {
		return err
	}
	list := e.listing(v.JSON, "filter.header")
	for _, kept := range now.Filters {
		filter, _, err := bench.Filter(kept.Words)
		if err != nil {
			return err
		}
		found, err := bench.Store.Find(filter.Fits, 0, 0)
		if err != nil {
			return err
		}
		if err := list.add(filterLine{kept.Name, kept.Words, found.Count}, kept.Name, fmt.Sprint(found.Count), kept.Words); err != nil {
			return err
		}
	}
	return list.end()
}

// FilterSave keeps a filter.
type FilterSave struct {
	Name  string   `arg:"" help:"What it is called."`
	Words []string `arg:"" help:"The filter, such as: market:GB pieces:1 note:no"`
}

// Served tells that a program that has the folder open does it.
func (v *FilterSave) Served() bool { return true }

// Run keeps it in the settings. It fails with wave.filter where the words are not understood.
func (v *FilterSave) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	_, words, err := bench.Filter(strings.Join(v.Words, " "))
	if err != nil {
		return err
	}
	if err := SaveFilter(bench.dir, settings.Filter{Name: v.Name, Words: words}); err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Text("filter.saved", "name", v.Name, "words", words))
	return err
}

// SaveFilter keeps a filter in the settings of a folder, in the place of one with the same name.
func SaveFilter(dir string, kept settings.Filter) error {
	if kept.Name == "" || strings.Contains(kept.Name, `"`) {
		return order.Trouble(nil, "filter.name", "name", kept.Name)
	}
	return settings.Update(dir, func(s *settings.Settings) error {
		if i := filterNamed(s.Filters, kept.Name); i >= 0 {
			s.Filters[i] = kept
		} else {
			s.Filters = append(s.Filters, kept)
		}
		return nil
	})
}

func filterNamed(filters []settings.Filter, name string) int {
	return slices.IndexFunc(filters, func(f settings.Filter) bool { return f.Name == name })
}

// FilterDrop takes a saved filter away.
type FilterDrop struct {
	Name string `arg:"" help:"As filter list names it."`
}

// Served tells that a program that has the folder open does it.
func (v *FilterDrop) Served() bool { return true }

// Run takes it out of the settings. It fails with filter.unknown where there is none of that name.
func (v *FilterDrop) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	return DropFilter(bench.dir, v.Name)
}

// DropFilter takes a saved filter out of the settings of a folder. It fails with filter.unknown where there is none of that name.
func DropFilter(dir, name string) error {
	return settings.Update(dir, func(s *settings.Settings) error {
		i := filterNamed(s.Filters, name)
		if i < 0 {
			return order.Trouble(nil, "filter.unknown", "name", name)
		}
		s.Filters = slices.Delete(s.Filters, i, i+1)
		return nil
	})
}
