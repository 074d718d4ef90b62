package report

import (
	"time"

	"packbench/internal/order"
)

// LabelColumns are those of the export of labels.
var LabelColumns = []Column{
	{"order_id", order.Say("export.order_id"), Text, 22},
	{"package_id", order.Say("export.package_id"), Text, 22},
	{"shop", order.Say("export.shop"), Text, 16},
	{"market", order.Say("export.market"), Text, 8},
	{"carrier", order.Say("export.carrier"), Text, 18},
	{"label", order.Say("export.label"), Number, 8},
	{"code", order.Say("export.label_code"), Text, 22},
	{"version", order.Say("export.label_version"), Text, 30},
	{"fate", order.Say("export.fate"), Text, 14},
	{"reason", order.Say("export.reason"), Text, 14},
	{"queued", order.Say("export.queued"), Moment, 20},
	{"sent", order.Say("export.sent"), Moment, 20},
	{"seen", order.Say("export.seen"), Moment, 20},
	{"spoiled", order.Say("export.spoiled"), Moment, 20},
	{"run", order.Say("export.run"), Text, 14},
	{"printer", order.Say("export.printer"), Text, 24},
	{"packer", order.Say("export.packer"), Text, 16},
	{"supervisor", order.Say("export.supervisor"), Text, 16},
}

// Label is one label of a parcel and what became of it.
type Label struct {
	Number                    int // of the parcel's labels, from 1
	Code, Version             string
	Fate                      Fate
	Reason                    order.Spoiling // why it does not count
	Queued, Sent, Seen, Ended time.Time      // Ended: spoiled, voided or dropped
	Run, Printer              string
	Packer, Supervisor        string
}

// Fate is what became of a label.
type Fate string

// The fates of labels.
const (
	Waiting Fate = "queued"
	Leaving Fate = "sending" // its first byte left; whether it came out nobody knows
	Out     Fate = "sent"
	Scanned Fate = "seen" // on its parcel or before
	Spoiled Fate = "spoiled"
	Voided  Fate = "voided"  // it went out, or may have, and must not be used
	Dropped Fate = "dropped" // it never went out
)

// LabelsOf are the labels of a parcel as its events tell of them, in their order.
func LabelsOf(events []order.Event) (labels []Label) {
	for _, e := range events {
		if e.Kind == order.LabelQueued {
			labels = append(labels, Label{Number: len(labels) + 1, Code: e.Matched, Version: e.Version, Fate: Waiting, Queued: e.At, Run: e.Run, Packer: e.Packer})
			continue
		}
		if len(labels) == 0 {
			continue
		}
		l := &labels[len(labels)-1]
		switch e.Kind {
		case order.LabelSending:
			l.Fate, l.Printer = Leaving, e.Printer
		case order.LabelUnsent:
			l.Fate = Waiting
		case order.LabelSent:
			l.Fate, l.Sent = Out, e.At
		case order.LabelSeen:
			l.Fate, l.Seen = Scanned, e.At
		case order.Confirmed:
			if e.Tracking == "" { // that of the seller's own carrier is none of ours
				l.Fate, l.Seen, l.Packer = Scanned, e.At, e.Packer
			}
		case order.LabelSpoiled:
			l.Fate, l.Reason, l.Ended, l.Supervisor = Spoiled, e.Spoiling, e.At, supervisorOf(e)
		case order.LabelDropped, order.LabelVoided:
			switch l.Fate {
			case Waiting:
				l.Fate, l.Ended = Dropped, e.At
			case Leaving, Out, Scanned:
				l.Fate, l.Ended = Voided, e.At
			}
		}
	}
	return labels
}

// supervisorOf is who allowed it, by name where it is known.
func supervisorOf(e order.Event) string {
	if e.SupervisorName != "" {
		return e.SupervisorName
	}
	return e.Supervisor
}

// LabelRows are the labels of a parcel of an order.
func LabelRows(known order.Known, orderID, shop string, events []order.Event) (rows [][]Cell) {
	for _, l := range LabelsOf(events) {
		rows = append(rows, []Cell{
			text(orderID), text(string(known.Key)), text(shop), text(string(known.Market)), text(known.Provider), number(l.Number), text(l.Code), text(l.Version),
			text(string(l.Fate)), text(string(l.Reason)), at(l.Queued), at(l.Sent), at(l.Seen), at(l.Ended), text(l.Run), text(l.Printer), text(l.Packer), text(l.Supervisor),
		})
	}
	return rows
}
