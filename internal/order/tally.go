package order

import "time"

// Tally is what somebody did at a bench in a stretch of time: a fold of the journal.
type Tally struct {
	Parcels int `json:"parcels,omitempty"` // confirmed for the first time
	Lines   int `json:"lines,omitempty"`   // different articles in each of them
	Pieces  int `json:"pieces,omitempty"`  // in them
	Picked  int `json:"picked,omitempty"`  // pieces taken from bins for waves
	Sorted  int `json:"sorted,omitempty"`  // pieces laid into slots and totes
	Handed  int `json:"handed,omitempty"`  // parcels scanned onto hand-over sheets, without those taken back

	Caught    int `json:"caught,omitempty"`    // wrong articles, pieces too many and wrong slots that a scan kept out
	Labels    int `json:"labels,omitempty"`    // other parcels' labels that a scan kept off
	Overrides int `json:"overrides,omitempty"` // what a supervisor allowed, see Overrides
	Reprints  int `json:"reprints,omitempty"`  // labels printed again for a reason a person gave
	// Out is how the labels fared; Bench and Carried are no part of it.
	Out Balance `json:"out,omitzero"`

	// Worked is the time between what was done, without pauses of more than Pause. Last is when something was done last.
	Worked time.Duration `json:"worked,omitempty"`
	Last   time.Time     `json:"last,omitzero"`

	// LastRun and LastAllowed are the override that was counted last: labels of a run that are allowed together are one.
	LastRun     string    `json:"last_run,omitempty"`
	LastAllowed time.Time `json:"last_allowed,omitzero"`
}

// Pause is how long nothing has to be done for the time not to count as work.
const Pause = 5 * time.Minute

// byHand are the kinds of events that a hand was at.
var byHand = map[EventKind]bool{
	SignedIn: true, Opened: true, LetGo: true, Taken: true, Undone: true, InsertAdded: true, MaterialUsed: true, CheckHeeded: true, MistakeCaught: true,
	Shelved: true, ParkedAway: true, LeftBox: true, PutBack: true, Returned: true, LabelSeen: true, LabelSpoiled: true, Confirmed: true,
	Slotted: true, Sorted: true, Picked: true, HandedOver: true, HandoverTakenBack: true,
}

// Count takes in an event. before is the work of its parcel until then; since is when the same person did something last at the bench, be it in another stretch; zero: nobody knows.
func (t *Tally) Count(e Event, before Work, since time.Time) {
	t.Out.Count(e)
	switch e.Kind {
	case Confirmed:
		if before.ConfirmedAt.IsZero() {
			t.pack(before.Taken)
		}
	case Picked:
		t.Picked += e.Pieces
	case Sorted:
		t.Sorted++
	case HandedOver:
		t.Handed++
	case HandoverTakenBack:
		t.Handed--
	case MistakeCaught:
		if e.Mistake == OthersLabel {
			t.Labels++
		} else {
			t.Caught++
		}
	case LabelSpoiled:
		if e.Spoiling.Given() {
			t.Reprints++
		}
	}
	if e.overrides() && (e.Run == "" || e.Run != t.LastRun || !e.At.Equal(t.LastAllowed)) {
		t.Overrides++
		t.LastRun, t.LastAllowed = e.Run, e.At
	}
	if !byHand[e.Kind] {
		return
	}
	if gap := e.At.Sub(since); !since.IsZero() && gap > 0 && gap <= Pause {
		t.Worked += gap
	}
	t.Last = e.At
}

// pack counts a parcel and what is in it.
func (t *Tally) pack(pieces []Piece) {
	articles := map[string]bool{}
	for _, p := range pieces {
		articles[p.SKU] = true
	}
	t.Parcels++
	t.Lines += len(articles)
	t.Pieces += len(pieces)
}

// Counts tells whether an event changes a tally.
func (e Event) Counts() bool {
	var none Balance
	none.Count(e)
	return byHand[e.Kind] || none != Balance{} || e.overrides()
}

// overrides tells whether a supervisor allowed something.
func (e Event) overrides() bool {
	switch e.Kind {
	case LabelSpoiled, CheckHeeded, WeightAllowed, BarcodeLearnt, SheetClosed:
		return e.Supervisor != ""
	}
	return false
}

// Add takes in another stretch, or somebody else.
func (t *Tally) Add(o Tally) {
	t.Parcels, t.Lines, t.Pieces, t.Picked, t.Sorted = t.Parcels+o.Parcels, t.Lines+o.Lines, t.Pieces+o.Pieces, t.Picked+o.Picked, t.Sorted+o.Sorted
	t.Handed += o.Handed
	t.Caught, t.Labels, t.Overrides, t.Reprints = t.Caught+o.Caught, t.Labels+o.Labels, t.Overrides+o.Overrides, t.Reprints+o.Reprints
	t.Out.Sent, t.Out.On, t.Out.Spoiled = t.Out.Sent+o.Out.Sent, t.Out.On+o.Out.On, t.Out.Spoiled+o.Out.Spoiled
	t.Worked += o.Worked
	t.Last = later(t.Last, o.Last)
}

// LinesAnHour is the pace weighted by lines: a parcel of three articles counts as three; 0 where less than a quarter of an hour of work is known.
func (t Tally) LinesAnHour() float64 {
	if t.Worked < 15*time.Minute {
		return 0
	}
	return float64(t.Lines) / t.Worked.Hours()
}

// Tallied is a tally, of whom, where and when.
type Tallied struct {
	At            time.Time // when its quarter of an hour begins
	Bench, Packer string
	Tally
}
