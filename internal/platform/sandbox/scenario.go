package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Scenario is a list of what goes wrong and what others do, each with when. It is written as JSON; docs/sandbox.md
// shows how.
type Scenario struct {
	// Seed decides what Entry.Probability and an order "any" leave to chance.
	Seed    int64   `json:"seed,omitempty"`
	Entries []Entry `json:"entries"`
}

// Entry is one fault or act: what, when and how. A fault without a time and without counts strikes at every call of
// its kind, token_expired at one. An act happens at its time, or at its call once; without both, at once.
type Entry struct {
	What string `json:"what"`

	// Order is an order's id, or "#3" for the third order of the sandbox by the time it was made. For an act it may be
	// "any": an order that waits for shipment or collection when the act happens. Without Order and Package an act is
	// on what its call is about.
	Order   string `json:"order,omitempty"`
	Package string `json:"package,omitempty"`

	// The entry rests until After has passed in the orders' lives since the sandbox was made, or until At. For is how
	// long a fault lasts from then on; 0 is for good.
	After Duration   `json:"after,omitempty"`
	At    *time.Time `json:"at,omitempty"`
	For   Duration   `json:"for,omitempty"`

	// Call is a method and a path, "POST /fulfillment/*/packages/*/ship", or a path alone; * stands for any letters.
	Call string `json:"call,omitempty"`
	// Of the calls that match, counted from 1: the Nth alone, those From and To, each Every, so many Times in all, and
	// of those each with a Probability between 0 and 1. 0 is no bound.
	Nth         int     `json:"nth,omitempty"`
	From        int     `json:"from,omitempty"`
	To          int     `json:"to,omitempty"`
	Every       int     `json:"every,omitempty"`
	Times       int     `json:"times,omitempty"`
	Probability float64 `json:"probability,omitempty"`
	// Answered makes an act happen when its call has been carried out; otherwise it happens before.
	Answered bool `json:"answered,omitempty"`

	// By is how much: the offset of clock_skew, the wait of slow and label_delay, how long a carrier is silent; it is for good where that is 0.
	By Duration `json:"by,omitempty"`
	// RetryAfter is the header of rate_429; 0 leaves it out.
	RetryAfter Duration `json:"retry_after,omitempty"`
	// Code and Message are the answer of error and batch_fail.
	Code    int    `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
	// Packages are those that batch_fail lets fail, Count how many instead, from the front.
	Packages []string `json:"packages,omitempty"`
	Count    int      `json:"count,omitempty"`
	// Scope is the one that scope_missing names.
	Scope string `json:"scope,omitempty"`
	// Field is what unknown_enum overwrites.
	Field string `json:"field,omitempty"`
	// Role cancels: BUYER, SELLER or SYSTEM. Reason is the buyer's or theirs. Line is the order line of cancel_line;
	// without it the last one that is not cancelled.
	Role   string `json:"role,omitempty"`
	Reason string `json:"reason,omitempty"`
	Line   string `json:"line,omitempty"`
}

// Duration is a time.Duration that is written as text: "90s", "1h30m".
type Duration time.Duration

// MarshalText writes it.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads what time.ParseDuration reads.
func (d *Duration) UnmarshalText(text []byte) error {
	read, err := time.ParseDuration(string(text))
	*d = Duration(read)
	return err
}

// ErrScenario is in every error that lies in a scenario.
var ErrScenario = errors.New("scenario")

// ReadScenario reads a scenario as JSON. An error names the entry that is wrong, and how.
func ReadScenario(r io.Reader) (Scenario, error) {
	var file struct {
		Seed    int64             `json:"seed"`
		Entries []json.RawMessage `json:"entries"`
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return Scenario{}, err
	}
	if err := strictly(raw, &file); err != nil {
		return Scenario{}, fmt.Errorf("%w: %w", ErrScenario, err)
	}
	s := Scenario{Seed: file.Seed, Entries: make([]Entry, len(file.Entries))}
	for i, text := range file.Entries {
		if err := strictly(text, &s.Entries[i]); err != nil {
			return Scenario{}, fmt.Errorf("%w: entry %d: %w", ErrScenario, i+1, err)
		}
	}
	return s, s.check()
}

// strictly decodes one JSON value and nothing that has no place in it.
func strictly(raw []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if decoder.More() {
		return fmt.Errorf("something follows the end")
	}
	return nil
}

func (s Scenario) check() error {
	for i, e := range s.Entries {
		if err := e.check(); err != nil {
			return fmt.Errorf("%w: entry %d (%s): %w", ErrScenario, i+1, e.What, err)
		}
	}
	return nil
}

// anyOrder is chosen when an act happens.
const anyOrder = "any"

func (e Entry) check() error {
	known, is := kinds[e.What]
	switch {
	case !is:
		return fmt.Errorf("nobody knows this; known are %s", strings.Join(Faults(), ", "))
	case e.At != nil && e.After != 0:
		return fmt.Errorf("it has both at and after")
	case e.After < 0 || e.For < 0 || e.RetryAfter < 0:
		return fmt.Errorf("a time is below 0")
	case e.Nth < 0 || e.From < 0 || e.To < 0 || e.Every < 0 || e.Times < 0 || e.Count < 0:
		return fmt.Errorf("a count is below 0")
	case e.To > 0 && e.To < e.From:
		return fmt.Errorf("to is before from")
	case e.Probability < 0 || e.Probability > 1:
		return fmt.Errorf("probability is not between 0 and 1")
	case e.Order == anyOrder && !known.act:
		return fmt.Errorf("only an act chooses an order; leave order out for all")
	case known.act && e.Order == "" && e.Package == "" && e.Call == "":
		return fmt.Errorf("it says neither which order nor which package, nor a call that is about one")
	case e.Answered && (!known.act || e.Call == ""):
		return fmt.Errorf("answered is for acts at a call")
	case known.amount && e.By == 0:
		return fmt.Errorf("by says how much, and is missing")
	case e.What != "clock_skew" && e.By < 0:
		return fmt.Errorf("by is below 0")
	case e.What == "error" && e.Code == 0:
		return fmt.Errorf("code is missing")
	case e.Role != "" && e.Role != "BUYER" && e.Role != "SELLER" && e.Role != "SYSTEM":
		return fmt.Errorf("role is none of BUYER, SELLER, SYSTEM")
	}
	if place, counted := strings.CutPrefix(e.Order, "#"); counted {
		if n, err := strconv.Atoi(place); err != nil || n < 1 {
			return fmt.Errorf("order %q is not #1 or a later one", e.Order)
		}
	}
	return nil
}

// FaultOf reads what --fault says: a name from Faults, or name=value. The value is the one thing that is asked first
// of that kind: a duration, a code, a scope, a field, an order.
func FaultOf(said string) (Entry, error) {
	name, value, given := strings.Cut(said, "=")
	known, is := kinds[name]
	if !is {
		return Entry{}, fmt.Errorf("fault %s: nobody knows this; known are %s", name, strings.Join(Faults(), ", "))
	}
	e := known.usual
	e.What = name
	if known.act {
		e.Order = anyOrder
	}
	if given {
		if err := known.value(&e, value); err != nil {
			return Entry{}, fmt.Errorf("fault %s: %w", name, err)
		}
	}
	if err := e.check(); err != nil {
		return Entry{}, fmt.Errorf("fault %s: %w", name, err)
	}
	return e, nil
}

// pattern is a call pattern.
type pattern struct {
	method string // empty is any
	parts  []string
}

func patternOf(said string) pattern {
	method, path, both := strings.Cut(said, " ")
	if !both {
		method, path = "", said
	}
	return pattern{strings.ToUpper(method), strings.Split(path, "*")}
}

// matches tells whether a call is meant.
func (p pattern) matches(method, path string) bool {
	if p.method != "" && p.method != "*" && p.method != method {
		return false
	}
	rest, led := strings.CutPrefix(path, p.parts[0])
	if !led || len(p.parts) == 1 {
		return led && rest == ""
	}
	last := len(p.parts) - 1
	for _, part := range p.parts[1:last] {
		_, after, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, p.parts[last])
}
