package acceptance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/cli"
	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/words"
)

// speed is how many times as fast as the sandbox's clock its orders live: a working day takes a minute and a half of that clock.
const speed = 1000

// dayClock is the time of the orders' lives and of the bench. It stands still but while somebody works, and passes in leaps in between: what a packer does takes its time, and the rest of the day none.
type dayClock struct {
	mu    sync.Mutex
	began time.Time
	at    time.Time
	since time.Time // zero while it stands
}

func (c *dayClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.since.IsZero() {
		return c.at
	}
	return c.at.Add(time.Since(c.since))
}

// slow is the sandbox's own clock, from which it makes the time of the orders' lives.
func (c *dayClock) slow() time.Time { return c.began.Add(c.now().Sub(c.began) / speed) }

// work has time pass as it does while something is done, and lets it stand at a whole second then.
func (c *dayClock) work(do func()) {
	c.mu.Lock()
	c.since = time.Now()
	c.mu.Unlock()
	do()
	now := c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.since = now.Truncate(time.Second).Add(time.Second), time.Time{}
}

func (c *dayClock) leap(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// day is a warehouse with its bench, its shelf, and the platform behind it.
type day struct {
	t        *testing.T
	clock    *dayClock
	sandbox  *sandbox.Sandbox
	dir      string
	codes    map[string]string    // SKU → a barcode
	handed   map[string]time.Time // package id → when it was scanned onto a sheet
	mu       sync.Mutex
	asked    map[string]time.Time // order id → when the carriers were asked about it last: what they said later cannot be known here
	deaf     int                  // how often the platform could not be reached
	came     map[string]int       // how packing and handing over came out
	answered int
}

// ServeHTTP is the sandbox, and notes what carriers are asked about.
func (d *day) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := &statused{ResponseWriter: w}
	d.sandbox.ServeHTTP(answer, r)
	if path, tracks := strings.CutSuffix(r.URL.Path, "/tracking"); tracks && answer.status == 0 {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.asked[path[strings.LastIndex(path, "/")+1:]] = d.clock.now()
	}
}

// statused is the status of an answer, 0 for 200.
type statused struct {
	http.ResponseWriter
	status int
}

func (s *statused) WriteHeader(status int) {
	if status != http.StatusOK {
		s.status = status
	}
	s.ResponseWriter.WriteHeader(status)
}

// books are the sandbox's, with the words of carriers that could be heard: they are asked every four hours about what is on its way, and more often before.
func (d *day) books() sandbox.Books {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	books := d.sandbox.Books()
	for _, o := range books.Orders {
		asked := d.asked[o.ID]
		if o.Status != "AWAITING_COLLECTION" && o.Status != "IN_TRANSIT" {
			continue
		}
		if ago := d.clock.now().Sub(asked); ago > 8*time.Hour+time.Minute { // four, and the leap of four that a look may come late
			d.t.Errorf("order %s is %s, and the carrier was not asked for %v", o.ID, o.Status, ago)
		}
		for i := range books.Parcels {
			if p := &books.Parcels[i]; p.PackageID == packageOf(o) {
				p.Scans = slices.DeleteFunc(p.Scans, func(scan sandbox.Scan) bool { return scan.At.After(asked) })
				if p.Failed.After(asked) {
					p.Failed = time.Time{}
				}
			}
		}
	}
	return books
}

// run does a verb as the program does, by the clock of the day.
func (d *day) run(stdin string, v cli.Verb) ended {
	d.t.Helper()
	tongue, err := words.In(words.English)
	if err != nil {
		d.t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	e := &cli.Environment{Context: d.t.Context(), Stdin: strings.NewReader(stdin), Stdout: &stdout, Stderr: &stderr, Dir: d.dir, Now: d.clock.now, Tongue: tongue}
	code := e.Finish(v.Run(e))
	return ended{code, stdout.String(), stderr.String()}
}

// fine runs a verb that must end well, or with something left for a person.
func (d *day) fine(stdin string, v cli.Verb) string {
	d.t.Helper()
	end := d.run(stdin, v)
	if end.code != cli.ExitDone && end.code != cli.ExitNeedsPerson {
		d.t.Fatalf("%T: exit code %d\n%s%s", v, end.code, end.stdout, end.stderr)
	}
	return end.stdout
}

// bench does something with the open bench.
func (d *day) bench(do func(*cli.Bench) error) {
	d.t.Helper()
	tongue, err := words.In(words.English)
	if err != nil {
		d.t.Fatal(err)
	}
	b, err := cli.OpenBench(&cli.Environment{Context: d.t.Context(), Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}, Dir: d.dir, Now: d.clock.now, Tongue: tongue})
	if err != nil {
		d.t.Fatal(err)
	}
	if err := do(b); err != nil {
		d.t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		d.t.Fatal(err)
	}
}

