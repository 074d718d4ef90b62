package order

import (
	"slices"
	"time"
)

// EventKind names what happened at a bench.
type EventKind string

// What can happen to a parcel at a bench, in the order of an undisturbed passage.
const (
	Opened       EventKind = "opened"        // the bench works on this parcel now
	LetGo        EventKind = "let_go"        // another parcel was opened instead, nothing had been taken
	Taken        EventKind = "taken"         // a piece was scanned into the parcel
	ShipTried    EventKind = "ship_tried"    // the platform is about to be asked to arrange shipment
	ShipRefused  EventKind = "ship_refused"  // it certainly did not
	ShipArranged EventKind = "arranged"      // it did
	DocumentKept EventKind = "document_kept" // the platform's label document lies in labels/
	LabelAllowed EventKind = "label_allowed" // a person accepted a label no code of which could be read
	LabelQueued  EventKind = "label_queued"  // a label is to be printed
	LabelSending EventKind = "label_sending" // its first byte is about to leave
	LabelUnsent  EventKind = "label_unsent"  // it certainly did not leave whole
	LabelSent    EventKind = "label_sent"    // the device took all of it
	LabelVoided  EventKind = "label_voided"  // a label made before must not be used any more
	LabelSeen    EventKind = "label_seen"    // it was scanned before it was on its parcel: it did come out
	LabelSpoiled EventKind = "label_spoiled" // a label that went out, or may have, does not count any more: Spoiling says why
	LabelDropped EventKind = "label_dropped" // one that waited is not sent
	LabelHeld    EventKind = "label_held"    // a print run leaves the parcel out: Why
	QRSent       EventKind = "qr_sent"       // the device took the platform's QR label
	HazmatSent   EventKind = "hazmat_sent"   // the device took the platform's label for dangerous goods
	Confirmed    EventKind = "confirmed"     // the label was scanned on the parcel
	CheckHeeded  EventKind = "check_heeded"  // a person saw to what a check found: Check, and Supervisor where it took one
	Stopped      EventKind = "stopped"       // the parcel must not go on
	PutBack      EventKind = "put_back"      // the goods of a stopped parcel are out of the box; LeftBox said of each that it is to go back
	GoesOn       EventKind = "goes_on"       // a stopped parcel goes on with what is in the box: nobody wants it cancelled any more
	Shelved      EventKind = "shelved"       // put on the waiting shelf as it is: its pieces are in, its label is not there yet
	Renamed      EventKind = "renamed"       // the platform gave the parcel a package id: Was is the key it had
	SignedIn     EventKind = "signed_in"     // Packer works here from now on, on the open parcel if there is one; Code is their badge
	SignedOut    EventKind = "signed_out"    // Packer does not any more
)

// What can happen to a print run. These events are of no parcel.
const (
	RunMade   EventKind = "run_made"
	RunGoes   EventKind = "run_goes"   // a person had it go on
	RunPauses EventKind = "run_pauses" // a person stopped it
	RunStands EventKind = "run_stands" // something happened: Why
	RunEnds   EventKind = "run_ends"   // all its labels were seen, or it was given up: Why
)

// What can happen to a wave. These events are of no parcel.
const (
	WaveMade   EventKind = "wave_made"
	WaveUndone EventKind = "wave_undone"
)

// What can happen to a request in the outbox.
const (
	RequestMade    EventKind = "request_made"
	RequestTried   EventKind = "request_tried"   // it is about to be put to the platform
	RequestDelayed EventKind = "request_delayed" // nothing came of the try; it is tried again
	RequestDone    EventKind = "request_done"
	RequestParked  EventKind = "request_parked"  // a person has to see to it
	RequestResumed EventKind = "request_resumed" // a person had it tried again
	RequestDropped EventKind = "request_dropped" // a person gave it up
)

