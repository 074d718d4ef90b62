package cli

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"packbench/internal/label"
	"packbench/internal/mirror"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
	"packbench/internal/people"
	"packbench/internal/platform"
	"packbench/internal/settings"
	"packbench/internal/station"
	"packbench/printer"
	"packbench/store"
)

// Bench is a bench's folder, open, with the platform behind it.
type Bench struct {
	Settings settings.Settings
	Store    *store.Store
	Log      *slog.Logger

	dir string
	// language is what the platform's own words are asked for in.
	language string
	now      func() time.Time
	log      io.Closer
	connect  func() (*Mirror, error)
	device   *device
	book     *ruleBook
	guest    bool                     // the files are somebody else's to close
	atWork   *atomic.Pointer[Running] // the packer's bench, nil where nobody packs
	// mailTrouble is why the daily list was not mailed; nil where it was, or none is asked for.
	mailTrouble *atomic.Pointer[order.Said]
	closing     func()
	// warn says something beside a verb's own words, noCrashes ends the writing down of crashes.
	warn      func(error)
	noCrashes func() error
}

// device is the printer a bench at work has open. Many a printer takes one connection at a time, so others print through it.
type device struct {
	mu      sync.Mutex
	uri     string
	printer *printer.Printer // nil while the bench is not at work
	guests  int              // others that print through it just now
}

// openExisting opens the bench of a verb that asks about what is there: it does not make the folder, so that a mistyped one is told.
func openExisting(e *Environment) (*Bench, error) {
	if _, err := os.Stat(e.Dir); err != nil {
		return nil, order.Trouble(err, "store.no_folder", "folder", e.Dir)
	}
	return OpenBench(e)
}

// OpenBench opens the bench in the environment's folder, or joins the one the verb was let into, with that one's settings. Its errors are Problems:
// besides the store's, one of holders where the program that has the folder open says which it is.
func OpenBench(e *Environment) (*Bench, error) {
	if e.Bench != nil {
		joined := *e.Bench
		joined.guest = true
		return &joined, nil
	}
	s, err := settings.Load(e.Dir)
	if err != nil {
		return nil, err
	}
	files, err := store.Open(e.Dir, e.Now)
	if err != nil {
		return nil, whoHolds(e.Dir, err)
	}
	b := &Bench{Settings: s, Store: files, dir: e.Dir, language: cmp.Or(s.Language, string(e.Tongue.Language)), now: e.Now, device: &device{}, book: &ruleBook{}, atWork: new(atomic.Pointer[Running]), mailTrouble: new(atomic.Pointer[order.Said])}
	b.Log, b.log = Log(e.Dir)
	b.connect = b.connection()
	b.closing, b.warn = b.opened(e), func(err error) { warn(e, err) }
	if b.noCrashes, err = b.keepCrashes(); err != nil {
		b.Log.Error("a crash would not be written down", "error", err)
		b.noCrashes = func() error { return nil }
	}
	return b, nil
}

// Close closes the bench's files.
func (b *Bench) Close() error {
	if b.guest {
		return nil
	}
	b.closing()
	return errors.Join(b.Store.Close(), b.noCrashes(), b.log.Close())
}

// Mirror connects the store to the platform, once for all who ask, so that they share tokens and rates. It fails where the settings do not say how.
func (b *Bench) Mirror() (*Mirror, error) { return b.connect() }

// connection makes the one connection, at the first time that it can be: a shop may be connected while the bench is open.
func (b *Bench) connection() func() (*Mirror, error) {
	var mu sync.Mutex
	var made *Mirror
	return func() (*Mirror, error) {
		mu.Lock()
		defer mu.Unlock()
		if made != nil {
			return made, nil
		}
		now, err := settings.Load(b.dir)
		if err != nil {
			return nil, err
		}
		client, err := b.client(now.Platform)
		if err != nil {
			return nil, err
		}
		phrases, err := settings.LoadPhrases(b.dir)
		if err != nil {
			b.warn(err) // the program's own phrases do
		}
		made = newMirror(mirror.New(client, b.Store, b.now).Understanding(phrases))
		return made, nil
	}
}

// tellOfClock tells people that this computer's clock is off. What else the client reports ends no call and is for the log.
func (b *Bench) tellOfClock(err error) {
	if order.AsProblem(err).Key == "platform.clock_off" {
		b.warn(err)
	}
}

