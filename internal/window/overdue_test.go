package window

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/station"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/overdue"
	"packbench/ui/seen"
)

// newOverdue is a window on the supervisor's page. Of each parcel it is told for how long its shipment is owed: less than nothing is late.
func newOverdue(t *testing.T, left ...time.Duration) *Window {
	t.Helper()
	w := newSettings(t)
	shops := []order.Shop{{ID: "S1", Market: "MY"}, {ID: "S2", Market: "SG"}}
	if err := w.bench.Store.SaveShops(shops); err != nil {
		t.Fatal(err)
	}
	var orders []order.Order
	for i, owed := range left {
		key, shop := fmt.Sprintf("P%03d", i), shops[i%4/3] // every fourth is of the second shop
		orders = append(orders, order.Order{
			ID: fmt.Sprintf("O%03d", i), ShopID: shop.ID, Market: shop.Market, Status: order.AwaitingShipment, ShippingType: order.ByPlatform, Provider: "J&T Express", WentThroughHold: true,
			PackageIDs: []string{key}, Times: order.PlatformTimes{ArrangeBy: now.Add(owed), CollectBy: now.Add(owed + 48*time.Hour), DeliverBy: now.Add(owed + 96*time.Hour)}, UpdatedAt: now, CreatedAt: now.Add(owed - 48*time.Hour), PaidAt: now.Add(owed - 48*time.Hour),
			Lines: []order.Line{{ID: key + "a", SellerSKU: "TEE", ProductName: "Shirt", PackageID: key, Status: order.AwaitingShipment}},
		})
	}
	if err := w.bench.Store.SaveOrders(orders, now); err != nil {
		t.Fatal(err)
	}
	w.overdue.triedAt = time.Time{} // it was read before there was a shop
	w.press("F6")
	if w.page != frame.PageOverdue {
		t.Fatalf("F6 leads to page %d", w.page)
	}
	work(w)
	return w
}

func hours(all ...int) (left []time.Duration) {
	for _, h := range all {
		left = append(left, time.Duration(h)*time.Hour)
	}
	return left
}

// rowsOf are the orders that are shown, and the causes they stand under.
func rowsOf(m overdue.Model) (orders []string) {
	for _, g := range m.Groups {
		for _, r := range g.Rows {
			orders = append(orders, r.Order)
		}
	}
	return orders
}

func TestWhatIsLateIsListedByCause(t *testing.T) {
	w := newOverdue(t, hours(-2, -9, 30, -1, -3)...)
	m := w.overdueModel(now)
	if !slices.Equal(rowsOf(m), []string{"O001", "O004", "O000", "O003"}) || len(m.Groups) != 1 || m.Groups[0].Cause.Key != "cause.not_picked" || m.Groups[0].Count != 4 {
		t.Fatalf("%v in %+v", rowsOf(m), m.Groups)
	}
	row := m.Groups[0].Rows[0]
	if row.Clock.Key != "clock.ready" || !row.Due.Equal(now.Add(-9*time.Hour)) || row.Act.Key != "act.pick" || row.Owner != "picker" || row.Known.Key != "overdue.known.no_wave" {
		t.Errorf("%+v", row)
	}
	if m.Numbers.Overdue != 4 || !m.AsOf.Equal(now) || m.Stale || m.Chosen != 0 {
		t.Errorf("%+v as of %v, stale %v", m.Numbers, m.AsOf, m.Stale)
	}
	if f := w.frameModel(station.Snapshot{}, now); f.Overdue != 4 {
		t.Errorf("%d at F6", f.Overdue)
	}
	if m := w.overdueModel(now.Add(lateStale + time.Second)); !m.Stale {
		t.Error("old and not said")
	}
	silent := station.Snapshot{LastReading: now.Add(-11 * time.Minute)}
	w.latest.Store(&silent)
	if m := w.overdueModel(now); !m.Stale || !m.AsOf.Equal(silent.LastReading) {
		t.Errorf("the platform was silent: as of %v, stale %v", m.AsOf, m.Stale)
	}
	silent = station.Snapshot{LastReading: now.Add(-20 * time.Second)}
	w.latest.Store(&silent)
	if m := w.overdueModel(now); m.Stale || !m.AsOf.Equal(silent.LastReading) {
		t.Errorf("the platform is read twice a minute: as of %v, stale %v", m.AsOf, m.Stale)
	}
	var words []string
	for _, c := range m.Chips {
		words = append(words, fmt.Sprint(c.Word, c.Count, c.On))
	}
	if want := []string{"All late4 true", "Due soon0 false", "MY3 false", "SG1 false"}; !slices.Equal(words, want) || !m.More {
		t.Errorf("chips %q", words)
	}
	w.digit("4") // SG
	if m := w.overdueModel(now); !slices.Equal(rowsOf(m), []string{"O003"}) || m.Numbers.Overdue != 4 || m.Groups[0].Count != 1 {
		t.Errorf("of SG %v", rowsOf(m))
	}
	w.digit("9") // other chips
	w.digit("1") // and mine
	if m := w.overdueModel(now); m.Count != 0 || !strings.Contains(seen.Texts(w.overdue.Object()), "Nothing fits") {
		t.Errorf("of SG and mine: %v\n%s", rowsOf(m), seen.Texts(w.overdue.Object()))
	}
	w.press(string(fyne.KeyEscape))
	if m := w.overdueModel(now); m.Count != 4 || !m.Chips[0].On {
		t.Errorf("all are %d", m.Count)
	}
}

