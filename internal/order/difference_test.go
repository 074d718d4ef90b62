package order

import "testing"

func TestDifference(t *testing.T) {
	for _, c := range []struct{ got, want, a, b, both string }{
		{"Black, M", "Black, L", "M", "L", "Black"},
		{"黑色·M", "黑色·L", "M", "L", "黑色"},
		{"Black/M", "White/L", "Black M", "White L", ""},
		{"Navy blue, XL", "Navy, XL", "Navy blue", "Navy", "XL"},
		{"Black", "Black", "Black", "Black", ""},
		{"Black", "Black, L", "Black", "Black, L", ""},
		{"", "L", "", "L", ""},
	} {
		if a, b, both := Difference(c.got, c.want); a != c.a || b != c.b || both != c.both {
			t.Errorf("%q and %q: %q, %q, %q", c.got, c.want, a, b, both)
		}
	}
}
