package scannersetup

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// The keys of the page's buttons.
const (
	BackKey  = "F9"
	KeepKey  = "F10"
	PrintKey = "F11"
)

// Screen is the page.
type Screen struct {
	object   *fyne.Container
	tongue   words.Tongue
	hands    Hands
	model    Model
	codes    [Codes]*code
	title    *kit.Steps
	scans    [Codes]*scan
	verdict  [MostVerdict]*kit.Report
	scanners [MostScanners]*device
	done     *kit.Report
	keep     *kit.KeyButton
}

// New makes the page of three codes.
func New(tongue words.Tongue, codes [Codes]Code, hands Hands) *Screen {
	s := &Screen{tongue: tongue, hands: hands}
	left, right := s.newCodes(codes), s.newVerdict()
	s.object = kit.Place(func(size fyne.Size) {
		const wide, share = 1600, 0.44
		edge, gap := kit.Unit(kit.SizeGap3), kit.Unit(kit.SizeGap2)
		if size.Width >= wide {
			edge = kit.Unit(kit.SizeGap5)
		}
		width, tall := size.Width-2*edge, size.Height-2*edge
		kit.Put(left, edge, edge, width*share, tall)
		kit.Put(right, edge+width*share+gap, edge, width*(1-share)-gap, tall)
	}, left, right)
	s.Render(Model{})
	return s
}

// Object is what stands in the frame's page area.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// newCodes is the card of what is to be scanned, and of the scanners there are.
func (s *Screen) newCodes(codes [Codes]Code) *fyne.Container {
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap2)
	var parts []kit.Part
	for i := range s.codes {
		s.codes[i] = newCode(strconv.Itoa(i+1), codes[i])
		parts = append(parts, kit.Grow(s.codes[i].object))
	}
	var columns [2][]kit.Part
	for i := range s.scanners {
		s.scanners[i] = newDevice(s.tongue, func() { s.hands.Listen(s.scanners[i].digit) })
		columns[i%2] = append(columns[i%2], kit.Fixed(s.scanners[i].object, kit.Unit(kit.SizeRow)))
	}
	list := kit.Row(pad, kit.Grow(kit.Column(0, columns[0]...)).Across(), kit.Grow(kit.Column(0, columns[1]...)).Across())
	parts = append(parts, kit.Fixed(list, MostScanners/2*kit.Unit(kit.SizeRow)))
	return kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(gap, parts...), pad, pad, pad, gap))
}

// newVerdict is the card of what came, and what it tells.
func (s *Screen) newVerdict() *fyne.Container {
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	s.title = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 2})
	parts := []kit.Part{kit.Natural(s.title)}
	for i := range s.scans {
		s.scans[i] = newScan(s.tongue, strconv.Itoa(i+1))
		parts = append(parts, kit.Fixed(s.scans[i].object, kit.Unit(kit.SizeRow)))
	}
	for i := range s.verdict {
		s.verdict[i] = kit.NewReport()
		parts = append(parts, kit.Natural(s.verdict[i]))
	}
	s.done = kit.NewReport()
	parts = append(parts, kit.Spring(), kit.Natural(s.done), kit.Fixed(s.newButtons(), kit.Unit(kit.SizeThumb)))
	return kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(gap, parts...), pad, gap, pad, 2*gap))
}

func (s *Screen) newButtons() *fyne.Container {
	back := kit.NewKeyButton(false, func() { s.Key(BackKey) })
	back.Set(BackKey, s.tongue.Text("scannersetup.back"))
	sheet := kit.NewKeyButton(false, func() { s.Key(PrintKey) })
	sheet.Set(PrintKey, s.tongue.Text("scannersetup.print"))
	s.keep = kit.NewKeyButton(true, func() { s.Key(KeepKey) })
	s.keep.Set(KeepKey, s.tongue.Text("scannersetup.keep"))
	return kit.Row(kit.Unit(kit.SizeGap), kit.Natural(back.Object).Across(), kit.Natural(sheet.Object).Across(), kit.Spring(), kit.UpTo(s.keep.Object).Across())
}

// Key does what a key does here and tells whether the page knows it. Digits are those of scanners.
func (s *Screen) Key(name string) bool {
	switch {
	case name == BackKey:
		s.hands.Back()
	case name == PrintKey:
		s.hands.Print()
	case name == KeepKey && s.model.Keep:
		s.hands.Keep()
	default:
		for _, one := range s.model.Scanners {
			if one.Digit > 0 && name == strconv.Itoa(one.Digit) {
				s.hands.Listen(one.Digit)
				return true
			}
		}
		return false
	}
	return true
}

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	s.model = m
	title := s.tongue.Text("scannersetup.scan", "n", len(m.Scans)+1, "of", Codes)
	switch {
	case len(m.Scans) >= Codes:
		title = s.tongue.Text("scannersetup.tested", "name", m.Device)
	case len(m.Scans) > 0:
		title = s.tongue.Text("scannersetup.next", "name", m.Device, "n", len(m.Scans)+1, "of", Codes)
	}
	s.title.Set(title)
	for i := range s.codes {
		s.codes[i].render(i == len(m.Scans), i < len(m.Scans))
		if i < len(m.Scans) {
			s.scans[i].render(&m.Scans[i])
		} else {
			s.scans[i].render(nil)
		}
	}
	for i, report := range s.verdict {
		line := Line{}
		if i < len(m.Verdict) {
			line = m.Verdict[i]
		}
		report.Set(line.Tone, s.tongue.Say(line.Said))
	}
	for i, row := range s.scanners {
		kit.Show(row.object, i < len(m.Scanners))
		if i < len(m.Scanners) {
			row.render(m.Scanners[i])
		}
	}
	s.done.Set(m.Done.Tone, s.tongue.Say(m.Done.Said))
	kit.Show(s.keep.Object, m.Keep)
	kit.Arrange(s.object)
}