// Event is one line of the journal: what happened at this bench, when, and by which scan.
type Event struct {
	Seq    uint64    `json:"seq"`
	At     time.Time `json:"at"`
	Kind   EventKind `json:"kind"`
	Parcel ParcelKey `json:"parcel"`

	Code     string    `json:"code,omitempty"`     // the scan that caused it
	Device   string    `json:"device,omitempty"`   // the scanner it came from
	Typed    bool      `json:"typed,omitempty"`    // it was typed by hand
	Unit     string    `json:"unit,omitempty"`     // Taken: the order line
	SKU      string    `json:"sku,omitempty"`      // Taken, LeftBox, Returned, Undone: its article; ParkedAway: the one that is short
	Serial   string    `json:"serial,omitempty"`   // Taken: the piece's serial number
	Lot      string    `json:"lot,omitempty"`      // Taken: the lot the piece is of
	Expiry   string    `json:"expiry,omitempty"`   // Taken: its last day of use, 2027-03-31
	Inserts  []string  `json:"inserts,omitempty"`  // Taken: what the catalogue has laid beside the article
	Box      string    `json:"box,omitempty"`      // Taken: the packing material the catalogue proposes for it
	Shortage Shortage  `json:"shortage,omitempty"` // ParkedAway: why SKU cannot be taken
	Leaving  Leaving   `json:"leaving,omitempty"`  // LeftBox, Returned: why the piece goes back to its bin
	Tracking string    `json:"tracking,omitempty"` // DocumentKept; Confirmed by a number of the seller's own carrier
	Document string    `json:"document,omitempty"` // DocumentKept, PhotoAttached: the file's SHA-256
	Matched  string    `json:"matched,omitempty"`  // LabelQueued: the code on the label that names the parcel
	Codes    []string  `json:"codes,omitempty"`    // LabelQueued: all codes read back from the page
	Version  string    `json:"version,omitempty"`  // DocumentKept, LabelQueued: the parcel's label version it was made for; RequestMade: see Work.WaybillVersion
	Standing Standing  `json:"standing,omitempty"` // Stopped: why
	Check    CheckID   `json:"check,omitempty"`    // CheckHeeded
	Was      ParcelKey `json:"was,omitempty"`      // Renamed: the key until now
	Order    string    `json:"order,omitempty"`    // RedeliveryFiled: whose
	Request  Request   `json:"request,omitzero"`   // Request…: its ID, and what changed of it
	// Run is the print run the event belongs to, Parcels what RunMade puts into it. Why is a sentence for the packer.
	Run     string      `json:"run,omitempty"`
	Parcels []ParcelKey `json:"parcels,omitempty"`
	Printer string      `json:"printer,omitempty"` // RunMade, LabelSending: its address
	Wave    string      `json:"wave,omitempty"`    // the wave the event belongs to; WaveMade and WaveJoined put Parcels into it, WaveLeft takes them out
	Shape   Shape       `json:"shape,omitempty"`   // WaveMade; WaveJoined where it changes
	Rule    string      `json:"rule,omitempty"`    // WaveMade: the name of the rule that made it
	Filter  string      `json:"filter,omitempty"`  // WaveMade: what its parcels were chosen by
	Slot    Slot        `json:"slot,omitzero"`     // SlotAdded: all of it; else its Code
	Pieces  int         `json:"pieces,omitempty"`  // Picked: of SKU
	// Goods is how many articles GoodsImported took in, Cells what of SKU GoodChanged changed: column → what it says now.
	Goods int               `json:"goods,omitempty"`
	Cells map[string]string `json:"cells,omitempty"`
	Why   Said              `json:"why,omitzero"`
	// Mistake is what a scan caught.
	Mistake Mistake `json:"mistake,omitempty"`
	// Spoiling is LabelSpoiled's reason; Doubtful tells that nobody knows whether that label came out. Supervisor is the badge of who allowed it, if it took one,
	// SupervisorName their name where they are registered.
	Spoiling       Spoiling `json:"spoiling,omitempty"`
	Doubtful       bool     `json:"doubtful,omitempty"`
	Supervisor     string   `json:"supervisor,omitempty"`
	SupervisorName string   `json:"supervisor_name,omitempty"`
	Weight         Weighing `json:"weight,omitzero"`   // WeightOff, WeightAllowed, and Confirmed where the bench has a scale
	Handover       Handover `json:"handover,omitzero"` // of what happens at the hand-over shelf
	// ReadAgo is how old the platform's word was when this was decided.
	ReadAgo time.Duration `json:"read_ago,omitempty"`
	Bench   string        `json:"bench,omitempty"`
	Packer  string        `json:"packer,omitempty"`
}

