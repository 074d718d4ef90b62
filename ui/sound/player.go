package sound

import (
	"context"
	"log/slog"
	"sync"
)

// output plays a file's bytes and returns when they are out, or ctx has ended.
type output interface {
	play(ctx context.Context, f Family) error
	close() error
}

// Player plays sounds one after the other. Where nothing on this computer can it is silent, and the log says so once.
type Player struct {
	queue  chan Family
	done   sync.WaitGroup
	closed sync.Once

	mu  sync.Mutex
	cut context.CancelFunc // ends what is played now; nil where it is to be heard to its end
}

// mostWaiting is how many sounds wait: what would come a second late tells nobody anything.
const mostWaiting = 2

// New makes a player; it looks for what can play beside the caller. Close ends it.
func New(log *slog.Logger) *Player { return newPlayer(log, open) }

func newPlayer(log *slog.Logger, open func() (output, error)) *Player {
	p := &Player{queue: make(chan Family, mostWaiting)}
	p.done.Go(func() {
		out, err := open()
		if err != nil {
			log.Warn("the bench is silent", "error", err)
		}
		for f := range p.queue {
			if err != nil {
				continue
			}
			if err = p.play(out, f); err != nil { // it would fail again at every scan
				log.Warn("the bench is silent from now on", "error", err)
			}
		}
		if out != nil {
			if err := out.close(); err != nil {
				log.Warn("the sounds were not put away", "error", err)
			}
		}
	})
	return p
}

// play plays one sound. One that was cut off did not fail.
func (p *Player) play(out output, f Family) error {
	ctx, end := context.WithCancel(context.Background())
	defer end()
	if f.cuts() {
		p.cutBy(end)
		defer p.cutBy(nil)
	}
	if err := out.play(ctx, f); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}

func (p *Player) cutBy(end context.CancelFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = end
}

// Play has a sound played, and returns at once; one too many is left out. It cuts off the number of a slot.
func (p *Player) Play(f Family) {
	p.mu.Lock()
	if p.cut != nil {
		p.cut()
	}
	p.mu.Unlock()
	select {
	case p.queue <- f:
	default:
	}
}

// Close ends the player once what waits is played. Nothing may be played after it.
func (p *Player) Close() {
	p.closed.Do(func() {
		close(p.queue)
		p.done.Wait()
	})
}
