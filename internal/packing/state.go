package packing

import (
	"slices"
	"time"

	"packbench/internal/order"
)

// Outcome is what a scan came to. The words are a contract with other programs (design 4, pack).
type Outcome string

// The outcomes of a scan.
const (
	OpenedOut    Outcome = "opened"
	TakenOut     Outcome = "taken"
	WrongItem    Outcome = "wrong_item"
	AlreadyFull  Outcome = "already_full"
	UnknownCode  Outcome = "unknown_code"
	Repeat       Outcome = "repeat"
	NotPackable  Outcome = "not_packable"
	CancelledOut Outcome = "cancelled"
	HoldOut      Outcome = "on_hold"
	ElsewhereOut Outcome = "elsewhere"
	WrongLabel   Outcome = "wrong_label"
	StaleLabel   Outcome = "stale_label"
	ConfirmedOut Outcome = "confirmed"
	NumberOut    Outcome = "serial_wanted" // the serial number of the piece in the hand is to be scanned
	NumberUsed   Outcome = "serial_used"   // a piece with this serial number was packed before
	TooMany      Outcome = "too_many"      // a case with more pieces than are wanted
	ParcelOpen   Outcome = "parcel_open"   // another parcel is open and has pieces in it
	NeedsPerson  Outcome = "needs_person"  // the screen asks something first
	Accepted     Outcome = "accepted"      // a person answered what the screen asked
	NothingAsked Outcome = "nothing_asked" // ok, but nothing was asked
	PutBackOut   Outcome = "put_back"      // a stopped parcel's goods are back, the bench is free
	LabelSeenOut Outcome = "label_seen"    // a label of a print run was scanned before its parcel is packed
	ShelvedOut   Outcome = "shelved"       // a packed parcel waits on the shelf for its label, the bench is free
)

// Phase is what the bench is doing.
type Phase string

// The phases of the bench.
const (
	Idle      Phase = "idle"
	Packing   Phase = "packing"   // pieces are missing
	Checking  Phase = "checking"  // the platform is asked whether the parcel may go on
	Shipping  Phase = "shipping"  // the platform is asked to arrange shipment
	Labelling Phase = "labelling" // the label is fetched, drawn and read back
	Printing  Phase = "printing"  // its bytes are on their way
	LabelScan Phase = "label"     // the label is to be scanned on the parcel
	Asked     Phase = "asked"     // a person must decide something
	Halted    Phase = "stopped"   // the parcel must not go on
)

// Question is what the screen asks a person; "ok" is the answer yes.
type Question string

// The questions of the bench.
const (
	TryAgain     Question = "try_again"      // after trouble: ok tries the same step again
	WhyAgain     Question = "why_again"      // the label is to be printed once more: for which reason
	Supervisor   Question = "supervisor"     // a supervisor has to allow it: their badge is to be scanned
	PrintAgain   Question = "print_again"    // nobody knows whether the label came out: scan it, or ok prints one more
	AcceptLabel  Question = "accept_label"   // no code on the label could be read: ok prints it all the same
	DestroyedOld Question = "destroyed_old"  // the label is out of date: ok says it is destroyed and makes a new one
	GoodsAreBack Question = "goods_are_back" // of a stopped parcel: ok says all is back in its bins
	SeeTo        Question = "see_to"         // a check found something: ok, or the scan of what is to be on the box, says it is seen to
	AllowCheck   Question = "allow_check"    // a check found something: a supervisor's badge allows it
	Waybill      Question = "waybill"        // the number of the seller's own carrier is to be scanned
	PutAside     Question = "put_aside"      // ok says the goods are back in their bins and the parcel waits; any scan goes on with it
	nothingToSay Question = ""
	maximumTries          = 3 // asks to arrange shipment before a person decides
)

// Setup is what was decided about the bench before it began. It stays while parcels come and go.
type Setup struct {
	// Warehouse is the id of the bench's own, whose parcels alone it packs; empty: of any.
	Warehouse string
	// Supervisors are the badges of those who may allow what a packer may not.
	Supervisors []string
	// DoubleReads are the figures of scanners, by their names; others have those of everybody.
	DoubleReads map[string]DoubleRead
	// Checks are what is looked at before a label; nil: nothing. OwnCarrier is the platform's id of the carrier the seller's own parcels go with; empty: none
	// is chosen, and they are refused.
	Checks     *order.Checks
	OwnCarrier string
	// Weighs tells that the bench has a scale.
	Weighs bool
}