// LabelState is how far a label has come. Nothing here says printed: only a scan proves paper.
type LabelState string

// The states of a label.
const (
	NoLabel LabelState = ""
	Queued  LabelState = "queued"
	Sending LabelState = "sending"
	Sent    LabelState = "sent"
	Seen    LabelState = "seen"
)

// LabelWork is the label of a parcel as this bench knows it.
type LabelWork struct {
	State    LabelState `json:"state,omitempty"`
	Number   int        `json:"number,omitempty"`   // how many labels of this parcel were queued so far
	Reprints int        `json:"reprints,omitempty"` // how often a person had it printed again for a reason
	Spoiled  int        `json:"spoiled,omitempty"`  // how many of them went out, or may have, and do not count
	Matched  string     `json:"matched,omitempty"`
	Codes    []string   `json:"codes,omitempty"`
	Version  string     `json:"version,omitempty"`
	Run      string     `json:"run,omitempty"`     // the print run it goes out with
	Printer  string     `json:"printer,omitempty"` // the address of the printer it went out on
	QueuedAt time.Time  `json:"queued_at,omitzero"`
	SentAt   time.Time  `json:"sent_at,omitzero"`
}

// gone is what is left to be known of a label that does not count any more.
func (l LabelWork) gone() LabelWork {
	return LabelWork{Number: l.Number, Reprints: l.Reprints, Spoiled: l.Spoiled}
}

// Out tells whether a label went out, or may have.
func (l LabelWork) Out() bool { return l.State.Out() }

// Out tells whether a label went out, or may have.
func (s LabelState) Out() bool { return s == Sending || s == Sent || s == Seen }

// Piece is a piece that lies in the box: the order line it was taken for, its article, its serial number, lot and last day of use where they are
// captured, and what is to be laid beside it and the packing material proposed for it, as the catalogue said when it was taken.
type Piece struct {
	Unit    string   `json:"unit"`
	SKU     string   `json:"sku"`
	Serial  string   `json:"serial,omitempty"`
	Lot     string   `json:"lot,omitempty"`
	Expiry  string   `json:"expiry,omitempty"`
	Inserts []string `json:"inserts,omitempty"`
	Box     string   `json:"box,omitempty"`
}

