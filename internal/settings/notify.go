package settings

import "time"

// Notify says when people are told that clocks run out.
type Notify struct {
	// Minutes is how long before a clock runs out this is told; 0 is an hour, less is never.
	Minutes int `toml:"minutes,omitempty"`
	// Desktop tells that the computer's own notifications say it too.
	Desktop bool `toml:"desktop,omitempty"`
}

// defaultLead is an hour: what is not picked yet can still be packed.
const defaultLead = time.Hour

// Lead is how long before a clock runs out this is told, at most a day; 0: it is not.
func (n Notify) Lead() time.Duration {
	if n.Minutes == 0 {
		return defaultLead
	}
	return min(max(0, time.Duration(n.Minutes)*time.Minute), 24*time.Hour)
}
