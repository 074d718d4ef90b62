package setup

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/printer"
	"packbench/printer/guess"
	"packbench/printer/tspl"
	"packbench/printer/zpl"
	"packbench/scanner"
)

// The words a person's choices go by.
const (
	nothing, garbled, half     = "nothing", "garbled", "half"
	fits, smaller, larger, cut = "fits", "smaller", "larger", "cut"
	good, darker, lighter      = "good", "darker", "lighter"
	yes, no                    = "yes", "no"
	again, another             = "again", "another"
)

// Question is what a person is asked.
type Question struct {
	order.Said
	Choices []Choice
	// Free tells that something else may be entered: an address, a scan, a number.
	Free bool
}

// Choice is one of the answers a question has; Answer takes its Word.
type Choice struct {
	Word string
	order.Said
}

// Question is what the step asks; empty where the step is no person's.
func (s State) Question() Question {
	switch s.Step {
	case Choosing:
		q := Question{Said: order.Say("setup.choose"), Free: true}
		for _, f := range s.Found {
			q.Choices = append(q.Choices, Choice{f.URI, order.Say("setup.found", "name", f.Name, "address", f.URI, "guess", f.Guessed())})
		}
		return q
	case Stuck:
		return Question{Said: order.Say("setup.stuck", "reason", s.Problem), Choices: []Choice{
			{again, order.Say("setup.again")}, {another, order.Say("setup.another")}}}
	case Reading:
		return Question{Said: order.Say("setup.scan"), Free: true, Choices: []Choice{
			{nothing, order.Say("setup.nothing")}, {garbled, order.Say("setup.garbled")}, {half, order.Say("setup.half")}}}
	case Fitting:
		return Question{Said: order.Say("setup.fit"), Choices: []Choice{
			{fits, order.Say("setup.fits")}, {smaller, order.Say("setup.smaller")}, {larger, order.Say("setup.larger")}, {cut, order.Say("setup.cut")}}}
	case Counting:
		return Question{Said: order.Say("setup.count"), Free: true}
	case Faster:
		return Question{Said: order.Say("setup.faster"), Choices: []Choice{{yes, order.Say("setup.yes")}, {no, order.Say("setup.no")}}}
	case Shading:
		return Question{Said: order.Say("setup.shade"), Choices: []Choice{
			{good, order.Say("setup.good")}, {darker, order.Say("setup.darker")}, {lighter, order.Say("setup.lighter")}}}
	case Across:
		return Question{Said: order.Say("setup.across"), Free: true}
	case Down:
		return Question{Said: order.Say("setup.down"), Free: true}
	}
	return Question{}
}

// Guessed says what is guessed of the printer, and why.
func (f Found) Guessed() order.Said {
	switch g := f.Guess; {
	case g.Kind.Value == guess.Office:
		return order.Say("setup.guess_office", "why", g.Kind.Why)
	case g.Lang.Sure == guess.Unknown:
		return order.Say("setup.guess_none")
	case g.Lang.Sure == guess.Perhaps:
		return order.Say("setup.guess_perhaps", "lang", g.Lang.Value, "why", g.Lang.Why)
	default:
		return order.Say("setup.guess_likely", "lang", g.Lang.Value, "why", g.Lang.Why)
	}
}

// Answer takes a person's answer: a Choice's word, or what was entered or scanned. What cannot be one leaves the State as it is and gives a Problem:
// setup.answer, setup.other_code, setup.number.
func (s State) Answer(text string) (State, error) {
	text = strings.TrimSpace(text)
	if s.Step != Choosing { // names of queues stay as they are
		text = scanner.Clean(text)
	}
	q := s.Question()
	if chosen := slices.ContainsFunc(q.Choices, func(c Choice) bool { return c.Word == text }); text == "" || !chosen && !q.Free {
		return s, order.Trouble(nil, "setup.answer")
	}
	switch s.Step {
	case Choosing:
		return s.Take(text, s.At(text).First()), nil
	case Stuck:
		if text == another {
			return Begin(s.Found, s.was), nil
		}
		return s.print(s.Sheet, s.after), nil
	case Reading:
		return s.read(text)
	case Fitting:
		return s.fit(text), nil
	case Counting:
		return s.count(text)
	case Faster:
		return s.faster(text), nil
	case Shading:
		return s.shade(text), nil
	}
	return s.measure(text)
}

