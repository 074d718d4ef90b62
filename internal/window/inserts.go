package window

import (
	"cmp"
	"strings"

	"packbench/internal/order"
	"packbench/internal/station"
	"packbench/ui/pack"
)

// insertsQuestion asks for what is to be laid into the box, under the names the catalogue has for it.
func insertsQuestion(s station.Snapshot) pack.Question {
	names := s.State.Work.InsertsLeft()
	for i, insert := range names {
		names[i] = cmp.Or(s.Goods[insert].Name, insert)
	}
	return pack.Question{
		Title: order.Say("window.inserts", "inserts", strings.Join(names, " + ")), Text: order.Say("window.inserts.text"),
		Acts: []pack.Act{{Key: yesKey, Word: order.Say("window.inserts.yes")}},
	}
}
