package station

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // photos of signed sheets
	_ "image/png"  // the same
	"log/slog"
	"maps"
	"slices"
	"time"

	"packbench/internal/handover"
	"packbench/internal/mirror"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/people"
)

// SheetStore is what the hand-over shelf asks of the store.
type SheetStore interface {
	Candidates(code string) (order.Candidates, error)
	Article(sku string) (order.Article, error)
	Parcels(visit func(*order.Facts)) error
	Parcel(key order.ParcelKey) (order.Known, bool, error)
	OpenSheets() ([]order.Sheet, error)
	Sheets(since time.Time) ([]order.Sheet, error)
	Sheet(id string) (order.Sheet, error)
	ChangeSheets(day time.Time, decide func(open []order.Sheet, last int) ([]order.Event, error)) error
	KeepPhoto(photo []byte) (string, error)
	LastReading() (time.Time, error)
}

// SheetMirror is what the hand-over shelf asks of the platform.
type SheetMirror interface {
	Sync(ctx context.Context, told func(mirror.Progress)) error
	Refresh(ctx context.Context, key order.ParcelKey) (order.Parcel, bool, error)
	Handover(ctx context.Context, parcel order.Parcel) (string, error)
}

// Desk keeps the hand-over sheets of a bench. It may be used by several goroutines: the store lets one change sheets at a time.
type Desk struct {
	Store  SheetStore
	Mirror SheetMirror
	Now    func() time.Time
	Log    *slog.Logger
	Bench  string
	Rules  handover.Rules
	// People compares the PINs of supervisors; nil: nobody is registered, and the badges of Supervisors allow what a packer may not.
	Supervisors []string
	People      People
}

// asksAScan is how often the platform is asked about one scan at most: how the parcel stands, how it is handed over, and how it stands once more.
const asksAScan = 3

// Scan puts the parcel whose label was scanned onto its sheet, or says why not; it reads the platform where its last word is not fresh. at is whose parcels are
// scanned, bundle the bag they go into, by who scans. Its error is the files': nothing counts then.
func (d *Desk) Scan(ctx context.Context, scan order.Scan, at handover.Place, bundle, by string) (handover.Verdict, error) {
	c := handover.Case{Code: scan.Code, At: at}
	for range asksAScan {
		v, err := d.judge(&c, scan, bundle, by)
		if err != nil || !v.Ask && !v.AskMode {
			return v, err
		}
		if v.Ask {
			_, found, err := d.Mirror.Refresh(ctx, v.Known.Key)
			if err == nil && !found {
				return v.Reformed(), nil
			}
			d.heard(&c, v, err)
			continue
		}
		if err := d.learnMode(ctx, v.Known, by); err != nil {
			d.heard(&c, v, err)
		}
		c.ModeAsked = true
	}
	if c.Unreachable.Key == "" {
		c.Unreachable = order.Say("handover.slow")
	}
	return d.judge(&c, scan, bundle, by)
}

// heard notes why the platform did not answer.
func (d *Desk) heard(c *handover.Case, v handover.Verdict, err error) {
	if err != nil {
		d.Log.Warn("the platform was not read at the hand-over shelf", "parcel", v.Known.Key, "error", err)
		c.Unreachable = order.AsProblem(err).Said
	}
}

// judge judges a scan by what is known now, and journals what follows.
func (d *Desk) judge(c *handover.Case, scan order.Scan, bundle, by string) (v handover.Verdict, err error) {
	err = d.change(by, func(open []order.Sheet, last int) ([]order.Event, error) {
		if c.Candidates, err = d.candidates(scan.Code); err != nil {
			return nil, err
		}
		c.Open, c.Now = open, d.Now()
		v = d.Rules.Judge(*c)
		details := order.Handover{Bundle: bundle}
		if v.Outcome == handover.OnSheet && v.Known.Work.WeightG == 0 {
			if details.WeightG, err = d.weight(v.Known); err != nil {
				return nil, err
			}
		}
		events := v.Onto(open, last, c.Now, scan, details)
		if len(events) > 0 {
			v.Sheet = events[len(events)-1].Handover.Sheet
		}
		return events, nil
	})
	return v, err
}