// Work is what happened to one parcel here: the fold of its events.
type Work struct {
	Parcel   ParcelKey `json:"parcel"`
	Open     bool      `json:"open,omitempty"`
	Taken    []Piece   `json:"taken,omitempty"` // in the order of their scans
	Tries    int       `json:"tries,omitempty"` // how often this bench asked the platform to arrange shipment
	TriedAt  time.Time `json:"tried_at,omitzero"`
	Arranged bool      `json:"arranged,omitempty"`
	Tracking string    `json:"tracking,omitempty"`
	Document string    `json:"document,omitempty"`
	// DocumentVersion is the parcel's label version the document was fetched for.
	DocumentVersion string `json:"document_version,omitempty"`
	// Requests are what the platform is still to be asked about the parcel, in this order.
	Requests []Request `json:"requests,omitempty"`
	// Allowed tells that a person accepted a label without a readable code.
	Allowed bool `json:"allowed,omitempty"`
	// Heeded are the checks whose findings a person has seen to.
	Heeded []CheckID `json:"heeded,omitempty"`
	// Inserted are the inserts that are in the box.
	Inserted []string `json:"inserted,omitempty"`
	// Materials are the packing material it takes, in the order of their scans.
	Materials []Material `json:"materials,omitempty"`
	// OwnCarrier tells that the seller's own carrier takes the parcel: Waybill is its number that was scanned last, for WaybillVersion of the parcel.
	OwnCarrier     bool      `json:"own_carrier,omitempty"`
	Waybill        string    `json:"waybill,omitempty"`
	WaybillVersion string    `json:"waybill_version,omitempty"`
	Label          LabelWork `json:"label,omitzero"`
	// QR tells that the platform's QR label went out for the box.
	QR bool `json:"qr,omitempty"`
	// Hazmat tells that the label for dangerous goods went out behind the label that counts.
	Hazmat bool `json:"hazmat,omitempty"`
	// Replaced are the codes of labels that went out, or may have, and died because another took their place.
	Replaced    []string  `json:"replaced,omitempty"`
	Stopped     Standing  `json:"stopped,omitempty"`
	WeightOff   Weighing  `json:"weight_off,omitzero"` // it was found off, and nothing became of that yet
	Parked      Parked    `json:"parked,omitzero"`     // until it is opened again
	ConfirmedAt time.Time `json:"confirmed_at,omitzero"`
	// Slot is the code of the tote or slot its pieces go into on the way to the bench, Sorted are those that lie in it.
	Slot   string  `json:"slot,omitempty"`
	Sorted []Piece `json:"sorted,omitempty"`
	// HandedOverAt is when it was scanned onto the hand-over sheet Sheet; zero: it was not. Handover is how it is handed over, as far as anybody told.
	HandedOverAt time.Time    `json:"handed_over_at,omitzero"`
	Sheet        string       `json:"sheet,omitempty"`
	Handover     HandoverMode `json:"handover,omitempty"`
	// WeightG is what the bench's scale said of it when it was confirmed, in grams; 0: it was not weighed.
	WeightG int `json:"weight_g,omitempty"`
	// Refiled are the orders whose delivery was asked for again after it failed, RefiledAt when last. TicketAt is when a ticket about its tracking was filed, LostAt
	// when a supervisor gave it up.
	Refiled   []string  `json:"refiled,omitempty"`
	RefiledAt time.Time `json:"refiled_at,omitzero"`
	TicketAt  time.Time `json:"ticket_at,omitzero"`
	LostAt    time.Time `json:"lost_at,omitzero"`
}