// What runs out within the lead time is a list of its own, by the same causes.
func TestWhatIsDueSoon(t *testing.T) {
	w := newOverdue(t, -time.Hour, 50*time.Minute, 20*time.Minute, 3*time.Hour)
	w.digit("2")
	m := w.overdueModel(now)
	if !slices.Equal(rowsOf(m), []string{"O002", "O001"}) || m.Groups[0].Cause.Key != "cause.not_picked" || !m.Groups[0].Rows[0].Due.Equal(now.Add(20*time.Minute)) || m.Numbers.Overdue != 1 {
		t.Errorf("%v: %+v", rowsOf(m), m.Groups)
	}
	fits := w.fitsChoice()
	if running, missed := w.overdue.now.Running[0], w.overdue.now.Late[0].Clocks[0]; !fits(running) || fits(missed) || w.within() != time.Hour {
		t.Error("the paper and the file are of what is late")
	}
	w.digit("2")
	if m := w.overdueModel(now); !slices.Equal(rowsOf(m), []string{"O000"}) {
		t.Errorf("once more: %v", rowsOf(m))
	}
}

// A long list comes in pages, and keys walk it from one to the next.
func TestLateRowsComeInPages(t *testing.T) {
	var left []time.Duration
	for i := range 500 {
		left = append(left, -time.Duration(i+1)*time.Minute)
	}
	w := newOverdue(t, left...)
	room := w.overdue.Room()
	if m := w.overdueModel(now); m.Count != 500 || len(rowsOf(m)) != room || m.Groups[0].Count != 500 {
		t.Fatalf("%d of %d rows", len(rowsOf(m)), m.Count)
	}
	w.press(string(fyne.KeyPageDown))
	w.press(string(fyne.KeyDown))
	if m := w.overdueModel(now); m.First != room || m.Chosen != 1 || rowsOf(m)[1] != fmt.Sprintf("O%03d", 500-room-2) {
		t.Errorf("first %d, chosen %d: %v", m.First, m.Chosen, rowsOf(m))
	}
	w.press(overdue.OpenKey)
	work(w)
	if m := w.overdueModel(now); !m.IsOpen || m.Parcel.Order != fmt.Sprintf("O%03d", 500-room-2) {
		t.Errorf("opened %+v", m.Parcel.Row)
	}
}

// Page by page every late parcel is seen once, under its cause, and the causes' numbers sum up to the one on top.
func TestTheNumbersSum(t *testing.T) {
	var left []time.Duration
	for i := range 60 {
		left = append(left, -time.Duration(i+1)*time.Minute)
	}
	w := newOverdue(t, left...)
	var owed []order.DueClock
	for i, l := range w.overdue.now.Late {
		for _, d := range l.Clocks {
			d.Cause = order.Causes[i*i%len(order.Causes)]
			owed = append(owed, d)
		}
	}
	w.overdue.now.Late = cli.ByCause(owed)
	seen, counts := map[string]int{}, map[string]int{}
	for {
		m := w.overdueModel(now)
		for _, g := range m.Groups {
			counts[g.Cause.Key] = g.Count
			for _, r := range g.Rows {
				seen[r.Order]++
			}
		}
		if m.First+w.overdue.Room() >= m.Count {
			break
		}
		w.press(string(fyne.KeyPageDown))
	}
	sum := 0
	for _, n := range counts {
		sum += n
	}
	for order, times := range seen {
		if times != 1 {
			t.Errorf("%s is seen %d times", order, times)
		}
	}
	if m := w.overdueModel(now); len(seen) != 60 || sum != 60 || m.Numbers.Overdue != 60 || len(counts) < 4 {
		t.Errorf("%d seen, causes of %d, %d on top: %v", len(seen), sum, m.Numbers.Overdue, counts)
	}
}

