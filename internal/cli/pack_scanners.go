package cli

import (
	"context"
	"fmt"
	"io"

	"packbench/internal/order"
	"packbench/scanner"
)

// ahead is how many scans may wait for the bench before a scanner itself has to: more than a packer can scan while it is busy.
const ahead = 1024

// checkScanners refuses addresses before anything is opened.
func (v *Pack) checkScanners() error {
	for _, uri := range v.Scanner {
		if at, ok := scanner.ParseAddress(uri); ok && at.Kind == scanner.Wedge {
			return order.Trouble(nil, "scanner.no_window")
		}
	}
	_, err := ChooseScanners(nil, v.Scanner)
	return err
}

// pack packs from the list of scans, and from the scanners until it is interrupted, both at the same time.
func (v *Pack) pack(p *packer, b *Bench, scans io.Reader) error {
	if len(v.Scanner) == 0 {
		if err := p.all(scans); err != nil {
			return err
		}
		return p.left()
	}
	ctx, stop := context.WithCancel(p.environment.Context)
	defer stop()
	listed := make(chan error, 1)
	go func() {
		err := p.all(scans)
		listed <- err
		if err != nil {
			stop()
		}
	}()
	if err := p.hear(ctx, b, v.Scanner); err != nil {
		return err
	}
	select {
	case err := <-listed:
		if err != nil && p.environment.Context.Err() == nil {
			return err
		}
	default: // a list that has not come to its end, such as a terminal, keeps nobody
	}
	return p.left()
}

// hear packs what scanners read until ctx ends: one scan after the other, in the order they came in. A scanner that is not there is told and waited for.
func (p *packer) hear(ctx context.Context, b *Bench, uris []string) error {
	scanners, err := ChooseScanners(b.Settings.Scanners, uris)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	scans := make(chan order.Scan, ahead)
	decided := make(chan error, 1)
	go func() {
		defer stop() // of the listeners, where the bench decides nothing more
		decided <- p.decide(ctx, scans)
	}()
	Listen(ctx, scanners, Ears{
		Scan: func(s order.Scan) {
			select {
			case scans <- s:
			case <-ctx.Done():
			}
		},
		Tell: func(_ string, said order.Said) { p.warn(said) },
		Log:  b.Log, Now: p.environment.Now,
	})
	return <-decided
}

// decide gives scans to the bench until ctx ends.
func (p *packer) decide(ctx context.Context, scans <-chan order.Scan) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case scan := <-scans:
			answer, err := p.running.Scan(ctx, scan)
			if ctx.Err() != nil {
				return nil
			}
			if err == nil {
				err = p.tell(answer)
			}
			if err != nil {
				return err
			}
		}
	}
}

// warn says something beside the answers.
func (p *packer) warn(said order.Said) {
	p.telling.Lock()
	defer p.telling.Unlock()
	fmt.Fprintf(p.environment.Stderr, "packbench: %s\n", p.environment.Tongue.Say(said))
}
