package virtual

import (
	"bytes"
	"fmt"
	"slices"
)

// blanks stand between labels.
const blanks = " \t\r\n\x00"

// intake is the way in: what has been received and is not in the engine yet.
type intake struct {
	queue    []*job      // labels and questions not yet fetched, in order
	input    interpreter // of what is being received
	forming  []byte      // the beginning of a command
	begun    int         // bytes of the commands of the label being received that are whole
	from     *line       // whose half a label it is; nil where anybody may send
	ended    int         // labels whose ends were received
	damage   []error
	onDamage func(error) // nil is nobody
	damaged  int         // the last label that damage is of
	marks    []mark
}

// mark is a place in the stream where something happens.
type mark struct {
	label, byte int
	do          func()
	flip        byte
}

// At calls do once, when that byte of that label of the input stream has been received, before more is taken in. Both count from 1; labels are counted
// by their ends in all that the machine ever received, so that a label sent again after half of it was lost is the same label. White space and questions
// before a label are no bytes of it. Where the label is shorter, do is called at its end. It is called in the goroutine that receives and may use
// the machine's switches.
func (d *Device) At(label, byte int, do func()) { d.mark(mark{label: label, byte: byte, do: do}) }

// Garble turns the bits of flip over in one byte of a label, counted as in At, as a bad cable does.
func (d *Device) Garble(label, byte int, flip byte) {
	d.mark(mark{label: label, byte: byte, flip: flip})
}

func (d *Device) mark(m mark) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.marks = append(d.marks, m)
}

// forget drops the half label, and begins as after switching on.
func (d *Device) forget() {
	d.input = d.machine.input(nil)
	d.forming, d.begun, d.from = nil, 0, nil
}

// at is how many bytes of the next label have been received.
func (d *Device) at() int { return d.atWith(d.forming) }

// atWith is at, were forming what is received of a command.
func (d *Device) atWith(forming []byte) int {
	if d.begun == 0 {
		forming = bytes.TrimLeft(forming, blanks)
	}
	if len(forming) == 0 || d.machine.asks(forming) {
		return d.begun
	}
	return d.begun + len(forming)
}

// room is how many bytes can be taken. A label that nothing stands before is not in the buffer: the machine draws it as it comes.
func (d *Device) room() int {
	if d.waiting == nil && len(d.queue) == 0 {
		return maxLabelBytes
	}
	used := d.begun + len(d.forming)
	for _, j := range d.queue {
		used += j.size
	}
	return max(d.body.Buffer-used, 0)
}

// limit is how many of n bytes are taken from a line at once, to stop at the next mark; none where the machine does not read from it now. Half a label
// must be ended by the line it came from.
func (d *Device) limit(l *line, n int) int {
	if l.over || d.stalled || d.from != nil && d.from != l {
		return 0
	}
	n = min(n, d.room())
	at := d.at()
	for _, m := range d.marks {
		switch {
		case m.label != d.ended+1:
		case at == 0: // whether the label begins is known byte by byte
			n = min(n, 1)
		case m.byte > at:
			n = min(n, m.byte-at)
		}
	}
	return n
}

// ready waits, with mu held, until the machine reads from a line, and gives how many of n bytes: none when the line is over.
func (d *Device) ready(l *line, n int) int {
	for {
		if limit := d.limit(l, n); limit > 0 || l.over {
			return limit
		}
		d.changed.Wait()
	}
}

// take takes the first bytes off what a line brought: at most up to the end of a label, a question or a mark. None are taken when the line is over.
func (d *Device) take(l *line, brought []byte) (n int) {
	d.mu.Lock()
	defer d.release()
	if n = d.ready(l, len(brought)); n == 0 {
		return 0
	}
	d.garble(brought[:n])
	d.forming = append(d.forming, brought[:n]...)
	n -= d.interpret(l)
	d.from = nil
	if d.begun > 0 || len(d.forming) > 0 {
		d.from = l
	}
	for _, do := range d.due() {
		d.mu.Unlock()
		do()
		d.mu.Lock()
	}
	d.step()
	return n
}

// garble turns the last of the bytes over where it is marked.
func (d *Device) garble(taken []byte) {
	at := d.at() + len(taken)
	if at == len(taken) {
		at = d.atWith(append(bytes.Clone(d.forming), taken...))
	}
	d.marks = slices.DeleteFunc(d.marks, func(m mark) bool {
		hit := m.flip != 0 && m.label == d.ended+1 && m.byte == at
		if hit {
			taken[len(taken)-1] ^= m.flip
		}
		return hit
	})
}

// due takes the marks off that have been reached, and gives what is to be done there.
func (d *Device) due() (all []func()) {
	d.marks = slices.DeleteFunc(d.marks, func(m mark) bool {
		if m.label > d.ended+1 || m.label == d.ended+1 && m.byte > d.at() {
			return false
		}
		if m.do != nil {
			all = append(all, m.do)
		}
		return true
	})
	return all
}

// interpret takes whole commands off forming up to the end of a label, a question or what stands between, and gives how many bytes stand behind that: they are taken next time.
func (d *Device) interpret(l *line) (behind int) {
	for len(d.forming) > 0 {
		if n := d.machine.cancels(d.forming); n > 0 {
			behind = len(d.forming) - n
			d.cancel()
			return behind
		}
		n, pages, answer, err := d.input.next(d.forming)
		label := len(pages) > 0
		if err == nil && n == 0 && len(d.forming) > maxLabelBytes {
			err = fmt.Errorf("a label of more than %d bytes", maxLabelBytes)
		}
		if err != nil {
			d.hurt(err)
			n, label = d.machine.skip(d.forming)
		}
		if n == 0 {
			break
		}
		command := d.forming[:n]
		d.forming = d.forming[n:]
		switch {
		case label:
			d.ended++
			d.queue = append(d.queue, &job{size: d.begun + n, label: d.ended, pages: pages})
			d.begun = 0
		case answer != nil && d.machine.atOnce():
			d.answer(l, command)
		case answer != nil:
			d.queue = append(d.queue, &job{size: n, question: bytes.Clone(command), asker: l})
		case d.input.within() || !d.machine.rests(command):
			d.begun += n
			continue
		default:
			d.begun = 0
		}
		behind, d.forming = len(d.forming), nil
		return behind
	}
	return 0
}

// hurt notes the first error of each label.
func (d *Device) hurt(err error) {
	if label := d.ended + 1; label > d.damaged {
		d.damaged = label
		err = fmt.Errorf("label %d: %w", label, err)
		d.damage = append(d.damage, err)
		if d.onDamage != nil {
			d.onDamage(err)
		}
	}
}

// answer says to whoever asked how the machine is now.
func (d *Device) answer(l *line, question []byte) {
	if _, _, said, err := d.machine.input(d.says).next(question); err == nil && len(said) > 0 {
		l.say(said)
	}
}
