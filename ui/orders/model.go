// Package orders is the page on which parcels are looked for among all there are, and everything known of one order is seen. It shows a Model and hands on what a
// person does; it reads nothing. No buyer's name or address is in it: the bench does not keep them.
package orders

import (
	"time"

	"packbench/internal/order"
	"packbench/ui/ask"
	"packbench/ui/filter"
	"packbench/ui/kit"
)

// Model is all that the page shows, but for the line of filter words. It is a value; times are in the zone they shall be shown in.
type Model struct {
	// Now is the moment the model was made.
	Now time.Time
	// Report is what came of the last act, or what is wrong with the filter; an empty Said says nothing.
	Report Report

	// Filter is the bar. Count is how many parcels fit; Counting tells that the number and the rows are still those of the filter before.
	Filter   filter.Model
	Count    int
	Counting bool
	// Rows are those of this part of the table, the first of which is number First, from 0. Chosen is the one that is marked, by its place in Rows; -1: none.
	Rows   []Row
	First  int
	Chosen int
	// Acts are what can be done with the filter.
	Acts []ask.Act

	// IsOpen tells that an order is seen beside the table.
	IsOpen bool
	Order  Order
}

// Report is what came of something.
type Report struct {
	Tone kit.Tone
	Said order.Said
}

// Row is a parcel in the table.
type Row struct {
	Order   string // the number; of several orders the first
	Orders  int    // in the parcel
	Market  string // ISO code
	State   State
	Due     time.Time // zero: none
	Pieces  int
	Carrier string
	Wave    string
}

// State is how far a parcel is.
type State struct {
	Tone kit.Tone // Told is neither good nor bad
	Said order.Said
}

// Section is a part of what is known of an order.
type Section int

// The sections, in the order of their digits.
const (
	Goods Section = iota
	Parcels
	Happened
	Platform
	sections // how many there are
)

// Order is everything known of an order.
type Order struct {
	Number string
	Market string
	Status string // as the platform calls it
	// Due is the next deadline; zero: none. ReadAt is when the platform last told of it.
	Due, ReadAt time.Time
	Section     Section
	// Lines are those of the section; the first that is shown is number First, from 0.
	Lines []Line
	First int
}

// Line is something known: what, more about it, and a figure or a moment.
type Line struct {
	Title, Text, Value string
	// SKU is the article's, where the line has a picture; Photo is nil until there is one.
	SKU   string
	Photo *kit.Photo
	// Tone marks the line: Told does not.
	Tone kit.Tone
}
