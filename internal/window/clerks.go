package window

import "context"

// clerks do the reading and acting of the pages of orders and waves beside the loop that draws, several at once: one of them may wait for the platform for minutes.
const clerks = 4

// clerk is one of them.
func (w *Window) clerk() {
	for {
		select {
		case <-w.done:
			return
		case work := <-w.desk:
			work()
		}
	}
}

// deskRoom is more than there are marks for besides: work is only refused where it waits already.
const deskRoom = 32

// beside gives work to the clerks and tells whether they took it: of what has one mark they do one thing at a time. done runs on the main goroutine afterwards; the
// context ends when the window does.
func (w *Window) beside(busy *bool, work func(context.Context) (done func())) bool {
	if w.bench == nil || *busy || w.closing.Load() {
		return false
	}
	*busy = true
	w.desk <- func() {
		ctx, cancel := context.WithCancel(w.environment.Context)
		defer cancel()
		go func() {
			select {
			case <-w.done:
				cancel()
			case <-ctx.Done():
			}
		}()
		done := work(ctx)
		w.post(func() {
			*busy = false
			done()
			w.draw()
		})
	}
	return true
}