// look has the bench read the shop and ask the carriers, as a window does every half minute. A platform that cannot be reached is met again later.
func (d *day) look() {
	d.t.Helper()
	d.bench(func(b *cli.Bench) error {
		m, err := b.Mirror()
		if err != nil {
			return err
		}
		if err := m.Sync(d.t.Context(), nil); err != nil {
			d.deaf++
			return nil
		}
		for range 12 { // a window asks about 25 orders in half a minute, and half an hour has passed
			if err := m.Track(d.t.Context()); err != nil {
				return err
			}
		}
		return nil
	})
}

// pass lets time pass, and looks.
func (d *day) pass(by time.Duration) {
	d.t.Helper()
	d.clock.leap(by)
	d.look()
}

// pack has so many parcels of a new wave picked and packed, each by scans.
func (d *day) pack(most int) {
	d.t.Helper()
	said := d.fine("", &cli.WaveMake{Most: most, Waves: 1, JSON: true})
	content := map[string][]string{}
	for _, o := range linesOf[listed](d.t, d.fine("", &cli.Orders{JSON: true})) {
		for _, p := range o.Packages {
			for _, line := range p.Lines {
				for range line.Pieces {
					content[p.PackageID] = append(content[p.PackageID], d.codes[line.SellerSKU])
				}
			}
		}
	}
	for _, wave := range linesOf[waveSaid](d.t, said) {
		for _, id := range wave.PackageIDs {
			d.clock.work(func() { d.packOne(id, content[id]) })
			d.clock.leap(time.Minute)
		}
	}
}

func (d *day) packOne(id string, pieces []string) {
	d.t.Helper()
	scan := func(lines ...string) string {
		all := outcomes(d.t, d.fine(strings.Join(lines, "\n"), &cli.Pack{Scans: "-"}))
		if len(all) == 0 {
			return ""
		}
		return all[len(all)-1].Outcome
	}
	outcome := scan(slices.Concat([]string{id}, pieces, []string{"wait", "label"})...)
	for range 3 { // what the screen asks for, such as taking the goods of a stopped parcel out again
		if outcome == "confirmed" || outcome == "cancelled" || outcome == "on_hold" || outcome == "put_back" {
			break
		}
		outcome = scan("wait", "ok", "label")
	}
	d.came[outcome]++
}

// truck scans all parcels that are ready onto their carriers' sheets, and closes those.
func (d *day) truck() {
	d.t.Helper()
	var numbers []string
	d.bench(func(b *cli.Bench) error {
		var ready []order.ParcelKey
		err := b.Store.Parcels(func(f *order.Facts) {
			if f.Here.Confirmed && f.Here.HandedOverAt.IsZero() {
				ready = append(ready, f.Key)
			}
		})
		for _, key := range ready {
			known, _, err := b.Store.Parcel(key)
			if err != nil {
				return err
			}
			numbers = append(numbers, known.Work.Label.Matched)
		}
		return err
	})
	if len(numbers) == 0 {
		return
	}
	type scanned struct {
		Outcome   handover.Outcome
		PackageID string `json:"package_id"`
		Sheet     string
	}
	sheets := map[string]bool{}
	d.clock.work(func() {
		for _, line := range linesOf[scanned](d.t, d.fine(strings.Join(numbers, "\n"), &cli.HandoverScan{Scans: "-"})) {
			d.came[string(line.Outcome)]++
			if line.Outcome == handover.OnSheet {
				sheets[line.Sheet] = true
				d.handed[line.PackageID] = d.clock.now()
			}
		}
		for sheet := range sheets {
			end := d.run("", &cli.HandoverClose{Sheet: sheet, Incomplete: true, Badge: "BOSS", Why: "the truck leaves", OnPaper: cli.OnPaper{To: d.dir, Size: "100x150"}})
			if end.code != cli.ExitDone {
				d.t.Fatalf("sheet %s: %d, %s", sheet, end.code, end.stderr)
			}
		}
	})
	d.bench(func(b *cli.Bench) error { // the moment itself is the bench's to know
		for id, scanned := range d.handed {
			known, _, err := b.Store.Parcel(order.ParcelKey(id))
			if err != nil {
				return err
			}
			if at := known.Work.HandedOverAt; scanned.Sub(at).Abs() > 5*time.Minute {
				d.t.Errorf("parcel %s was handed over at %v, the bench says %v", id, scanned, at)
			} else {
				d.handed[id] = at
			}
		}
		return nil
	})
}

