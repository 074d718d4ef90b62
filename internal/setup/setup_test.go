package setup_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/internal/label"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/settings"
	"packbench/internal/setup"
	"packbench/internal/virtual"
	"packbench/printer"
	"packbench/printer/guess"
	"packbench/printer/medium"
	"packbench/printer/state"
	"packbench/printer/zpl"
)

// room is a bench with a printer that draws what it is sent, and a person who looks at it and answers as it is.
type room struct {
	machine interface {
		Decode([]byte) ([]*page.Page, error)
	}
	dpi         int
	head        int      // dots that it prints, 0 for all
	fails       []string // encodings it draws stripes of
	right, down float64  // how far it prints off, in millimetres
	identity    state.Identity
	fasterToo   bool

	printed   []settings.Printer
	came      *page.Page // the label that came out last
	stripes   bool
	asked     []string
	shades    []string // what the person says of the darkness, "good" when they are used up
	unplugged int      // so many times nothing goes out
}

var errUnplugged = order.Trouble(nil, "printer.absent", "address", "usb:/dev/usb/lp0")

func (r *room) Print(_ context.Context, p settings.Printer, sheet setup.Sheet, token string) error {
	if r.unplugged > 0 {
		r.unplugged--
		return errUnplugged
	}
	r.printed = append(r.printed, p)
	device, err := printer.Open("file:nowhere", printer.Options{Lang: p.Lang, DPI: p.DPI, Medium: page.Label, Setup: printer.Setup{
		Darkness: p.Darkness, Speed: p.Speed, RightMM: p.RightMM, DownMM: p.DownMM, Encoding: zpl.Encoding(p.Encoding), Tracking: medium.Tracking(p.Tracking)}})
	if err != nil {
		return err
	}
	drawn, err := paper.TestPage(page.Label, p.DPI, paper.Test{Token: token, Title: "Test"})
	if sheet == setup.CalibratingPage {
		drawn, err = paper.CalibratingPage(page.Label, p.DPI, "Calibrate")
	}
	if err != nil {
		return err
	}
	r.came, r.stripes = nil, slices.Contains(r.fails, p.Encoding)
	pages, err := r.machine.Decode(device.Encode(drawn))
	if err == nil && len(pages) == 1 && !r.stripes {
		perMM := page.DotsPerMM(r.dpi)
		r.came = pages[0].Moved(int(math.Round(r.right*perMM)), int(math.Round(r.down*perMM)))
		for y := range r.came.Height {
			for x := r.head; r.head > 0 && x < r.came.Width; x++ {
				r.came.Clear(x, y)
			}
		}
	}
	return nil
}

func (r *room) Probe(context.Context, settings.Printer) (bool, state.Identity, error) {
	return r.identity.Told(), r.identity, nil
}

func (r *room) Tell(said order.Said) { r.asked = append(r.asked, said.Key) }

func (r *room) Ask(_ context.Context, q setup.Question) (string, error) {
	r.asked = append(r.asked, q.Key)
	if len(r.asked) > 100 {
		return "", errors.New("asked for ever")
	}
	switch q.Key {
	case "setup.choose":
		return q.Choices[0].Word, nil
	case "setup.stuck":
		return "again", nil
	case "setup.scan":
		return r.scan(), nil
	case "setup.fit":
		switch sent := r.printed[len(r.printed)-1].DPI; { // dot for dot
		case sent < r.dpi:
			return "smaller", nil
		case sent > r.dpi:
			return "larger", nil
		case r.head > 0:
			return "cut", nil
		}
		return "fits", nil
	case "setup.count":
		return fmt.Sprint(r.head / 8 * 8), nil
	case "setup.faster":
		return map[bool]string{true: "yes", false: "no"}[r.fasterToo], nil
	case "setup.shade":
		if len(r.shades) == 0 {
			return "good", nil
		}
		word := r.shades[0]
		r.shades = r.shades[1:]
		return word, nil
	case "setup.across":
		return fmt.Sprintf(" %g ", -r.right), nil
	case "setup.down":
		return strings.Replace(fmt.Sprintf("%g", -r.down), ".", ",", 1), nil
	}
	return "", errors.New(q.Key)
}

