// Package rules is the page of the rules clocks follow from, in the place of the settings: the table of clocks, extensions, cut-offs and holidays. It shows a Model
// and hands on what a person does; it decides and stores nothing.
package rules

import (
	"packbench/internal/order"
	"packbench/ui/kit"
)

// Tab is what the page is about.
type Tab int

// The tabs, as they stand side by side.
const (
	Clocks Tab = iota
	Extensions
	CutOffs
	Holidays
	Tabs // how many there are
)

// Model is all that the page shows, but for what is being entered in its fields. It is a value.
type Model struct {
	Tab Tab
	// Form tells that one of the tab is open, with its fields; else the tab's list is shown.
	Form bool
	// Rows are those of this part of the list, at most as many as Screen.Room; More tells that there are others.
	Rows []Row
	More bool
	// Title is what is open; Notes are sentences that belong to what is shown, such as holidays that are not known.
	Title order.Said
	Notes []order.Said
	// Fields are the fields of the form, at most MostFields.
	Fields []Field
	// Acts are what else can be done, each with a digit from 1; at most MostActs. A list has none.
	Acts []order.Said
	// Sides are what the digits 7 and 8 change of a list: the market and the year; empty: nothing.
	Sides [2]order.Said
	// Next is what F10 does; empty: nothing.
	Next order.Said
	// Report is what came of the last act, or what a change would do; an empty Said says nothing.
	Report Report
}

// How much has room.
const (
	MostRows   = 6 // of the list have a digit: 9 is for more
	MostFields = 8
	MostActs   = 3
)

// The digits of a list that are no row's.
const (
	MarketDigit = 7
	YearDigit   = 8
	MoreDigit   = 9
)

// Report is what came of something.
type Report struct {
	Tone kit.Tone
	Said order.Said
}

// Row is one of a tab's list.
type Row struct {
	Name  string // in large
	Under string // in small below it
	Cells [cells]string
	Own   bool // the bench's own file says it, and it can be taken back
	Off   bool // it is switched off
}

// cells is how many cells stand behind a row's name.
const cells = 4

// Field is a field of the form.
type Field struct {
	Word order.Said
	Hint string // an example of what stands in it
}

// Hands are told what a person does on the page.
type Hands interface {
	// Turn is called with the tab that was chosen.
	Turn(Tab)
	// Choose is called with the digit of a row, or of an act of the form, or one of MarketDigit, YearDigit, MoreDigit.
	Choose(digit int)
	// Next is called with what stands in the fields.
	Next(values []string)
	// Back leads from a form to the list, and from the list out of the page.
	Back()
}
