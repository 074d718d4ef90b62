// Package sound makes the sounds of the bench: one for each family of outcome, told apart by rhythm, so that they are understood in a loud hall and by who hears no high tones.
package sound

import (
	"bytes"
	"encoding/binary"
	"math"
	"time"
)

// Family is what a sound says.
type Family int

// The families.
const (
	Good      Family = iota // one short note: taken, go on
	Confirmed               // two short notes: the parcel is done
	Wrong                   // four quick, rough ones: it did not count
	Ask                     // a long and a short one: somebody has to answer
	Stop                    // two long, rough ones: hands off
)

// Families are all families.
var Families = []Family{Good, Confirmed, Wrong, Ask, Stop}

// Rate is how many samples there are in a second.
const Rate = 22050

// note is a tone and the silence before it.
type note struct {
	after, length time.Duration
	pitch         float64 // Hz
	rough         bool    // rich in overtones
}

// score is the rhythm of each family. Pitch and colour only underline it.
var score = map[Family][]note{
	Good:      {{0, 70 * time.Millisecond, 880, false}},
	Confirmed: {{0, 70 * time.Millisecond, 880, false}, {60 * time.Millisecond, 70 * time.Millisecond, 1175, false}},
	Wrong: {{0, 50 * time.Millisecond, 311, true}, {50 * time.Millisecond, 50 * time.Millisecond, 311, true},
		{50 * time.Millisecond, 50 * time.Millisecond, 311, true}, {50 * time.Millisecond, 50 * time.Millisecond, 311, true}},
	Ask:  {{0, 240 * time.Millisecond, 587, false}, {90 * time.Millisecond, 70 * time.Millisecond, 784, false}},
	Stop: {{0, 330 * time.Millisecond, 220, true}, {120 * time.Millisecond, 330 * time.Millisecond, 220, true}},
}

// ramp is how long a note swells and fades, so that it does not click.
const ramp = 5 * time.Millisecond

func samples(d time.Duration) int { return int(d * Rate / time.Second) }

// Wave is the sound of a family, or of a slot's number: signed samples of one channel at Rate.
func Wave(f Family) []int16 {
	const loud = 0.6 * math.MaxInt16
	var wave []int16
	notes := score[f]
	if f.cuts() {
		notes = counted(int(f - slots))
	}
	for _, n := range notes {
		wave = append(wave, make([]int16, samples(n.after))...)
		count, swell := samples(n.length), float64(samples(ramp))
		for i := range count {
			at := float64(i) * n.pitch / Rate * 2 * math.Pi
			tone := math.Sin(at)
			if n.rough {
				tone = (math.Sin(at) + math.Sin(3*at)/3 + math.Sin(5*at)/5 + math.Sin(7*at)/7) / 1.2
			}
			edge := min(1, float64(i)/swell, float64(count-1-i)/swell)
			wave = append(wave, int16(loud*tone*edge))
		}
	}
	return wave
}

// WAV is a wave as a file.
func WAV(wave []int16) []byte {
	const header, depth = 44, 2 // bytes; bytes a sample
	var b bytes.Buffer
	put := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) } // a buffer takes everything
	b.WriteString("RIFF")
	put(uint32(header - 8 + depth*len(wave)))
	b.WriteString("WAVEfmt ")
	put(uint32(16))
	put([]uint16{1, 1}) // PCM, one channel
	put([]uint32{Rate, Rate * depth})
	put([]uint16{depth, 8 * depth})
	b.WriteString("data")
	put(uint32(depth * len(wave)))
	put(wave)
	return b.Bytes()
}
