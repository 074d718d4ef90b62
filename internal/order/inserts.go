package order

import (
	"slices"
	"strings"
)

// InsertAdded says that something that is to be laid into the parcel was scanned into it: SKU is the insert, as the catalogue names it.
const InsertAdded EventKind = "insert_added"

// withInserts is the work once an event has happened, as far as it is about inserts. A person's word that they are in counts for all that are wanted by
// then: what a later piece brings is asked for again. They are out again when the box is empty.
func (w Work) withInserts(e Event) Work {
	switch {
	case e.Kind == InsertAdded:
		w.Inserted = append(w.Inserted[:len(w.Inserted):len(w.Inserted)], e.SKU)
	case e.Kind == CheckHeeded && e.Check == CheckInserts:
		w.Inserted = append(w.Inserted[:len(w.Inserted):len(w.Inserted)], w.InsertsLeft()...)
	case len(w.Taken) == 0:
		w.Inserted = nil
	}
	return w
}

// InsertsLeft are the inserts of the pieces in the box that nobody said are in it, each once however many pieces ask for it.
func (w Work) InsertsLeft() (left []string) {
	for _, piece := range w.Taken {
		for _, insert := range piece.Inserts {
			if !slices.Contains(w.Inserted, insert) && !slices.Contains(left, insert) {
				left = append(left, insert)
			}
		}
	}
	return left
}

// insertsFinding tells what is still to be laid into the box.
func insertsFinding(w Work) (Finding, bool) {
	left := w.InsertsLeft()
	return Finding{Said: Say("check.inserts", "inserts", strings.Join(left, ", "))}, len(left) > 0
}
