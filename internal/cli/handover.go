package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/people"
	"packbench/internal/station"
)

// Handover holds the verbs about hand-over sheets.
type Handover struct {
	List     HandoverList     `cmd:"" default:"withargs" help:"List what is to be handed over, by carrier, and the sheets of today."`
	Scan     HandoverScan     `cmd:"" help:"Scan parcels onto the sheets of their carriers."`
	Show     HandoverShow     `cmd:"" help:"Tell what is on a sheet, and what is missing."`
	Close    HandoverClose    `cmd:"" help:"Close a sheet once the carrier took what is on it, and print it for the driver to sign."`
	Print    HandoverPrint    `cmd:"" help:"Print a sheet, or write it into a folder."`
	Photo    HandoverPhoto    `cmd:"" help:"Keep a photo of the signed or stamped sheet with it."`
	ScanForm HandoverScanForm `cmd:"" name:"scanform" help:"Keep the number of the platform's SCAN form with a sheet (US)."`
}

// absentLine is a parcel that is not as a sheet wants it.
type absentLine struct {
	PackageID order.ParcelKey `json:"package_id"`
	Tracking  string          `json:"tracking_number"`
}

// handoverLine is a hand-over sheet, or a carrier that has none yet.
type handoverLine struct {
	Sheet     string             `json:"sheet"` // empty: none is open yet
	Carrier   string             `json:"carrier"`
	Mode      order.HandoverMode `json:"mode"` // PICKUP, DROP_OFF, or empty while nobody has told
	Warehouse string             `json:"warehouse"`
	Market    order.Market       `json:"market"` // empty: nobody knows it
	State     string             `json:"state"`  // open, closed or none
	OpenedAt  string             `json:"opened_at,omitempty"`
	Parcels   int                `json:"parcels"`  // on it
	Expected  int                `json:"expected"` // on it, and missing
	Missing   []absentLine       `json:"missing"`  // packed, and not on it; of a closed sheet what it was closed without
	TakeOut   []absentLine       `json:"take_out"` // packed, and must not go
	Recall    []absentLine       `json:"recall"`   // on it, and must not go any more
	ToPack    []absentLine       `json:"to_pack"`  // due today, and not packed
	WeightG   int                `json:"weight_g"` // of those on it whose weight is known
	ScanForm  string             `json:"scan_form,omitempty"`
	ClosedAt  string             `json:"closed_at,omitempty"`
	ClosedBy  string             `json:"closed_by,omitempty"`
	Reason    string             `json:"reason,omitempty"`
	Badge     string             `json:"supervisor,omitempty"`
	Photos    []string           `json:"photos,omitempty"` // SHA-256
}

func handoverLineOf(s order.Sheet, market order.Market) handoverLine {
	grams, _ := s.WeightG()
	line := handoverLine{Sheet: s.ID, Carrier: s.Carrier, Mode: s.Mode, Warehouse: s.Warehouse, Market: market, State: "none", Parcels: len(s.Parcels), Expected: len(s.Parcels) + len(s.Missing),
		Missing: []absentLine{}, TakeOut: []absentLine{}, Recall: []absentLine{}, ToPack: []absentLine{}, WeightG: grams, ScanForm: s.ScanForm,
		ClosedBy: s.ClosedBy, Reason: s.Reason, Badge: s.Supervisor, Photos: s.Photos}
	if s.ID != "" {
		line.State, line.OpenedAt = "open", moment(s.OpenedAt)
	}
	if !s.ClosedAt.IsZero() {
		line.State, line.ClosedAt = "closed", moment(s.ClosedAt)
	}
	for _, absent := range s.Missing {
		line.Missing = append(line.Missing, absentLine{absent.Parcel, absent.Tracking})
	}
	return line
}

func columnLine(c handover.Column) handoverLine {
	line := handoverLineOf(c.Sheet, c.Market)
	line.Carrier, line.Mode, line.Warehouse, line.Expected = c.Carrier, c.Mode, c.Warehouse, c.Expected()
	for _, part := range []struct {
		rows []handover.Row
		into *[]absentLine
	}{{c.Missing, &line.Missing}, {c.TakeOut, &line.TakeOut}, {c.Recall, &line.Recall}, {c.ToPack, &line.ToPack}} {
		for _, row := range part.rows {
			*part.into = append(*part.into, absentLine{row.Parcel, row.Tracking})
		}
	}
	return line
}

// modeWords are how people call the ways of handing over.
var modeWords = map[order.HandoverMode]order.Said{
	order.PickedUp: order.Say("handover.mode.pickup"), order.DroppedOff: order.Say("handover.mode.drop_off"), "": order.Say("handover.mode.unknown"),
}

// sheetStates are how people call the states of sheets.
var sheetStates = map[string]order.Said{
	"none": order.Say("handover.state.none"), "open": order.Say("handover.state.open"), "closed": order.Say("handover.state.closed"),
}