// State is the whole bench. It is a value; Next makes the next one.
type State struct {
	Setup
	// Staff are the people who are registered.
	Staff Staff
	Scale Scale
	Sort  Sort

	Phase  Phase
	Parcel order.Parcel // the open one, as the platform last described it
	Work   order.Work
	// AtHand is the piece of which something is captured before it counts: HandLacks tells what; its ID is empty where there is none.
	AtHand   order.Unit
	together []order.Unit  // what lies in the same case
	hand     order.Good    // as the catalogue has its article
	imprint  order.Imprint // what is known of it so far
	// Meanings are what an ambiguous code can be, while a person is asked which.
	Meanings []Meaning
	meant    *Scanned // that scan
	// Learning is the barcode a supervisor is asked about.
	Learning Learning
	// Question and Trouble are set in phases Asked and Halted.
	Question Question
	Trouble  order.Said
	// Wrong is the last refused item, until the next scan.
	Wrong Mistake
	// Buyer is who waits for an answer to their wish to cancel.
	Buyer Buyer
	// Unreachable tells that the platform was last asked in vain.
	Unreachable bool

	// toldToTry is set when a person told the bench to try again, until shipment is asked for: the platform may have to be read in between.
	toldToTry bool

	// parked is why the open parcel waited for a supervisor until it was opened.
	parked order.Parked

	// was is the key the open parcel had before the platform gave it a package id: answers to what was begun under it still come.
	was order.ParcelKey

	qrAsked     bool // the platform's QR label is on its way
	hazmatAsked bool // the label for dangerous goods is on its way

	again  order.Spoiling // the reason a supervisor is asked about
	held   *Scanned       // a scan that waits for the platform's word
	asking bool           // a Refresh is under way
	recent []recentScan   // codes read so lately that they may be read twice, a code of a scanner once
	found  order.Finding  // what a person is asked about
	walk   Returning      // along the bins, while no parcel is open
	unread order.Verdict  // what was read back from a label a person is asked about
}

// Mistake is an item that does not belong in the open parcel, or not any more.
type Mistake struct {
	Outcome Outcome // WrongItem, AlreadyFull, TooMany or UnknownCode; empty: there is no mistake
	Code    string
	Scanned []string // the SKUs the code stands for; none for an unknown one
	Wanted  string   // the SKU the bench waits for, or the one that Scanned was taken for
	// Like is why it was; empty where they do not look alike.
	Like order.Likeness
}

type recentScan struct {
	code, device string
	at           time.Time
	refused      Outcome // what it was refused with; empty: it was accepted
}

// Busy tells whether scans have to wait: an effect is under way whose answer decides what they mean.
func (s State) Busy() bool {
	if s.held != nil || s.Staff.PIN.checking {
		return true
	}
	switch s.Phase {
	case Checking, Shipping, Labelling, Printing:
		return true
	}
	return false
}

// Missing are the pieces of the open parcel that no scan has taken yet.
func (s State) Missing() []order.Unit {
	var missing []order.Unit
	for _, unit := range s.Parcel.Units {
		if !s.took(unit.ID) {
			missing = append(missing, unit)
		}
	}
	return missing
}

func (s State) took(unit string) bool {
	return slices.ContainsFunc(s.Work.Taken, func(p order.Piece) bool { return p.Unit == unit })
}

// Pieces are how many pieces are in and how many the parcel has.
func (s State) Pieces() (in, of int) {
	of = len(s.Parcel.Units)
	return of - len(s.Missing()), of
}

// WantedSKU is the article the bench asks for now: that of the last piece taken while more of it are missing, else the first
// missing one's. It is empty when all are in.
func (s State) WantedSKU() string {
	missing := s.Missing()
	if len(missing) == 0 {
		return ""
	}
	if n := len(s.Work.Taken); n > 0 {
		last := s.Work.Taken[n-1].SKU
		if slices.ContainsFunc(missing, func(u order.Unit) bool { return u.SKU() == last }) {
			return last
		}
	}
	return missing[0].SKU()
}