// answer accepts every other buyer's wish to cancel that waits; the platform answers the others at last.
func (d *day) answer() {
	d.t.Helper()
	for _, wish := range linesOf[struct {
		CancelID string `json:"cancel_id"`
	}](d.t, d.fine("", &cli.Cancellations{JSON: true})) {
		if d.answered++; d.answered%2 == 0 {
			d.clock.work(func() { d.fine("", &cli.Cancellations{Accept: wish.CancelID}) })
		}
	}
}

// due is a row of overdue --json.
type due struct {
	PackageID string   `json:"package_id"`
	OrderIDs  []string `json:"order_ids"`
	Clock     string
	Due       time.Time
	State     string
	LateS     int64 `json:"late_s"`
	Cause     string
	Source    string
}

// row is what must be true of a row.
type row struct {
	Order, Clock, Source string
	Due                  time.Time
	LateS                int64
}

// The rules of fulfilment rules 2 that hold for orders that the platform ships from a shop in Malaysia, by hand: how long after what something is due. The platform's own times win.
const (
	unpaidCancel      = 48 * time.Hour
	readyMY           = 72 * time.Hour
	collected         = 72 * time.Hour
	dispatched        = 120 * time.Hour
	autoCancelWarning = 72 * time.Hour
	autoCancel        = 48 * time.Hour // after the warning
	cancelAnswer      = 48 * time.Hour
	firstTracking     = 24 * time.Hour
	trackingGap       = 48 * time.Hour
	trackingLost      = 72 * time.Hour // then it is missed
)

// owed are the rows that overdue must have at a moment, worked out of the sandbox's books, the rules and the times of hand-over alone.
func (d *day) owed(books sandbox.Books, now time.Time) (rows []row) {
	for _, o := range books.Orders {
		add := func(clock, source string, due, missed time.Time) {
			if now.After(missed) {
				rows = append(rows, row{o.ID, clock, source, due, int64(now.Sub(due) / time.Second)})
			}
		}
		// by is a clock with the platform's own time, or else the rule's.
		by := func(clock, platforms, rule string, from time.Time, limit time.Duration) {
			if at, sent := o.Times[platforms]; sent {
				add(clock, "platform", at, at)
			} else if rule != "" && !from.IsZero() {
				add(clock, rule, from.Add(limit), from.Add(limit))
			}
		}
		stage := slices.Index([]string{"UNPAID", "ON_HOLD", "AWAITING_SHIPMENT", "AWAITING_COLLECTION", "IN_TRANSIT"}, o.Status)
		if stage < 0 {
			continue // cancelled, or delivered
		}
		paid, scans := o.Times["paid_time"], d.scansOf(books, o)
		if stage == 0 {
			by("unpaid-cancel", "", "S0 S1", o.Times["create_time"], unpaidCancel)
		}
		if o.CancelRequested {
			add("cancel-answer", "platform", o.Times["request_cancel_time"].Add(cancelAnswer), o.Times["request_cancel_time"].Add(cancelAnswer))
		}
		if stage < 3 {
			by("ready", "rts_sla_time", "S0", paid, readyMY)
			by("auto-cancel-ready", "shipping_due_time", "", paid, 0)
		}
		if stage < 4 {
			by("dispatched", "tts_sla_time", "S1", paid, dispatched)
			by("auto-cancel-warning", "", "S0", paid, autoCancelWarning)
			by("auto-cancel", "collection_due_time", "S0", paid, autoCancelWarning+autoCancel)
		}
		if stage == 3 {
			by("collected", "", "S1", o.Times["rts_time"], collected)
		}
		if handed := d.handed[packageOf(o)]; !handed.IsZero() && len(scans) == 0 {
			by("first-tracking", "", "S4", handed.Truncate(time.Second), firstTracking)
		}
		if stage == 4 {
			last := lastWord(o, scans)
			add("tracking-gap", "S4", last.Add(trackingGap), last.Add(trackingLost))
		}
		by("delivered", "delivery_sla_time", "", paid, 0)
	}
	return rows
}

