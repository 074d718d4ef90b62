package cli

import (
	"cmp"
	"errors"
	"strconv"

	"packbench/internal/order"
	"packbench/internal/paper"
	"packbench/internal/setup"
	"packbench/internal/spool"
	"packbench/store"
)

// pickList names the sheet that is a pick list.
const pickList setup.Sheet = "pick_list"

// WavePick writes a wave's pick list, or prints it.
type WavePick struct {
	Wave    string `arg:"" help:"The wave, as wave list names it."`
	Print   bool   `help:"Print it on the printer of labels."`
	Printer string `placeholder:"URI" help:"With --print: printer address; without it the configured one."`
	Size    string `default:"100x150" help:"With --print: the paper in millimetres, width x height; 210x297 is A4."`
	JSON    bool   `name:"json" help:"One object a line."`
}

// pickLine is one stop of a walk.
type pickLine struct {
	Bin        string            `json:"bin"` // empty where the catalogue has none
	SKU        string            `json:"sku"`
	Name       string            `json:"name"`
	Variant    string            `json:"variant"`
	Pieces     int               `json:"pieces"`
	PackageIDs []order.ParcelKey `json:"package_ids"` // a parcel once for each piece
}

// Served tells that a program that has the folder open does it.
func (v *WavePick) Served() bool { return true }

// Run writes or prints what is left to be picked, in the order of the walk.
func (v *WavePick) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	lines, err := v.lines(bench)
	if err != nil {
		return err
	}
	if v.Print {
		return v.print(e, bench, lines)
	}
	list := e.listing(v.JSON, "wave.picks")
	for _, line := range lines {
		if err := list.add(line, line.Bin, strconv.Itoa(line.Pieces), line.SKU, line.Name, line.Variant); err != nil {
			return err
		}
	}
	return list.end()
}

// lines are the stops of the walk.
func (v *WavePick) lines(bench *Bench) (lines []pickLine, err error) {
	made, err := bench.Store.Wave(v.Wave)
	if err != nil {
		return nil, err
	}
	bins, err := bench.bins([]store.KnownWave{made})
	if err != nil {
		return nil, err
	}
	picks, _ := layoutOf(bench.Settings.Walk).PickList(made.Left(), bins)
	for _, p := range picks {
		article, err := bench.Store.Article(p.SKU)
		if err != nil {
			return nil, err
		}
		lines = append(lines, pickLine{
			Bin: p.Bin, SKU: p.SKU, Name: cmp.Or(article.ProductName, article.Name), Variant: article.VariantName, Pieces: p.Pieces, PackageIDs: p.For,
		})
	}
	return lines, nil
}

// print prints the list on as many pages as it takes.
func (v *WavePick) print(e *Environment, bench *Bench, lines []pickLine) (err error) {
	run, err := bench.Store.OpenRun()
	if err != nil {
		return err
	}
	if run.State == order.RunGoing { // it would lie between its labels
		return order.Trouble(nil, "wave.run_goes", "run", run.ID)
	}
	uri, o, err := (&Print{Printer: v.Printer, Size: v.Size}).options(e)
	if err != nil {
		return err
	}
	var picks []paper.Pick
	for _, line := range lines {
		picks = append(picks, paper.Pick{Bin: line.Bin, Pieces: line.Pieces, SKU: line.SKU, Name: line.Name + " " + line.Variant})
	}
	pages, err := paper.PickList(o.Medium, o.DPI, e.Tongue.Text("wave.title", "wave", v.Wave), v.Wave, picks)
	if err != nil {
		return err
	}
	device, leave, err := bench.printerFor(uri, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	for _, page := range pages {
		if state, err := spool.Send(e.Context, device, device.Encode(page), func() error { return nil }); state != order.Sent {
			return err
		}
		if err := e.Line(sheetLine{Sheet: pickList, State: order.Sent}); err != nil {
			return err
		}
	}
	return nil
}
