// Package ask is the amber card of a question: the bench cannot know and a person must answer, by a key, a number or a scan.
// It shows a Question and decides nothing.
package ask

import (
	"packbench/internal/order"
	"packbench/ui/kit"
)

// Act is something a person can do, by key or by pressing it.
type Act struct {
	Key  string // as keyhook and the callbacks of the pages name it: F10, or a digit. Empty: a scan does it, there is nothing to press
	Word order.Said
}

// Question is what a person must answer before the bench goes on.
type Question struct {
	Title order.Said
	Text  order.Said // one or two sentences
	// Choices are the answers of a question that has several of one kind, such as the reasons for printing again:
	// large, with a digit each, at most MostChoices.
	Choices []Act
	// Badge tells that only the scan of a supervisor's badge answers it.
	Badge bool
	Acts  []Act      // the first is the main one where there are no choices
	Label *kit.Photo // the label or the article it is about, if any
}

// MostChoices is how many choices a question can have side by side.
const MostChoices = 6

// Reasons are the choices of the question why a label is printed again.
var Reasons = []Act{
	{Key: "1", Word: order.Say("reprint.jammed")}, {Key: "2", Word: order.Say("reprint.unreadable")},
	{Key: "3", Word: order.Say("reprint.lost")}, {Key: "4", Word: order.Say("reprint.test")},
}

// Why asks for one of the Reasons; back is the way out of it.
func Why(back string) Question {
	return Question{
		Title: order.Say("reprint.why"), Text: order.Say("reprint.why.text"), Choices: Reasons,
		Acts: []Act{{Key: back, Word: order.Say("reprint.back")}},
	}
}

// Supervisor asks for a supervisor's badge before a label is printed again that was printed again so many times already.
func Supervisor(times int, back string) Question {
	return Question{
		Title: order.Say("reprint.supervisor"), Text: order.Say("reprint.supervisor.text", "count", times), Badge: true,
		Acts: []Act{{Key: back, Word: order.Say("reprint.back")}},
	}
}

// NoSupervisor says that a supervisor has to agree and that no badge is registered, so that no scan is one.
func NoSupervisor(back string) Question {
	return Question{
		Title: order.Say("reprint.unregistered"), Text: order.Say("reprint.unregistered.text"),
		Acts: []Act{{Key: back, Word: order.Say("reprint.back")}},
	}
}