// change has the sheets changed and signs what is journalled.
func (d *Desk) change(by string, decide func(open []order.Sheet, last int) ([]order.Event, error)) error {
	now := d.Now().Local()
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	return d.Store.ChangeSheets(day, func(open []order.Sheet, last int) ([]order.Event, error) {
		events, err := decide(open, last)
		for i := range events {
			events[i].Bench, events[i].Packer = d.Bench, by
		}
		return events, err
	})
}

// daysRemembered is for how many days a parcel on a closed sheet is known by its label although the platform forgot the number.
const daysRemembered = 7

// candidates are what a code can mean. One that means nothing may be the number of a parcel that stands at the shelf, or left it: the platform forgets the numbers of
// what is cancelled, and may give another.
func (d *Desk) candidates(code string) (order.Candidates, error) {
	c, err := d.Store.Candidates(code)
	if err != nil || len(c.Parcels)+len(c.Replaced)+len(c.Articles()) > 0 || c.Command != "" || code == "" {
		return c, err
	}
	keys, err := d.standing(code)
	if err != nil {
		return c, err
	}
	for _, key := range keys {
		known, found, err := d.Store.Parcel(key)
		if err != nil {
			return c, err
		}
		if !found {
			known.Parcel = order.Parcel{Key: key, Standing: order.Reformed}
		}
		if w := known.Work; code == w.Tracking || code == w.Label.Matched || code == w.Waybill {
			c.Parcels = append(c.Parcels, known)
		}
	}
	return c, nil
}

// standing are the parcels that stand at the shelf, and those on open and late sheets whose number a code is.
func (d *Desk) standing(code string) (keys []order.ParcelKey, err error) {
	sheets, err := d.Store.Sheets(d.Now().Local().AddDate(0, 0, -daysRemembered))
	if err != nil {
		return nil, err
	}
	for _, sheet := range sheets {
		for _, on := range sheet.Parcels {
			if on.Tracking == code {
				keys = append(keys, on.Parcel)
			}
		}
	}
	return keys, d.Store.Parcels(func(f *order.Facts) {
		if f.Here.Confirmed && f.Here.HandedOverAt.IsZero() {
			keys = append(keys, f.Key)
		}
	})
}

// weight is what a parcel weighs in grams by the catalogue; 0 where it does not know the weight of each piece.
func (d *Desk) weight(k order.Known) (grams int, err error) {
	for _, unit := range k.Units {
		article, err := d.Store.Article(unit.SKU())
		if err != nil || article.WeightG == 0 {
			return 0, err
		}
		grams += article.WeightG
	}
	return grams, nil
}

// learnMode asks the platform how a parcel is handed over, and journals what it says.
func (d *Desk) learnMode(ctx context.Context, k order.Known, by string) error {
	mode, err := d.Mirror.Handover(ctx, k.Parcel)
	if err != nil || mode == "" {
		return err
	}
	return d.change(by, func([]order.Sheet, int) ([]order.Event, error) {
		return []order.Event{{At: d.Now(), Kind: order.HandoverTold, Parcel: handover.JournalKey(k), Handover: order.Handover{Mode: order.HandoverMode(mode)}}}, nil
	})
}

// TakeBack takes the parcel with a code off the open sheet it is on.
func (d *Desk) TakeBack(code, by string) (v handover.Verdict, err error) {
	err = d.change(by, func(open []order.Sheet, _ int) (events []order.Event, err error) {
		c, err := d.candidates(code)
		if err != nil {
			return nil, err
		}
		v, events = handover.Back(code, c, open, d.Now())
		return events, nil
	})
	return v, err
}

// Columns are the carriers' parts of the shelf as the files know them now.
func (d *Desk) Columns() ([]handover.Column, error) {
	open, err := d.Store.OpenSheets()
	if err != nil {
		return nil, err
	}
	return d.columns(open)
}

