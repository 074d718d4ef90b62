package order

import "time"

// TrackingEvent is one thing the carrier said of an order's parcel (platform API 3.6, Get Tracking).
type TrackingEvent struct {
	At   time.Time // zero where the platform did not say when
	Text string    // the carrier's words, in the language the platform chose
}
