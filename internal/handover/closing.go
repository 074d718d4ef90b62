package handover

import (
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// namedMost is how many missing parcels a sentence names.
const namedMost = 5

// Closing is the wish to close a sheet, and what is known then.
type Closing struct {
	Column Column
	// Incomplete tells that it shall be closed without what is missing, Reason why. Allowed is the supervisor who has proved to be one; the zero Person: nobody.
	Incomplete bool
	Reason     string
	Allowed    order.Person
	// HeardAgo is how old the platform's newest word about all parcels is.
	HeardAgo time.Duration
}

// NeedsSupervisor tells whether only a supervisor can have the sheet closed: parcels are missing, or nobody could ask for longer than packing.OldestForConfirm
// whether what is on it was cancelled.
func (c Closing) NeedsSupervisor() bool {
	return len(c.Column.Missing) > 0 || c.HeardAgo > packing.OldestForConfirm
}

// Close are the events that close a sheet. It fails with handover.empty, handover.recall (blanks count, numbers) where a parcel on it must not go,
// handover.missing and handover.no_badge (count, numbers), handover.old_word (minutes) and handover.no_reason.
func (c Closing) Close(now time.Time) ([]order.Event, error) {
	col := c.Column
	switch {
	case col.Scanned() == 0:
		return nil, order.Trouble(nil, "handover.empty", "sheet", col.Sheet.ID)
	case len(col.Recall) > 0:
		return nil, order.Trouble(nil, "handover.recall", "count", len(col.Recall), "numbers", Numbers(col.Recall))
	case len(col.Missing) > 0 && c.Incomplete && c.Allowed.Badge == "":
		return nil, order.Trouble(nil, "handover.no_badge", "count", len(col.Missing), "numbers", Numbers(col.Missing))
	case len(col.Missing) > 0 && !c.Incomplete:
		return nil, order.Trouble(nil, "handover.missing", "count", len(col.Missing), "numbers", Numbers(col.Missing))
	case c.NeedsSupervisor() && c.Allowed.Badge == "":
		return nil, order.Trouble(nil, "handover.old_word", "minutes", int(c.HeardAgo/time.Minute))
	case len(col.Missing) > 0 && strings.TrimSpace(c.Reason) == "":
		return nil, order.Trouble(nil, "handover.no_reason")
	}
	e := order.Event{At: now, Kind: order.SheetClosed, ReadAgo: c.HeardAgo, Handover: order.Handover{Sheet: col.Sheet.ID}}
	if c.NeedsSupervisor() {
		e.Supervisor, e.SupervisorName, e.Handover.Reason = c.Allowed.Badge, c.Allowed.Name, strings.TrimSpace(c.Reason)
	}
	for _, row := range col.Missing {
		e.Handover.Missing = append(e.Handover.Missing, order.Absent{Parcel: row.Parcel, Tracking: row.Tracking})
	}
	return []order.Event{e}, nil
}

// Numbers names parcels by their numbers: the first five, and that there are more.
func Numbers(rows []Row) string {
	var numbers []string
	for i, row := range rows {
		if i == namedMost {
			numbers = append(numbers, "…")
			break
		}
		numbers = append(numbers, row.Tracking)
	}
	return strings.Join(numbers, ", ")
}