// After is the work once an event of its parcel has happened.
func (w Work) After(e Event) Work {
	w.Parcel = e.Parcel
	w = w.withWaybill(e).withWeight(e).withSlot(e).withHandover(e).withSnag(e)
	w.Requests = requested(w.Requests, e)
	if e.Kind == Opened || e.Closes() {
		w.Open, w.Parked = e.Kind == Opened, Parked{}
	}
	switch e.Kind {
	case Taken:
		w.Taken = append(w.Taken[:len(w.Taken):len(w.Taken)], Piece{Unit: e.Unit, SKU: e.SKU, Serial: e.Serial, Lot: e.Lot, Expiry: e.Expiry, Inserts: e.Inserts, Box: e.Box})
	case ShipTried:
		w.Tries++
		w.TriedAt = e.At
	case ShipRefused:
		w.Tries--
	case ShipArranged:
		w.Arranged = true
	case DocumentKept:
		w.Document, w.Tracking, w.DocumentVersion = e.Document, e.Tracking, e.Version
	case LabelAllowed:
		w.Allowed = true
	case LabelQueued:
		l := w.Label.gone()
		l.State, l.Number, l.Matched, l.Codes, l.Version, l.Run, l.QueuedAt = Queued, l.Number+1, e.Matched, e.Codes, e.Version, e.Run, e.At
		w.Label = l
		w.Replaced = slices.DeleteFunc(slices.Clone(w.Replaced), func(code string) bool { return code == e.Matched }) // the same number again
	case LabelSending:
		if w.Label.State == NoLabel { // restored: it may have been made since
			w.Label = LabelWork{Number: w.Label.Number + 1, Reprints: w.Label.Reprints, Version: e.Version}
		}
		w.Label.State, w.Label.Printer = Sending, e.Printer
	case LabelUnsent:
		w.Label.State = Queued
	case LabelSent:
		w.Label.State, w.Label.SentAt = Sent, e.At
	case LabelSeen:
		w.Label.State = Seen
	case LabelSpoiled:
		if code := w.Label.Matched; e.Spoiling == Replaced && code != "" && !slices.Contains(w.Replaced, code) {
			w.Replaced = append(slices.Clone(w.Replaced), code)
		}
		w.Label, w.Hazmat = w.Label.gone(), false
		w.Label.Spoiled++
		if e.Spoiling.Given() {
			w.Label.Reprints++
		}
	case LabelDropped:
		w.Label = w.Label.gone()
	case LabelVoided:
		w.Label = w.Label.gone()
		w.Document, w.DocumentVersion, w.Allowed = "", "", false
	case QRSent:
		w.QR = true
	case HazmatSent:
		w.Hazmat = true
	case Confirmed:
		w.Label.State, w.ConfirmedAt = Seen, e.At
	case CheckHeeded:
		if e.Check != CheckInserts {
			w.Heeded = append(w.Heeded[:len(w.Heeded):len(w.Heeded)], e.Check)
		}
	case Stopped:
		w.Stopped = e.Standing
	case ParkedAway:
		w.Parked = Parked{At: e.At, SKU: e.SKU, Shortage: e.Shortage}
	case LeftBox, Undone:
		w.Taken = slices.DeleteFunc(slices.Clone(w.Taken), func(p Piece) bool { return e.Unit != "" && p.Unit == e.Unit })
	case WaitsShort:
		if w.Open { // somebody has it in hand already
			break
		}
		w.Parked = Parked{At: e.At, SKU: e.SKU, Shortage: e.Shortage}
	case GoesOn:
		w.Stopped = ""
	case PutBack:
		w.Stopped, w.Taken, w.Heeded, w.QR = "", nil, nil, false
	}
	return w.withInserts(e).withMaterials(e)
}

// Serials are the serial numbers of the pieces in the box.
func (w Work) Serials() (numbers []string) {
	for _, piece := range w.Taken {
		if piece.Serial != "" {
			numbers = append(numbers, piece.Serial)
		}
	}
	return numbers
}

// Lots are the lots of the pieces in the box.
func (w Work) Lots() (lots []string) {
	for _, piece := range w.Taken {
		if piece.Lot != "" && !slices.Contains(lots, piece.Lot) {
			lots = append(lots, piece.Lot)
		}
	}
	return lots
}

// Closes tells whether the bench has no open parcel once this has happened.
func (e Event) Closes() bool {
	return e.Kind == LetGo || e.Kind == Confirmed || e.Kind == PutBack || e.Kind == Shelved || e.Kind == ParkedAway
}

// Outgoing tells whether the parcel is in the outbox: the platform was asked to arrange shipment and has not answered, or is still to be asked something.
func (w Work) Outgoing() bool { return w.Tries > 0 && !w.Arranged || len(w.Requests) > 0 }

// Printing tells whether a label of the parcel is in the print queue: wanted or out, and not yet on its parcel.
func (w Work) Printing() bool {
	return w.Label.State == Queued || w.Label.Out() && w.ConfirmedAt.IsZero()
}

// Printable tells whether a print run can make a label of the parcel: shipment is arranged, and there is no label of it yet.
func (w Work) Printable() bool {
	return w.Arranged && w.Label.State == NoLabel && w.ConfirmedAt.IsZero() && w.Stopped == "" && !w.OwnCarrier
}

// State is where a parcel stands for people and for other programs: what happened here, or else the platform's word.
func (k Known) State() string { return stateOf(k.Standing, k.Work.Here(), len(k.Units)) }
