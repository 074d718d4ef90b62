// Package settings is the settings page: which shop the bench is connected to, and what a person decides about the bench.
// It shows a Model and hands on what was entered; it stores nothing.
package settings

import (
	"time"

	"packbench/internal/order"
	"packbench/ui/kit"
)

// Model is all that the page shows, but for what is being entered in its fields. It is a value; times are in the zone they shall be shown in.
type Model struct {
	// Now is the moment the model was made.
	Now time.Time
	// Connected tells that there is an authorization; the rest of this part is about it.
	Connected bool
	// Seller is whose it is; it may be unknown.
	Seller string
	// Ends is the end of the seller's consent; zero where nobody has told.
	Ends time.Time
	// Withdrawn tells that the platform no longer accepts it.
	Withdrawn bool
	// Shops are the shops it is for.
	Shops []Shop
	// InFile tells that the secrets lie in the settings file and not in the keyring.
	InFile bool
	// SecretKept tells that the app's secret is stored: its field may stay empty.
	SecretKept bool

	// Connecting tells that a connection is being made.
	Connecting bool
	// Connection and Saving say what came of the last press of each button; the zero value says nothing.
	Connection, Saving Report
}

// Shop is a shop of the seller.
type Shop struct {
	Name   string
	Market string // ISO code
}

// Report is what came of something: Calm is a success, Told under way, Loud wants a hand, Bad has failed.
type Report struct {
	Tone kit.Tone
	Said order.Said
}

// Login is what was entered to connect a shop. An empty AppSecret is the one that is kept.
type Login struct {
	AppKey, AppSecret, Code string
}

// Bench is what was entered about the bench.
type Bench struct {
	Name, Packer, Warehouse string
	PrinterURI              string
	DPI                     int    // 203 or 300
	Language                string // zh-Hans, en; empty follows the computer
	Theme                   string // light, dark
}
