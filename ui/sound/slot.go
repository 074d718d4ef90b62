package sound

import "time"

// slots is the family before that of slot 1: every slot of a wall has one of its own.
const slots Family = 1000

// Slot is the sound of a slot's number: a long note for each ten, a short one for each one, the fifth followed by a breath. Of a number above 99 the last two
// figures are told; ten long ones are a hundred. It is cut off by whatever is played next: a refusal must not wait for it.
func Slot(number int) Family { return slots + Family(number) }

// cuts tells that a sound may be cut off.
func (f Family) cuts() bool { return f > slots }

// counted are the notes of a number.
func counted(number int) (notes []note) {
	const (
		long, short   = 160 * time.Millisecond, 60 * time.Millisecond
		rest, breath  = 70 * time.Millisecond, 200 * time.Millisecond
		tens, singles = 660, 990 // Hz
	)
	whole, left := number/10%10, number%10
	if whole+left == 0 {
		whole = 10
	}
	add := func(count int, length time.Duration, pitch float64) {
		for i := range count {
			n := note{rest, length, pitch, false}
			switch {
			case len(notes) == 0:
				n.after = 0
			case i == 0 || i == 5:
				n.after = breath
			}
			notes = append(notes, n)
		}
	}
	add(whole, long, tens)
	add(left, short, singles)
	return notes
}