func (r *room) scan() string {
	switch {
	case r.stripes:
		return "garbled"
	case r.came == nil:
		return "nothing"
	}
	for _, code := range label.Codes(r.came) {
		return "]C0" + code.Text + "\r" // as some scanners send it
	}
	return "half"
}

func tokens() func() string {
	n := uint32(0)
	return func() string { n += 7919; return paper.Token(n) }
}

func found(k guess.Known, uri string) setup.Found {
	return setup.Found{Name: k.Name, URI: uri, Guess: guess.Of(k)}
}

func machine(lang string, dpi int) *room {
	r := &room{dpi: dpi, identity: state.Identity{Model: "D400"}}
	switch lang {
	case "zpl":
		r.machine = virtual.ZPL{DPI: dpi, Medium: page.Label}
	case "tspl":
		r.machine = virtual.TSPL{DPI: dpi, Medium: page.Label}
	case "escpos":
		r.machine = virtual.ESCPOS{DPI: dpi, Medium: page.Label}
	}
	return r
}

const uri = "usb:/dev/usb/lp0"

func TestSetUpsEndAtWhatThePrinterUnderstands(t *testing.T) {
	for name, c := range map[string]struct {
		room   *room
		known  guess.Known
		was    settings.Printer
		want   settings.Printer
		prints int
	}{
		"a Zebra, known by its id": {machine("zpl", 203), guess.Known{ID: "MFG:Zebra;MDL:ZTC ZD220-203dpi ZPL;CMD:ZPL;"}, settings.Printer{},
			settings.Printer{Lang: "zpl", DPI: 203}, 1},
		"one of 300 dpi nobody knows": {machine("tspl", 300), guess.Known{}, settings.Printer{}, settings.Printer{Lang: "tspl", DPI: 300}, 2},
		"one of 300 dpi that says so": {says(machine("zpl", 300), state.Identity{Model: "ZD421", DotsPerMM: 12}), guess.Known{Name: "Zebra"}, settings.Printer{}, settings.Printer{Lang: "zpl", DPI: 300}, 2},
		"one that says nothing":       {says(machine("zpl", 203), state.Identity{}), guess.Known{Name: "Zebra"}, settings.Printer{}, settings.Printer{Lang: "zpl", DPI: 203}, 1},
		"a wrong resolution in its name": {machine("zpl", 203), guess.Known{Name: "Zebra 300dpi"}, settings.Printer{},
			settings.Printer{Lang: "zpl", DPI: 203}, 2},
		"ZPL behind a strange id":      {machine("zpl", 203), guess.Known{ID: "CMD:XPP,XL;"}, settings.Printer{}, settings.Printer{Lang: "zpl", DPI: 203}, 2},
		"ESC/POS nobody knows":         {machine("escpos", 203), guess.Known{}, settings.Printer{}, settings.Printer{Lang: "escpos", DPI: 203}, 3},
		"ZPL that fails on runs":       {fails(machine("zpl", 203), ""), guess.Known{Name: "Zebra"}, settings.Printer{}, settings.Printer{Lang: "zpl", DPI: 203, Encoding: "hex"}, 2},
		"the smaller encoding, proven": {faster(machine("zpl", 203)), guess.Known{Name: "Zebra"}, settings.Printer{}, settings.Printer{Lang: "zpl", DPI: 203, Encoding: "z64"}, 2},
		"the smaller encoding, in vain": {faster(fails(machine("zpl", 203), "z64")), guess.Known{Name: "Zebra"}, settings.Printer{},
			settings.Printer{Lang: "zpl", DPI: 203}, 2},
		"plain digits stay where the smaller encoding fails": {faster(fails(machine("zpl", 203), "", "z64")), guess.Known{Name: "Zebra"}, settings.Printer{},
			settings.Printer{Lang: "zpl", DPI: 203, Encoding: "hex"}, 3},
		"off to the left and too low": {moved(machine("tspl", 203), -2, 1.5), guess.Known{}, settings.Printer{}, settings.Printer{Lang: "tspl", DPI: 203, RightMM: 2, DownMM: -1.5}, 1},
		"a narrow head":               {narrow(machine("tspl", 203), 576), guess.Known{}, settings.Printer{}, settings.Printer{Lang: "tspl", DPI: 203, HeadDots: 576}, 2},
		"darker twice":                {shaded(machine("zpl", 203), "darker", "darker"), guess.Known{Name: "Zebra"}, settings.Printer{}, settings.Printer{Lang: "zpl", DPI: 203, Darkness: 8}, 3},
		"lighter in TSPL":             {shaded(machine("tspl", 203), "lighter"), guess.Known{}, settings.Printer{}, settings.Printer{Lang: "tspl", DPI: 203, Darkness: 6}, 2},
		"darker than it can be":       {shaded(machine("tspl", 203), "darker", "darker", "darker", "darker", "darker"), guess.Known{}, settings.Printer{}, settings.Printer{Lang: "tspl", DPI: 203, Darkness: 15}, 5},
		"the configured one keeps how it prints": {machine("tspl", 203), guess.Known{},
			settings.Printer{URI: uri, Lang: "tspl", DPI: 300, Darkness: 10, Speed: 5, Tracking: "mark", GapMM: 3, RightMM: 9, HeadDots: 100},
			settings.Printer{Lang: "tspl", DPI: 203, Darkness: 10, Speed: 5, Tracking: "mark", GapMM: 3}, 1},
		"but not in another language": {machine("zpl", 203), guess.Known{Name: "Zebra"}, settings.Printer{URI: uri, Lang: "tspl", Darkness: 15, GapMM: 3},
			settings.Printer{Lang: "zpl", DPI: 203}, 1},
	} {
		got, err := setup.Run(t.Context(), setup.Begin([]setup.Found{found(c.known, uri)}, c.was), c.room, tokens())
		c.want.URI, c.want.Answers = uri, c.room.identity.Told()
		if err != nil || got != c.want || len(c.room.printed) != c.prints {
			t.Errorf("%s: %+v after %d labels, %v; want %+v after %d\nasked %v", name, got, len(c.room.printed), err, c.want, c.prints, c.room.asked)
		}
	}
}

