package window

import (
	"slices"
	"strconv"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/ui/ask"
	"packbench/ui/pack"
)

// wrongs are what can be wrong, in the order of packing.Exceptions, and shorts why an article is missing, in that of order.Shortages.
var (
	wrongs = []order.Said{
		order.Say("wrong.short"), order.Say("wrong.damaged"), order.Say("wrong.extra"), order.Say("wrong.park"), order.Say("wrong.undo"), order.Say("wrong.start_over"),
	}
	shorts = []order.Said{order.Say("wrong.short.out_of_stock"), order.Say("wrong.short.damaged"), order.Say("wrong.short.wrong_bin")}
)

// numbered are answers with a digit each.
func numbered(words []order.Said) (acts []pack.Act) {
	for i, word := range words {
		acts = append(acts, pack.Act{Key: strconv.Itoa(i + 1), Word: word})
	}
	return acts
}

// exception is a question about what is wrong; false where the bench asks something else.
func exception(s packing.State) (pack.Question, bool) {
	back := pack.Act{Key: asideKey, Word: order.Say("question.back")}
	if q, is := weightQuestion(s); is {
		return q, true
	}
	switch s.Question {
	case packing.WhatIsWrong:
		acts := []pack.Act{back}
		if s.MayLearn() {
			acts = []pack.Act{{Key: yesKey, Word: order.Say("wrong.learn")}, back}
		}
		return pack.Question{Title: order.Say("question.what_is_wrong"), Text: order.Say("wrong.text"), Choices: numbered(wrongs), Acts: acts}, true
	case packing.WhyShort:
		text, picking := shortPickText(s)
		if !picking {
			text = order.Say("wrong.short.text", "sku", s.WantedSKU())
		}
		choices := shorts
		if s.MaySplit() {
			choices = append(slices.Clone(shorts), order.Say("wrong.short.send_here"))
		}
		return pack.Question{Title: order.Say("question.why_short"), Text: text, Choices: numbered(choices), Acts: []pack.Act{back}}, true
	case packing.SplitHere:
		split := pack.Act{Key: yesKey, Word: order.Say("question.split_here.yes")}
		return pack.Question{Title: order.Say("question.split_here"), Text: s.Trouble, Acts: []pack.Act{split, back}}, true
	case packing.WhichDamaged:
		last := pack.Act{Key: yesKey, Word: order.Say("question.which_damaged.yes")}
		return pack.Question{Title: order.Say("question.which_damaged"), Text: s.Trouble, Acts: []pack.Act{last, back}}, true
	case packing.WhichExtra:
		return pack.Question{Title: order.Say("question.which_extra"), Text: s.Trouble, Acts: []pack.Act{{Word: order.Say("wrong.extra.scan")}, back}}, true
	}
	return pack.Question{}, false
}

// choosable tells whether the bench offers answers by number.
func choosable(q packing.Question) bool {
	switch q {
	case packing.AnswerBuyer, packing.WhyAgain, packing.WhichMeant, packing.WhatIsWrong, packing.WhyShort, packing.OffWeight:
		return true
	}
	return false
}

// chooses takes the digit of an answer.
func (w *Window) chooses(key string) bool {
	n, err := strconv.Atoi(key)
	if err != nil || n < 1 || n > ask.MostChoices || !choosable(w.running.Snapshot().State.Question) {
		return false
	}
	w.running.Wish(packing.Choose{Number: n})
	return true
}

// somethingWrong says that something is wrong: with the goods while pieces are taken, else with the label.
func (w *Window) somethingWrong() {
	state := w.running.Snapshot().State
	if _, asked := exception(state); asked || state.Phase == packing.Packing || state.MayAnswer() {
		w.running.Wish(packing.Help{})
		return
	}
	w.wishLabel()
}
