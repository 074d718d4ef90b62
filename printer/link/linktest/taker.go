package linktest

import (
	"bytes"
	"io"
	"sync"
	"testing"
	"time"
)

// Taker is the reading end of a device: it keeps what arrives, and stops and starts reading when told to.
type Taker struct {
	mu      sync.Mutex
	changed *sync.Cond
	data    []byte
	paused  bool
	over    bool
}

// NewTaker makes a Taker that reads nothing yet.
func NewTaker() *Taker {
	k := &Taker{}
	k.changed = sync.NewCond(&k.mu)
	return k
}

// Take reads until the other side ends or End is called.
func (k *Taker) Take(r io.Reader) {
	chunk := make([]byte, 64<<10)
	for {
		k.mu.Lock()
		for k.paused && !k.over {
			k.changed.Wait()
		}
		over := k.over
		k.mu.Unlock()
		if over {
			return
		}
		n, err := r.Read(chunk)
		k.Add(chunk[:n])
		if err != nil {
			k.End()
		}
	}
}

// Add keeps what arrived.
func (k *Taker) Add(b []byte) { k.set(func() { k.data = append(k.data, b...) }) }

// Received waits until size bytes have arrived, at most 60 s, or no more can come, and gives all that did.
func (k *Taker) Received(t *testing.T, size int) []byte {
	late := time.AfterFunc(time.Minute, k.End)
	defer late.Stop()
	k.mu.Lock()
	defer k.mu.Unlock()
	for len(k.data) < size && !k.over {
		k.changed.Wait()
	}
	return bytes.Clone(k.data)
}

// Stop stops reading; a read that waits already takes one piece more.
func (k *Taker) Stop() { k.set(func() { k.paused = true }) }

// Start goes on reading.
func (k *Taker) Start() { k.set(func() { k.paused = false }) }

// End says that nothing more comes.
func (k *Taker) End() { k.set(func() { k.over = true }) }

// Again forgets everything, for a device that is plugged in again. The Take of before must have ended.
func (k *Taker) Again() { k.set(func() { k.data, k.paused, k.over = nil, false, false }) }

func (k *Taker) set(change func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	change()
	k.changed.Broadcast()
}
