package window

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/settings"
)

// toldClocks is of which clocks it was told that they run out. It belongs to the main goroutine.
type toldClocks struct {
	clocks map[toldClock]bool
	last   map[order.RuleID]time.Time // when a clock was told of last
	queue  []clockNotice              // notices that wait for their turn
	shown  clockNotice
	since  time.Time
	// desktop takes what the computer's own notifications say; nil before the first.
	desktop chan fyne.Notification
}

// clockNotice tells of clocks until the first of them has run out; the zero value is none.
type clockNotice struct {
	said  order.Said
	until time.Time
}

// toldClock is a moment at which something of a parcel is due: of clocks that run out at the same moment one is told.
type toldClock struct {
	parcel order.ParcelKey
	due    time.Time
}

// How long a notice of clocks stands over the page, and the least pause between two about the same clock: what comes near meanwhile is told together.
const (
	noticeStands = 30 * time.Second
	noticePause  = 15 * time.Minute
)

// lead is how long before a clock runs out this is told.
func (w *Window) lead() time.Duration { return w.settings.Notify.Lead() }

// ahead is how far the list looks that a notice leads to.
func (w *Window) ahead() time.Duration {
	if lead := w.lead(); lead > 0 {
		return lead
	}
	return settings.Notify{}.Lead()
}

// noticeClocks tells of the clocks that run out within the lead time and were not told of yet: parcels of a clock together, those that the platform cancels before the
// others. What nobody here can do anything about is not told.
func (w *Window) noticeClocks(now time.Time) {
	o := &w.overdue
	t := &o.told
	if t.clocks == nil {
		t.clocks, t.last = map[toldClock]bool{}, map[order.RuleID]time.Time{}
	}
	groups := map[order.RuleID][]order.DueClock{}
	var ids []order.RuleID
	running := map[toldClock]bool{}
	for _, d := range o.now.Running {
		one := toldClock{d.Facts.Key, d.Due}
		known := running[one]
		running[one] = true
		if known || t.clocks[one] || !inOurHands(d.Cause) || d.Due.Sub(now) > w.lead() || now.Sub(t.last[d.ID]) < noticePause {
			continue
		}
		if groups[d.ID] == nil {
			ids = append(ids, d.ID)
		}
		groups[d.ID] = append(groups[d.ID], d)
	}
	for one := range t.clocks {
		if !running[one] {
			delete(t.clocks, one) // met, missed, or another moment
		}
	}
	slices.SortStableFunc(ids, func(a, b order.RuleID) int { return cancelsFirst(groups[a][0]) - cancelsFirst(groups[b][0]) })
	for _, id := range ids {
		first := groups[id][0]
		for _, d := range groups[id] {
			t.clocks[toldClock{d.Facts.Key, d.Due}] = true
		}
		t.last[id] = now
		said := order.Say("overdue.notice", "count", len(groups[id]), "clock", order.Said{Key: "clock." + string(id)}, "time", first.Due.Local().Format("15:04"))
		t.queue = append(t.queue, clockNotice{said, first.Due})
		w.tellDesktop(said)
	}
}

func cancelsFirst(d order.DueClock) int {
	if d.Consequence.Cancels() {
		return 0
	}
	return 1
}

// noticeOfClocks is the notice of clocks that stands over the page; the zero value is none. One goes when it was seen long enough or its moment has passed, and the next
// comes whose moment has not.
func (w *Window) noticeOfClocks(now time.Time) order.Said {
	t := &w.overdue.told
	if now.Sub(t.since) > noticeStands || !now.Before(t.shown.until) {
		t.shown = clockNotice{}
	}
	for t.shown.said.Key == "" && len(t.queue) > 0 {
		if next := t.queue[0]; now.Before(next.until) {
			t.shown, t.since = next, now
		}
		t.queue = t.queue[1:]
	}
	return t.shown.said
}

// tellDesktop has the computer say a notice too, where the settings ask for it. On Linux this waits for the desktop's answer, on Windows it starts PowerShell (Fyne facts
// 5.3): it runs beside the loop, one after the other, and is left out while one waits. It never names a parcel.
func (w *Window) tellDesktop(said order.Said) {
	t := &w.overdue.told
	if !w.settings.Notify.Desktop {
		return
	}
	if t.desktop == nil {
		waiting := make(chan fyne.Notification, 1)
		t.desktop = waiting
		go func() { // what hangs in the desktop must not keep the window from closing
			for {
				select {
				case n := <-waiting:
					w.app.SendNotification(&n)
				case <-w.done:
					return
				}
			}
		}()
	}
	select {
	case t.desktop <- fyne.Notification{Title: w.environment.Tongue.Text("frame.brand"), Content: w.environment.Tongue.Say(said)}:
	default:
	}
}