// client talks to the platform as the settings say, and keeps the tokens it renews.
func (b *Bench) client(p settings.Platform) (*platform.Client, error) {
	if err := settings.Unlock(b.dir, &p); err != nil {
		return nil, err
	}
	kept := &tokenFile{dir: b.dir, log: b.Log, held: p}
	return platform.New(platform.Config{
		BaseURL: p.BaseURL, AppKey: p.AppKey, AppSecret: p.AppSecret, AccessToken: p.AccessToken,
		AuthURL: p.AuthURL, RefreshToken: p.RefreshToken, AccessExpires: p.AccessExpires, RefreshExpires: p.RefreshExpires,
		Keep: kept.keep, Report: func(err error) { kept.report(err); b.tellOfClock(err) },
		ReadsPerSecond: p.ReadsPerSecond, WritesPerSecond: p.WritesPerSecond,
		HTTP: &http.Client{Timeout: 30 * time.Second}, Now: b.now,
	})
}

// Labels makes what draws label documents. The compiled renderer is kept between starts in the user's cache, which benches share.
func (b *Bench) Labels() *label.Maker {
	cache, err := os.UserCacheDir()
	if err != nil {
		return label.NewMaker(filepath.Join(b.dir, "cache"))
	}
	return label.NewMaker(filepath.Join(cache, "packbench"))
}

// printerFor opens the printer at an address, or gives the one the bench is at work on, spoken to as the options say: there is never a second way to
// one device. No bench, nil, is at work. leave is to be called when it is not needed any more.
func (b *Bench) printerFor(uri string, o printer.Options) (p *printer.Printer, leave func() error, err error) {
	if b != nil {
		b.device.mu.Lock()
		defer b.device.mu.Unlock()
		if at := b.device.printer; at != nil && b.device.uri == uri {
			if !at.OpenedWith(o) {
				at, err = at.With(o)
			}
			if err != nil {
				return nil, nil, err
			}
			b.device.guests++
			return at, b.device.leave, nil
		}
	}
	if p, err = printer.Open(uri, o); err != nil {
		return nil, nil, err
	}
	return p, p.Close, nil
}

// leave tells that a guest prints no more.
func (d *device) leave() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.guests--
	return nil
}

// takePrinter opens the printer at an address, or the configured one where the address is empty, for the bench to work on.
func (b *Bench) takePrinter(uri string) (*printer.Printer, error) {
	if uri == "" {
		uri = b.Settings.Printer.URI
	}
	if uri == "" {
		return nil, order.Trouble(nil, "printer.none")
	}
	options := PrinterOptions(b.Settings.Printer, uri, page.Label)
	var err error
	if options.Interrupted, err = b.diedWithin(); err != nil {
		return nil, err
	}
	opened, err := printer.Open(uri, options)
	if err != nil {
		return nil, err
	}
	b.device.mu.Lock()
	defer b.device.mu.Unlock()
	b.device.uri, b.device.printer = uri, opened
	return opened, nil
}

// diedWithin tells whether the program ended in the middle of a label: the printer may wait for the rest of it.
func (b *Bench) diedWithin() (bool, error) {
	queue, err := b.Store.PrintQueue()
	if err != nil {
		return false, err
	}
	for _, key := range queue {
		known, _, err := b.Store.Parcel(key)
		if err != nil || known.Work.Label.State == order.Sending {
			return err == nil, err
		}
	}
	return false, nil
}

// printsOn is the address of the printer the bench is at work on.
func (b *Bench) printsOn() string {
	b.device.mu.Lock()
	defer b.device.mu.Unlock()
	return b.device.uri
}

// leavePrinter closes it.
func (b *Bench) leavePrinter() error {
	b.device.mu.Lock()
	defer b.device.mu.Unlock()
	closing := b.device.printer
	b.device.printer = nil
	return closing.Close()
}

// Running is a bench at work.
type Running struct {
	*station.Station
	bench  *Bench
	labels *label.Maker
	stop   context.CancelFunc
	ended  chan error
	nights <-chan struct{}
	shows  <-chan struct{} // closed once no pictures are fetched any more; nil where none are
	scale  chan struct{}   // closed once nobody reads the scale any more
	looked chan struct{}   // closed once the parcels were read that lists are made of
	waves  chan struct{}   // closed once no rule makes waves any more
	mails  chan struct{}   // closed once no list is mailed any more
	named  bool            // by its address, in place of the configured one
}