func (d *Desk) columns(open []order.Sheet) ([]handover.Column, error) {
	now := d.Now().Local()
	endOfDay := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
	unmade := map[order.ParcelKey]order.Facts{} // on a sheet, and no parcel of the platform's any more
	for _, sheet := range open {
		for _, on := range sheet.Parcels {
			if on.Parcel.HasPackage() {
				unmade[on.Parcel] = order.Facts{Key: on.Parcel, OrderIDs: on.Orders, Tracking: on.Tracking, Standing: order.Reformed, Here: order.Here{Confirmed: true, HandedOverAt: on.At}}
			}
		}
	}
	var facts []order.Facts
	err := d.Store.Parcels(func(f *order.Facts) {
		delete(unmade, f.Key)
		if handover.Wanted(f, endOfDay) {
			facts = append(facts, *f)
		}
	})
	facts = slices.AppendSeq(facts, maps.Values(unmade))
	columns := d.Rules.Columns(open, facts, now, endOfDay)
	for i, c := range columns {
		if c.Market == "" && err == nil {
			columns[i].Market, err = MarketOf(d.Store, c.Sheet)
		}
	}
	return columns, err
}

// MarketOf is where the parcels of a sheet were sold, by the first of them that the files know; empty: they know none.
func MarketOf(files interface {
	Parcel(key order.ParcelKey) (order.Known, bool, error)
}, sheet order.Sheet) (order.Market, error) {
	for _, on := range sheet.Parcels {
		known, found, err := files.Parcel(on.Parcel)
		if err != nil || found && known.Market != "" {
			return known.Market, err
		}
	}
	return "", nil
}

// Column is the part of the shelf whose open sheet has a name. It fails with handover.unknown_sheet and handover.closed.
func (d *Desk) Column(sheet string) (handover.Column, error) {
	open, err := d.Store.OpenSheets()
	if err != nil {
		return handover.Column{}, err
	}
	return d.column(open, sheet)
}

func (d *Desk) column(open []order.Sheet, sheet string) (handover.Column, error) {
	columns, err := d.columns(open)
	if err != nil {
		return handover.Column{}, err
	}
	if at := slices.IndexFunc(columns, func(c handover.Column) bool { return c.Sheet.ID == sheet && sheet != "" }); at >= 0 {
		return columns[at], nil
	}
	if _, err := d.Store.Sheet(sheet); err != nil {
		return handover.Column{}, err
	}
	return handover.Column{}, order.Trouble(nil, "handover.closed", "sheet", sheet)
}

// ClosedToday are the sheets of today that are closed, the oldest first.
func (d *Desk) ClosedToday() (closed []order.Sheet, err error) {
	now := d.Now().Local()
	all, err := d.Store.Sheets(time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location()))
	return slices.DeleteFunc(all, order.Sheet.Open), err
}

// CloseWish is the wish to close a hand-over sheet.
type CloseWish struct {
	Sheet string
	// Incomplete has it closed without what is missing, for a Reason in words of the supervisor's.
	Incomplete bool
	Reason     string
	// Supervisor is the badge of who allows it; PIN is theirs, where people are registered. It must not be shown, journalled or logged.
	Supervisor, PIN string
}

// modesAsked is how many parcels are asked about before a sheet closes, where nobody has told how they are handed over: a read each (platform API 4.4).
const modesAsked = 50

// Close closes a sheet, once the shops' changes have been read: what was cancelled a moment ago does not leave. It fails with the Problems of handover.Closing, and
// with those of a supervisor's badge and PIN.
func (d *Desk) Close(ctx context.Context, wish CloseWish, by string) (closed order.Sheet, err error) {
	column, err := d.Column(wish.Sheet)
	if err != nil {
		return closed, err
	}
	if err := d.Mirror.Sync(ctx, func(mirror.Progress) {}); err != nil {
		d.Log.Warn("the shops were not read before a hand-over sheet was closed", "error", err)
	}
	unknown := withoutMode([]handover.Column{column}, modesAsked, func(order.ParcelKey) bool { return true })
	if err := d.learnModes(ctx, unknown, by); err != nil { // what the platform does not tell stays missing
		d.Log.Warn("not all missing parcels were asked about", "sheet", wish.Sheet, "error", err)
	}
	allowed := order.Person{}
	if wish.Supervisor != "" {
		if allowed, err = d.supervisor(wish); err != nil {
			return closed, err
		}
	}
	heard, err := d.Store.LastReading()
	if err != nil {
		return closed, err
	}
	err = d.change(by, func(open []order.Sheet, _ int) ([]order.Event, error) {
		column, err := d.column(open, wish.Sheet)
		if err != nil {
			return nil, err
		}
		closing := handover.Closing{Column: column, Incomplete: wish.Incomplete, Reason: wish.Reason, Allowed: allowed, HeardAgo: max(0, d.Now().Sub(heard))}
		return closing.Close(d.Now())
	})
	if err != nil {
		return closed, err
	}
	return d.Store.Sheet(wish.Sheet)
}