func (l handoverLine) add(e *Environment, list *listing) error {
	return list.add(l, l.Sheet, handover.Named(l.Carrier), cmp.Or(string(l.Market), "—"), cmp.Or(l.Warehouse, "—"), e.Tongue.Say(modeWords[l.Mode]), e.Tongue.Say(sheetStates[l.State]), fmt.Sprintf("%d/%d", l.Parcels, l.Expected),
		strconv.Itoa(len(l.Missing)), strconv.Itoa(len(l.TakeOut)+len(l.Recall)), strconv.Itoa(len(l.ToPack)))
}

// HandoverList lists hand-over sheets.
type HandoverList struct {
	Days int  `default:"1" help:"Closed sheets of so many days, today being the first."`
	JSON bool `name:"json" help:"One object a line."`
}

// Served tells that a program that has the folder open does it.
func (v *HandoverList) Served() bool { return true }

// Run writes what is open by carrier, then what is closed, the oldest first.
func (v *HandoverList) Run(e *Environment) (err error) {
	return e.atDesk(func(bench *Bench, desk *station.Desk) error {
		columns, err := desk.Columns()
		if err != nil {
			return err
		}
		now := e.Now().Local()
		sheets, err := bench.Store.Sheets(time.Date(now.Year(), now.Month(), now.Day()-max(1, v.Days)+1, 0, 0, 0, 0, now.Location()))
		if err != nil {
			return err
		}
		list := e.listing(v.JSON, "handover.header")
		for _, column := range columns {
			if err := columnLine(column).add(e, list); err != nil {
				return err
			}
		}
		for _, sheet := range sheets {
			if sheet.Open() {
				continue
			}
			market, err := station.MarketOf(bench.Store, sheet)
			if err != nil {
				return err
			}
			if err := handoverLineOf(sheet, market).add(e, list); err != nil {
				return err
			}
		}
		return list.end()
	})
}

// atDesk opens the bench and its hand-over sheets for a verb.
func (e *Environment) atDesk(do func(*Bench, *station.Desk) error) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	desk, err := bench.newDesk()
	if err != nil {
		return err
	}
	return do(bench, desk)
}

// HandoverShow tells of a sheet.
type HandoverShow struct {
	Sheet string `arg:"" help:"The sheet, as handover list names it."`
	JSON  bool   `name:"json" help:"One object a line: the sheet, then its parcels."`
}

// onSheetLine is a parcel of a sheet.
type onSheetLine struct {
	Sheet     string          `json:"sheet"`
	PackageID order.ParcelKey `json:"package_id"`
	Tracking  string          `json:"tracking_number"`
	OrderIDs  []string        `json:"order_ids"`
	State     string          `json:"state"` // on_sheet, missing, take_out, recall or to_pack
	At        string          `json:"at,omitempty"`
	By        string          `json:"by,omitempty"`
	Bundle    string          `json:"bundle,omitempty"`
	WeightG   int             `json:"weight_g,omitempty"`
	WeightBy  string          `json:"weight_by,omitempty"` // scale or catalogue
}

// Served tells that a program that has the folder open does it.
func (v *HandoverShow) Served() bool { return true }

// Run writes the sheet, what is on it and what is missing. It ends with ErrNeedsPerson where something is.
func (v *HandoverShow) Run(e *Environment) error {
	return e.atDesk(func(bench *Bench, desk *station.Desk) error {
		sheet, err := bench.Store.Sheet(v.Sheet)
		if err != nil {
			return err
		}
		market, err := station.MarketOf(bench.Store, sheet)
		if err != nil {
			return err
		}
		line := handoverLineOf(sheet, market)
		if sheet.Open() {
			column, err := desk.Column(v.Sheet)
			if err != nil {
				return err
			}
			line = columnLine(column)
		}
		if err := v.tell(e, sheet, line); err != nil {
			return err
		}
		if len(line.Missing)+len(line.Recall) > 0 {
			return ErrNeedsPerson
		}
		return nil
	})
}

func (v *HandoverShow) tell(e *Environment, sheet order.Sheet, line handoverLine) error {
	head := e.listing(v.JSON, "handover.header")
	if err := errors.Join(line.add(e, head), head.end()); err != nil {
		return err
	}
	list := e.listing(v.JSON, "handover.parcels")
	add := func(l onSheetLine, state order.Said) error {
		return list.add(l, e.Tongue.Say(state), l.Tracking, string(l.PackageID), l.At, l.By, l.Bundle, weightWords(e, l.WeightG, l.WeightBy))
	}
	for _, part := range []struct {
		name string
		said order.Said
		rows []absentLine
	}{{"recall", order.Say("handover.part.recall"), line.Recall}, {"missing", order.Say("handover.part.missing"), line.Missing}, {"take_out", order.Say("handover.part.take_out"), line.TakeOut},
		{"to_pack", order.Say("handover.part.to_pack"), line.ToPack}} {
		for _, row := range part.rows {
			if err := add(onSheetLine{Sheet: sheet.ID, PackageID: row.PackageID, Tracking: row.Tracking, OrderIDs: []string{}, State: part.name}, part.said); err != nil {
				return err
			}
		}
	}
	for _, p := range sheet.Parcels {
		l := onSheetLine{Sheet: sheet.ID, PackageID: p.Parcel, Tracking: p.Tracking, OrderIDs: p.Orders, State: "on_sheet", At: moment(p.At), By: p.By, Bundle: p.Bundle, WeightG: p.WeightG,
			WeightBy: weighedBy(p)}
		if err := add(l, order.Say("handover.part.on_sheet")); err != nil {
			return err
		}
	}
	return list.end()
}

