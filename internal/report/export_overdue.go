package report

import (
	"strings"
	"time"

	"packbench/internal/order"
)

// OverdueColumns are the columns of the list of what is late, called as `overdue --json` calls them.
var OverdueColumns = []Column{
	{"package_id", order.Say("overdue.column.package_id"), Text, 22},
	{"order_ids", order.Say("overdue.column.order_ids"), Text, 22},
	{"shop", order.Say("overdue.column.shop"), Text, 22},
	{"market", order.Say("overdue.column.market"), Text, 8},
	{"clock", order.Say("overdue.column.clock"), Text, 22},
	{"due", order.Say("overdue.column.due"), Moment, 20},
	{"state", order.Say("overdue.column.state"), Text, 10},
	{"late_s", order.Say("overdue.column.late_s"), Number, 12},
	{"cause", order.Say("overdue.column.cause"), Text, 18},
	{"owner", order.Say("overdue.column.owner"), Text, 12},
	{"next", order.Say("overdue.column.next"), Text, 16},
	{"source", order.Say("overdue.column.source"), Text, 14},
}

// OverdueRow is a clock of a parcel that calls for somebody, in the words that say gives.
func OverdueRow(d order.DueClock, now time.Time, say func(order.Said) string) []Cell {
	owner, next := d.Cause.ToDo()
	word := func(key string) Cell { return text(say(order.Said{Key: key})) }
	return []Cell{
		text(string(d.Facts.Key)), text(strings.Join(d.Facts.OrderIDs, " ")), text(d.Facts.ShopID), text(string(d.Facts.Market)), word("clock." + string(d.ID)), at(d.Due),
		word("overdue.clock." + string(d.State)), number(int(d.Late(now) / time.Second)), word("cause." + string(d.Cause)), word("owner." + string(owner)), word("act." + string(next)), text(d.Source),
	}
}