func packageOf(o sandbox.OrderBook) string {
	if len(o.Packages) == 0 {
		return ""
	}
	return o.Packages[0]
}

func (d *day) parcelOf(books sandbox.Books, o sandbox.OrderBook) sandbox.ParcelBook {
	at := slices.IndexFunc(books.Parcels, func(p sandbox.ParcelBook) bool { return p.PackageID == packageOf(o) })
	if at < 0 {
		return sandbox.ParcelBook{}
	}
	return books.Parcels[at]
}

func (d *day) scansOf(books sandbox.Books, o sandbox.OrderBook) []sandbox.Scan {
	return d.parcelOf(books, o).Scans
}

// lastWord is when the carrier said or did something last.
func lastWord(o sandbox.OrderBook, scans []sandbox.Scan) time.Time {
	last := o.Times["collection_time"]
	for _, scan := range scans {
		if scan.At.After(last) {
			last = scan.At
		}
	}
	return last
}

// snagged are the parcels that transit must list at a moment, by the sandbox's books: order → what is wrong.
func (d *day) snagged(books sandbox.Books, now time.Time) map[string]string {
	wrong := map[string]string{}
	for _, o := range books.Orders {
		p := d.parcelOf(books, o)
		handed := d.handed[p.PackageID]
		switch last := lastWord(o, p.Scans); {
		case o.Status != "IN_TRANSIT" && (o.Status != "AWAITING_COLLECTION" || handed.IsZero()):
		case !p.Failed.IsZero():
			wrong[o.ID] = "delivery_failed"
		case !handed.IsZero() && len(p.Scans) == 0 && now.After(handed.Truncate(time.Second).Add(firstTracking)):
			wrong[o.ID] = "no_carrier_scan"
		case o.Status == "IN_TRANSIT" && now.After(last.Add(trackingLost)):
			wrong[o.ID] = "tracking_silent"
		case o.Status == "IN_TRANSIT" && now.After(last.Add(trackingGap)):
			wrong[o.ID] = "tracking_quiet"
		case now.After(o.Times["delivery_sla_time"]):
			wrong[o.ID] = "delivery_late"
		}
	}
	return wrong
}

// check holds the lists of late and of stranded parcels against the sandbox's books, as they stand now.
func (d *day) check(when string) (late map[string]int, stranded map[string]int) {
	d.t.Helper()
	d.look()
	now, books := d.clock.now(), d.books()
	var got []row
	late, stranded = map[string]int{}, map[string]int{}
	for _, line := range linesOf[due](d.t, d.fine("", &cli.Overdue{JSON: true})) {
		if len(line.OrderIDs) != 1 || line.State != "missed" || line.Cause == "" {
			d.t.Errorf("%s: %+v", when, line)
		}
		late[line.Clock]++
		got = append(got, row{line.OrderIDs[0], line.Clock, line.Source, line.Due, line.LateS})
	}
	sorted := func(a, b row) int { return strings.Compare(a.Order+a.Clock, b.Order+b.Clock) }
	want := d.owed(books, now)
	slices.SortFunc(got, sorted)
	slices.SortFunc(want, sorted)
	if diff := cmp.Diff(want, got); diff != "" {
		d.t.Errorf("%s: the list of what is late is not as the books have it (-books +list):\n%s", when, diff)
	}
	listed := map[string]string{}
	for _, line := range d.transit() {
		listed[line.OrderIDs[0]] = line.Cause
		stranded[line.Cause]++
	}
	if diff := cmp.Diff(d.snagged(books, now), listed); diff != "" {
		d.t.Errorf("%s: the list of stranded parcels is not as the books have it (-books +list):\n%s", when, diff)
	}
	return late, stranded
}

