package sound

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

// The flags of PlaySound (Windows, mmsystem.h): the sound is in memory, and without SND_ASYNC the call returns when it is out.
const (
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

func (w *winmm) play(f Family) error {
	if done, _, err := w.playSound.Call(uintptr(unsafe.Pointer(&w.files[f][0])), 0, sndMemory|sndNoDefault); done == 0 {
		return fmt.Errorf("PlaySound: %w", err)
	}
	return nil
}

func (w *winmm) close() error { return nil }
