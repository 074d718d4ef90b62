package settings

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// The keys of the page's buttons.
const (
	ConnectKey = "F9"
	SaveKey    = "F10"
	SetUpKey   = "F11"
)

// Doors lead to the pages that stand in the place of this one: the set-up of a printer, the test of scanners, the people, the goods, and the rules.
type Doors struct{ Printer, Scanners, People, Goods, Rules func() }

// The keys of doors that have no function key: digits, while no field has the focus.
const (
	ScannersKey = "1"
	PeopleKey   = "2"
	GoodsKey    = "3"
	RulesKey    = "4"
)

// Screen is the settings page. Its fields keep what is entered, whatever Render shows around them.
type Screen struct {
	object  *fyne.Container
	tongue  words.Tongue
	connect func(Login)
	save    func(Bench)
	doors   Doors

	shop shop

	name, packer, warehouse, printer *widget.Entry
	dpi, language, theme             *choice
	saveButton                       *kit.KeyButton
	saving                           *kit.Report
	alone                            *kit.Steps // in the report's place while there is none
}

// New makes the page. connect and save get what was entered when a button or its key was pressed.
func New(tongue words.Tongue, connect func(Login), save func(Bench), doors Doors) *Screen {
	s := &Screen{tongue: tongue, connect: connect, save: save, doors: doors}
	left, right := s.newShop(), s.newBench()
	s.object = kit.Place(func(size fyne.Size) {
		const wide, low = 1600, 560 // lower under a band over the smallest window
		edge, gap := kit.Unit(kit.SizeGap3), kit.Unit(kit.SizeGap2)
		if size.Width >= wide {
			edge = kit.Unit(kit.SizeGap5)
		}
		top := edge
		if size.Height < low {
			top = kit.Unit(kit.SizeGap)
		}
		half, tall := (size.Width-2*edge-2*gap)/2, size.Height-2*top // the bench has more keys
		kit.Put(left, edge, top, half, tall)
		kit.Put(right, edge+half+gap, top, size.Width-2*edge-gap-half, tall)
	}, left, right)
	s.Render(Model{})
	return s
}

// Object is what stands in the frame's page area.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// card is a titled card.
func card(title string, parts ...kit.Part) *fyne.Container {
	head := kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true}, title)
	pad := kit.Unit(kit.SizeGap3)
	column := kit.Column(kit.Unit(kit.SizeGap), append([]kit.Part{kit.Natural(head)}, parts...)...)
	return kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(column, pad, kit.Unit(kit.SizeGap2), pad, kit.Unit(kit.SizeGap2)))
}

// side sets two objects side by side, of one width.
func side(a, b fyne.CanvasObject) *fyne.Container {
	return kit.Row(kit.Unit(kit.SizeGap2), kit.Grow(a).Across(), kit.Grow(b).Across())
}

func (s *Screen) newBench() *fyne.Container {
	say := s.tongue.Text
	s.name, s.packer, s.warehouse, s.printer = newEntry(), newEntry(), newEntry(), newEntry()
	s.printer.SetPlaceHolder("tcp:10.0.0.9:9100")
	s.dpi = newChoice("203", "203 dpi", "300", "300 dpi")
	s.language = newChoice("", say("set.language.computer"), "zh-Hans", "中文", "en", "English")
	s.theme = newChoice("light", say("set.theme.light"), "dark", say("set.theme.dark"))
	s.saveButton = kit.NewKeyButton(false, func() { s.Key(SaveKey) })
	s.saveButton.Set(SaveKey, say("set.save"))
	setUp := kit.NewKeyButton(false, func() { s.Key(SetUpKey) })
	setUp.Set(SetUpKey, say("setup.open"))
	printer := kit.Row(kit.Unit(kit.SizeGap2), kit.Grow(labelled(say("set.printer"), s.printer)).Across(), kit.Natural(kit.Column(0, kit.Spring(), kit.Natural(setUp.Object))).Across())
	s.saving = kit.NewReport()
	s.alone = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeText, Lines: 2})
	s.alone.Set(say("set.one_bench"))
	note := kit.Column(0, kit.Natural(s.alone), kit.Natural(s.saving), kit.Spring()) // all that the window leaves
	return card(say("set.bench"),
		kit.Natural(side(labelled(say("set.name"), s.name), labelled(say("set.packer"), s.packer))),
		kit.Natural(side(labelled(say("set.warehouse"), s.warehouse), labelled(say("set.dpi"), s.dpi))),
		kit.Natural(printer),
		kit.Natural(side(labelled(say("set.language"), s.language), labelled(say("set.theme"), s.theme))),
		kit.Grow(note), kit.Natural(s.newDoors()))
}

