package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/settings"
	"packbench/internal/setup"
	"packbench/printer/state"
	"packbench/store"
)

// Doctor is the start check: what is wrong with a bench, and how to mend it.
type Doctor struct {
	JSON  bool `name:"json" help:"One object a line."`
	Print bool `help:"Print a test page, too."`
}

// health is how something stands.
type health string

const (
	healthy health = "ok"
	ailing  health = "warn"    // the bench works, for now
	ill     health = "bad"     // needs a person
	unknown health = "unknown" // nothing here can tell; a person sees it at once
)

// doctorLine is the outcome of one check. Next is how to mend it, empty where there is nothing to mend, or the message says it.
type doctorLine struct {
	Check   string `json:"check"`
	State   health `json:"state"`
	Message string `json:"message"`
	Next    string `json:"next"`
}

// finding is what one check found.
type finding struct {
	state         health
	message, next order.Said
}

func well(key string, pairs ...any) finding {
	return finding{state: healthy, message: order.Say(key, pairs...)}
}

// illness is what an error says: the sentence of its Problem.
func illness(err error, next order.Said) finding {
	return finding{ill, order.AsProblem(err).Said, next}
}

// Served tells that a program that has the folder open does it, on the files, the platform and the printer which that program has open.
func (v *Doctor) Served() bool { return true }

// Run makes all checks and writes a line for each. It ends with ErrNeedsPerson where something is ill, and fails only where there is no bench to look
// at.
func (v *Doctor) Run(e *Environment) (err error) {
	if _, err := os.Stat(e.Dir); err != nil {
		return order.Trouble(err, "store.no_folder", "folder", e.Dir)
	}
	x := &examination{Environment: e, print: v.Print}
	defer func() { err = errors.Join(err, x.close()) }()
	sick := false
	for _, check := range []struct {
		name string
		said order.Said
		make func() finding
	}{ // those that need what another has found out stand behind it
		{"settings", order.Say("doctor.settings"), x.settingsFile},
		{"files", order.Say("doctor.files"), x.files},
		{"disk", order.Say("doctor.disk"), x.disk},
		{"platform", order.Say("doctor.platform"), x.platform},
		{"clock", order.Say("doctor.clock"), x.clock},
		{"printer", order.Say("doctor.printer"), x.printer},
		{"scanner", order.Say("doctor.scanner"), x.scanner},
		{"scale", order.Say("doctor.scale"), x.scale},
	} {
		if check.name == "scale" && !x.weighs() {
			continue
		}
		found := check.make()
		sick = sick || found.state == ill
		line := doctorLine{check.name, found.state, e.Tongue.Say(found.message), e.Tongue.Say(found.next)}
		if err := v.write(e, check.said, line); err != nil {
			return err
		}
	}
	if sick {
		return ErrNeedsPerson
	}
	return nil
}

// states are the words for people.
var states = map[health]order.Said{healthy: order.Say("doctor.ok"), ailing: order.Say("doctor.warn"), ill: order.Say("doctor.bad"), unknown: order.Say("doctor.unknown")}

func (v *Doctor) write(e *Environment, name order.Said, line doctorLine) error {
	if v.JSON {
		return e.Line(line)
	}
	text := fmt.Sprintf("%s  %s: %s", e.Tongue.Say(states[line.State]), e.Tongue.Say(name), line.Message)
	if line.Next != "" {
		text += " → " + line.Next
	}
	_, err := fmt.Fprintln(e.Stdout, text)
	return err
}

// examination is a bench being looked at, and what was found out of it.
type examination struct {
	*Environment
	print bool

	set   *settings.Settings // nil where they cannot be read
	bench *Bench             // nil where it cannot be opened
	asked *Mirror            // nil where the platform has not answered
}

func (x *examination) close() error {
	if x.bench == nil {
		return nil
	}
	return x.bench.Close()
}

// othersMay are the bits by which others than this user may read or change a file.
const othersMay = 0o077