// learnModes asks how parcels are handed over of which nobody knows it. It ends with the first that the platform does not answer about.
func (d *Desk) learnModes(ctx context.Context, rows []handover.Row, by string) error {
	for _, row := range rows {
		known, found, err := d.Store.Parcel(row.Parcel)
		if err == nil && found && !known.Work.OwnCarrier {
			err = d.learnMode(ctx, known, by)
		}
		if err != nil {
			return fmt.Errorf("ask how %s is handed over: %w", row.Parcel, err)
		}
	}
	return nil
}

// withoutMode are the missing parcels of columns of which nobody has told how they are handed over, at most so many.
func withoutMode(columns []handover.Column, most int, wanted func(order.ParcelKey) bool) (rows []handover.Row) {
	for _, column := range columns {
		for _, row := range column.Missing {
			named := slices.ContainsFunc(rows, func(r handover.Row) bool { return r.Parcel == row.Parcel })
			if row.Mode == "" && !named && len(rows) < most && wanted(row.Parcel) {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// supervisor is the person who allows that a sheet is closed incomplete.
func (d *Desk) supervisor(wish CloseWish) (order.Person, error) {
	if d.People == nil {
		if !slices.Contains(d.Supervisors, wish.Supervisor) {
			return order.Person{}, order.Trouble(nil, "handover.no_supervisor")
		}
		return order.Person{Badge: wish.Supervisor, Supervisor: true}, nil
	}
	verdict, known, err := d.People.Try(wish.Supervisor, wish.PIN)
	if err != nil {
		return order.Person{}, err
	}
	return proved(packing.PINAnswered{Badge: wish.Supervisor, Right: verdict == people.Right, Locked: verdict == people.Locked, People: known})
}

// LargestPhoto is how large a photo of a signed sheet may be, in bytes: what phones make is a fifth of it.
const LargestPhoto = 20 << 20

// AttachPhoto keeps a picture of a signed or stamped sheet, JPEG, PNG or PDF. It fails with handover.photo for anything else, or where it is larger than 20 MiB, and
// with handover.still_open where the sheet is not closed: what is printed before may lack parcels that are scanned later.
func (d *Desk) AttachPhoto(sheet string, photo []byte, by string) error {
	of, err := d.Store.Sheet(sheet)
	if err != nil {
		return err
	}
	if of.Open() {
		return order.Trouble(nil, "handover.still_open", "sheet", sheet)
	}
	_, _, notPicture := image.DecodeConfig(bytes.NewReader(photo))
	if len(photo) > LargestPhoto || notPicture != nil && !bytes.HasPrefix(photo, []byte("%PDF-")) {
		return order.Trouble(notPicture, "handover.photo")
	}
	name, err := d.Store.KeepPhoto(photo)
	if err != nil {
		return err
	}
	return d.note(order.Event{Kind: order.PhotoAttached, Document: name, Handover: order.Handover{Sheet: sheet}}, by)
}

// NoteScanForm keeps the number of the platform's SCAN form for a sheet. It fails with handover.scan_form for what can be no number.
func (d *Desk) NoteScanForm(sheet, number, by string) error {
	if _, err := d.Store.Sheet(sheet); err != nil {
		return err
	}
	if !order.IsWaybill(number) {
		return order.Trouble(nil, "handover.scan_form")
	}
	return d.note(order.Event{Kind: order.ScanFormNoted, Handover: order.Handover{Sheet: sheet, ScanForm: number}}, by)
}

func (d *Desk) note(e order.Event, by string) error {
	return d.change(by, func([]order.Sheet, int) ([]order.Event, error) {
		e.At = d.Now()
		return []order.Event{e}, nil
	})
}
