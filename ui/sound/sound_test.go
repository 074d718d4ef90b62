package sound

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// rhythm is how long sound and silence follow each other, in steps of 10 ms, begun with sound.
func rhythm(wave []int16) (steps []int) {
	const step = Rate / 100
	sounds := true
	run := 0
	for at := 0; at < len(wave); at += step {
		part := wave[at:min(at+step, len(wave))]
		loud := slices.ContainsFunc(part, func(v int16) bool { return v > 2000 || v < -2000 })
		if loud != sounds {
			steps = append(steps, run)
			sounds, run = loud, 0
		}
		run++
	}
	if sounds { // or the end of the last note's fading
		steps = append(steps, run)
	}
	return steps
}

// beats are the lengths of the notes as a person hears them: short or long.
func beats(wave []int16) string {
	var heard strings.Builder
	for i, steps := range rhythm(wave) {
		switch {
		case i%2 == 1:
		case steps > 15:
			heard.WriteString("long ")
		default:
			heard.WriteString("short ")
		}
	}
	return heard.String()
}

// Whoever hears no pitch hears which it is.
func TestFamiliesDifferByRhythm(t *testing.T) {
	heard := map[string]Family{}
	for _, f := range Families {
		pattern := beats(Wave(f))
		if other, twice := heard[pattern]; twice {
			t.Errorf("families %d and %d are both %s", f, other, pattern)
		}
		heard[pattern] = f
		for i, steps := range rhythm(Wave(f)) {
			if steps < 4 {
				t.Errorf("family %d: part %d lasts %d ms, too short to be heard", f, i, steps*10)
			}
		}
	}
	if heard["short "] != Good || heard["long long "] != Stop {
		t.Errorf("%v", heard)
	}
}

func TestSoundsAreShortAndDoNotClick(t *testing.T) {
	for _, f := range Families {
		wave := Wave(f)
		if length := time.Duration(len(wave)) * time.Second / Rate; length < 50*time.Millisecond || length > 900*time.Millisecond {
			t.Errorf("family %d lasts %v", f, length)
		}
		if wave[0] != 0 || wave[len(wave)-1] != 0 {
			t.Errorf("family %d begins at %d and ends at %d", f, wave[0], wave[len(wave)-1])
		}
		if peak := slices.Max(wave); peak < 15000 || peak > 25000 {
			t.Errorf("family %d is %d loud", f, peak)
		}
	}
}

func TestWAV(t *testing.T) {
	wave := Wave(Good)
	file := WAV(wave)
	var head struct {
		RIFF           [4]byte
		Size           uint32
		WAVE           [8]byte
		Length         uint32
		Kind, Channels uint16
		Rate, Bytes    uint32
		Frame, Bits    uint16
		Data           [4]byte
		Count          uint32
	}
	if err := binary.Read(bytes.NewReader(file), binary.LittleEndian, &head); err != nil {
		t.Fatal(err)
	}
	if int(head.Size) != len(file)-8 || int(head.Count) != 2*len(wave) || len(file) != 44+2*len(wave) || head.Rate != Rate || head.Bytes != 2*Rate || head.Bits != 16 ||
		string(head.RIFF[:]) != "RIFF" || string(head.WAVE[:]) != "WAVEfmt " || string(head.Data[:]) != "data" {
		t.Errorf("%+v of %d bytes", head, len(file))
	}
}

// band is an output that waits for its conductor.
type band struct {
	mu      sync.Mutex
	played  []Family
	begun   chan struct{}
	proceed chan struct{}
	fails   error
	put     bool
}

func (b *band) play(ctx context.Context, f Family) error {
	b.begun <- struct{}{}
	select {
	case <-b.proceed:
	case <-ctx.Done():
		return ctx.Err()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.played = append(b.played, f)
	return b.fails
}

func (b *band) close() error { b.put = true; return nil }

func newBand() *band {
	return &band{begun: make(chan struct{}, 100), proceed: make(chan struct{}, 100)}
}

func TestNobodyWaitsForASound(t *testing.T) {
	b := newBand()
	p := newPlayer(slog.New(slog.DiscardHandler), func() (output, error) { return b, nil })
	p.Play(Stop)
	<-b.begun
	for range 100 {
		p.Play(Good) // returns although nothing goes on
	}
	close(b.proceed)
	p.Close()
	p.Close()
	if !slices.Equal(b.played, []Family{Stop, Good, Good}) || !b.put {
		t.Errorf("played %v, put away %v", b.played, b.put)
	}
}

func TestASilentComputerIsSaidOnce(t *testing.T) {
	var log bytes.Buffer
	p := newPlayer(slog.New(slog.NewTextHandler(&log, nil)), func() (output, error) { return nil, errors.New("no player") })
	for range 10 {
		p.Play(Good)
	}
	p.Close()
	if n := strings.Count(log.String(), "silent"); n != 1 {
		t.Errorf("said %d times:\n%s", n, log.String())
	}
	log.Reset()
	b := newBand()
	b.fails = errors.New("no device")
	close(b.proceed)
	p = newPlayer(slog.New(slog.NewTextHandler(&log, nil)), func() (output, error) { return b, nil })
	p.Play(Good)
	<-b.begun
	p.Play(Good)
	p.Close()
	if n := strings.Count(log.String(), "silent"); n != 1 || len(b.played) != 1 {
		t.Errorf("said %d times, played %v", n, b.played)
	}
}