// The scan of a parcel opens it, late or not: its clocks, whose times they are, and what follows. What is no parcel's number is the bench's.
func TestAScanOpensAParcel(t *testing.T) {
	w := newOverdue(t, hours(-2, 30)...)
	w.scan(order.Scan{Code: "P001"})
	work(w)
	m := w.overdueModel(now)
	if !m.IsOpen || m.Parcel.Order != "O001" || m.Parcel.Number != "P001" || m.Parcel.Cause.Key != "cause.not_picked" {
		t.Fatalf("%+v", m.Parcel)
	}
	var clocks []string
	for _, c := range m.Parcel.Clocks {
		clocks = append(clocks, fmt.Sprint(c.Name.Key, " ", c.State, " ", c.Source.Key))
	}
	for _, want := range []string{"clock.ready 2 overdue.source.platform", "clock.dispatched 2 overdue.source.platform", "clock.auto-cancel 2 overdue.source.rule", "clock.unpaid-cancel 3 overdue.source.rule"} {
		if !slices.Contains(clocks, want) {
			t.Errorf("%q is not among %q", want, clocks)
		}
	}
	shown := seen.Texts(w.overdue.Object())
	for _, want := range []string{"O001", "the platform's own time", "cancelled and refunded", "counts as late"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not in\n%s", want, shown)
		}
	}
	w.scan(order.Scan{Code: "O000"})
	work(w)
	if m := w.overdueModel(now); m.Parcel.Order != "O000" || m.Parcel.Clocks[0].State != overdue.Missed {
		t.Errorf("the second scan opened %+v", m.Parcel.Row)
	}
	w.press(string(fyne.KeyEscape))
	if m := w.overdueModel(now); m.IsOpen || m.Count != 1 {
		t.Error("Esc does not lead back to the list")
	}
}

// The next act leads to where it is done.
func TestTheNextActLeadsWhereItIsDone(t *testing.T) {
	w := newOverdue(t, hours(-2, -1)...)
	w.press(overdue.ActKey)
	work(w)
	if w.page != frame.PagePick || w.pick.text != "due:14:48" || w.pick.fits != 2 {
		t.Errorf("on page %d with %q, which %d fit", w.page, w.pick.text, w.pick.fits)
	}
	for cause, page := range map[order.Cause]frame.Page{
		order.AnswerOwed: frame.PagePack, order.NotPacked: frame.PagePack, order.NotLabelled: frame.PagePack, order.NotConfirmed: frame.PagePack, order.ShortOfStock: frame.PageOrders,
		order.TrackingSilent: frame.PageOrders, order.NoCarrierScan: frame.PageOrders, order.InRemorse: frame.PageOverdue,
	} {
		w.press("F6")
		w.overdue.now.Late[0].Cause = cause
		w.overdue.at = 0
		w.actOnLate()
		if w.page != page {
			t.Errorf("%s leads to page %d, want %d", cause, w.page, page)
		}
	}
}

// From a parcel that is seen its keys lead to its own order, and to its own act: the page that is left takes nothing along.
func TestAParcelThatIsSeenLeadsToItsOrder(t *testing.T) {
	w := newOverdue(t, hours(-2, -9, -3)...)
	w.press(string(fyne.KeyDown)) // O002, the second of the oldest first
	w.press(overdue.OpenKey)
	work(w)
	w.press(overdue.PrintKey)
	work(w)
	if m := w.ordersModel(now); w.page != frame.PageOrders || !m.IsOpen || m.Order.Number != "O002" || m.Order.Status == "" || m.Report.Said.Key != "" {
		t.Errorf("on page %d: order %+v, %+v", w.page, m.Order, m.Report)
	}
}

