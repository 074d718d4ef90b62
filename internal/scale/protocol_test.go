package scale

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"packbench/internal/order"
)

func settled(grams int) order.Reading { return order.Reading{Load: order.Settled, Grams: grams} }
func moving(grams int) order.Reading  { return order.Reading{Load: order.Moving, Grams: grams} }

var (
	tooHeavy  = order.Reading{Load: order.TooHeavy}
	belowZero = order.Reading{Load: order.BelowZero}
)

// What scales send, after the examples and tables of their manuals.
func TestTelegrams(t *testing.T) {
	for name, c := range map[string]struct {
		setup Setup
		sent  string
		want  []order.Reading
	}{
		"SICS, the manual's": {Setup{Protocol: SICS}, "S S     100.00 g\r\n", []order.Reading{settled(100)}},
		"SICS, dynamic":      {Setup{Protocol: SICS}, "S D      0.512 kg\r\n", []order.Reading{moving(512)}},
		"SICS, below zero":   {Setup{Protocol: SICS}, "S S     -12.40 g\r\n", []order.Reading{settled(-12)}},
		"SICS, overload":     {Setup{Protocol: SICS}, "S +\r\n", []order.Reading{tooHeavy}},
		"SICS, underload":    {Setup{Protocol: SICS}, "S -\r\n", []order.Reading{belowZero}},
		"SICS, busy":         {Setup{Protocol: SICS}, "S S     100.00 g\r\nS I\r\n", []order.Reading{settled(100), moving(100)}},
		"SICS, pounds":       {Setup{Protocol: SICS}, "S S      1.000 lb\r\n", []order.Reading{settled(454)}},
		"SICS, no command":   {Setup{Protocol: SICS}, "ES\r\nI4 A \"0123456789\"\r\n", nil},
		"SICS, an error":     {Setup{Protocol: SICS}, "S S Error 10b\r\n", nil},

		"8217, 3700LP":           {Setup{Protocol: Toledo, Unit: "lb"}, "\x02002.00\r", []order.Reading{settled(907)}},
		"8217, kg":               {Setup{Protocol: Toledo}, "\x0200.500\r", []order.Reading{settled(500)}},
		"8217, grams":            {Setup{Protocol: Toledo, Unit: "g"}, "\x02000500\r", []order.Reading{settled(500)}},
		"8217, in motion":        {Setup{Protocol: Toledo}, "\x0200.500\r\x02?a\r", []order.Reading{settled(500), moving(500)}},
		"8217, over":             {Setup{Protocol: Toledo}, "\x02?c\r", []order.Reading{tooHeavy}},
		"8217, under zero":       {Setup{Protocol: Toledo}, "\x02?d\r", []order.Reading{belowZero}},
		"8217, bad command":      {Setup{Protocol: Toledo}, "\x02?`\r", nil},
		"8217, cut off":          {Setup{Protocol: Toledo}, "\x0200.5\x0200.750\r", []order.Reading{settled(750)}},
		"8217, without a start":  {Setup{Protocol: Toledo}, "00.750\r", nil},
		"8217, even parity":      {Setup{Protocol: Toledo, Parity: Even}, parityOf(Even, "\x0201.250\r"), []order.Reading{settled(1250)}},
		"8217, a bit that fell":  {Setup{Protocol: Toledo, Parity: Even}, "\x0201.251\r" + parityOf(Even, "\x0201.250\r"), []order.Reading{settled(1250)}},
		"8217, the other parity": {Setup{Protocol: Toledo, Parity: Odd}, parityOf(Even, "\x0201.250\r"), nil},

		"NCI, SCP-01":          {Setup{Protocol: NCI}, "\n0002.26LB\r\n00\r\x03", []order.Reading{settled(1025)}},
		"NCI, 3700LP grams":    {Setup{Protocol: NCI}, "\n 0512g \r\n00\r\x03", []order.Reading{settled(512)}},
		"NCI, pounds, ounces":  {Setup{Protocol: NCI}, "\n 1lb  3.5oz\r\n00\r\x03", []order.Reading{settled(453 + 1 + 99)}},
		"NCI, ounces":          {Setup{Protocol: NCI}, "\n001.00oz\r\n00\r\x03", []order.Reading{settled(28)}},
		"NCI, below zero":      {Setup{Protocol: NCI}, "\n-00.02kg\r\n00\r\x03", []order.Reading{settled(-20)}},
		"NCI, in motion":       {Setup{Protocol: NCI}, "\n0000.50kg\r\n10\r\x03", []order.Reading{moving(500)}},
		"NCI, at zero":         {Setup{Protocol: NCI}, "\n0000.00kg\r\n20\r\x03", []order.Reading{settled(0)}},
		"NCI, under":           {Setup{Protocol: NCI}, "\n-------kg\r\n01\r\x03", []order.Reading{belowZero}},
		"NCI, over":            {Setup{Protocol: NCI}, "\n=======kg\r\n02\r\x03", []order.Reading{tooHeavy}},
		"NCI, a third byte":    {Setup{Protocol: NCI}, "\n0000.50kg\r\n0p0\r\x03", []order.Reading{settled(500)}},
		"NCI, its calibration": {Setup{Protocol: NCI}, "\n0000.50kg\r\n08\r\x03", nil},
		"NCI, its memory":      {Setup{Protocol: NCI}, "\n0000.50kg\r\n40\r\x03", nil},
		"NCI, bad command":     {Setup{Protocol: NCI}, "\n?\r\x03", nil},
		"NCI, only moving":     {Setup{Protocol: NCI}, "\n10\r\x03", []order.Reading{moving(0)}},
		"NCI, only a status":   {Setup{Protocol: NCI}, "\n00\r\x03", nil},

		"A&D, AD-4402":          {Setup{Protocol: AND}, "ST,NT,+0012.34kg\r\n", []order.Reading{settled(12340)}},
		"A&D, the common one":   {Setup{Protocol: AND}, "ST,GS,+  0.500kg\r\nUS,GS,+  0.480kg\r\n", []order.Reading{settled(500), moving(480)}},
		"A&D, one letter":       {Setup{Protocol: AND}, "ST,G,-  0.500kg\r\n", []order.Reading{settled(-500)}},
		"A&D, decimal comma":    {Setup{Protocol: AND}, "ST,GS,+0000,500kg\r\n", []order.Reading{settled(500)}},
		"A&D, short comma":      {Setup{Protocol: AND}, "ST,GS,+0,5kg\r\n", []order.Reading{settled(500)}},
		"A&D, only CR":          {Setup{Protocol: AND}, "ST,GS,+  0.500kg\rST,GS,+  0.501kg\r", []order.Reading{settled(500), settled(501)}},
		"A&D, a balance":        {Setup{Protocol: AND}, "ST,+00123.45  g\r\n", []order.Reading{settled(123)}},
		"A&D, a balance, over":  {Setup{Protocol: AND}, "OL,+9999999E+19\r\n", []order.Reading{tooHeavy}},
		"A&D, a balance, under": {Setup{Protocol: AND}, "OL,-9999999E+19\r\n", []order.Reading{belowZero}},
		"A&D, out of range":     {Setup{Protocol: AND}, "LO,GS,       kg\r\n", []order.Reading{tooHeavy}},
		"A&D, pieces":           {Setup{Protocol: AND}, "QT,+00000012 PC\r\n", nil},
		"A&D, the tare":         {Setup{Protocol: AND}, "ST,TR,+  0.500kg\r\n", nil},
		"A&D, tonnes":           {Setup{Protocol: AND}, "ST,GS,+  0.500 t\r\n", nil},
		"CAS, 22 bytes":         {Setup{Protocol: AND}, "ST,GS,\x01\xc4,    13.5 kg\r\n", []order.Reading{settled(13500)}},
		"CAS, 22 bytes, moving": {Setup{Protocol: AND}, "US,NT,\x01\x84,  0013.5 kg\r\n", []order.Reading{moving(13500)}},
		"Selleton SL-7516":      {Setup{Protocol: AND}, "ST,GS,+   1.00lb\r\n", []order.Reading{settled(454)}},
		"a scanner's code":      {Setup{Protocol: AND}, "6936580142207\r\n", nil},
		"too long for a line":   {Setup{Protocol: AND}, string(make([]byte, 300)) + "ST,GS,+0.5kg\rST,GS,+0.6kg\r", []order.Reading{settled(600)}},
	} {
		whole := decoder{Setup: c.setup}
		if got := whole.take([]byte(c.sent)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
		single, got := decoder{Setup: c.setup}, []order.Reading(nil)
		for i := range len(c.sent) {
			got = append(got, single.take([]byte{c.sent[i]})...)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s, a byte at a time: %+v, want %+v", name, got, c.want)
		}
	}
}

// parityOf is a text in seven bits with their parity.
func parityOf(p Parity, text string) string {
	sent := []byte(text)
	for i, b := range sent {
		sent[i] = p.proved(b)
	}
	return string(sent)
}

func TestWhatAScaleIsAsked(t *testing.T) {
	for _, c := range []struct {
		setup Setup
		want  string
	}{
		{Setup{Protocol: SICS}, "SI\r\n"}, {Setup{Protocol: Toledo}, "W"}, {Setup{Protocol: Toledo, Parity: NoParity}, "W"}, {Setup{Protocol: NCI}, "W\r"},
		{Setup{Protocol: Toledo, Parity: Even}, "\xd7"}, // five bits of W are set, so that the eighth is too
		{Setup{Protocol: Toledo, Parity: Odd}, "W"}, {Setup{Protocol: NCI, Parity: Even}, "\xd7\x8d"}, {Setup{Protocol: AND}, ""},
	} {
		if got := string(c.setup.question()); got != c.want {
			t.Errorf("%+v: %q", c.setup, got)
		}
	}
	for _, p := range Protocols {
		if protocols[p].read == nil {
			t.Errorf("%s is not spoken", p)
		}
	}
	if len(protocols) != len(Protocols) {
		t.Error("a protocol cannot be chosen")
	}
}

// Noise of any kind makes no weight that a bench scale cannot show, and does not keep the next telegram from being read.
func TestNoiseIsNoWeight(t *testing.T) {
	next := map[Protocol]string{SICS: "\nS S 500 g\r\n", Toledo: "\r\x020.500\r", NCI: "\x03\n0.5kg\r\n00\r\x03", AND: "\rST,GS,+0.5kg\r"}
	rapid.Check(t, func(rt *rapid.T) {
		d := decoder{Setup: Setup{Protocol: rapid.SampledFrom(Protocols).Draw(rt, "protocol"), Unit: rapid.SampledFrom(Units).Draw(rt, "unit")}}
		byteOf := rapid.OneOf(rapid.Byte(), rapid.SampledFrom([]byte("\x02\x03\r\n S?+-.,0159kgST,GSUOL")))
		noise := rapid.SliceOfN(byteOf, 0, 200).Draw(rt, "noise")
		for _, r := range d.take(noise) {
			if r.Grams < -heaviest || r.Grams > heaviest || r.Load == order.NoScale {
				rt.Fatalf("%+v of %q", r, noise)
			}
		}
		if d.Protocol == Toledo {
			d.Unit = "kg"
		}
		got := d.take([]byte(next[d.Protocol]))
		if len(got) == 0 || got[len(got)-1] != settled(500) {
			rt.Fatalf("%+v after %q", got, noise)
		}
	})
}
