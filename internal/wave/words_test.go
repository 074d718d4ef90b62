package wave

import "testing"

func TestAChipIsAWordOfTheFilter(t *testing.T) {
	for _, c := range []struct{ text, name, value, want string }{
		{"", "market", "MY", "market:MY"},
		{"market:MY", "market", "SG", "market:MY,SG"},
		{"market:MY,SG pieces:1", "market", "MY", "market:SG pieces:1"},
		{"market:MY  pieces:1", "market", "MY", "pieces:1"},
		{"pieces:1", "pieces", "2-", "pieces:2-"},
		{"due:16:00 note:yes", "due", "23:59", "due:23:59 note:yes"},
		{"due:16:00", "due", "16:00", ""},
		{"pieces:1", "carrier", "J&T Express", `pieces:1 carrier:"J&T Express"`},
		{`carrier:"J&T Express" pieces:1`, "carrier", "J&T Express", "pieces:1"},
		{`carrier:"J&T Express"`, "carrier", "Ninja", `carrier:"J&T Express,Ninja"`},
	} {
		if got := Toggled(c.text, c.name, c.value); got != c.want {
			t.Errorf("%q with %s:%s: %q, want %q", c.text, c.name, c.value, got, c.want)
		}
		if Has(Toggled(c.text, c.name, c.value), c.name, c.value) == Has(c.text, c.name, c.value) {
			t.Errorf("%q: %s:%s is not toggled", c.text, c.name, c.value)
		}
	}
}
