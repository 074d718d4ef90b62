package virtual

import (
	"time"

	"packbench/internal/page"
)

// engine is what prints.
type engine struct {
	current *job // being printed; where the engine does not run, to be printed anew
	waiting *job // drawn, the next one
	running bool
	began   time.Time
	done    *time.Timer
}

// job is one label of the stream, or one question.
type job struct {
	size     int // bytes
	label    int
	pages    []*page.Page // left to print, one a copy
	question []byte
	asker    *line
}

// runs tells whether the engine prints, or would.
func (d *Device) runs() bool {
	return !d.off && !d.paperOut && !d.headOpen && !d.jammed && !d.paused
}

// held is the number of labels taken in and not printed yet, copies and all.
func (d *Device) held() (n int) {
	for _, j := range d.queue {
		n += len(j.pages)
	}
	for _, j := range []*job{d.waiting, d.current} {
		if j != nil {
			n += len(j.pages)
		}
	}
	return n
}

// step does all that can be done at this moment.
func (d *Device) step() {
	for d.print() || d.fetch() {
	}
}

// print starts the engine where it is free and something waits.
func (d *Device) print() bool {
	if d.running || !d.runs() {
		return false
	}
	if d.current == nil {
		d.current, d.waiting = d.waiting, nil
	}
	if d.current == nil {
		return false
	}
	d.running, d.began = true, time.Now()
	if d.body.Speed == 0 {
		d.finish()
		return true
	}
	j, p := d.current, d.current.pages[0]
	var done *time.Timer
	done = time.AfterFunc(d.needs(p), func() {
		d.mu.Lock()
		if d.running && d.current == j && d.done == done {
			d.finish()
			d.step()
		}
		d.release()
	})
	d.done = done
	return true
}

// needs is how long a label takes to come out.
func (d *Device) needs(p *page.Page) time.Duration {
	inches := float64(p.Height) / (page.DotsPerMM(p.DPI) * 25.4)
	return time.Duration(inches / d.body.Speed * float64(time.Second))
}

// finish puts the label out.
func (d *Device) finish() {
	d.put(d.current.pages[0], true)
	d.running = false
	d.printed()
}

// printed is done with one copy of the current label.
func (d *Device) printed() {
	if d.current.pages = d.current.pages[1:]; len(d.current.pages) == 0 {
		d.current = nil
	}
}

// halt stops the engine where it is, which leaves the label half out, and tells whether it was printing.
func (d *Device) halt() bool {
	if !d.running {
		return false
	}
	p := d.current.pages[0]
	d.done.Stop()
	rows := int(float64(p.Height) * float64(time.Since(d.began)) / float64(d.needs(p)))
	if rows >= p.Height { // it was out, and only its end not yet noticed
		d.finish()
		return false
	}
	d.running = false
	if rows > 0 {
		upper := page.New(p.Width, rows, p.DPI)
		copy(upper.Bits, p.Bits)
		d.put(upper, false)
	}
	return true
}

func (d *Device) put(p *page.Page, whole bool) {
	d.out = append(d.out, Out{Number: len(d.out) + 1, Label: d.current.label, Page: p, Whole: whole})
	d.untold++
}

// fetch takes the next label from the buffer, if there is a place for it, or answers the next question.
func (d *Device) fetch() bool {
	if len(d.queue) == 0 {
		return false
	}
	j := d.queue[0]
	switch {
	case j.question != nil:
		d.answer(j.asker, j.question)
	case len(j.pages) == 0 || d.body.Swallow != nil && d.body.Swallow(j.label):
	case d.waiting == nil:
		d.waiting = j
	default:
		return false
	}
	d.queue = d.queue[1:]
	return true
}

// cancel is ~JA: what is being printed comes out, and nothing else.
func (d *Device) cancel() {
	d.queue, d.waiting = nil, nil
	if d.running {
		d.current.pages = d.current.pages[:1]
	} else {
		d.current = nil
	}
	d.forget()
}
