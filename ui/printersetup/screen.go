package printersetup

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// The keys of the page's two buttons.
const (
	BackKey = "F9"
	NextKey = "F10"
)

// Screen is the page of the set-up. Its fields keep what is entered, whatever Render shows around them.
type Screen struct {
	object  *fyne.Container
	tongue  words.Tongue
	hands   Hands
	model   Model
	stages  [steps]*stage
	title   *kit.Steps
	text    *kit.Steps
	bodies  [steps]body
	asked   *asked
	report  *kit.Report
	back    *kit.KeyButton
	next    *kit.KeyButton
	entries [fields]*widget.Entry
	filling bool
}

// body is what a step shows under its title.
type body interface {
	content() fyne.CanvasObject
	render(Model)
}

// New makes the page.
func New(tongue words.Tongue, hands Hands) *Screen {
	s := &Screen{tongue: tongue, hands: hands, report: kit.NewReport()}
	for f := range fields {
		s.entries[f] = widget.NewEntry()
		s.entries[f].OnChanged = func(text string) {
			if !s.filling {
				s.hands.Type(f, text)
			}
		}
	}
	s.entries[Address].SetPlaceHolder("tcp:10.0.0.9:9100")
	s.bodies = [steps]body{Choose: s.newFinder(), Language: s.newOffers(), Test: s.newTest(), Done: newSummary(tongue)}
	s.asked = s.newAsked()
	s.bodies[Measure] = s.asked
	left, right := s.newStages(), s.newCard()
	s.object = kit.Place(func(size fyne.Size) {
		const wide, share = 1600, 0.27
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

func (s *Screen) newStages() *fyne.Container {
	var parts []kit.Part
	for i := range s.stages {
		s.stages[i] = newStage(strconv.Itoa(i+1), s.tongue.Text(stepKeys[i]))
		parts = append(parts, kit.Grow(s.stages[i].object))
	}
	return kit.Column(kit.Unit(kit.SizeGap), parts...)
}

// stepKeys are the names of the steps; the sentence of a step has ".say" behind it, what it asks ".text".
var stepKeys = [steps]string{"setup.pick", "setup.language", "setup.test", "setup.measure", "setup.done"}

func (s *Screen) newCard() *fyne.Container {
	s.title = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 2})
	s.text = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeText, Lines: 3})
	s.back = kit.NewKeyButton(false, func() { s.Key(BackKey) })
	s.next = kit.NewKeyButton(true, func() { s.Key(NextKey) })
	s.back.Set(BackKey, s.tongue.Text("setup.back"))
	var layers []fyne.CanvasObject
	for _, body := range s.bodies {
		layers = append(layers, body.content()) // Measure's is the question's
	}
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	row := kit.Row(2*gap, kit.Natural(s.back.Object).Across(), kit.Grow(kit.Column(0, kit.Spring(), kit.Natural(s.report), kit.Spring())).Across(), kit.Natural(s.next.Object).Across())
	column := kit.Column(gap, kit.Natural(s.title), kit.Natural(s.text), kit.Grow(kit.Layers(layers...)), kit.Fixed(row, kit.Unit(kit.SizeMarkBig)))
	return kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(column, pad, gap, pad, 2*gap))
}

// Fill puts an entry into a field without telling so.
func (s *Screen) Fill(field Field, text string) {
	s.filling = true
	s.entries[field].SetText(text)
	s.filling = false
}

// Key does what a key does here, a function key or a digit, and tells whether the page knows it.
func (s *Screen) Key(name string) bool {
	switch {
	case name == NextKey && s.model.Ready:
		s.hands.Next()
		return true
	case name == BackKey:
		s.hands.Back()
		return true
	}
	n, err := strconv.Atoi(name)
	if err != nil || n < 1 || n > s.Digits() {
		return false
	}
	if s.model.Step == Test && s.model.Question.empty() {
		s.hands.Answer(Answer(n - 1))
	} else {
		s.hands.Choose(n)
	}
	return true
}

// Digits is how many digits mean something just now, from 1.
func (s *Screen) Digits() int {
	if !s.model.Question.empty() {
		return min(len(s.model.Question.Choices), MostChoices)
	}
	switch s.model.Step {
	case Choose:
		return min(len(s.model.Found), MostFound)
	case Language:
		return min(len(s.model.Languages)+len(s.model.Resolutions), MostOffers)
	case Test:
		return int(answers)
	}
	return 0
}

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	s.model = m
	for i, stage := range s.stages {
		stage.render(Step(i), m)
	}
	at := s.bodies[m.Step]
	if !m.Question.empty() {
		at = s.asked
	}
	for _, body := range s.bodies {
		kit.Show(body.content(), body == at)
	}
	key := stepKeys[m.Step]
	switch {
	case m.Question.Halt:
		key = "setup.halt"
	case m.Step == Done && !m.Profile.Proven:
		key = "setup.unproven"
	}
	s.title.Set(s.tongue.Text(key + ".say"))
	s.text.Set(s.tongue.Text(key + ".text"))
	at.render(m)
	if m.Trouble.Key != "" {
		s.report.Set(kit.Loud, s.tongue.Say(m.Trouble))
	} else {
		s.report.Set(kit.Told, s.tongue.Say(m.Busy))
	}
	next := "setup.next"
	if m.Step == Done {
		next = "setup.finish"
	}
	s.next.Set(NextKey, s.tongue.Text(next))
	kit.Show(s.next.Object, m.Ready)
	kit.Arrange(s.object)
}
