package window

import (
	"context"
	"io"
	"slices"

	"packbench/internal/cli"
	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/station"
	shelf "packbench/ui/handover"
	"packbench/ui/kit"
)

// closeColumn closes the sheet of a column, or says what has to be done first.
func (w *Window) closeColumn(at int) {
	p, s := &w.shelf, w.running.Snapshot().Shelf
	if at >= len(s.Columns) {
		return
	}
	c := s.Columns[at]
	p.report = shelf.Report{}
	switch {
	case c.Scanned() == 0:
		w.tellShelf(kit.Loud, order.Say("shelfpage.close.none"))
	case len(c.Recall) > 0:
		w.tellShelf(kit.Loud, order.Say("handover.recall", "count", len(c.Recall), "numbers", handover.Numbers(c.Recall)))
	case len(c.Missing) > 0:
		p.step, p.closing = whyShort, c.Sheet.ID
	default:
		w.closeSheet(station.CloseWish{Sheet: c.Sheet.ID})
	}
}

// reasonForShort takes why a sheet is closed without what is missing, and asks for a supervisor.
func (w *Window) reasonForShort(digit int) {
	w.shelf.reason, w.shelf.step = w.environment.Tongue.Say(reasonsShort[digit-1]), badgeForShort
	w.draw()
}

// badgeForShort takes the badge of the supervisor who allows it. Where people are registered their PIN comes next.
func (w *Window) badgeForShort(code string) {
	p := &w.shelf
	state := w.running.Snapshot().State
	person := order.PersonOf(state.Staff.People, code)
	switch {
	case person.Supervisor && !person.Locked:
		p.step, p.supervisor = pinForShort, person
		return
	case person.Supervisor:
		w.tellShelf(kit.Bad, order.Say("people.locked", "name", person.Name))
		return
	case len(state.Staff.People) > 0 || !slices.Contains(state.Supervisors, code): // a parcel, or no badge: it is asked on
		w.tellShelf(kit.Bad, order.Say("shelfpage.no_supervisor"))
		return
	}
	w.closeSheet(station.CloseWish{Sheet: p.closing, Incomplete: true, Reason: p.reason, Supervisor: code})
}

// leaveShort leaves the sheet open.
func (w *Window) leaveShort() {
	w.shelf.step, w.shelf.closing, w.shelf.reason, w.shelf.supervisor = atColumns, "", "", order.Person{}
}

// closeSheet closes a sheet and prints it. The page shows the columns meanwhile.
func (w *Window) closeSheet(wish station.CloseWish) {
	p := &w.shelf
	p.step, p.closing = atColumns, wish.Sheet
	verb := w.manifestVerb(wish.Sheet)
	if !w.beside(&p.acting, func(ctx context.Context) func() {
		sheet, err := w.bench.CloseSheet(ctx, wish)
		printing := err
		if err == nil {
			printing = w.printManifest(ctx, verb)
		}
		return func() {
			p.closing, p.reason, p.supervisor = "", "", order.Person{}
			switch {
			case err != nil && order.AsProblem(err).Key == "handover.old_word" && wish.Supervisor == "" && p.step == atColumns: // only a supervisor can have it closed
				p.step, p.closing, p.old = badgeForShort, wish.Sheet, order.AsProblem(err).Said
				w.tellShelf(kit.Loud, p.old)
			case err != nil:
				w.shelfFailed(err)
			case printing != nil:
				w.shelfFailed(printing)
				w.tellShelf(kit.Bad, order.Say("shelfpage.closed.unprinted", "sheet", sheet.ID, "why", order.AsProblem(printing).Said))
			default:
				w.tellShelf(kit.Calm, order.Say("shelfpage.closed", "carrier", handover.Named(sheet.Carrier), "sheet", sheet.ID, "count", len(sheet.Parcels)))
			}
		}
	}) {
		p.closing = ""
		w.tellShelf(kit.Loud, order.Say("shelfpage.busy"))
	}
}

// manifestVerb prints a sheet as the verb does.
func (w *Window) manifestVerb(sheet string) *cli.HandoverPrint {
	return &cli.HandoverPrint{Sheet: sheet, OnPaper: cli.OnPaper{Print: true, Printer: w.options.Printer, Size: "100x150"}}
}

// printManifest runs the verb in the folder that is open here, as a clerk.
func (w *Window) printManifest(ctx context.Context, verb *cli.HandoverPrint) error {
	e := *w.environment
	e.Context, e.Stdout, e.Bench = ctx, io.Discard, w.bench
	return verb.Run(&e)
}
