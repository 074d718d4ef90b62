package cli

import (
	"errors"
	"strconv"
	"time"

	"packbench/internal/order"
)

// CatalogMaterials counts the packing material that parcels took.
type CatalogMaterials struct {
	Day  string `placeholder:"DATE" help:"The day, such as 2026-11-20 (default: today)."`
	JSON bool   `name:"json" help:"One object a line."`
}

// materialLine is how much of a packing material was used on a day.
type materialLine struct {
	Day      string `json:"day"`
	Material string `json:"material"`
	Name     string `json:"name,omitempty"`
	Used     int    `json:"used"`
	Parcels  int    `json:"parcels"`
}

// Served tells that a program that has the folder open does it.
func (v *CatalogMaterials) Served() bool { return true }

// Run writes the list, the most used first.
func (v *CatalogMaterials) Run(e *Environment) (err error) {
	from, bench, err := e.openDay(v.Day)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	all, err := bench.Store.Materials(from, from.AddDate(0, 0, 1))
	if err != nil {
		return err
	}
	list := e.listing(v.JSON, "materials.header")
	for _, m := range all {
		article, err := bench.Store.Article(m.Code)
		if err != nil {
			return err
		}
		line := materialLine{Day: Day(from), Material: m.Code, Name: article.Name, Used: m.Used, Parcels: m.Parcels}
		if err := list.add(line, m.Code, article.Name, strconv.Itoa(m.Used), strconv.Itoa(m.Parcels)); err != nil {
			return err
		}
	}
	return list.end()
}

// dayOf is the beginning of a day of this computer, given as 2026-11-20; of today where nothing is given.
func (e *Environment) dayOf(text string) (time.Time, error) {
	day := e.Now().Local()
	if text != "" {
		var err error
		if day, err = time.ParseInLocation(time.DateOnly, text, time.Local); err != nil {
			return time.Time{}, order.Trouble(err, "usage.time", "time", text)
		}
	}
	return midnight(day), nil
}

// openDay opens the bench of a verb that asks about a day of this computer, and gives the day's first moment.
func (e *Environment) openDay(text string) (from time.Time, bench *Bench, err error) {
	if from, err = e.dayOf(text); err == nil {
		bench, err = openExisting(e)
	}
	return from, bench, err
}
