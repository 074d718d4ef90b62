package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"packbench/internal/label"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/words"
	"packbench/store"
)

// Appeal makes an appeal pack: all that is known of a parcel, or of all parcels of a hand-over sheet, for those who decide about it.
type Appeal struct {
	Of  string `arg:"" help:"A package, order or tracking number, or a hand-over sheet, such as H261122-03."`
	Out string `placeholder:"FILE|DIR" help:"Where to: a PDF where it ends in .pdf, else a folder, with the label's document, the photos and the log beside the PDF (default: appeal-NUMBER.pdf in the working folder)."`
}

// Served tells that a program that has the folder open does it.
func (v *Appeal) Served() bool { return true }

// Run makes the pack and says where it is and what is missing in it.
func (v *Appeal) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	out := v.Out
	if out == "" {
		out = "appeal-" + (drawing{line: paperLine{Wave: v.Of}}).file() + ".pdf"
	}
	path, err := e.Path(out)
	if err != nil {
		return err
	}
	if path, err = filepath.Abs(path); err != nil {
		return order.Trouble(err, "export.unwritable", "file", out)
	}
	said := time.Now()
	made, err := bench.Appeal(e.Context, e.Tongue, v.Of, path, func(done, of int) {
		if time.Since(said) >= progressEvery {
			said = time.Now()
			fmt.Fprintf(e.Stderr, "packbench: %s\n", e.Tongue.Text("appeal.progress", "done", done, "of", of))
		}
	})
	if err != nil {
		return err
	}
	return e.tell(made.Said())
}

// AppealMade is an appeal pack that was made.
type AppealMade struct {
	File    string
	Parcels int
	Pages   int
}

// Said says where it is.
func (m AppealMade) Said() order.Said {
	return order.Say("appeal.written", "file", m.File, "parcels", m.Parcels, "count", m.Pages)
}

// evidence is all that is known of a parcel.
type evidence struct {
	known    order.Known
	orders   []order.Order
	shop     string
	clocks   []order.Clock
	happened []historyLine
	events   []order.Event
	tracking []order.TrackingEvent
	document []byte
	label    *page.Page
	noLabel  order.Said // why there is no picture of the label
	sheet    order.Sheet
	zone     *time.Location
}

// Appeal makes the appeal pack of a parcel, of the parcels of an order, or of a hand-over sheet, as a PDF or in a folder. progress is told how many parcels are in it. It fails with
// refused.unknown_code, appeal.too_many, paper.too_small, export.unwritable, export.full and export.no_folder.
func (b *Bench) Appeal(ctx context.Context, tongue words.Tongue, of, path string, progress func(done, of int)) (made AppealMade, err error) {
	pack, err := b.gather(ctx, tongue, of, progress)
	if err != nil {
		return made, err
	}
	made = AppealMade{File: path, Parcels: len(pack.parcels)}
	if !strings.EqualFold(filepath.Ext(path), ".pdf") {
		made.Pages, err = pack.folder(path)
		return made, err
	}
	if len(pack.parcels) > mostInAPDF {
		return made, order.Trouble(nil, "appeal.too_many", "parcels", len(pack.parcels), "most", mostInAPDF)
	}
	made.Pages, err = pack.document(path)
	return made, err
}

// mostInAPDF is how many parcels one document holds: all of its pages are in memory at once, a megabyte each.
const mostInAPDF = 50

// document writes a pack as one document and tells how many pages it has.
func (p *appealPack) document(path string) (int, error) {
	pages, photos, err := paper.AppealPack(appealSize, officeDPI, p.paper())
	if err != nil {
		return 0, err
	}
	return len(pages), appealFile(path, func(w io.Writer) error { return paper.PDF(w, appealSize, pages, p.now, photos...) })
}

// appealSize is the paper of a pack: A4.
var appealSize = page.Size{WidthMM: 210, HeightMM: 297}

// gather collects what stands in a pack.
func (b *Bench) gather(ctx context.Context, tongue words.Tongue, of string, progress func(done, of int)) (pack *appealPack, err error) {
	keys, sheet, err := b.appealed(of)
	if err != nil {
		return nil, err
	}
	labels, leave := b.drawsLabels(ctx)
	defer func() { err = errors.Join(err, leave()) }()
	pack = &appealPack{tongue: tongue, now: b.now(), of: of, sheet: sheet, zone: time.UTC}
	for i, key := range keys {
		if err := ctx.Err(); err != nil {
			return nil, order.Trouble(err, "bench.closing")
		}
		one, err := b.evidenceOf(ctx, labels, key)
		if err != nil {
			return nil, err
		}
		pack.parcels, pack.zone = append(pack.parcels, one), one.zone
		progress(i+1, len(keys))
	}
	if sheet.ID == "" && len(pack.parcels) == 1 {
		pack.sheet = pack.parcels[0].sheet
	}
	return pack, pack.readPhotos(b.Store)
}

// appealed are the parcels an appeal is about, and their sheet where it was named.
func (b *Bench) appealed(of string) ([]order.ParcelKey, order.Sheet, error) {
	keys, err := b.Store.ParcelsOf(of)
	if err != nil || len(keys) > 0 {
		return keys, order.Sheet{}, err
	}
	sheet, err := b.Store.Sheet(of)
	if err != nil && order.AsProblem(err).Key == "handover.unknown_sheet" {
		err = order.Trouble(nil, "refused.unknown_code", "code", of)
	}
	for _, on := range sheet.Parcels {
		keys = append(keys, on.Parcel)
	}
	return keys, sheet, err
}