// read takes the scan of the test label, or what came out instead.
func (s State) read(text string) (State, error) {
	isFaster := s.Profile.Encoding == string(zpl.Z64)
	switch text {
	case s.Token:
		s.Step = Asking
		if isFaster {
			s = s.shading()
		}
		return s, nil
	case nothing, garbled, half:
	default:
		return s, order.Trouble(nil, "setup.other_code", "code", text)
	}
	if isFaster { // what was proven before stays
		s.Profile.Encoding = s.proven().Encoding
		return s.shading(), nil
	}
	t, ok := s.next(text)
	if !ok {
		s.Step, s.Problem = Failed, order.Say("setup.nothing_left")
		return s, nil
	}
	return s.attempt(t), nil
}

// proven is the way of the last test label that was scanned before the smaller encoding was tried.
func (s State) proven() Try { return s.tried[len(s.tried)-1] }

// fit takes how large the picture came out: the resolution is the other one where it is too small or too large.
func (s State) fit(word string) State {
	t := s.trying()
	switch {
	case word == smaller && t.DPI == usual:
		t.DPI = 300
	case word == larger && t.DPI > usual:
		t.DPI = usual
	case word == cut:
		return s.print(CalibratingPage, Counting)
	case word == fits:
		return s.fitted()
	default:
		s.Step, s.Problem = Failed, order.Say("setup.wrong_size")
		return s
	}
	if slices.Contains(s.tried, t) {
		s.Step, s.Problem = Failed, order.Say("setup.wrong_size")
		return s
	}
	return s.attempt(t)
}

// count takes the number at the last step of the staircase that came out.
func (s State) count(text string) (State, error) {
	dots, err := strconv.Atoi(text)
	if err != nil || dots < 8 || dots > page.MaxDots {
		return s, order.Trouble(nil, "setup.number", "number", text)
	}
	s.Profile.HeadDots = dots
	return s.fitted(), nil
}

// fitted goes on when the resolution is right.
func (s State) fitted() State {
	if s.Step = Faster; s.Profile.Lang != printer.ZPL {
		return s.shading()
	}
	return s
}

func (s State) faster(word string) State {
	if word == no {
		return s.shading()
	}
	s.Profile.Encoding = string(zpl.Z64)
	return s.print(TestPage, Reading)
}

// shading asks about darkness, where the language can tell the printer.
func (s State) shading() State {
	if s.Step = Shading; s.Profile.Lang == printer.ESCPOS {
		s.Step = Across
	}
	return s
}

// Steps of darkness that can be seen, and where TSPL's scale is entered: its printers come set to the middle.
const (
	zplStep, tsplStep = 4, 2
	tsplMiddle        = 8
)

func (s State) shade(word string) State {
	before, d := s.Profile.Darkness, s.Profile.Darkness
	step := map[string]int{darker: 1, lighter: -1}[word]
	if s.Profile.Lang == printer.TSPL {
		if d == 0 && step != 0 {
			d = tsplMiddle
		}
		d = max(min(d+step*tsplStep, tspl.MaxDarkness), min(d, 1))
	} else {
		d = max(min(d+step*zplStep, zpl.MaxDarkness), -zpl.MaxDarkness)
	}
	if s.Profile.Darkness = d; d != before {
		return s.print(TestPage, Shading)
	}
	s.Step = Across
	return s
}

// farthest is further in millimetres than any printer is off.
const farthest = 50

// measure takes what the ruler shows at the paper's edge: of a picture that begins before the edge, the first millimetre to be seen; of one that begins
// behind it, the white strip, with a minus. The picture is moved by as much.
func (s State) measure(text string) (State, error) {
	mm, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || !(math.Abs(mm) <= farthest) {
		return s, order.Trouble(nil, "setup.number", "number", text)
	}
	mm += 0 // no minus before a zero
	if s.Step == Across {
		s.Profile.RightMM, s.Step = mm, Down
	} else {
		s.Profile.DownMM, s.Step = mm, Done
	}
	return s, nil
}
