package window

import (
	"context"
	"os"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/cli"
)

// closingTime bounds how long the program waits for its workers once it was told to close.
const closingTime = 10 * time.Second

// close ends the program in order: the workers first, then the loop that draws. What hangs does not keep the program open.
func (w *Window) close() {
	if w.closing.Swap(true) {
		return
	}
	w.window.SetTitle(w.environment.Tongue.Text("window.closing"))
	time.AfterFunc(closingTime, func() {
		w.log.Error("closing took too long")
		os.Exit(cli.ExitFailed)
	})
	go func() {
		w.stopWorkers()
		if !w.ended.Load() { // the system may have ended it meanwhile, and what is posted then runs here (Fyne facts 5.2)
			fyne.Do(w.app.Quit)
		}
	}()
}

func (w *Window) stopWorkers() {
	w.stopped.Do(func() {
		close(w.done)
		w.workers.Wait()
		defer w.sounds.end()
		if w.running == nil {
			return
		}
		w.endServing() // before the printer is closed, through which others print
		if err := w.running.Stop(context.WithoutCancel(w.environment.Context)); err != nil {
			w.log.Error("the bench did not stop well", "error", err)
		}
	})
}
