package order

import (
	"cmp"
	"slices"
)

// Override is how often somebody allowed what a packer may not.
type Override struct {
	Badge   string
	Name    string // empty where they were not registered
	Times   int
	Labels  int              // that were printed again for it
	Reasons map[Spoiling]int // how many of those labels for which reason
	last    Event
}

// Overrides counts the overrides among events, given in the order in which they happened or the other way round: by badge, the most often first. The labels of a print run that
// were allowed together are one override.
func Overrides(events []Event) []Override {
	byBadge := map[string]*Override{}
	for _, e := range events {
		if !e.overrides() {
			continue
		}
		o := byBadge[e.Supervisor]
		if o == nil {
			o = &Override{Badge: e.Supervisor, Reasons: map[Spoiling]int{}}
			byBadge[e.Supervisor] = o
		}
		o.Name = cmp.Or(o.Name, e.SupervisorName)
		if o.Times == 0 || e.Run == "" || e.Run != o.last.Run || !e.At.Equal(o.last.At) {
			o.Times++
		}
		o.last = e
		if e.Kind == LabelSpoiled {
			o.Labels++
			o.Reasons[e.Spoiling]++
		}
	}
	var all []Override
	for _, o := range byBadge {
		all = append(all, *o)
	}
	slices.SortFunc(all, func(a, b Override) int { return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.Badge, b.Badge)) })
	return all
}
