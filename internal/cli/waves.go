package cli

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/wave"
	"packbench/store"
)

// Waves holds the verbs about waves.
type Waves struct {
	List     WaveList   `cmd:"" default:"withargs" help:"List the waves that are open."`
	Make     WaveMake   `cmd:"" help:"Make waves of the parcels that are to be packed, the most urgent first."`
	Auto     WaveAuto   `cmd:"" help:"Make the waves that are due by the rules in the settings. A window and sync do so by themselves."`
	Add      WaveAdd    `cmd:"" help:"Have parcels join a wave."`
	Remove   WaveRemove `cmd:"" help:"Take parcels out of a wave that are not begun."`
	Undo     WaveUndo   `cmd:"" help:"Give a wave's parcels free again, before the first of them is begun."`
	PickList WavePick   `cmd:"" name:"picklist" help:"A wave's pick list, in the order of the walk."`
}

// waveLine is a wave.
type waveLine struct {
	Wave       string            `json:"wave"`
	MadeAt     string            `json:"made_at"`
	Shape      order.Shape       `json:"shape"`
	State      string            `json:"state"` // open, done or undone
	Parcels    int               `json:"parcels"`
	Done       int               `json:"done"` // parcels that are packed and confirmed
	Pieces     int               `json:"pieces"`
	Due        string            `json:"due,omitempty"`    // of its most urgent parcel that is not done
	Metres     float64           `json:"metres,omitempty"` // of the walk, where the settings know the warehouse
	Filter     string            `json:"filter,omitempty"`
	Rule       string            `json:"rule,omitempty"` // the name of the rule that made it
	PackageIDs []order.ParcelKey `json:"package_ids"`
}

// line is a wave as programs and people read it.
func (s WaveSum) line() waveLine {
	line := waveLine{Wave: s.ID, MadeAt: moment(s.MadeAt), Shape: s.Shape, State: s.State, Parcels: len(s.Parcels), Done: s.Done, Pieces: s.Pieces,
		Metres: s.Metres, Filter: s.Filter, Rule: s.Rule, PackageIDs: s.Parcels}
	if !s.Due.IsZero() {
		line.Due = moment(s.Due)
	}
	return line
}

// tellWaves writes waves.
func (b *Bench) tellWaves(e *Environment, waves []store.KnownWave, asJSON bool) error {
	sums, err := b.sums(waves)
	if err != nil {
		return err
	}
	list := e.listing(asJSON, "wave.header")
	for _, sum := range sums {
		line := sum.line()
		metres := ""
		if line.Metres > 0 {
			metres = fmt.Sprintf("%.0f m", line.Metres)
		}
		if err := list.add(line, line.Wave, e.Tongue.Say(ShapeWords[line.Shape]), fmt.Sprintf("%d/%d", line.Done, line.Parcels), strconv.Itoa(line.Pieces), line.Due, metres, strings.TrimSpace(line.Rule+" "+line.Filter)); err != nil {
			return err
		}
	}
	return list.end()
}

// WaveList lists waves.
type WaveList struct {
	All  bool `help:"Also those that are done or undone, of the last seven days."`
	JSON bool `name:"json" help:"One object a line."`
}

// Served tells that a program that has the folder open does it.
func (v *WaveList) Served() bool { return true }

// Run writes the list, the oldest first.
func (v *WaveList) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	var waves []store.KnownWave
	if v.All {
		waves, err = bench.Store.Waves(e.Now().Local().AddDate(0, 0, -7))
	} else {
		waves, err = bench.Store.OpenWaves()
	}
	if err != nil {
		return err
	}
	return bench.tellWaves(e, waves, v.JSON)
}

// WaveMake makes waves.
type WaveMake struct {
	Filter []string `arg:"" optional:"" help:"Which parcels, such as: due:16:00 market:MY,SG carrier:NAME pieces:1 pieces:2- sku:TEE-* note:no"`
	Most   int      `default:"50" help:"Parcels a wave, 50 at most."`
	Waves  int      `default:"1" help:"How many waves; 0: as many as it takes."`
	Force  bool     `help:"Take parcels too for which the catalogue's stock is not enough."`
	// LabelFirst has shipment arranged when the wave is made; else it is when a parcel's last piece is in (design 2.2).
	LabelFirst bool `help:"Arrange shipment of their parcels at once and fetch the labels."`
	JSON       bool `name:"json" help:"One object a line."`
}

// shortLine is a parcel that no wave could take.
type shortLine struct {
	PackageID order.ParcelKey `json:"package_id"`
	Short     []string        `json:"short"` // the SKUs of which there is not enough
}

// Served tells that a program that has the folder open does it.
func (v *WaveMake) Served() bool { return true }

// releaseTime is how long the parcels of a new wave are tried to be arranged; the outbox goes on with what is left.
const releaseTime = 15 * time.Minute

// Run makes the waves and writes them. It ends with ErrNeedsPerson where there was not enough stock for a parcel.
func (v *WaveMake) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	made, short, err := bench.MakeWaves(WaveWish{Filter: strings.Join(v.Filter, " "), Most: v.Most, Waves: v.Waves, Force: v.Force})
	for _, id := range made {
		if v.LabelFirst && err == nil {
			_, err = bench.ArrangeWave(e.Context, id, releaseTime)
		}
	}
	if err != nil {
		return err
	}
	return bench.tellMade(e, made, short, order.Say("wave.none"), v.JSON)
}

// tellMade writes the waves that were made, none where there are none, and the parcels for which there was not enough stock. It ends with ErrNeedsPerson where there are such.
func (b *Bench) tellMade(e *Environment, made []string, short []wave.Short, none order.Said, asJSON bool) error {
	var waves []store.KnownWave
	for _, id := range made {
		one, err := b.Store.Wave(id)
		if err != nil {
			return err
		}
		waves = append(waves, one)
	}
	err := b.tellWaves(e, waves, asJSON)
	if err != nil {
		return err
	}
	for _, s := range short {
		if asJSON {
			err = e.Line(shortLine{s.Parcel, s.SKUs})
		} else {
			_, err = fmt.Fprintln(e.Stdout, e.Tongue.Text("wave.short", "parcel", s.Parcel, "skus", strings.Join(s.SKUs, ", ")))
		}
		if err != nil {
			return err
		}
	}
	if len(made) == 0 && !asJSON {
		_, err = fmt.Fprintln(e.Stdout, e.Tongue.Say(none))
	}
	if err == nil && len(short) > 0 {
		return ErrNeedsPerson
	}
	return err
}

// WaveUndo undoes a wave.
type WaveUndo struct {
	Wave string `arg:"" help:"The wave, as wave list names it."`
}

// Served tells that a program that has the folder open does it.
func (v *WaveUndo) Served() bool { return true }

// Run undoes it; it fails with wave.begun where one of its parcels was begun.
func (v *WaveUndo) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	if err := bench.UndoWave(v.Wave); err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Text("wave.undone", "wave", v.Wave))
	return err
}