// settingsFile looks whether the settings can be understood, and written, and whether others can read the secrets in them.
func (x *examination) settingsFile() finding {
	path := filepath.Join(x.Dir, settings.FileName)
	set, err := settings.Load(x.Dir)
	if err != nil {
		return illness(err, order.Said{})
	}
	x.set = &set
	if probe, err := os.CreateTemp(x.Dir, ".doctor-*"); err != nil {
		return illness(order.Trouble(err, "settings.unwritable", "file", path), order.Said{})
	} else if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return illness(order.Trouble(err, "settings.unwritable", "file", path), order.Said{})
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return finding{ailing, order.Say("doctor.no_settings", "file", path), order.Say("doctor.login")}
	case err != nil:
		return illness(order.Trouble(err, "settings.unreadable", "file", path), order.Said{})
	case runtime.GOOS != "windows" && info.Mode()&othersMay != 0 && holdsSecrets(set.Platform): // Windows keeps others out by the folder
		return finding{ill, order.Say("doctor.open_settings", "file", path), order.Say("doctor.chmod", "file", path)}
	}
	return well("doctor.settings_well", "file", path)
}

func holdsSecrets(p settings.Platform) bool { return p.AppSecret+p.AccessToken+p.RefreshToken != "" }

// files opens the bench and reads what it keeps from end to end.
func (x *examination) files() finding {
	if x.set == nil {
		return finding{ailing, order.Say("doctor.unread"), order.Said{}}
	}
	bench, err := OpenBench(x.Environment)
	if err != nil {
		return illness(err, order.Said{})
	}
	x.bench = bench
	if err := bench.Store.Check(); err != nil {
		return illness(err, order.Said{})
	}
	if thrown := bench.Store.CacheThrownAway(); thrown != nil {
		return finding{ailing, thrown.Said, order.Said{}}
	}
	return well("doctor.files_well")
}

// Room on the disk, in bytes. A nightly copy of the journal needs as much as the journal, a compaction of both files as much as both; a year of a busy
// bench is a few hundred MB.
const (
	scarce  = 1 << 30
	tooFull = 100 << 20
)

func (x *examination) disk() finding {
	free, err := store.Free(x.Dir)
	if err != nil {
		return finding{ailing, order.Say("doctor.disk_unknown", "folder", x.Dir), order.Said{}}
	}
	return roomFor(free)
}

func roomFor(free uint64) finding {
	megabytes := free >> 20
	switch {
	case free < tooFull:
		return finding{ill, order.Say("doctor.full", "megabytes", megabytes), order.Say("doctor.make_room")}
	case free < scarce:
		return finding{ailing, order.Say("doctor.scarce", "megabytes", megabytes), order.Say("doctor.make_room")}
	}
	return well("doctor.disk_well", "gigabytes", fmt.Sprintf("%.1f", float64(free)/(1<<30)))
}

// answersWithin bounds how long the platform and the printer are waited for, each.
const answersWithin = 20 * time.Second

// platform asks which shops the authorization is for, and looks how long it lasts.
func (x *examination) platform() finding {
	if x.bench == nil {
		return finding{ailing, order.Say("doctor.unasked"), order.Said{}}
	}
	kept, err := x.bench.Mirror()
	if err != nil {
		return illness(err, order.Said{})
	}
	ctx, stop := context.WithTimeout(x.Context, answersWithin)
	defer stop()
	shops, err := kept.Shops(ctx)
	if err != nil {
		return illness(err, order.Said{})
	}
	x.asked = kept
	return consentFor(len(shops), x.Now(), x.set.Platform.RefreshExpires)
}

// consentFor says how long the seller's consent lasts, when the platform has answered with so many shops.
func consentFor(shops int, now, end time.Time) finding {
	switch left := order.ConsentAt(now, end); {
	case left.Ended:
		return finding{ill, order.Say("consent.ended", "day", Day(end)), order.Say("doctor.login")}
	case left.Soon:
		return finding{ailing, order.Say("consent.soon", "day", Day(end), "count", left.Days), order.Say("doctor.login")}
	}
	return well("doctor.platform_well", "count", shops)
}

