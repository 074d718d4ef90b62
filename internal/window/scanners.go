package window

import (
	"context"
	"time"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/settings"
	"packbench/internal/station"
	"packbench/scanner"
	"packbench/scanner/evdev"
	"packbench/scanner/listen"
	"packbench/ui/frame"
	"packbench/ui/kit"
)

// scanners is what the window knows of scanners that are devices of their own. It belongs to the main goroutine.
type scanners struct {
	// keyboard names the keyboard in scans; empty is its own name.
	keyboard string
	// gone are those that are not there, and why, by name.
	gone map[string]order.Said
	// said is what was last to be told of one, and when.
	said   order.Said
	saidAt time.Time
	// echo knows the scans that come twice, where an input device is heard whose keys reach the window too.
	echo    listen.Echo
	echoing bool
}

// newScanners takes the keyboard's name from the settings.
func newScanners(chosen []settings.Scanner) scanners {
	s := scanners{gone: map[string]order.Said{}}
	for _, one := range chosen {
		at, _ := scanner.ParseAddress(one.URI)
		if at.Kind == scanner.Wedge {
			s.keyboard = one.Name
		}
		s.echoing = s.echoing || evdev.Echoes && at.Kind == scanner.Input
	}
	return s
}

// listen hears the scanners until the window closes.
func (w *Window) listen(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	w.workers.Go(func() { <-w.done; stop() })
	w.workers.Go(func() {
		cli.Listen(ctx, w.options.Scanners, cli.Ears{
			Scan: func(s order.Scan) { w.post(func() { w.heard(s) }) },
			Raw:  w.raw,
			Tell: func(name string, said order.Said) { w.post(func() { w.scannerSaid(name, said) }) },
			Log:  w.log, Now: w.environment.Now,
		})
	})
}

// heard takes the scan of a scanner that is a device of its own.
func (w *Window) heard(s order.Scan) {
	if w.scanners.echoing {
		w.scanners.echo.Hear(s)
	}
	w.scan(s)
}

// typed takes a scan of the keyboard, once it is clear that it is no echo.
func (w *Window) typed(s order.Scan) {
	if !w.scanners.echoing {
		w.scan(s)
		return
	}
	time.AfterFunc(listen.EchoWait, func() {
		w.post(func() {
			if !w.scanners.echo.Is(s) {
				w.scan(s)
			}
		})
	})
}

// scannerSaid shows what became of a scanner. That one is there is worth saying only where it was not.
func (w *Window) scannerSaid(name string, said order.Said) {
	_, missed := w.scanners.gone[name]
	switch said.Key {
	case "scanner.ready":
		if !missed {
			return
		}
		delete(w.scanners.gone, name)
	case "scanner.half", "scanner.too_long":
	default:
		w.scanners.gone[name] = said
	}
	w.scanners.said, w.scanners.saidAt = said, w.environment.Now()
	w.draw()
}

// fromKeyboard names the scanner that types.
func (w *Window) fromKeyboard(scan order.Scan) order.Scan {
	if w.scanners.keyboard != "" {
		scan.Device = w.scanners.keyboard
	}
	return scan
}

// scannerStrip is what is to be told of a scanner since the bench said something last. Where hands are to rest nothing else is said.
func (w *Window) scannerStrip(s station.Snapshot) (strip frame.Strip, any bool) {
	said := w.scanners.said
	if said.Key == "" || stopped(s) || s.Strip.At.After(w.scanners.saidAt) {
		return strip, false
	}
	strip = frame.Strip{Family: kit.Ask, Word: order.Say("word.scanner_gone"), Meaning: said, At: w.scanners.saidAt.Local()}
	switch said.Key {
	case "scanner.ready":
		strip.Family, strip.Word = kit.Taken, order.Say("word."+string(packing.Accepted))
	case "scanner.half", "scanner.too_long":
		strip.Family, strip.Word = kit.Refused, order.Said{}
	}
	return strip, true
}

// scannerGone is a scanner that is not there and why, for the status bar; the first by name where there are several.
func (w *Window) scannerGone() (name string, why order.Said) {
	for one, said := range w.scanners.gone {
		if name == "" || one < name {
			name, why = one, said
		}
	}
	return name, why
}
