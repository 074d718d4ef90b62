package order

// ReadBack is what the codes on a drawn label say of whose it is.
type ReadBack string

// The verdicts on a label. Unreadable and Unclaimed are amber: a person accepts them. Foreign is refused.
const (
	Passed     ReadBack = "passed"     // a code says that the label is this parcel's
	Foreign    ReadBack = "foreign"    // a code is another parcel's number
	Unreadable ReadBack = "unreadable" // no code could be read
	Unclaimed  ReadBack = "unclaimed"  // codes were read, none says whose label it is
)

// Verdict is what was read back from a drawn label.
type Verdict struct {
	Kind ReadBack
	// Matched is, where the label passed, the text of the code that decided so, as a scanner will read it on the paper; where
	// the label is another parcel's, the number that gave it away; else empty.
	Matched string
	Codes   []string // the texts of all codes, as read
}