type stranded struct {
	OrderIDs         []string `json:"order_ids"`
	Cause, Next, Say string
}

func (d *day) transit() []stranded {
	d.t.Helper()
	return linesOf[stranded](d.t, d.fine("", &cli.TransitList{JSON: true}))
}

// account looks where every parcel is in the end: delivered, cancelled, or on a list with a cause.
func (d *day) account() map[string]int {
	d.t.Helper()
	listed := map[string]string{}
	for _, line := range linesOf[due](d.t, d.fine("", &cli.Overdue{JSON: true, Within: 200 * time.Hour})) {
		for _, id := range line.OrderIDs {
			listed[id] = line.Cause
		}
	}
	for _, line := range d.transit() {
		listed[line.OrderIDs[0]] = line.Cause
		if line.Next == "" || line.Say == "" {
			d.t.Errorf("%+v: what is to be done?", line)
		}
	}
	ends := map[string]int{}
	for _, o := range d.sandbox.Books().Orders {
		switch o.Status {
		case "DELIVERED", "COMPLETED", "CANCELLED":
			ends[o.Status]++
		default:
			ends[o.Status+" "+listed[o.ID]]++
			if listed[o.ID] == "" {
				d.t.Errorf("order %s is %s and on no list: %v", o.ID, o.Status, o.Times)
			}
		}
	}
	return ends
}

// troubles are what goes wrong on that day: buyers who change their minds, an outage of half an hour, and carriers who lose parcels, fall silent for days or cannot deliver. Of the orders that
// wait, and of those on their way, each fate has one.
func troubles(t *testing.T, o sandbox.Options) *sandbox.Scenario {
	t.Helper()
	shop, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	after := func(d time.Duration) sandbox.Duration { return sandbox.Duration(d) }
	s := &sandbox.Scenario{Seed: 11, Entries: []sandbox.Entry{
		{What: "html_503", After: after(5 * time.Hour), For: after(30 * time.Minute)},
		{What: "cancel", Role: "SYSTEM", Order: "any", After: after(2 * time.Hour)},
	}}
	for hours := range 6 {
		s.Entries = append(s.Entries, sandbox.Entry{What: "cancel_request", Order: "any", After: after(time.Duration(1+hours) * time.Hour)})
	}
	fates := map[string][]sandbox.Entry{
		"AWAITING_SHIPMENT": {
			{What: "silent", After: after(time.Minute)},                                // never scanned
			{What: "silent", After: after(time.Minute)},                                //
			{What: "silent", After: after(34 * time.Hour)},                             // lost on the way
			{What: "silent", After: after(34 * time.Hour), By: after(60 * time.Hour)},  // not for good
			{What: "undeliverable", After: after(time.Hour)},                           //
			{What: "undeliverable", After: after(time.Hour)},                           //
			{What: "silent", After: after(30 * time.Hour), By: after(100 * time.Hour)}, //
			{What: "change_address", After: after(3*time.Hour + 7*time.Minute)},        //
		},
		"IN_TRANSIT": {
			{What: "silent", After: after(time.Minute)},
			{What: "undeliverable", After: after(time.Minute)},
			{What: "silent", After: after(time.Minute), By: after(70 * time.Hour)},
		},
	}
	books := shop.Books()
	for _, order := range books.Orders {
		left := fates[order.Status]
		if len(left) == 0 {
			continue
		}
		entry := left[0]
		entry.Order, fates[order.Status] = order.ID, left[1:]
		s.Entries = append(s.Entries, entry)
	}
	for status, left := range fates {
		if len(left) > 0 {
			t.Fatalf("too few orders are %s", status)
		}
	}
	return s
}

