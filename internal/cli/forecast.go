package cli

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"packbench/internal/order"
	"packbench/internal/report"
	"packbench/internal/rules"
)

// Outlook is the day so far, the pace of the benches, and which parcels will be late if nobody does anything. It reads the journal back to midnight and looks
// through all parcels: it is for clerks, not for the loop that draws.
func (b *Bench) Outlook() (report.Outlook, error) {
	held, err := rules.Load(b.dir)
	if err != nil {
		return report.Outlook{}, err
	}
	now := b.now()
	from := today(now.Local())
	since := from
	if early := now.Add(-report.Long - time.Hour); early.Before(since) { // a night shift
		since = early
	}
	var passages report.Passages
	if err := b.Store.EventsSince(since, passages.Add); err != nil {
		return report.Outlook{}, err
	}
	var owed []report.Owed
	err = b.Store.Parcels(func(f *order.Facts) {
		if o, is := report.OwedOf(f, held.CutOffs, held.Calendar, now); is && (b.Settings.Bench.Warehouse == "" || f.WarehouseID == "" || f.WarehouseID == b.Settings.Bench.Warehouse) {
			owed = append(owed, o)
		}
	})
	return report.OutlookOf(passages.Steps(), owed, from, now), err
}

// Forecast tells which parcels will miss their cut-off at the pace of the benches, and how many packers more would save them.
type Forecast struct {
	Pace bool `help:"The pace of each bench at each stage instead, over the last 30 and the last 120 minutes."`
	JSON bool `name:"json" help:"One object a line."`
}

// forecastLine is a cut-off.
type forecastLine struct {
	CutOff   string            `json:"cut_off"`
	Parcels  int               `json:"parcels"`            // owed by then and not done
	Lost     int               `json:"lost"`               // of them late already
	Unknown  report.Unknown    `json:"unknown,omitempty"`  // why nothing is foreseen: too_early, nobody
	Miss     *int              `json:"miss,omitempty"`     // will likely miss it; the other figures are there where this is
	Low      *int              `json:"miss_low,omitempty"` // four times in five it is from here to miss_high
	High     *int              `json:"miss_high,omitempty"`
	More     *int              `json:"packers_more,omitempty"`  // would save them
	Needed   float64           `json:"lines_an_hour_needed"`    // until then
	AnHour   float64           `json:"lines_an_hour,omitempty"` // of all benches that work now
	Benches  int               `json:"benches"`
	Packages []order.ParcelKey `json:"package_ids,omitempty"` // that will likely miss it, in the order in which they are packed
}

// paceLine is the pace of a bench.
type paceLine struct {
	Bench         string       `json:"bench"`
	Stage         report.Stage `json:"stage"`
	OverS         int          `json:"over_s"`
	Parcels       int          `json:"parcels"` // articles, of picked
	Lines         int          `json:"lines"`
	LinesAnHour   float64      `json:"lines_an_hour"` // of the time in which it worked
	ParcelsAnHour float64      `json:"parcels_an_hour"`
	AwayS         int          `json:"away_s"` // breaks and times without work
	Last          string       `json:"last"`
}

// stageWords are how people call the stages.
var stageWords = map[report.Stage]order.Said{
	report.Picked: order.Say("forecast.picked"), report.Packed: order.Say("forecast.packed"), report.Labelled: order.Say("forecast.labelled"),
	report.Confirmed: order.Say("forecast.confirmed"), report.HandedOver: order.Say("forecast.handed_over"),
}

// unknownWords say why nothing is foreseen.
var unknownWords = map[report.Unknown]order.Said{
	report.TooEarly: order.Say("forecast.too_early"), report.NobodyNow: order.Say("forecast.nobody"), report.NothingDue: order.Say("forecast.nothing"),
}

// Served tells that a program that has the folder open does it.
func (v *Forecast) Served() bool { return true }

// Run writes a line a cut-off of the next twelve hours, or the paces. It ends with ErrNeedsPerson where a parcel will likely be late.
func (v *Forecast) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	outlook, err := bench.Outlook()
	if err != nil {
		return err
	}
	if v.Pace {
		return v.paces(e, outlook)
	}
	f := outlook.Forecast
	list := e.listing(v.JSON, "forecast.header")
	late := false
	for _, c := range f.CutOffs {
		line := forecastLine{CutOff: moment(c.At), Parcels: c.Parcels, Lost: c.Lost, Unknown: f.Unknown, Needed: tenth(c.Needed), AnHour: tenth(f.LinesAnHour), Benches: f.Benches}
		const unknown = "–"
		miss, between, more, needed, anHour := unknown, unknown, unknown, unknown, unknown
		if f.Unknown == report.Foreseen {
			likely := len(c.Missing)
			line.Miss, line.Low, line.High, line.More, line.Packages = &likely, &c.Miss.Low, &c.Miss.High, &c.More, c.Missing
			miss, between, more = strconv.Itoa(likely), fmt.Sprintf("%d–%d", c.Miss.Low, c.Miss.High), strconv.Itoa(c.More)
			anHour = strconv.FormatFloat(line.AnHour, 'f', 0, 64)
			if c.At.After(f.At) { // nothing brings in what is late already
				needed = strconv.FormatFloat(line.Needed, 'f', 0, 64)
			}
			late = late || likely > 0
		}
		if err := list.add(line, c.At.Local().Format("01-02 15:04"), strconv.Itoa(c.Parcels), strconv.Itoa(c.Lost), miss, between, more, needed, anHour); err != nil {
			return err
		}
	}
	if err := list.end(); err != nil {
		return err
	}
	if said, is := unknownWords[f.Unknown]; is && !v.JSON {
		return e.tell(said)
	}
	if late {
		return ErrNeedsPerson
	}
	return nil
}

func (v *Forecast) paces(e *Environment, o report.Outlook) error {
	list := e.listing(v.JSON, "forecast.pace.header")
	for _, paces := range [][]report.Pace{o.Now, o.Lately} {
		for _, p := range paces {
			line := paceLine{Bench: p.Bench, Stage: p.Stage, OverS: int(p.Over.Seconds()), Parcels: p.Parcels, Lines: p.Lines, LinesAnHour: tenth(p.LinesAnHour()),
				ParcelsAnHour: tenth(p.ParcelsAnHour()), AwayS: int(p.Away.Seconds()), Last: moment(p.Last)}
			if err := list.add(line, e.Tongue.Text("window.bench", "name", p.Bench), e.Tongue.Say(stageWords[p.Stage]), e.Tongue.Text("unit.minutes", "m", int(p.Over.Minutes())),
				strconv.Itoa(p.Parcels), strconv.FormatFloat(line.LinesAnHour, 'f', 1, 64), e.Tongue.Text("unit.minutes", "m", int(p.Away.Minutes())), p.Last.Local().Format("15:04")); err != nil {
				return err
			}
		}
	}
	return list.end()
}

// tenth is a figure to one place.
func tenth(x float64) float64 { return float64(int(x*10+0.5)) / 10 }
