package order

import "time"

// ConsentNotice is how long before its end a seller's consent is spoken of: as long as the platform itself warns (platform API 1.6).
const ConsentNotice = 30 * 24 * time.Hour

// Consent is how much is left of what a seller allowed the program to do.
type Consent struct {
	// Soon tells that it ends within ConsentNotice, Ended that it has ended. At most one is true.
	Soon, Ended bool
	// Days are the whole days left, where an end is known.
	Days int
}

// ConsentAt tells how much is left at now of a consent that ends at end. A zero end is one nobody has told: there is nothing to warn of.
func ConsentAt(now, end time.Time) Consent {
	switch {
	case end.IsZero():
		return Consent{}
	case !now.Before(end):
		return Consent{Ended: true}
	}
	const day = 24 * 60 * 60 // in seconds, since a Duration ends after 292 years
	return Consent{Soon: !now.Add(ConsentNotice).Before(end), Days: int((end.Unix() - now.Unix()) / day)}
}