// clock compares this computer's clock with the platform's.
func (x *examination) clock() finding {
	if x.asked == nil {
		return finding{ailing, order.Say("doctor.clock_unknown"), order.Said{}}
	}
	return clockOff(x.asked.ClockOff())
}

// clockMatters is how far the clock may be off before something of the bench shows it: the platform refuses who does not correct it from 30 s on
// (platform API 1.6), and deadlines are shown by it.
const clockMatters = 30 * time.Second

func clockOff(ahead time.Duration) finding {
	if off := ahead.Abs(); off > clockMatters {
		return finding{ailing, order.Say("platform.clock_off", "minutes", max(1, int(math.Round(off.Minutes())))), order.Said{}}
	}
	return well("doctor.clock_well")
}

// printer looks whether the configured printer can be written to, and prints a test page where that was asked for.
func (x *examination) printer() finding {
	if x.set == nil {
		return finding{ailing, order.Say("doctor.unread"), order.Said{}}
	}
	set := x.set.Printer
	mend := order.Say("doctor.set_up")
	if set.URI == "" {
		return illness(order.Trouble(nil, "printer.none"), mend)
	}
	ctx, stop := context.WithTimeout(x.Context, answersWithin)
	defer stop()
	o := PrinterOptions(set, set.URI, page.Label)
	device, leave, err := x.Environment.Bench.printerFor(set.URI, o)
	if err != nil {
		return illness(err, mend)
	}
	said, err := device.State(ctx)
	if err = errors.Join(err, leave()); err != nil {
		return illness(err, mend)
	}
	if found := x.saidBy(set.URI, said, set.Answers); found.state != healthy || !x.print {
		return found
	}
	drawn, token, err := newTestPage(x.Environment, set.URI, o)
	if err == nil {
		err = sendSheet(x.Context, x.Environment, set.URI, o, drawn)
	}
	if err != nil {
		return illness(err, mend)
	}
	return finding{healthy, order.Say("doctor.printed", "address", set.URI), nextWith(setup.TestPage, token)}
}

// saidBy is how a printer is that can be written to, as it says itself.
func (x *examination) saidBy(address string, said state.State, answers bool) finding {
	switch {
	case !said.Told && answers:
		return finding{ailing, order.Say("doctor.printer_silent", "address", address), order.Say("doctor.look")}
	case !said.Told:
		return well("doctor.printer_well", "address", address)
	case said.NeedsPerson():
		return finding{ill, order.Say("doctor.printer_stopped", "address", address, "why", x.conditions(said)), order.Say("doctor.look")}
	}
	return well("doctor.printer_ready", "address", address)
}

// conditions are the words for what keeps a printer from printing.
var conditions = []struct {
	is   state.Condition
	said order.Said
}{
	{state.PaperOut, order.Say("doctor.paper_out")}, {state.PaperJam, order.Say("doctor.paper_jam")}, {state.HeadOpen, order.Say("doctor.head_open")},
	{state.Paused, order.Say("doctor.paused")}, {state.RibbonOut, order.Say("doctor.ribbon_out")}, {state.CutterFault, order.Say("doctor.cutter_fault")},
	{state.LabelInWay, order.Say("doctor.label_in_way")}, {state.Faulty, order.Say("doctor.faulty")}, {state.Offline, order.Say("doctor.offline")},
}

func (x *examination) conditions(s state.State) string {
	var said []string
	for _, c := range conditions {
		if s.Has(c.is) {
			said = append(said, x.Tongue.Say(c.said))
		}
	}
	if len(said) == 0 { // only bits that no manual explains
		return s.String()
	}
	return strings.Join(said, ", ")
}
