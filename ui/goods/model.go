// Package goods is the page of the seller's goods, in the place of the settings. It shows a Model and hands on what a person does; it decides and stores nothing.
package goods

import (
	"packbench/internal/order"
	"packbench/ui/kit"
)

// View is what the page shows.
type View int

// The views of the page.
const (
	List  View = iota // what was looked for
	One               // an article with all its columns
	views             // how many there are
)

// Model is all that the page shows, but for what is being entered in its fields. It is a value.
type Model struct {
	View View
	// Articles are those of this part of the list, at most MostArticles; More tells that there are others. For List.
	Articles []Article
	More     bool
	// Found is how many articles there are with what was looked for, Of how many in all.
	Found, Of int
	// Article is the one that One is about.
	Article Article
	// Report is what came of the last act; an empty Said says nothing.
	Report Report
}

// MostArticles is how many articles of the list have a digit: 9 is for more.
const MostArticles = 6

// Report is what came of something.
type Report struct {
	Tone kit.Tone
	Said order.Said
}

// Article is one of the goods as the list shows it.
type Article struct {
	SKU, Name string
	Variant   string // as the platform sells it; may be empty
	Bin       string
	Barcodes  string
	Stock     int
	Photo     *kit.Photo
}

// Hands are told what a person does on the page.
type Hands interface {
	// Choose is called with the digit of an article, or 9 for more of them.
	Choose(digit int)
	// Search is called with every change of what is looked for.
	Search(text string)
	// Save is called with what stands in all fields: column → cell.
	Save(cells map[string]string)
	// Back leads from an article to the list, and from the list out of the page.
	Back()
}