// drawsLabels is what draws label documents: that of the bench at work, where there is one, or one of its own until leave is called.
func (b *Bench) drawsLabels(ctx context.Context) (labels *label.Maker, leave func() error) {
	if running := b.atWork.Load(); running != nil {
		return running.labels, func() error { return nil }
	}
	labels = b.Labels()
	return labels, func() error { return labels.Close(context.WithoutCancel(ctx)) }
}

// evidenceOf gathers what is known of a parcel.
func (b *Bench) evidenceOf(ctx context.Context, labels *label.Maker, key order.ParcelKey) (p evidence, err error) {
	if p.known, _, err = b.Store.Parcel(key); err != nil {
		return p, err
	}
	if p.known.Key == "" { // the platform knows it no more; what happened here is told all the same
		p.known.Key = key
	}
	if err := b.Store.OrdersOf(p.known.OrderIDs, func(row store.OrderParcels) error {
		p.orders = append(p.orders, row.Order)
		return nil
	}); err != nil {
		return p, err
	}
	names, err := b.shopNames()
	if err != nil {
		return p, err
	}
	p.shop = names[p.known.ShopID]
	if p.events, err = b.Store.History(journalKey(p.known)); err != nil {
		return p, err
	}
	if p.happened, err = historyOf(b, key); err != nil {
		return p, err
	}
	for _, o := range p.orders {
		told, err := b.Store.Tracking(o.ID)
		if err != nil {
			return p, err
		}
		p.tracking = append(p.tracking, told...)
	}
	if err := b.time(&p); err != nil {
		return p, err
	}
	if id := p.known.Work.Sheet; id != "" {
		if p.sheet, err = b.Store.Sheet(id); err != nil {
			return p, err
		}
	}
	return p, b.drawLabel(ctx, labels, &p)
}

// time puts the parcel's clocks and zone into a evidence.
func (b *Bench) time(p *evidence) error {
	r, err := b.Rules()
	if err != nil {
		return err
	}
	p.zone = r.Calendar.Zone(p.known.Market, p.known.WarehouseID)
	found, err := b.Store.Find(func(f *order.Facts) bool { return f.Key == p.known.Key }, 0, 1)
	for _, f := range found.Facts {
		course := f.Course()
		p.clocks = r.Clocks(&course, f.SKUs, r.Calendar, b.now())
	}
	return err
}

// drawLabel draws the kept document of a parcel's label as it is printed, or says why it cannot.
func (b *Bench) drawLabel(ctx context.Context, labels *label.Maker, p *evidence) (err error) {
	name := p.known.Work.Document
	if name == "" {
		p.noLabel = order.Say("appeal.label.none")
		return nil
	}
	if p.document, err = b.Store.Document(name); err != nil {
		return err
	}
	if p.document == nil {
		p.noLabel = order.Say("appeal.label.gone", "sum", name)
		return nil
	}
	p.label, err = labels.Make(ctx, p.document, page.Label, officeDPI)
	if err != nil && ctx.Err() == nil { // such as one that is ZPL
		p.noLabel = order.Say("appeal.label.undrawn", "why", order.AsProblem(err).Said)
		return nil
	}
	return err
}

// readPhotos reads the photos of the signed sheet.
func (p *appealPack) readPhotos(files *store.Store) error {
	for _, name := range p.sheet.Photos {
		photo, err := files.Photo(name)
		if err != nil {
			return err
		}
		p.photos = append(p.photos, photo) // nil where the file is gone
	}
	return nil
}

// appealFile writes a file of a pack so that it is there whole or not at all.
func appealFile(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".appeal-*")
	if err != nil {
		return notWritten(err, path)
	}
	err = errors.Join(write(file), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return notWritten(errors.Join(err, os.Remove(file.Name())), path)
	}
	return nil
}

// endings are what files begin with, and how such files are called.
var endings = []struct{ begins, ending string }{{"%PDF", ".pdf"}, {"\x89PNG", ".png"}, {"\xff\xd8\xff", ".jpg"}, {"^XA", ".zpl"}}

func endingOf(data []byte) string {
	for _, e := range endings {
		if bytes.HasPrefix(bytes.TrimSpace(data), []byte(e.begins)) {
			return e.ending
		}
	}
	return ".bin"
}

// folder writes a pack as files and tells how many pages its documents have: a document of all, or of the sheet and one of each of its parcels; beside them each label's
// document and each photo as they are kept.
func (p *appealPack) folder(path string) (pages int, err error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return 0, notWritten(err, path)
	}
	named := func(of order.ParcelKey, ending string) string {
		return filepath.Join(path, drawing{line: paperLine{Sheet: "parcel", PackageID: of}}.file()+ending)
	}
	add := func(part *appealPack, name string) error {
		n, err := part.document(name)
		pages += n
		return err
	}
	all := *p
	if len(p.parcels) > 1 {
		all.parcels = nil
		for _, one := range p.parcels {
			part := *p
			part.of, part.parcels, part.photos = string(one.known.Key), []evidence{one}, nil
			if err := add(&part, named(one.known.Key, ".pdf")); err != nil {
				return pages, err
			}
		}
	}
	if err := add(&all, filepath.Join(path, "appeal.pdf")); err != nil {
		return pages, err
	}
	whole := func(name string, data []byte) error {
		return appealFile(name, func(w io.Writer) error { _, err := w.Write(data); return err })
	}
	for _, one := range p.parcels {
		if one.document == nil {
			continue
		}
		if err := whole(named(one.known.Key, "-label"+endingOf(one.document)), one.document); err != nil {
			return pages, err
		}
	}
	for i, photo := range p.photos {
		if photo == nil {
			continue
		}
		if err := whole(filepath.Join(path, fmt.Sprintf("%s-photo-%d%s", p.sheet.ID, i+1, endingOf(photo))), photo); err != nil {
			return pages, err
		}
	}
	return pages, nil
}