// newDoors is the row of the save button and of the doors about the bench; those to the goods and the rules stand with the shop.
func (s *Screen) newDoors() *fyne.Container {
	row := []kit.Part{kit.Natural(s.saveButton.Object), kit.Spring()}
	for _, door := range []struct{ key, word string }{{ScannersKey, "scannersetup.open"}, {PeopleKey, "peoplepage.open"}} {
		row = append(row, kit.Natural(s.newDoor(door.key, door.word)))
	}
	return kit.Row(kit.Unit(kit.SizeHalf), row...)
}

// newDoor is the button of a door.
func (s *Screen) newDoor(key, word string) *fyne.Container {
	button := kit.NewKeyButton(false, func() { s.Key(key) })
	button.Set(key, s.tongue.Text(word))
	return button.Object
}

// Digits is how many digits lead somewhere, from 1.
const Digits = 4

// Fill puts entries into the fields.
func (s *Screen) Fill(l Login, b Bench) {
	s.shop.key.SetText(l.AppKey)
	s.shop.secret.SetText(l.AppSecret)
	s.shop.code.SetText(l.Code)
	s.name.SetText(b.Name)
	s.packer.SetText(b.Packer)
	s.warehouse.SetText(b.Warehouse)
	s.printer.SetText(b.PrinterURI)
	s.dpi.set(strconv.Itoa(b.DPI))
	s.language.set(b.Language)
	s.theme.set(b.Theme)
}

// ForgetSecrets empties the fields of the secret and the code: they are stored, or used up.
func (s *Screen) ForgetSecrets() {
	s.shop.secret.SetText("")
	s.shop.code.SetText("")
}

// Login is what stands in the fields about the shop.
func (s *Screen) Login() Login {
	return Login{AppKey: trimmed(s.shop.key), AppSecret: trimmed(s.shop.secret), Code: trimmed(s.shop.code)}
}

// Bench is what stands in the fields about the bench.
func (s *Screen) Bench() Bench {
	dpi, _ := strconv.Atoi(s.dpi.value()) // one of two numbers
	return Bench{
		Name: trimmed(s.name), Packer: trimmed(s.packer), Warehouse: trimmed(s.warehouse), PrinterURI: trimmed(s.printer), DPI: dpi,
		Language: s.language.value(), Theme: s.theme.value(),
	}
}

func trimmed(e *widget.Entry) string { return strings.TrimSpace(e.Text) }

// Key does what a function key does here and tells whether the page knows it.
func (s *Screen) Key(name string) bool {
	switch name {
	case ConnectKey:
		s.connect(s.Login())
	case SaveKey:
		s.save(s.Bench())
	case SetUpKey:
		s.doors.Printer()
	case ScannersKey:
		s.doors.Scanners()
	case PeopleKey:
		s.doors.People()
	case GoodsKey:
		s.doors.Goods()
	case RulesKey:
		s.doors.Rules()
	default:
		return false
	}
	return true
}

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	s.shop.render(s.tongue, m)
	s.saving.Set(m.Saving.Tone, s.tongue.Say(m.Saving.Said))
	kit.Show(s.alone, m.Saving.Said.Key == "")
	kit.Arrange(s.object)
}
