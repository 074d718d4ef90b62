package cli

import (
	"context"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/people"
	"packbench/internal/settings"
	"packbench/internal/station"
)

// desk keeps the bench's hand-over sheets.
func (b *Bench) desk(kept *Mirror) (*station.Desk, error) {
	rules, err := handoverRules(b.Settings)
	if err != nil {
		return nil, err
	}
	d := &station.Desk{Store: b.Store, Mirror: kept, Now: b.now, Log: b.Log, Bench: b.Settings.Bench.Name, Rules: rules, Supervisors: b.Settings.Bench.Supervisors}
	roster, err := people.Load(b.dir)
	if err != nil {
		return nil, err
	}
	if len(roster.People) > 0 {
		d.People = people.Folder(b.dir)
	}
	return d, nil
}

// handoverRules are the rules of the hand-over shelf as the settings have them.
func handoverRules(s settings.Settings) (handover.Rules, error) {
	rules := handover.Rules{Warehouse: s.Bench.Warehouse, BundlePrefix: s.Handover.BundlePrefix}
	for _, c := range s.Handover.Carriers {
		rules.Cards = append(rules.Cards, handover.Card(c))
	}
	for _, t := range s.Handover.Together {
		from, to, err := t.Days()
		if err != nil {
			return rules, err
		}
		rules.Together = append(rules.Together, handover.Together{Name: t.Name, Carriers: t.Carriers, Prefixes: t.Prefixes, From: from, To: to})
	}
	return rules, nil
}

// newDesk is the desk of the bench, with the people who are registered now.
func (b *Bench) newDesk() (*station.Desk, error) {
	kept, err := b.Mirror()
	if err != nil {
		return nil, err
	}
	return b.desk(kept)
}

// Packer is who works at the bench: the one who is signed in, or the one in the settings.
func (b *Bench) packer() string {
	if at := b.atWork.Load(); at != nil {
		if staff := at.Snapshot().State.Staff; len(staff.People) > 0 {
			return staff.Packer.Name
		}
	}
	return b.Settings.Bench.Packer
}

// shelfChanged has the packer's bench show what became of the sheets.
func (b *Bench) shelfChanged() {
	if at := b.atWork.Load(); at != nil {
		at.LookAtShelf()
	}
}

// CloseSheet closes a hand-over sheet; see station.Desk.Close. The packer's bench, if there is one, shows it.
func (b *Bench) CloseSheet(ctx context.Context, wish station.CloseWish) (order.Sheet, error) {
	desk, err := b.newDesk()
	if err != nil {
		return order.Sheet{}, err
	}
	defer b.shelfChanged()
	sheet, err := desk.Close(ctx, wish, b.packer())
	if at := b.atWork.Load(); at != nil && desk.People != nil && wish.Supervisor != "" { // a wrong PIN may have locked them
		if roster, failed := people.Load(b.dir); failed == nil {
			at.TellPeople(roster.Known())
		}
	}
	return sheet, err
}

// AttachPhoto keeps a picture of a signed or stamped hand-over sheet; see station.Desk.AttachPhoto.
func (b *Bench) AttachPhoto(sheet string, photo []byte) error {
	desk, err := b.newDesk()
	if err != nil {
		return err
	}
	defer b.shelfChanged()
	return desk.AttachPhoto(sheet, photo, b.packer())
}

// NoteScanForm keeps the number of the platform's SCAN form for a hand-over sheet.
func (b *Bench) NoteScanForm(sheet, number string) error {
	desk, err := b.newDesk()
	if err != nil {
		return err
	}
	defer b.shelfChanged()
	return desk.NoteScanForm(sheet, number, b.packer())
}
