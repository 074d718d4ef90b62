package order

import "time"

// TrackingEvent is one thing the carrier said of an order's parcel (platform API 3.6, Get Tracking).
type TrackingEvent struct {
	At   time.Time // zero where the platform did not say when
	Text string    // the carrier's words, in the language the platform chose
}

// Travels tells whether the carrier has an order in that state, or is to come for it: it is worth asking then.
func Travels(s Status) bool { return s == AwaitingCollection || s == InTransit }

// How often the carrier is asked: often while the first scan is waited for, which everything later hangs on, seldom on the way.
const (
	trackBeforePickup = 30 * time.Minute
	trackOnTheWay     = 4 * time.Hour
)

// TrackAgain is when the carrier is to be asked again about an order in a state, after it was asked at a moment.
func TrackAgain(s Status, asked time.Time) time.Time {
	if s == AwaitingCollection {
		return asked.Add(trackBeforePickup)
	}
	return asked.Add(trackOnTheWay)
}
