package rules

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"packbench/internal/order"
)

// File is a file of rules as it is written; assets/rules.toml says what is what.
type File struct {
	// Near is the share of a limit that is left when its clock begins to be near, 0 to 1.
	Near       *float64       `toml:"near,omitempty"`
	Rules      []RuleRow      `toml:"rule,omitempty"`
	Extensions []ExtensionRow `toml:"extension,omitempty"`
	CutOffs    []CutOffRow    `toml:"cutoff,omitempty"`
	Holidays   []HolidayRow   `toml:"holiday,omitempty"`
	Zones      []ZoneRow      `toml:"zone,omitempty"`
}

// RuleRow is a rule, or in a bench's own file what is to be different of one. What is empty there stays as it is.
type RuleRow struct {
	ID          order.RuleID       `toml:"id"`
	Family      order.RuleID       `toml:"family,omitempty"`
	Markets     []order.Market     `toml:"markets,omitempty"`
	Except      []order.Market     `toml:"except,omitempty"`
	Mode        order.ShippingType `toml:"mode,omitempty"`
	Type        string             `toml:"type,omitempty"`
	Seller      string             `toml:"seller,omitempty"`
	ValidFrom   string             `toml:"valid_from,omitempty"` // 2024-01-01, or none
	ValidTo     string             `toml:"valid_to,omitempty"`   // the last day
	Start       string             `toml:"start,omitempty"`      // points by their names
	End         string             `toml:"end,omitempty"`
	After       order.RuleID       `toml:"after,omitempty"`
	Limit       string             `toml:"limit,omitempty"` // 48 h, 3 wd, 5 d
	Grace       string             `toml:"grace,omitempty"`
	Consequence order.Consequence  `toml:"consequence,omitempty"`
	Source      string             `toml:"source,omitempty"`
	SourceAt    string             `toml:"source_at,omitempty"`
	Off         bool               `toml:"off,omitempty"`
	OnFor       []string           `toml:"on_for,omitempty"` // shops by id; * is every one
}

// ExtensionRow is an extension (fulfilment rules 2, Extensions). Its days are those of the warehouse's zone, else the market's, else UTC.
type ExtensionRow struct {
	Clock       order.RuleID `toml:"clock"`
	Market      order.Market `toml:"market,omitempty"`
	Warehouse   string       `toml:"warehouse,omitempty"`
	SKU         string       `toml:"sku,omitempty"`
	CreatedFrom string       `toml:"created_from"` // 2026-11-27, or 2026-11-27 10:00
	CreatedTo   string       `toml:"created_to"`   // a day with all of it, or the first moment after
	Add         string       `toml:"add"`
	Why         string       `toml:"why"`
}

// CutOffRow is the hour until which a shop's orders leave the same day, in its market's zone.
type CutOffRow struct {
	Shop string `toml:"shop"`
	At   string `toml:"at"` // 12:00
}

// HolidayRow is a holiday more, or one that is worked on.
type HolidayRow struct {
	Market order.Market `toml:"market"`
	Date   string       `toml:"date"`
	Name   string       `toml:"name,omitempty"`
	Works  bool         `toml:"works,omitempty"`
}

// ZoneRow is where a warehouse is that is not in its market's zone.
type ZoneRow struct {
	Warehouse string `toml:"warehouse"`
	Zone      string `toml:"zone"` // America/New_York
}

// wrong is what is wrong with a field of a row. Where it stands is found by places.
func wrong(field string, why order.Said) *mistake { return &mistake{field: field, why: why} }

// mistake is what is wrong in a file, without where.
type mistake struct {
	line  int
	field string
	why   order.Said
	cause error
}

func (m *mistake) Error() string { return fmt.Sprintf("line %d, %s: %s", m.line, m.field, m.why.Key) }

func (m *mistake) Unwrap() error { return m.cause }

// named makes of a mistake the Problem that names the file.
func named(err error, file string) error {
	var m *mistake
	if !errors.As(err, &m) {
		return err
	}
	return order.Trouble(err, "rules.wrong", "file", file, "line", m.line, "field", m.field, "why", m.why)
}

// places are the lines of a file.
type places []string

// of puts into a mistake where the nth row of a table has its field; of a file's own fields the table is empty.
func (p places) of(err error, table string, n int) error {
	var m *mistake
	if errors.As(err, &m) && m.line == 0 {
		m.line = p.line(table, n, m.field)
	}
	return err
}

// line is where a field of the nth row of a table stands, or that row's head where it has no such field; 1 where the file has no such row.
func (p places) line(table string, n int, field string) int {
	head, row := 1, -1
	if table == "" {
		row = n
	}
	for i, line := range p {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			if row == n && table != "" {
				break
			}
			if strings.TrimSpace(strings.SplitN(line, "#", 2)[0]) == "[["+table+"]]" {
				if row++; row == n {
					head = i + 1
				}
			}
			continue
		}
		key, _, found := strings.Cut(line, "=")
		if found && row == n && strings.TrimSpace(key) == field {
			return i + 1
		}
	}
	return head
}

// mistyped is how the library says that a value is of another kind than its field.
var mistyped = regexp.MustCompile(`line (\d+) \(last key "([^"]+)"\)`)

// parse reads a file. A key that nobody knows is a mistake: whoever mistyped it must not believe it was heeded.
func parse(text string) (file File, at places, err error) {
	at = strings.Split(text, "\n")
	meta, err := toml.Decode(text, &file)
	var wrongly toml.ParseError
	switch {
	case errors.As(err, &wrongly):
		return file, at, &mistake{line: wrongly.Position.Line, field: wrongly.LastKey, why: order.Say("rules.why.form", "value", wrongly.Message), cause: err}
	case err != nil:
		if where := mistyped.FindStringSubmatch(err.Error()); where != nil {
			line, _ := strconv.Atoi(where[1])
			key := where[2][strings.LastIndex(where[2], ".")+1:]
			return file, at, &mistake{line: line, field: key, why: order.Say("rules.why.kind"), cause: err}
		}
		return file, at, &mistake{line: 1, why: order.Say("rules.why.form", "value", err.Error()), cause: err}
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		key := unknown[0]
		m := wrong(key[len(key)-1], order.Say("rules.why.key", "value", key.String()))
		for i, line := range at {
			if word, _, _ := strings.Cut(strings.Trim(strings.TrimSpace(line), "["), "="); m.line == 0 && strings.TrimSpace(strings.Trim(word, "]")) == m.field {
				m.line = i + 1
			}
		}
		return file, at, m
	}
	return file, at, nil
}

// mostUnits is the longest limit: more is a slip of the hand.
const mostUnits = 2000

// ParseLimit reads a limit such as 48 h, 3 wd or 5 d.
func ParseLimit(text string) (order.Limit, error) {
	digits := strings.TrimRight(text, " hwd")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n > mostUnits {
		return order.Limit{}, fmt.Errorf("%q is no limit", text)
	}
	unit := order.LimitUnit(strings.TrimSpace(text[len(digits):]))
	switch unit {
	case order.Hours, order.WorkingDays, order.Days:
		return order.Limit{N: n, Unit: unit}, nil
	}
	return order.Limit{}, fmt.Errorf("%q is no limit", text)
}

// LimitText is how a limit is written; empty where there is none.
func LimitText(l order.Limit) string {
	if l.Unit == "" {
		return ""
	}
	return fmt.Sprintf("%d %s", l.N, l.Unit)
}
