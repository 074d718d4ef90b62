package rules

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"packbench/internal/order"
)

// Try gives the rules of a folder as they are and as a change of its own file would make them; nothing is written. What the change gets wrong is the Problem
// rules.wrong_entry, which names the field.
func Try(dir string, change func(*File) error) (was, is *Rules, err error) {
	was, is, _, err = try(dir, change)
	return was, is, err
}

func try(dir string, change func(*File) error) (was, is *Rules, text string, err error) {
	if was, err = Load(dir); err != nil {
		return nil, nil, "", err
	}
	file := was.Own.clone()
	if err := change(&file); err != nil {
		return nil, nil, "", err
	}
	path := filepath.Join(dir, FileName)
	if text, err = file.text(path); err != nil {
		return nil, nil, "", err
	}
	if is, err = Read(text, path); err != nil {
		problem := order.AsProblem(err)
		if problem.Key == "rules.wrong" { // its line is that of a file nobody has
			err = order.Trouble(err, "rules.wrong_entry", "field", problem.With["field"], "why", problem.With["why"])
		}
	}
	return was, is, text, err
}

// changing lets one change after the other through.
var changing sync.Mutex

// Change changes the own file of a folder and gives the rules that hold then. The remarks at the head of the file stay; others do not.
func Change(dir string, change func(*File) error) (*Rules, error) {
	changing.Lock()
	defer changing.Unlock()
	_, is, text, err := try(dir, change)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, FileName)
	next := path + ".new"
	if err := os.WriteFile(next, []byte(text), 0o600); err != nil {
		return nil, order.Trouble(err, "rules.unwritable", "file", path)
	}
	if err := os.Rename(next, path); err != nil {
		return nil, order.Trouble(err, "rules.unwritable", "file", path)
	}
	return is, nil
}

// clone is a copy that shares no list.
func (f File) clone() File {
	f.Rules, f.Extensions, f.CutOffs = slices.Clone(f.Rules), slices.Clone(f.Extensions), slices.Clone(f.CutOffs)
	f.Holidays, f.Zones = slices.Clone(f.Holidays), slices.Clone(f.Zones)
	return f
}

// text is the file as it is written, with the remarks at the head of the one that is there.
func (f File) text(path string) (string, error) {
	var out bytes.Buffer
	was, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", order.Trouble(err, "rules.unreadable", "file", path)
	}
	for line := range strings.Lines(string(was)) {
		if !strings.HasPrefix(line, "#") {
			break
		}
		out.WriteString(line)
	}
	if out.Len() > 0 {
		out.WriteByte('\n')
	}
	writer := toml.NewEncoder(&out)
	writer.Indent = ""
	if err := writer.Encode(f); err != nil {
		return "", err
	}
	return out.String(), nil
}

// Put puts a row for a rule into the file. What is there for the same orders stays as far as the row does not say otherwise.
func (f *File) Put(row RuleRow) {
	at := slices.IndexFunc(f.Rules, row.same)
	if at < 0 {
		f.Rules = append(f.Rules, row)
		return
	}
	if was := f.Rules[at]; !row.Off && !was.Off {
		row = row.with(was)
	}
	f.Rules[at] = row
}

// with is the row with what another says in the fields that it leaves empty.
func (row RuleRow) with(was RuleRow) RuleRow {
	row.Family, row.ValidTo = cmp.Or(row.Family, was.Family), cmp.Or(row.ValidTo, was.ValidTo)
	row.Start, row.End, row.After = cmp.Or(row.Start, was.Start), cmp.Or(row.End, was.End), cmp.Or(row.After, was.After)
	row.Limit, row.Grace, row.Consequence = cmp.Or(row.Limit, was.Limit), cmp.Or(row.Grace, was.Grace), cmp.Or(row.Consequence, was.Consequence)
	row.Source, row.SourceAt = cmp.Or(row.Source, was.Source), cmp.Or(row.SourceAt, was.SourceAt)
	if len(row.Except) == 0 {
		row.Except = was.Except
	}
	if len(row.OnFor) == 0 {
		row.OnFor = was.OnFor
	}
	return row
}

// same tells whether two rows of a file are for the same orders.
func (row RuleRow) same(other RuleRow) bool {
	return row.ID == other.ID && sameMarkets(row.Markets, other.Markets) && row.Mode == other.Mode && row.Type == other.Type && row.Seller == other.Seller &&
		(row.ValidFrom == other.ValidFrom || row.Off || other.Off)
}

// Reset takes away whatever the file says of a rule; false where it says nothing.
func (f *File) Reset(id order.RuleID) bool {
	was := len(f.Rules)
	f.Rules = slices.DeleteFunc(f.Rules, func(row RuleRow) bool { return row.ID == id })
	return len(f.Rules) < was
}

// DropExtension takes away the nth extension, from 0; false where there is none.
func (f *File) DropExtension(n int) bool {
	if n < 0 || n >= len(f.Extensions) {
		return false
	}
	f.Extensions = slices.Delete(f.Extensions, n, n+1)
	return true
}

// SetCutOff sets the hour of a shop, 12:00, or takes it away where it is empty.
func (f *File) SetCutOff(shop, at string) {
	f.CutOffs = slices.DeleteFunc(f.CutOffs, func(row CutOffRow) bool { return row.Shop == shop })
	if at != "" {
		f.CutOffs = append(f.CutOffs, CutOffRow{shop, at})
	}
}

// SetZone sets the zone of a warehouse, or takes it away where it is empty.
func (f *File) SetZone(warehouse, zone string) {
	f.Zones = slices.DeleteFunc(f.Zones, func(row ZoneRow) bool { return row.Warehouse == warehouse })
	if zone != "" {
		f.Zones = append(f.Zones, ZoneRow{warehouse, zone})
	}
}

// SetHoliday says of a day whether a market works on it, in the place of what was said of it before.
func (f *File) SetHoliday(row HolidayRow) {
	f.DropHoliday(row.Market, row.Date)
	f.Holidays = append(f.Holidays, row)
}

// DropHoliday takes away what the file says of a day; false where it says nothing.
func (f *File) DropHoliday(market order.Market, date string) bool {
	was := len(f.Holidays)
	f.Holidays = slices.DeleteFunc(f.Holidays, func(row HolidayRow) bool { return row.Market == market && row.Date == date })
	return len(f.Holidays) < was
}