func fails(r *room, encodings ...string) *room { r.fails = encodings; return r }
func says(r *room, id state.Identity) *room    { r.identity = id; return r }
func faster(r *room) *room                     { r.fasterToo = true; return r }
func narrow(r *room, head int) *room           { r.head = head; return r }
func shaded(r *room, words ...string) *room    { r.shades = words; return r }
func moved(r *room, right, down float64) *room { r.right, r.down = right, down; return r }

func TestAPrinterThatTakesNothingIsTriedAgain(t *testing.T) {
	r := machine("tspl", 203)
	r.unplugged = 2
	got, err := setup.Run(t.Context(), setup.Begin([]setup.Found{found(guess.Known{}, uri)}, settings.Printer{}), r, tokens())
	if err != nil || got.Lang != "tspl" || len(r.printed) != 1 {
		t.Errorf("%+v after %d labels, %v", got, len(r.printed), err)
	}
	if n := len(slices.DeleteFunc(slices.Clone(r.asked), func(key string) bool { return key != "setup.stuck" })); n != 2 {
		t.Errorf("asked %v", r.asked)
	}
}

func TestAPrinterThatUnderstandsNothingIsGivenUp(t *testing.T) {
	r := machine("zpl", 203)
	r.machine = virtual.ZPL{DPI: 203, Medium: page.Label}
	r.fails = []string{"", "hex"}
	_, err := setup.Run(t.Context(), setup.Begin([]setup.Found{found(guess.Known{}, uri)}, settings.Printer{}), r, tokens())
	if order.AsProblem(err) == nil || order.AsProblem(err).Key != "setup.nothing_left" {
		t.Errorf("%v", err)
	}
}