// TestADayInTheSandbox has a shop live 1000 times as fast as its clock: buyers order, pay, cancel and ask to cancel, a packer packs what waves hold, parcels are scanned onto the sheets of their carriers, who
// bring them, lose them, or say nothing for days; for half an hour the platform cannot be reached. In the end every parcel is delivered, cancelled, or on a list with a cause, and at no time a list is wrong by
// the sandbox's own books.
func TestADayInTheSandbox(t *testing.T) {
	orders, days := 160, 11
	if testing.Short() {
		orders, days = 48, 9
	}
	began := time.Now()
	clock := &dayClock{began: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)} // 8 o'clock on a Monday in Kuala Lumpur
	clock.at = clock.began
	options := sandbox.Options{Orders: orders, Seed: 7, Now: clock.slow, Clock: clock.now, Speed: speed, LabelDelay: time.Millisecond}
	options.Scenario = troubles(t, options)
	d := &day{t: t, clock: clock, dir: t.TempDir(), codes: map[string]string{}, handed: map[string]time.Time{}, asked: map[string]time.Time{}, came: map[string]int{}}
	var err error
	if d.sandbox, err = sandbox.New(options); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(d)
	t.Cleanup(server.Close)
	if err := cli.ConnectSandbox(d.dir, d.sandbox, server.URL); err != nil {
		t.Fatal(err)
	}
	if err := settings.Update(d.dir, func(s *settings.Settings) error { s.Bench.Supervisors = []string{"BOSS"}; return nil }); err != nil {
		t.Fatal(err)
	}
	goods := d.sandbox.Goods()
	for i, g := range goods {
		d.codes[g.SKU], goods[i].Stock = g.Barcodes[0], 10*orders
	}
	file := filepath.Join(d.dir, "goods.csv")
	writeGoods(t, file, goods)
	d.fine("", &cli.CatalogImport{File: file})
	d.look()

	late, wrong := map[string]int{}, map[string]int{}
	judge := func(when string) {
		t.Helper()
		clocks, snags := d.check(when)
		for id, n := range clocks {
			late[id] = max(late[id], n)
		}
		for cause, n := range snags {
			wrong[cause] = max(wrong[cause], n)
		}
	}
	judge("at 8 o'clock")
	until := clock.began.Add(10 * time.Hour) // 18 o'clock
	for n := 0; clock.now().Before(until); n++ {
		outage := clock.now().Sub(clock.began) > 4*time.Hour+30*time.Minute && clock.now().Sub(clock.began) < 6*time.Hour
		if !outage {
			d.answer()
			d.pack(max(3, orders/25))
		}
		if hour := clock.now().Add(8 * time.Hour).Hour(); !outage && (hour == 10 || hour == 16) {
			d.truck()
		}
		d.pass(20 * time.Minute)
	}
	d.truck()
	judge("at 18 o'clock")
	if d.deaf == 0 || d.came["confirmed"] < orders/4 || d.came[string(handover.OnSheet)] < orders/5 {
		t.Errorf("not heard %d times, %v", d.deaf, d.came)
	}
	for half := range 2 * days {
		for range 3 {
			d.pass(4 * time.Hour)
		}
		judge(fmt.Sprintf("%d hours later", 12*(half+1)))
	}
	ends := d.account()
	said, err := json.Marshal([]any{ends, late, wrong, d.came})
	if err != nil {
		t.Fatal(err)
	}
	lived := clock.now().Sub(clock.began)
	t.Logf("%v of %d orders' lives in %v, %.0f times as fast; ends, most late by clock, most stranded by cause, what came of scans: %s", lived.Round(time.Hour), len(d.sandbox.Books().Orders), time.Since(began).Round(time.Second),
		lived.Seconds()/time.Since(began).Seconds(), said)
	for _, cause := range []string{"no_carrier_scan", "tracking_silent", "tracking_quiet", "delivery_failed"} {
		if wrong[cause] == 0 {
			t.Errorf("no parcel was ever %s: %v", cause, wrong)
		}
	}
	for _, id := range []string{"ready", "dispatched", "auto-cancel-warning", "collected", "first-tracking", "tracking-gap", "delivered"} {
		if late[id] == 0 {
			t.Errorf("%s was never missed: %v", id, slices.Sorted(maps.Keys(late)))
		}
	}
}
