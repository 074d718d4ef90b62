package order

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Node is a point of a parcel's way that a carrier's words tell of (rules 2, tracking-nodes and redelivery).
type Node string

// The nodes, in the order of a parcel's way.
const (
	Announced      Node = "announced" // the carrier was told of it and does not have it: no scan of its
	TakenByCarrier Node = "collected"
	ExportCustoms  Node = "export_customs" // cleared for export
	Entry          Node = "entry"          // in the country it goes to
	OutForDelivery Node = "out_for_delivery"
	BroughtToBuyer Node = "delivered"
	Attempted      Node = "attempted" // a try to deliver it failed; the carrier may try again
	Undeliverable  Node = "failed"    // its delivery cannot be completed
)

// AllNodes are the nodes there are, in the order of a parcel's way.
var AllNodes = []Node{Announced, TakenByCarrier, ExportCustoms, Entry, OutForDelivery, BroughtToBuyer, Attempted, Undeliverable}

// Nodes is a set of nodes. Its bits stand in the file of the cache, in the order of AllNodes.
type Nodes uint16

// Has tells whether a node is in it.
func (n Nodes) Has(node Node) bool { return n&bitOf(node) != 0 }

// With is the set and a node.
func (n Nodes) With(node Node) Nodes { return n | bitOf(node) }

func bitOf(node Node) Nodes {
	at := slices.Index(AllNodes, node)
	if at < 0 {
		return 0
	}
	return 1 << at
}

// Phrase tells by words that a text is of a node: it holds one of its phrases, as whole words where its script has such, and none of those that speak against it.
type Phrase struct {
	Node         Node
	Language     string
	says, unless []string // as plainly makes them
}

// NewPhrase is a phrase.
func NewPhrase(node Node, language string, says, unless []string) Phrase {
	p := Phrase{Node: node, Language: language}
	for _, text := range says {
		p.says = append(p.says, plainly(text))
	}
	for _, text := range unless {
		p.unless = append(p.unless, plainly(text))
	}
	return p
}

// Phrases are how carriers say what happened to a parcel. Those of all languages count for every text: nobody tells in which one it is.
type Phrases []Phrase

// NodeOf is the node that a carrier's text is of. One that fits none, or more than one, is of none: it is not guessed at.
func (p Phrases) NodeOf(text string) (node Node, known bool) {
	text = plainly(text)
	for _, phrase := range p {
		if phrase.Node == node || !phrase.fits(text) {
			continue
		}
		if known {
			return "", false
		}
		node, known = phrase.Node, true
	}
	return node, known
}

func (p Phrase) fits(text string) bool {
	within := func(part string) bool { return strings.Contains(text, part) }
	return slices.ContainsFunc(p.says, func(says string) bool { return holds(text, says) }) && !slices.ContainsFunc(p.unless, within)
}

// plainly is a text without what writers differ in: the letters' case, kinds of apostrophes and spaces.
func plainly(text string) string {
	text = strings.NewReplacer("’", "'", "‘", "'", "`", "'").Replace(strings.ToLower(text))
	return strings.Join(strings.Fields(text), " ")
}

// holds tells whether a phrase stands in a text as words of its own. Scripts without spaces between words have no such ends.
func holds(text, phrase string) bool {
	if phrase == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(phrase)
	last, _ := utf8.DecodeLastRuneInString(phrase)
	for from := 0; ; {
		at := strings.Index(text[from:], phrase)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(phrase):])
		if !joined(before, first) && !joined(last, after) {
			return true
		}
		from = at + utf8.RuneLen(first)
	}
}

// joined tells whether two letters that stand side by side are of one word.
func joined(a, b rune) bool { return spaced(a) && spaced(b) }

// spaced tells whether a letter is of a script that puts spaces between words.
func spaced(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) &&
		!unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// Transit is what carriers said of an order's parcels, put together. The platform tells it by order (platform API 3.6): parcels of a split order share it.
type Transit struct {
	// First and Last are when a carrier said its first and its last word. What only announces a parcel to it is none of its words.
	First, Last time.Time
	// FailedAt is when a carrier said that the delivery cannot be completed; zero where it did not, or where it went on with the parcel since.
	FailedAt time.Time
	Nodes    Nodes
}

// Complete tells whether carriers told of all the nodes that parcels from abroad are to pass (rules 2, tracking-nodes).
func (t Transit) Complete() bool {
	return t.Nodes.Has(ExportCustoms) && t.Nodes.Has(Entry) && t.Nodes.Has(OutForDelivery)
}

// TransitOf puts a carrier's events together, the oldest first. An event without a time counts by its node alone.
func TransitOf(events []TrackingEvent, phrases Phrases) (t Transit) {
	for _, e := range events {
		node, known := phrases.NodeOf(e.Text)
		if known {
			t.Nodes = t.Nodes.With(node)
		}
		switch {
		case node == Undeliverable && t.FailedAt.IsZero():
			t.FailedAt = e.At
		case node == OutForDelivery || node == BroughtToBuyer:
			t.FailedAt = time.Time{}
		}
		if node == Announced || e.At.IsZero() {
			continue
		}
		if at := e.At.Truncate(time.Second); t.First.IsZero() {
			t.First, t.Last = at, at
		} else {
			t.Last = later(t.Last, at)
		}
	}
	t.FailedAt = t.FailedAt.Truncate(time.Second)
	return t
}

// And is what is known of a parcel of which two orders tell: the first word and the last of both.
func (t Transit) And(o Transit) Transit {
	return Transit{First: sooner(t.First, o.First), Last: later(t.Last, o.Last), FailedAt: sooner(t.FailedAt, o.FailedAt), Nodes: t.Nodes | o.Nodes}
}
