package window

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/scanner/keyhook"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pack"
	"packbench/ui/wall"
)

// secondKey opens the wall in a window of its own.
const secondKey = "F10"

// wallPage is the page of the wave at hand, and the wall in a window of its own. It belongs to the main goroutine.
type wallPage struct {
	*wall.Screen
	workPage frame.Page // where the bench's work was seen last
	away     bool       // the page of waves is looked at, although one is at hand
	second   wallWindow
}

// wallWindow is the wall for a second monitor: it shows the wall whatever the page is, and nothing is pressed there.
type wallWindow struct {
	window fyne.Window // nil until it is opened first
	screen *wall.Screen
	shown  bool
}

// workPage is the page on which what the bench does is seen.
func workPage(s station.Snapshot) frame.Page {
	if sortsAtBench(s) {
		return frame.PagePick
	}
	return frame.PagePack
}

// follow turns to the page of the bench's work when that changes, unless the person looks at another page.
func (w *Window) follow(s station.Snapshot, now time.Time) {
	to, was := workPage(s), w.wall.workPage
	if was == frame.PagePack && s.Strip.Outcome == packing.ConfirmedOut && now.Sub(s.Strip.At) < pack.DoneTime {
		return // it is said there that the parcel is done
	}
	w.wall.workPage = to
	if to != was {
		w.wall.away = false
		if w.page == frame.PagePick { // the wave comes into the place of the page of waves, or goes
			w.window.Canvas().Unfocus()
		}
	}
	if to == was || w.page != was || w.bench == nil {
		return
	}
	w.page = to
	w.window.Canvas().Unfocus() // a field that is not seen must not take keys
	w.chooseInputMethod()
}

// showsWave tells whether the wave at hand stands in the place of the page of waves.
func (w *Window) showsWave() bool {
	latest := w.latest.Load()
	return latest != nil && latest.State.Sort.Wave != "" && !w.wall.away
}

// looksAway turns from the wave at hand to the page of waves, or back. It tells false where that is not what the page's key means now.
func (w *Window) looksAway(to frame.Page) bool {
	latest := w.latest.Load()
	if to != frame.PagePick || w.page != frame.PagePick || latest == nil || latest.State.Sort.Wave == "" {
		return false
	}
	w.wall.away = !w.wall.away
	w.draw()
	return true
}

// onWall tells whether the page of the wave at hand takes keys.
func (w *Window) onWall() bool {
	return w.page == frame.PagePick && w.running != nil && w.showsWave() && sortsAtBench(w.running.Snapshot())
}

// pressOnWall does what a key does there, and tells whether it is one of the page's. Answers are pressed as on the packing page.
func (w *Window) pressOnWall(key string) bool {
	asked := w.running.Snapshot().State.Phase == packing.Asked
	switch {
	case key == againKey && !asked:
		w.running.Wish(packing.Short{})
	case key == secondKey && !asked:
		w.openWall()
	default:
		return false
	}
	return true
}

// openWall shows the wall in a window of its own. The keyboard stays with the bench: whichever window has it, scans and keys are the bench's.
func (w *Window) openWall() {
	second := &w.wall.second
	if second.shown {
		return
	}
	first := second.window == nil
	if first {
		second.window = w.app.NewWindow("")
		second.window.SetPadded(false)
		second.window.SetCloseIntercept(func() { // its key brings it back
			second.shown = false
			second.window.Hide()
			w.draw()
		})
		w.dressWall()
		second.window.Resize(size)
	}
	second.shown = true
	second.window.Show()
	if first {
		if err := keyhook.Install(second.window, w.key, w.tapped, w.settings.NoEnter()); err != nil {
			w.log.Error("the keyboard was not hooked in the wall's window: scans need the bench's", "error", err)
		}
	}
	w.window.RequestFocus()
	w.draw()
}

// dressWall makes the wall's window anew, in the language of the settings.
func (w *Window) dressWall() {
	second := &w.wall.second
	if second.window == nil {
		return
	}
	second.screen = wall.New(w.environment.Tongue, func(string) {})
	second.window.SetTitle(w.environment.Tongue.Text("wall.title"))
	second.window.SetContent(container.New(atLeast(size), second.screen.Object()))
}

// drawWall shows the wave at hand where it is to be seen.
func (w *Window) drawWall(s station.Snapshot, now time.Time) {
	kit.Show(w.wall.Object(), w.showsWave())
	kit.Show(w.pick.Object(), !w.showsWave())
	if w.page == frame.PagePick && w.showsWave() {
		w.wall.Render(w.wallModel(s, now, false))
	}
	if w.wall.second.shown {
		w.wall.second.screen.Render(w.wallModel(s, now, true))
	}
}
