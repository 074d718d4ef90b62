package sound

import (
	"context"
	"fmt"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// The flags of PlaySound (Windows, mmsystem.h): the sound is in memory, and without SND_ASYNC the call returns when it is out.
const (
	sndAsync     = 0x1
	sndNoDefault = 0x2
	sndMemory    = 0x4
)

// winmm plays through Windows' own library.
type winmm struct {
	playSound *windows.LazyProc
	files     map[Family][]byte
}

func open() (output, error) {
	w := &winmm{playSound: windows.NewLazySystemDLL("winmm.dll").NewProc("PlaySoundW"), files: map[Family][]byte{}}
	if err := w.playSound.Find(); err != nil {
		return nil, err
	}
	for _, f := range Families {
		w.files[f] = WAV(Wave(f))
	}
	return w, nil
}

func (w *winmm) play(ctx context.Context, f Family) error {
	if f.cuts() {
		return w.playUntil(ctx, f)
	}
	if done, _, err := w.playSound.Call(uintptr(unsafe.Pointer(&w.files[f][0])), 0, sndMemory|sndNoDefault); done == 0 {
		return fmt.Errorf("PlaySound: %w", err)
	}
	return nil
}

// playUntil plays the number of a slot to its end, or until ctx ends. Called without a sound, PlaySound stops what it plays.
func (w *winmm) playUntil(ctx context.Context, f Family) error {
	if w.files[f] == nil { // there are hundreds of them: each is made when it is first wanted
		w.files[f] = WAV(Wave(f))
	}
	file := w.files[f]
	if done, _, err := w.playSound.Call(uintptr(unsafe.Pointer(&file[0])), 0, sndMemory|sndNoDefault|sndAsync); done == 0 {
		return fmt.Errorf("PlaySound: %w", err)
	}
	const depth = 2 // bytes a sample
	select {
	case <-time.After(time.Duration(len(file)/depth) * time.Second / Rate):
	case <-ctx.Done():
		_, _, _ = w.playSound.Call(0, 0, 0) // it has nothing to say
	}
	return nil
}

func (w *winmm) close() error { return nil }
