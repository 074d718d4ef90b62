package order

// MistakeCaught tells that a scan kept something wrong out of a parcel: Mistake, the SKU that was scanned, and Why as the packer was told.
const MistakeCaught EventKind = "caught"

// Mistake is what a scan caught.
type Mistake string

// What scans catch.
const (
	WrongArticle Mistake = "wrong_item"   // an article the open parcel does not have, or a slot's
	OneTooMany   Mistake = "already_full" // an article of which there are enough
	OthersLabel  Mistake = "wrong_label"  // another parcel's label was about to go on this one
	WrongPlace   Mistake = "wrong_slot"   // a piece was about to go into another parcel's slot
)
