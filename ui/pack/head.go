package pack

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// head is the open parcel's name, its badges and its clock.
type head struct {
	object       *fyne.Container
	tongue       words.Tongue
	code, where  *kit.Text
	left, source *kit.Text

	weight              *weight
	age, gift, sample   *kit.Badge
	battery, preOrder   *kit.Badge
	box, fragile        *kit.Badge
	shopNote, buyerNote *kit.Badge
}

func newHead(tongue words.Tongue) *head {
	h := &head{
		tongue: tongue, weight: newWeight(),
		age:  kit.NewBadge(kit.SignCloud, kit.Loud),
		gift: kit.NewBadge(kit.SignGift, kit.Calm), sample: kit.NewBadge(kit.SignBox, kit.Calm), fragile: kit.NewBadge(kit.SignFragile, kit.Calm),
		battery: kit.NewBadge(kit.SignBattery, kit.Calm), preOrder: kit.NewBadge(kit.SignClock, kit.Calm), box: kit.NewBadge(kit.SignPack, kit.Calm),
		shopNote: kit.NewBadge(kit.SignSheet, kit.Told), buyerNote: kit.NewBadge(kit.SignNote, kit.Told),
	}
	name := kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorForeground, Bold: true}, tongue.Text("pack.parcel"))
	h.code = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode}, "")
	h.where = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft}, "")
	trailing := fyne.TextAlignTrailing
	h.left = kit.NewText(kit.Voice{Size: kit.SizeWord, Color: kit.ColorForeground, Bold: true, Align: trailing}, "")
	h.source = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft, Align: trailing}, "")

	gap := kit.Unit(kit.SizeGap)
	title := kit.Row(2*gap, kit.Natural(name), kit.Natural(h.code), kit.UpTo(h.where), kit.Natural(h.age.Object),
		kit.Spring(), kit.Natural(h.weight.object))
	badges := kit.Row(gap, kit.Natural(h.fragile.Object), kit.Natural(h.gift.Object), kit.Natural(h.sample.Object), kit.Natural(h.battery.Object),
		kit.Natural(h.preOrder.Object), kit.Natural(h.box.Object),
		kit.UpTo(h.buyerNote.Object), kit.UpTo(h.shopNote.Object))
	words := kit.Column(0, kit.Fixed(title, kit.Unit(kit.SizeBadge)), kit.Fixed(kit.Inset(badges, 0, gap, 0, 0), kit.Unit(kit.SizeRow)))
	watch := kit.Column(0, kit.Natural(h.left), kit.Natural(h.source))
	h.object = kit.Row(kit.Unit(kit.SizeGap3), kit.Grow(words).Across(), kit.Natural(watch))
	return h
}

func (h *head) render(m Model) {
	p, t := m.Parcel, h.tongue
	h.code.Set(kit.Tail(p.Code))
	where := pair(t, p.Carrier, country(t, p.Market))
	if p.Of > 1 {
		where = pair(t, where, t.Text("pack.parcel.of", "number", p.Number, "of", p.Of))
	}
	h.where.Set(where)
	h.renderClock(m)
	h.weight.render(t, m)
	badge := func(b *kit.Badge, shown bool, key string, pairs ...any) {
		text := ""
		if shown {
			text = t.Text(key, pairs...)
		}
		b.Set(text)
	}
	old := m.Now.Sub(p.ReadAt)
	if p.ReadAt.IsZero() {
		badge(h.age, true, "pack.badge.never")
	} else {
		badge(h.age, old > FreshFor, "pack.badge.age", "age", clock.Span(t, old))
	}
	badge(h.fragile, p.Fragile, "mark.fragile")
	badge(h.gift, p.Gift, "pack.badge.gift")
	badge(h.sample, p.Sample, "pack.badge.sample")
	badge(h.battery, p.Battery, "pack.badge.battery")
	badge(h.preOrder, p.PreOrder, "pack.badge.preorder")
	h.box.Set(t.Say(p.Box))
	badge(h.shopNote, p.ShopNote != "", "pack.badge.shop", "note", p.ShopNote)
	badge(h.buyerNote, p.BuyerNote != "", "pack.badge.buyer", "note", p.BuyerNote)
}

func (h *head) renderClock(m Model) {
	p, t := m.Parcel, h.tongue
	left, late := remaining(t, p.Due, m.Now)
	h.left.Set(left)
	color := kit.ColorForeground
	if late {
		color = kit.ColorError
	}
	h.left.Paint(color, true)
	key := "pack.clock.by"
	if p.Collect {
		key = "pack.clock.collect"
	}
	if p.PlatformTime {
		key += ".platform"
	}
	if p.Due.IsZero() {
		h.source.Set(t.Text("pack.clock.none.source"))
		return
	}
	h.source.Set(t.Text(key, "time", clock.Moment(t, p.Due, m.Now)))
}
