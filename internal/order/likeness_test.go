package order

import "testing"

func TestAlike(t *testing.T) {
	article := func(sku, name, product, variant string) Article {
		return Article{Good: Good{SKU: sku, Name: name}, ProductName: product, VariantName: variant}
	}
	tee := article("TEE-BK-M", "", "Sports T-shirt", "Black, M")
	for name, c := range map[string]struct {
		a, b      Article
		want      Likeness
		got, need string
	}{
		"another size":             {tee, article("X-9", "", "Sports T-shirt", "Black, L"), SameProduct, "M", "L"},
		"one variant is not named": {tee, article("X-9", "", "Sports T-shirt", ""), SameProduct, "TEE-BK-M", "X-9"},
		"names of one letter":      {article("A", "Face cream 50", "", ""), article("B", "Face cream 60", "", ""), NearName, "Face cream 50", "Face cream 60"},
		"Chinese names":            {article("A", "速干运动 T 恤", "", ""), article("B", "速干运动 恤", "", ""), NearName, "速干运动 T 恤", "速干运动 恤"},
		"SKUs of one letter":       {article("TEE-BK-M", "Tee", "", ""), article("TEE-BK-XL", "Shirt in black", "", ""), NearSKU, "Tee", "Shirt in black"},
		"the same article":         {tee, tee, NotAlike, "TEE-BK-M", "TEE-BK-M"},
		"nothing alike":            {tee, article("CAP-NVY", "", "Running cap", "Navy"), NotAlike, "Sports T-shirt", "Running cap"},
		"too short to be alike":    {article("A1", "Tee", "", ""), article("A2", "Bee", "", ""), NotAlike, "Tee", "Bee"},
		"nothing is known":         {article("123456", "", "", ""), article("987654", "", "", ""), NotAlike, "123456", "987654"},
	} {
		if got := Alike(c.a, c.b); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if back := Alike(c.b, c.a); back != c.want {
			t.Errorf("%s the other way round: %q, want %q", name, back, c.want)
		}
		if got, need := TellApart(c.a, c.b); got != c.got || need != c.need {
			t.Errorf("%s: told apart by %q and %q, want %q and %q", name, got, need, c.got, c.need)
		}
	}
}
