package frame

import (
	"math"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// status is the bar along the top: what the bench depends on, who packs, and the time.
type status struct {
	object *fyne.Container
	tongue words.Tongue
	floor  *kit.Box
	line   *kit.Box
	now    *kit.Text

	platform, printer, scanner, outbox, person *item
}

// item is a part of the bar with the advice a press on it gives.
type item struct {
	*kit.StatusItem
	text string
	next order.Said
}

func newStatus(tongue words.Tongue, advise func(string, order.Said)) *status {
	s := &status{tongue: tongue, floor: kit.NewBox(kit.Coat{}), line: kit.NewBox(kit.Coat{})}
	s.now = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
	made := func(sign kit.Sign) *item {
		i := &item{}
		i.StatusItem = kit.NewStatusItem(sign, func() { advise(i.text, i.next) })
		return i
	}
	s.platform, s.printer, s.scanner = made(kit.SignCloud), made(kit.SignPrint), made(kit.SignScanner)
	s.outbox, s.person = made(kit.SignOutbox), made(kit.SignPerson)
	gap := kit.Unit(kit.SizeGap)
	row := kit.Row(gap, kit.Natural(s.platform.Object).Across(), kit.Natural(s.printer.Object).Across(), kit.Natural(s.scanner.Object).Across(),
		kit.Natural(s.outbox.Object).Across(), kit.Spring(), kit.UpTo(s.person.Object).Across(), kit.Natural(s.now))
	s.object = kit.Place(func(size fyne.Size) {
		kit.Put(s.floor, 0, 0, size.Width, size.Height)
		kit.Put(s.line, 0, size.Height-kit.Unit(kit.SizeHair), size.Width, kit.Unit(kit.SizeHair))
		kit.Put(row, gap, 0, size.Width-gap-kit.Unit(kit.SizeGap3), size.Height)
	}, s.floor, row, s.line)
	return s
}

func (s *status) render(m Model) {
	floor, line, words := kit.ColorSurface, kit.ColorSeparator, kit.ColorForeground
	if m.Stopped {
		floor, line, words = kit.ColorWarning, kit.ColorOnWarning, kit.ColorOnWarning
	}
	s.floor.Paint(kit.Coat{Fill: floor})
	s.line.Paint(kit.Coat{Fill: line})
	s.now.Paint(words, true)
	now := ""
	if !m.Now.IsZero() {
		now = m.Now.Format("15:04")
	}
	s.now.Set(now)
	s.renderPlatform(m)
	s.renderPrinter(m)
	key, tone := "frame.scanner.unseen", kit.Loud
	if m.ScannerSeen {
		key, tone = "frame.scanner.seen", kit.Calm
	}
	text, next := s.tongue.Text(key), order.Say(key+".next")
	if m.ScannerGone != "" {
		tone, text, next = kit.Loud, s.tongue.Text("scanner.missing", "name", m.ScannerGone), m.ScannerTrouble
	}
	s.set(s.scanner, m, tone, text, next)
	s.renderOutbox(m)
	person := m.Packer + m.Bench
	if m.Packer != "" && m.Bench != "" {
		person = s.tongue.Text("frame.person", "packer", m.Packer, "bench", m.Bench)
	}
	s.set(s.person, m, kit.Calm, person, order.Say("frame.person.next"))
	kit.Arrange(s.object)
}

func (s *status) set(i *item, m Model, tone kit.Tone, text string, next order.Said) {
	i.text, i.next = text, next
	i.Set(text, tone, m.Stopped)
}

func (s *status) renderOutbox(m Model) {
	key, n, tone := "frame.outbox", m.Unsent, kit.Calm
	switch {
	case m.Parked > 0:
		key, n, tone = "frame.parked", m.Parked, kit.Loud
	case m.Unsent > 0 && m.Platform == PlatformOffline:
		tone = kit.Loud
	}
	s.set(s.outbox, m, tone, s.tongue.Text(key, "n", n, "count", n), order.Say(key+".next", "count", n))
}

// renderReading says how far a reading of many orders has come, or that the clock is off, where the platform is live otherwise, and tells whether it did.
func (s *status) renderReading(m Model) bool {
	switch {
	case m.Of > 0 && m.Platform != PlatformOffline:
		s.set(s.platform, m, kit.Loud, s.tongue.Text("frame.reading", "read", m.Read, "of", m.Of), order.Say("frame.reading.next"))
	case m.ClockOff != 0 && m.Platform == PlatformLive:
		minutes := max(1, int(math.Round(m.ClockOff.Abs().Minutes())))
		s.set(s.platform, m, kit.Loud, s.tongue.Text("frame.clock", "minutes", minutes), order.Say("platform.clock_off", "minutes", minutes))
	default:
		return false
	}
	return true
}

// renderConsent says that the seller's consent ends or has ended, where that is what matters most about the platform, and tells whether it did.
func (s *status) renderConsent(m Model) bool {
	key, tone := "", kit.Bad
	switch {
	case m.Consent.Ended:
		key = "consent.bar.ended"
	case m.Withdrawn:
		key = "consent.bar.withdrawn"
	case m.Consent.Soon && m.Platform == PlatformLive:
		key, tone = "consent.bar.soon", kit.Loud
		if m.Consent.Days == 0 {
			key = "consent.bar.today"
		}
	default:
		return false
	}
	s.set(s.platform, m, tone, s.tongue.Text(key, "count", m.Consent.Days, "key", keyOf(PageSettings)), order.Say(key+".next"))
	return true
}

func (s *status) renderPlatform(m Model) {
	if s.renderConsent(m) || s.renderReading(m) {
		return
	}
	key, tone := "frame.platform.never", kit.Loud
	switch m.Platform {
	case PlatformLive:
		key, tone = "frame.platform.live", kit.Calm
	case PlatformStale:
		key = "frame.platform.stale"
	case PlatformOffline:
		key, tone = "frame.platform.offline", kit.Bad
	}
	if m.HeardAt.IsZero() {
		key = "frame.platform.never"
	}
	s.set(s.platform, m, tone, s.tongue.Text(key, "age", clock.Span(s.tongue, m.Now.Sub(m.HeardAt))), order.Say(key+".next"))
}

func (s *status) renderPrinter(m Model) {
	key, tone := "frame.printer.absent", kit.Bad
	switch m.Printer {
	case PrinterReady:
		key, tone = "frame.printer.ready", kit.Calm
		if m.LabelsSent > 0 {
			key = "frame.printer.sent"
		}
	case PrinterUnproven:
		key, tone = "frame.printer.unproven", kit.Loud
	case PrinterNoPaper:
		key = "frame.printer.paper"
	case PrinterHeadOpen:
		key = "frame.printer.open"
	case PrinterSilent:
		key = "frame.printer.silent"
	}
	s.set(s.printer, m, tone, s.tongue.Text(key, "n", m.LabelsSent), order.Say(key+".next", "name", m.PrinterName))
}