func TestLabelPrintersAreOfferedFirst(t *testing.T) {
	s := setup.Begin([]setup.Found{
		found(guess.Known{ID: "MFG:HP;CMD:PCL,PJL;"}, "cups:office"), found(guess.Known{Name: "FTDI"}, "serial:/dev/ttyUSB0"),
		found(guess.Known{Name: "Xprinter XP-420B"}, "cups:labels"), found(guess.Known{Name: "Zebra ZD220"}, uri)}, settings.Printer{})
	var got []string
	for _, c := range s.Question().Choices {
		got = append(got, c.Word)
	}
	if want := []string{"cups:labels", uri, "serial:/dev/ttyUSB0", "cups:office"}; !slices.Equal(got, want) {
		t.Errorf("offered %v, want %v", got, want)
	}
}

func TestAnswersThatCannotBeLeaveTheQuestion(t *testing.T) {
	s, err := setup.Begin(nil, settings.Printer{}).Answer("tcp:10.0.0.9:9100")
	if err != nil || s.Step != setup.Printing {
		t.Fatalf("%s, %v", s.Step, err)
	}
	s = s.Printed("PB00000001")
	for step, wrong := range map[setup.Step]map[string]string{
		setup.Reading:  {"PB00000002": "setup.other_code", "": "setup.answer"},
		setup.Fitting:  {"maybe": "setup.answer"},
		setup.Across:   {"left": "setup.number", "NaN": "setup.number", "-51": "setup.number", "1e999": "setup.number"},
		setup.Counting: {"": "setup.answer", "7": "setup.number", "wide": "setup.number"},
	} {
		s.Step = step
		for text, key := range wrong {
			got, err := s.Answer(text)
			if order.AsProblem(err) == nil || order.AsProblem(err).Key != key || got.Step != step {
				t.Errorf("%s: %q gives %s, %v, want %s", step, text, got.Step, err, key)
			}
		}
	}
}

// Whatever a person answers and whatever is scanned: what is stored was proven by a scan of a label that was printed in just that way, no way is tried
// twice for one printer before it is given up, and it never ends without either.
func TestNothingIsStoredThatNoScanProved(t *testing.T) {
	type way struct {
		lang, encoding string
		dpi            int
	}
	rapid.Check(t, func(t *rapid.T) {
		k := guess.Known{Name: rapid.SampledFrom([]string{"", "Zebra 300dpi", "Xprinter XP-420B", "TM-T20 80mm"}).Draw(t, "name")}
		s := setup.Begin([]setup.Found{found(k, uri)}, settings.Printer{})
		proven, tried := map[way]bool{}, map[way]int{}
		next := tokens()
		for range 60 {
			now := way{s.Profile.Lang, s.Profile.Encoding, s.Profile.DPI}
			switch s.Step {
			case setup.Done:
				if !proven[now] {
					t.Fatalf("stored %+v, proven were %v", now, proven)
				}
				return
			case setup.Failed:
				if s.Problem.Key == "" {
					t.Fatal("given up without a word")
				}
				return
			case setup.Printing:
				s = s.Printed(next())
				if s.Step == setup.Reading {
					tried[now]++
				}
				if tried[now] > 1 {
					t.Fatalf("%+v was tried twice", now)
				}
			case setup.Asking:
				s = s.Asked(rapid.Bool().Draw(t, "answers"), state.Identity{DotsPerMM: rapid.SampledFrom([]int{0, 6, 8, 12}).Draw(t, "dots")})
			case setup.Choosing:
				s, _ = s.Answer(uri)
			default:
				words := []string{s.Token, "PB99999999", "", "1.5", "800"}
				for _, c := range s.Question().Choices {
					words = append(words, c.Word)
				}
				text := rapid.SampledFrom(words).Draw(t, "answer")
				before := s
				after, err := s.Answer(text)
				if before.Step == setup.Reading && text == before.Token {
					proven[now] = true
				}
				if err != nil && after.Step != before.Step {
					t.Fatalf("%v moved on from %s to %s", err, before.Step, after.Step)
				}
				s = after
			}
		}
	})
}

func TestASetUpEndsWithItsPerson(t *testing.T) {
	_, err := setup.Run(t.Context(), setup.Begin(nil, settings.Printer{}), gone{}, tokens())
	if !errors.Is(err, io.EOF) {
		t.Errorf("%v", err)
	}
}

// gone is a bench whose person has left.
type gone struct{ setup.Bench }

func (gone) Ask(context.Context, setup.Question) (string, error) { return "", io.EOF }