// Who points at a parcel, by the arrows or by opening it, picks that parcel; who did not picks all that is late.
func TestThePickOfAParcelThatWasPointedAt(t *testing.T) {
	for name, keys := range map[string][]string{"arrows": {string(fyne.KeyDown)}, "opened": {string(fyne.KeyDown), overdue.OpenKey}} {
		w := newOverdue(t, hours(-2, -9, -3)...)
		for _, key := range keys {
			w.press(key)
			work(w)
		}
		w.press(overdue.ActKey)
		work(w)
		if w.page != frame.PagePick || w.pick.text != "text:O002" || w.pick.fits != 1 {
			t.Errorf("%s: on page %d with %q, which %d fit", name, w.page, w.pick.text, w.pick.fits)
		}
	}
	w := newOverdue(t, hours(-2, -9, -3)...)
	w.scan(order.Scan{Code: "P000"})
	work(w)
	w.press(overdue.ActKey)
	work(w)
	if w.pick.text != "text:O000" {
		t.Errorf("scanned: %q", w.pick.text)
	}
	w.press("F6")
	w.press(string(fyne.KeyDown))
	w.press(string(fyne.KeyEscape))
	w.press(overdue.ActKey)
	work(w)
	if w.pick.text != "due:14:48" || w.pick.fits != 3 {
		t.Errorf("nothing is pointed at any more: %q, which %d fit", w.pick.text, w.pick.fits)
	}
}

// Whoever asks for the list gets what is chosen of it, on paper and in a file.
func TestTheListIsPrintedAndWritten(t *testing.T) {
	w := newOverdue(t, hours(-2, -1, -3, -4)...)
	paper := t.TempDir()
	w.options.Printer = "file:" + paper
	w.press(overdue.PrintKey)
	work(w)
	if m := w.overdueModel(now); m.Report.Said.Key != "overdue.printed" || m.Report.Tone != kit.Calm {
		t.Fatalf("%+v", m.Report)
	}
	if files, err := os.ReadDir(paper); err != nil || len(files) != 1 {
		t.Errorf("printed %d pages, %v", len(files), err)
	}
	w.digit("4") // SG
	var fits []string
	for _, d := range w.overdue.now.Late {
		if w.fitsChoice()(d.Clocks[0]) {
			fits = append(fits, string(d.Facts.Key))
		}
	}
	if !slices.Equal(fits, []string{"P003"}) {
		t.Errorf("%q fit", fits)
	}
	w.press(overdue.SheetKey)
	work(w)
	files, err := filepath.Glob(filepath.Join(w.environment.Dir, exportFolder, "overdue-*.xlsx"))
	if m := w.overdueModel(now); err != nil || len(files) != 1 || m.Report.Said.Key != "overdue.in_file" {
		t.Errorf("wrote %q, %v: %+v", files, err, m.Report)
	}
}

// Before many labels are spent on the list a person says yes once more; any other key says no.
func TestALongListIsPrintedOnlyWhenAskedTwice(t *testing.T) {
	var left []time.Duration
	for i := range 40 {
		left = append(left, -time.Duration(i+1)*time.Hour)
	}
	w := newOverdue(t, left...)
	paper := t.TempDir()
	w.options.Printer = "file:" + paper
	printed := func() int {
		work(w)
		files, err := os.ReadDir(paper)
		if err != nil {
			t.Fatal(err)
		}
		return len(files)
	}
	w.press(overdue.PrintKey)
	if m := w.overdueModel(now); printed() != 0 || m.Report.Said.Key != "overdue.many_sheets" || m.Report.Said.With["sheets"] != 6 {
		t.Fatalf("%d pages, %+v", printed(), m.Report)
	}
	w.press(string(fyne.KeyDown))
	w.press(overdue.PrintKey)
	if printed() != 0 {
		t.Error("a question that was left is answered")
	}
	w.press(overdue.PrintKey)
	if n := printed(); n < 5 || n > 7 {
		t.Errorf("%d pages, said to be about 6", n)
	}
}

// notified hears what the computer is to say.
type notified struct {
	fyne.App
	heard chan fyne.Notification
}

// SendNotification belongs to fyne.App.
func (n notified) SendNotification(said *fyne.Notification) { n.heard <- *said }

// The computer's own notifications say it only where the settings ask for it, and name no parcel.
func TestTheDesktopTellsWhenItIsAsked(t *testing.T) {
	w := newOverdue(t, 30*time.Minute)
	desk := notified{w.app, make(chan fyne.Notification, 9)}
	w.app, w.overdue.told = desk, toldClocks{}
	w.noticeClocks(now)
	if w.overdue.told.desktop != nil || len(desk.heard) != 0 {
		t.Error("told without being asked")
	}
	w.settings.Notify.Desktop, w.overdue.told = true, toldClocks{}
	w.noticeClocks(now)
	said := <-desk.heard
	if said.Content != w.environment.Tongue.Say(w.notice(now)) || strings.Contains(said.Title+said.Content, "000") {
		t.Errorf("%+v", said)
	}
	close(w.done)
}

