// Package people is the page of who may work at the bench, for supervisors. It shows a Model and hands on what a person does; it decides and stores nothing.
// Badges and PINs are asked for by the page of signing in.
package people

import (
	"packbench/internal/order"
	"packbench/ui/kit"
)

// View is what the page shows.
type View int

// The views of the page.
const (
	List  View = iota // everybody
	One               // a person, and what can be done
	Name              // how a new one is called
	views             // how many there are
)

// Model is all that the page shows, but for the name that is being entered. It is a value.
type Model struct {
	View View
	// People are those of this part of the list, at most MostPeople; More tells that there are others. For List.
	People []Person
	More   bool
	// Person is whom One is about.
	Person Person
	// Title and Text are the question, where the page asks one; else empty.
	Title, Text order.Said
	// Choices are what can be done or answered, each with a digit from 1; at most MostChoices.
	Choices []order.Said
	// Next is what F10 does; empty: nothing.
	Next order.Said
	// Report is what came of the last act; an empty Said says nothing.
	Report Report
}

// MostPeople is how many people have a digit: 9 is for more.
const MostPeople = 7

// MostChoices is how many choices have room.
const MostChoices = 5

// Report is what came of something.
type Report struct {
	Tone kit.Tone
	Said order.Said
}

// Person is somebody who may work at the bench.
type Person struct {
	Name  string
	Role  order.Said
	Badge string
	PIN   bool
	// Wrong is how many wrong PINs they gave in a row, Locked that it was too many.
	Wrong  int
	Locked bool
	// Overrides is how often they allowed today what a packer may not.
	Overrides int
}

// Hands are told what a person does on the page.
type Hands interface {
	// Choose is called with the digit of a person, of an act, or 9 for more people.
	Choose(digit int)
	// Type is called with every change of the name.
	Type(name string)
	// Next and Back go on and back; Back from the list leaves the page.
	Next()
	Back()
}
