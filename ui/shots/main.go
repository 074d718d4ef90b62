// Shots draws every view of the window into a folder, in both languages and both themes, without a screen:
//
//	go run ./ui/shots docs/screens
//
// The pictures are the storybook of the program: whoever changes a view looks at them.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/internal/words"
	"packbench/ui/demoprinter"
	"packbench/ui/frame"
	"packbench/ui/goods"
	"packbench/ui/handover"
	"packbench/ui/kit"
	"packbench/ui/orders"
	"packbench/ui/overdue"
	"packbench/ui/pack"
	"packbench/ui/people"
	"packbench/ui/pick"
	"packbench/ui/printersetup"
	"packbench/ui/printrun"
	"packbench/ui/rules"
	"packbench/ui/scannersetup"
	"packbench/ui/seen"
	"packbench/ui/settings"
	"packbench/ui/shift"
	"packbench/ui/signin"
	"packbench/ui/wall"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "shots:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("usage: shots FOLDER")
	}
	if err := os.MkdirAll(args[0], 0o755); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	canned, err := photos()
	if err != nil {
		return err
	}
	app := test.NewApp()
	defer app.Quit()
	for _, language := range words.Languages {
		tongue, err := words.In(language)
		if err != nil {
			return err
		}
		for _, look := range []kit.Look{kit.LookLight, kit.LookDark} {
			app.Settings().SetTheme(kit.NewTheme(look))
			for _, s := range all(tongue, shops[language], canned) {
				name := fmt.Sprintf("%s.%s.%s.png", s.title(), language, look)
				if err := shoot(filepath.Join(args[0], name), s, tongue, fyne.NewSize(1280, 720)); err != nil {
					return err
				}
			}
		}
		app.Settings().SetTheme(kit.NewTheme(kit.LookLight))
		for _, s := range all(tongue, shops[language], canned) {
			if large[s.title()] {
				name := fmt.Sprintf("%s-1080.%s.light.png", s.title(), language)
				if err := shoot(filepath.Join(args[0], name), s, tongue, fyne.NewSize(1920, 1080)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// large are the stories that are also drawn on a large screen.
var large = map[string]bool{"pick": true, "pick-walk": true, "orders": true, "orders-open": true, "overdue": true, "overdue-500": true, "open": true, "toscan": true, "run": true, "run-none": true, "run-fault": true, "run-ended": true, "setup-language": true, "setup-test": true,
	"handover": true, "handover-many": true, "wall-hand": true, "wall-large": true, "wall-walk": true}

// shown is a story that can be put on the screen: on renders it and tells what it is a part of.
type shown interface {
	title() string
	on(view) fyne.CanvasObject
}

// all are the stories of all pages.
func all(t words.Tongue, s shop, p map[string]*kit.Photo) []shown {
	var every []shown
	for _, story := range stories(t, s, p) {
		every = append(every, story)
	}
	for _, story := range settingsStories(t, s) {
		every = append(every, story)
	}
	for _, story := range runStories(t, s) {
		every = append(every, story)
	}
	for _, story := range setupStories(t, s) {
		every = append(every, story)
	}
	for _, story := range trainingStories(stories(t, s, p), settingsStories(t, s)) {
		every = append(every, story)
	}
	for _, story := range trialStories() {
		every = append(every, story)
	}
	for _, story := range peopleStories(s) {
		every = append(every, story)
	}
	for _, story := range goodsPageStories(s, p) {
		every = append(every, story)
	}
	for _, story := range rulesStories(t, s) {
		every = append(every, story)
	}
	for _, story := range signInStories(s) {
		every = append(every, story)
	}
	for _, story := range pickStories(s, sayerOf(t), p) {
		every = append(every, story)
	}
	for _, story := range orderStories(s, sayerOf(t), p) {
		every = append(every, story)
	}
	for _, story := range overdueStories(s, sayerOf(t)) {
		every = append(every, story)
	}
	for _, story := range shiftStories(s, sayerOf(t)) {
		every = append(every, story)
	}
	for _, story := range wallStories(s, p) {
		every = append(every, story)
	}
	for _, story := range handoverStories(s, sayerOf(t)) {
		every = append(every, story)
	}
	for _, story := range machineStories(p) {
		every = append(every, story)
	}
	return every
}

// view is the window's content.
type view struct {
	around     *frame.Frame
	pack       *pack.Screen
	shift      *shift.Screen
	shifting   *frame.Frame // around the shift
	settings   *settings.Screen
	run        *printrun.Screen
	signin     *signin.Screen
	running    *frame.Frame // around the print run
	setup      *printersetup.Screen
	setting    *frame.Frame // around the set-up of a printer
	trial      *scannersetup.Screen
	trying     *frame.Frame // around the test of scanners
	people     *people.Screen
	peopled    *frame.Frame // around the people
	goods      *goods.Screen
	stocked    *frame.Frame // around the goods
	rules      *rules.Screen
	ruled      *frame.Frame // around the rules
	machine    *demoprinter.Pane
	pick       *pick.Screen
	picking    *frame.Frame // around the waves
	orders     *orders.Screen
	ordering   *frame.Frame // around the orders
	overdue    *overdue.Screen
	supervised *frame.Frame // around the overdue parcels
	wall       *wall.Screen
	walled     *frame.Frame // around the wave at hand
	second     *wall.Screen // in a window of its own
	shelf      *handover.Screen
	shelved    *frame.Frame // around the shelf
}

// idleHands do nothing with what the set-up and the demo's printer hand on.
type idleHands struct{}

func (idleHands) Choose(int)                      {}
func (idleHands) Answer(printersetup.Answer)      {}
func (idleHands) Type(printersetup.Field, string) {}
func (idleHands) Next()                           {}
func (idleHands) Back()                           {}
func (idleHands) Listen(int)                      {}
func (idleHands) Print()                          {}
func (idleHands) Keep()                           {}
func (idleHands) Pull()                           {}
func (idleHands) Paper()                          {}
func (idleHands) Head()                           {}
func (idleHands) Power()                          {}

func newView(t words.Tongue) view {
	pressed, opened := func(string) {}, func(frame.Page) {}
	v := view{pack: pack.New(t, pressed), settings: settings.New(t, func(settings.Login) {}, func(settings.Bench) {}, settings.Doors{}), run: printrun.New(t, pressed), signin: signin.New(t, pressed)}
	pages := map[frame.Page]fyne.CanvasObject{frame.PagePack: v.pack.Object(), frame.PageSettings: v.settings.Object(), frame.PageSignIn: v.signin.Object()}
	v.around = frame.New(t, pages, opened)
	v.running = frame.New(t, map[frame.Page]fyne.CanvasObject{frame.PageRun: v.run.Object()}, opened)
	v.setup = printersetup.New(t, idleHands{})
	v.setting = frame.New(t, map[frame.Page]fyne.CanvasObject{frame.PageSettings: v.setup.Object()}, opened)
	v.trial = scannersetup.New(t, testCodes(), idleHands{})
	v.trying = frame.New(t, map[frame.Page]fyne.CanvasObject{frame.PageSettings: v.trial.Object()}, opened)
	v.people = people.New(t, idlePeople{})
	v.peopled = frame.New(t, map[frame.Page]fyne.CanvasObject{frame.PageSettings: v.people.Object()}, opened)
	v.goods = goods.New(t, idleGoods{})
	v.stocked = frame.New(t, map[frame.Page]fyne.CanvasObject{frame.PageSettings: v.goods.Object()}, opened)
	v.rules = rules.New(t, idleRules{})
	v.ruled = frame.New(t, map[frame.Page]fyne.CanvasObject{frame.PageSettings: v.rules.Object()}, opened)
	v.machine = demoprinter.New(t, idleHands{})
	v.pick = pick.New(t, pressed, func(int) {}, pressed)
	v.picking = frame.New(t, map[frame.Page]fyne.CanvasObject{frame.PagePick: v.pick.Object()}, opened)
	v.orders = orders.New(t, pressed, func(int) {}, pressed)
	v.ordering = frame.New(t, map[frame.Page]fyne.CanvasObject{frame.PageOrders: v.orders.Object()}, opened)
	v.overdue = overdue.New(t, overdue.Hands{Press: pressed, Open: func(int) {}, Act: func(int) {}, Cancel: func(int) {}})
	v.supervised = frame.New(t, map[frame.Page]fyne.CanvasObject{frame.PageOverdue: v.overdue.Object()}, opened)
	v.shift = shift.New(t, pressed)
	v.shifting = frame.New(t, map[frame.Page]fyne.CanvasObject{frame.PageShift: v.shift.Object()}, opened)
	v.wall, v.second = wall.New(t, pressed), wall.New(t, pressed)
	v.walled = frame.New(t, map[frame.Page]fyne.CanvasObject{frame.PagePick: v.wall.Object()}, opened)
	v.shelf = handover.New(t, idleShelf{})
	v.shelved = frame.New(t, map[frame.Page]fyne.CanvasObject{frame.PageHandover: v.shelf.Object()}, opened)
	return v
}

// shoot draws one story. The window is made anew: nothing of the story before can be left in it.
func shoot(path string, s shown, tongue words.Tongue, size fyne.Size) error {
	window := test.NewWindow(nil)
	defer window.Close()
	v := newView(tongue)
	window.SetPadded(false)
	window.SetContent(s.on(v))
	if own, ok := s.(interface{ size() fyne.Size }); ok {
		size = own.size()
	}
	window.Resize(size)
	s.on(v) // again: what is chosen by the room there is
	return seen.Save(path, window.Canvas().Capture())
}