// It is told once that clocks run out, those of a kind together, and not of what nobody here can help.
func TestClocksAreToldBeforeTheyRunOut(t *testing.T) {
	w := newOverdue(t, 30*time.Minute, 50*time.Minute, 3*time.Hour, -time.Hour)
	said := w.notice(now)
	if said.Key != "overdue.notice" || said.With["count"] != 2 {
		t.Fatalf("told %+v", said)
	}
	if text := w.environment.Tongue.Say(said); !strings.Contains(text, "2 parcels") || !strings.Contains(text, "15:18") {
		t.Errorf("told %q", text)
	}
	if later := now.Add(noticeStands + time.Second); w.notice(later).Key != "" {
		t.Error("the notice stays")
	}
	w.noticeClocks(now.Add(noticePause + time.Minute))
	if again := w.notice(now.Add(noticePause + time.Minute)); again.Key != "" {
		t.Errorf("told twice: %+v", again)
	}
	w.noticeClocks(now.Add(2*time.Hour + time.Minute))
	if next := w.notice(now.Add(2*time.Hour + time.Minute)); next.With["count"] != 1 {
		t.Errorf("the third is told as %+v", next)
	}
	w.overdue.told = toldClocks{}
	twin := w.overdue.now.Running[0]
	twin.ID = "auto-cancel-warning"
	w.overdue.now.Running = []order.DueClock{w.overdue.now.Running[0], twin}
	w.noticeClocks(now)
	if w.notice(now).With["count"] != 1 || len(w.overdue.told.queue) != 0 {
		t.Errorf("two clocks of one moment are told apart: %+v", w.overdue.told.queue)
	}
	w.overdue.told = toldClocks{}
	w.settings.Notify.Minutes = -1
	w.noticeClocks(now)
	if never := w.notice(now); never.Key != "" {
		t.Errorf("turned off, and told %+v", never)
	}
}

// A notice goes with the moment it names, and one whose moment passed while it waited is not told.
func TestANoticeOfClocksGoesWithItsMoment(t *testing.T) {
	w := newOverdue(t, 10*time.Second)
	if said := w.notice(now); said.Key != "overdue.notice" {
		t.Fatalf("told %+v", said)
	}
	if said := w.notice(now.Add(9 * time.Second)); said.Key == "" {
		t.Error("it went before its moment")
	}
	if said := w.notice(now.Add(11 * time.Second)); said.Key != "" {
		t.Errorf("it says what is over: %+v", said)
	}
	w.overdue.told = toldClocks{}
	w.noticeClocks(now)
	if said := w.notice(now.Add(11 * time.Second)); said.Key != "" {
		t.Errorf("it waited, and says what is over: %+v", said)
	}
}

// What the platform will cancel stands apart, and a finger on it opens it.
func TestWhatThePlatformCancelsStandsApart(t *testing.T) {
	w := newOverdue(t, hours(-2, 1)...)
	far := order.DueClock{Facts: w.overdue.now.Late[0].Facts, Cause: order.NotPicked, Clock: order.Clock{ID: "auto-cancel", Due: now.Add(5 * time.Hour), Consequence: order.IsCancelled}}
	buyers := far
	buyers.Facts, buyers.Cause = &order.Facts{Key: "other"}, order.NotPaidYet
	twice := far
	twice.ID, twice.Due = "auto-cancel-ready", now.Add(6*time.Hour)
	read := w.overdue.now
	read.Running = []order.DueClock{buyers, far, twice}
	w.takeOverdue(read)
	if m := w.overdueModel(now); len(m.Cancels) != 1 || m.CancelsMore != 0 || m.Cancels[0].Order != "O000" || !m.Cancels[0].Due.Equal(far.Due) {
		t.Errorf("%+v and %d more", m.Cancels, m.CancelsMore)
	}
	w.overdueHands().Cancel(0)
	work(w)
	if m := w.overdueModel(now); !m.IsOpen || m.Parcel.Order != "O000" {
		t.Errorf("opened %+v", m.Parcel.Row)
	}
}
