// Package shift is the page that tells what a day at the bench came to: trends, not a race. A packer sees what they did themselves, a supervisor everybody by name, and the
// rates the platform watches. It shows a Model and hands on what a person presses; it reads nothing.
package shift

import (
	"time"

	"packbench/internal/order"
	"packbench/ui/kit"
)

// The keys of the page beside the digits of its sections.
const (
	EarlierKey = "F9"  // the day before
	LaterKey   = "F10" // the day after
)

// Section is a part of the page.
type Section int

// The sections, in the order of their digits. Of a packer's own shift there is only the first.
const (
	Day Section = iota
	Everybody
	Rates
	sections // how many there are
)

// Model is all that the page shows. It is a value; times are in the zone they shall be shown in.
type Model struct {
	// Now is the moment the model was made. AsOf is when what it shows was read; zero: it was not yet.
	Now, AsOf time.Time
	// Report is what is wrong; an empty Said says nothing.
	Report Report
	// Own is whose shift it is, where a packer sees theirs; empty: all of the bench.
	Own string
	// Date is the day that is seen; IsToday that no later one can be.
	Date    time.Time
	IsToday bool
	Section Section

	Figures Figures
	// Usual are the middles of the days before on which somebody worked; UsualOf is how many such days there are.
	Usual   Figures
	UsualOf int
	Trend   []Bar
	Labels  Labels

	// Rows are packers and then benches, each by name; First is the first that is shown.
	Rows  []Row
	First int

	// Weeks are the Mondays of the columns of the rates, the oldest first; FirstRate is the first line that is shown.
	Weeks     []time.Time
	Rates     []Rate
	FirstRate int
}

// Report is what is wrong.
type Report struct {
	Tone kit.Tone
	Said order.Said
}

// Figures are what was done.
type Figures struct {
	Parcels, Pieces int
	LinesAnHour     float64 // 0: too little work is known to tell
	Caught          int     // wrong pieces that a scan kept out
	WrongLabels     int     // other parcels' labels that a scan kept off
	Overrides       int
	Reprints        int
	Picked, Sorted  int // pieces
	HandedOver      int // parcels
	Worked          time.Duration
}

// Bar is a day of the trend. Known tells that the program counted by then.
type Bar struct {
	Date        time.Time
	Known       bool
	Parcels     int
	LinesAnHour float64
}

// Labels is where the day's labels are: Sent and Carried are OnParcels, Spoiled and Bench together. Whole tells that the last two are known: of all of the bench, today.
type Labels struct {
	Sent, OnParcels, Spoiled int
	Whole                    bool
	Carried, Bench           int
}

// Row is a packer or a bench. Name is empty where nobody was signed in; Head makes it the head of those below it.
type Row struct {
	Head order.Said
	Name string
	Figures
}

// Rate is a rate of a market over the weeks.
type Rate struct {
	Market string
	Name   order.Said
	Weeks  []Share // as many as Model.Weeks
	// Limit is the platform's, from 0 to 1; 0: no source tells one. AtLeast tells that the share must not fall below it.
	Limit   float64
	AtLeast bool
	// Full is the share at which a bar is full.
	Full float64
}

// Share is a rate in a week. Known tells that any parcel was decided by then; NotTold is of how many nobody told when, Open how many are not decided yet.
type Share struct {
	Known         bool
	Share         float64
	Beyond        bool // the limit
	NotTold, Open int
}