// Start sets the bench to work on a printer. poll is the pause between two readings of the shops, 0 for none; changed, if not nil, hears of
// every new snapshot and must return at once.
func (b *Bench) Start(ctx context.Context, uri string, poll time.Duration, changed func(station.Snapshot)) (*Running, error) {
	kept, err := b.Mirror()
	if err != nil {
		return nil, err
	}
	checks, err := settings.LoadChecks(b.dir)
	if err != nil {
		return nil, err
	}
	staff, err := b.staff()
	if err != nil {
		return nil, err
	}
	desk, err := b.desk(kept)
	if err != nil {
		return nil, err
	}
	device, err := b.takePrinter(uri)
	if err != nil {
		return nil, err
	}
	labels := b.Labels()
	labels.Warm(ctx)
	ctx, stop := context.WithCancel(ctx)
	r := &Running{bench: b, labels: labels, stop: stop, ended: make(chan error, 1), named: uri != "", scale: make(chan struct{}), looked: make(chan struct{}), waves: make(chan struct{}), mails: make(chan struct{})}
	r.Station = station.New(station.Config{
		Store: b.Store, Mirror: kept, Labels: labels, Printer: device, Now: b.now, Log: b.Log,
		Bench: b.Settings.Bench.Name, Packer: b.Settings.Bench.Packer, Warehouse: b.Settings.Bench.Warehouse, Poll: poll, Changed: changed,
		Language: b.language, Walk: layoutOf(b.Settings.Walk), Desk: desk,
		PrinterName: b.printsOn(), Supervisors: b.Settings.Bench.Supervisors, DoubleReads: doubleReads(b.Settings.Scanners), Checks: checks,
		OwnCarrier: b.Settings.Bench.OwnCarrier, Weighs: b.Settings.Scale.URI != "", Staff: staff, People: people.Folder(b.dir), Unproven: unproven(b.Settings.Printer, device),
		Outbox: func(journal mirror.Journal, open func() order.ParcelKey) station.Pusher {
			return kept.Outbox(journal, open, b.Settings.Bench.Warehouse).Heeding(checks)
		},
	})
	b.atWork.Store(r)
	go func() { r.ended <- r.Run(ctx) }()
	r.nights = b.nights(ctx)
	if poll > 0 {
		r.shows = b.pictures(ctx, kept)
	}
	go func() { defer close(r.scale); r.weighFor(ctx) }()
	go func() { defer close(r.looked); b.look(ctx, poll > 0) }()
	go func() { defer close(r.waves); b.keepMaking(ctx, poll) }()
	go func() { defer close(r.mails); b.keepMailing(ctx, mailLook) }()
	return r, nil
}

// startFirst is how long a start has the computer for itself.
const startFirst = 2 * time.Second

// look reads once the start is over what parcels are found by, for a bench that goes on: the first list of 100,000 orders is there at once then. Who asks
// earlier reads it himself.
func (b *Bench) look(ctx context.Context, goesOn bool) {
	if !goesOn {
		return
	}
	select {
	case <-ctx.Done():
		return
	case <-time.After(startFirst):
	}
	if _, err := b.Store.Find(nil, 0, 0); err != nil {
		b.Log.Error("the parcels would not be read", "problem", order.AsProblem(err).Error())
	}
}

// staff is who may work at the bench; nobody is signed in yet.
func (b *Bench) staff() (packing.Staff, error) {
	known, err := people.Folder(b.dir).Known()
	return packing.Staff{People: known, AskPIN: b.Settings.Bench.PIN, LockAfter: time.Duration(max(0, b.Settings.Bench.LockAfter)) * time.Minute}, err
}

// Stop ends the work and waits until nothing of it runs any more.
func (r *Running) Stop(ctx context.Context) error {
	r.stop()
	r.bench.atWork.CompareAndSwap(r, nil)
	<-r.nights
	if r.shows != nil {
		<-r.shows
	}
	<-r.scale
	<-r.looked
	<-r.waves
	<-r.mails
	return errors.Join(<-r.ended, r.bench.leavePrinter(), r.labels.Close(ctx))
}

// fewUnproven is how many labels of a run go out unseen to a printer that does not answer, where nobody has set it (design 3: 2 to 50).
const fewUnproven = 10

// unproven is how many labels of a run may go out beyond the last one seen; 0 where all may.
func unproven(p settings.Printer, device *printer.Printer) int {
	switch {
	case device.Proves():
		return 0
	case p.Unproven == 0:
		return fewUnproven
	}
	return min(max(p.Unproven, 2), order.LabelsARun)
}