// weighedBy is who says what a parcel weighs; empty: nobody.
func weighedBy(p order.OnSheet) string {
	switch {
	case p.WeightG == 0:
		return ""
	case p.Weighed:
		return "scale"
	}
	return "catalogue"
}

// weightWords is a weight for people; that of the catalogue is marked.
func weightWords(e *Environment, grams int, by string) string {
	switch by {
	case "scale":
		return e.Tongue.Text("handover.grams", "grams", grams)
	case "catalogue":
		return e.Tongue.Text("handover.grams_catalogue", "grams", grams)
	}
	return ""
}

// HandoverClose closes a sheet.
type HandoverClose struct {
	Sheet      string `arg:"" help:"The sheet, as handover list names it."`
	Incomplete bool   `help:"Close it without what is missing, which takes a supervisor and a reason."`
	Badge      string `placeholder:"CODE" help:"The supervisor's badge. Where people are registered their PIN is read from standard input."`
	Why        string `placeholder:"TEXT" help:"Why it is closed without what is missing."`
	JSON       bool   `name:"json" help:"One object a line."`
	OnPaper
}

// Served tells that a program that has the folder open does it, on the printer that program has open.
func (v *HandoverClose) Served() bool { return true }

// asks asks for the PIN of the supervisor whose badge was given, where people are registered.
func (v *HandoverClose) asks(e *Environment) string {
	roster, err := people.Load(e.Dir)
	if v.Badge == "" || err != nil || len(roster.People) == 0 { // what cannot be read is told when the bench is opened
		return ""
	}
	return order.Say("people.ask.own_pin").Key
}

// Run closes the sheet and prints it: on the printer that is named, else on the configured one, else nowhere. It ends with ErrNeedsPerson where the sheet is not
// closed because something is missing or must not go.
func (v *HandoverClose) Run(e *Environment) (err error) {
	wish := station.CloseWish{Sheet: v.Sheet, Incomplete: v.Incomplete, Reason: v.Why, Supervisor: v.Badge}
	if v.asks(e) != "" {
		if wish.PIN, err = e.confided(); err != nil {
			return err
		}
	}
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	sheet, err := bench.CloseSheet(e.Context, wish)
	if unfinished[problemKey(err)] {
		fmt.Fprintf(e.Stderr, "packbench: %s\n", e.Tongue.Say(order.AsProblem(err).Said))
		return ErrNeedsPerson
	}
	if err != nil {
		return err
	}
	market, err := station.MarketOf(bench.Store, sheet)
	if err != nil {
		return err
	}
	list := e.listing(v.JSON, "handover.header")
	if err := errors.Join(handoverLineOf(sheet, market).add(e, list), list.end()); err != nil {
		return err
	}
	return v.print(e, bench, sheet)
}

func problemKey(err error) string {
	if err == nil {
		return ""
	}
	return order.AsProblem(err).Key
}

// unfinished are the problems that leave a sheet open because something is left to be done with its parcels.
var unfinished = map[string]bool{order.Say("handover.missing").Key: true, order.Say("handover.no_badge").Key: true, order.Say("handover.recall").Key: true, order.Say("handover.old_word").Key: true}

// HandoverPhoto keeps a photo of a signed sheet.
type HandoverPhoto struct {
	Sheet string `arg:"" help:"The sheet, as handover list names it."`
	File  string `arg:"" help:"The picture: JPEG, PNG or PDF."`
}

// Served tells that a program that has the folder open does it.
func (v *HandoverPhoto) Served() bool { return true }

// Run keeps it.
func (v *HandoverPhoto) Run(e *Environment) (err error) {
	file, err := e.OpenFile(v.File, "handover.no_file")
	if err != nil {
		return err
	}
	photo, err := io.ReadAll(io.LimitReader(file, station.LargestPhoto+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return order.Trouble(err, "handover.no_file", "file", v.File)
	}
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	if err := bench.AttachPhoto(v.Sheet, photo); err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Text("handover.photo_kept", "sheet", v.Sheet))
	return err
}

// HandoverScanForm keeps the number of a SCAN form.
type HandoverScanForm struct {
	Sheet  string `arg:"" help:"The sheet, as handover list names it."`
	Number string `arg:"" help:"The number under the form's barcode."`
}

// Served tells that a program that has the folder open does it.
func (v *HandoverScanForm) Served() bool { return true }

// Run keeps it.
func (v *HandoverScanForm) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	if err := bench.NoteScanForm(v.Sheet, v.Number); err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Text("handover.scan_form_kept", "sheet", v.Sheet, "number", v.Number))
	return err
}
