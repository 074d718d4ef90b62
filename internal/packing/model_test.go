package packing

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/internal/order"
	"packbench/internal/words"
)

// model is what a person beside the bench would have counted: no more than what went into the boxes, what came back out, and what paper lies about.
type model struct {
	*bench
	rt      *rapid.T
	tongues []words.Tongue
	in      map[order.ParcelKey][]string // the articles of the pieces in each box
	heard   map[order.ParcelKey]order.Parcel
	papers  []paper
	learnt  map[string]string // barcodes by what they were learnt to be
	found   map[Outcome]int
}

// paper is a label that came out of the printer.
type paper struct {
	parcel  order.ParcelKey
	version string
	code    string
}

const boss = "badge of a supervisor"

// learntOut stands for a barcode that was learnt, among what was found.
const learntOut Outcome = "learnt"

// Whatever is scanned and answered, however the platform changes its mind and wherever the power fails: the bench holds what a person counted, no label is made
// of a parcel that is not whole, none goes with another label than its own newest one, and whatever is refused is said in both languages.
func TestModel(t *testing.T) {
	rounds := 10 // of a hundred sequences; of twenty in short runs
	if testing.Short() {
		rounds = 150
	}
	if os.Getenv("PACKBENCH_SOAK") != "" {
		rounds = 1000
	}
	var tongues []words.Tongue
	for _, language := range words.Languages {
		tongue, err := words.In(language)
		if err != nil {
			t.Fatal(err)
		}
		tongues = append(tongues, tongue)
	}
	found := map[Outcome]int{}
	for range rounds {
		rapid.Check(t, func(rt *rapid.T) {
			m := &model{
				bench: newBench(t, parcel("P1", "tee", "tee", "cap"), parcel("P2", "cap"), parcel("P3", "tee", "mug")), rt: rt, tongues: tongues,
				in: map[order.ParcelKey][]string{}, heard: map[order.ParcelKey]order.Parcel{}, found: found, learnt: map[string]string{},
			}
			m.state.Supervisors, m.state.Weighs = []string{boss}, rapid.Bool().Draw(rt, "scale")
			for key, p := range m.parcels {
				m.heard[key] = p
			}
			for range rapid.IntRange(5, 150).Draw(rt, "steps") {
				m.step()
			}
		})
	}
	for _, outcome := range []Outcome{
		OpenedOut, TakenOut, WrongItem, AlreadyFull, UnknownCode, Repeat, NotPackable, CancelledOut, HoldOut, WrongLabel, StaleLabel, ConfirmedOut, ParcelOpen,
		NeedsPerson, Accepted, NothingAsked, PutBackOut, ShelvedOut, learntOut,
	} {
		if found[outcome] == 0 {
			t.Errorf("nothing came to %s: the test does not look there", outcome)
		}
	}
	t.Log(found)
}

// step does one thing that can happen.
func (m *model) step() {
	m.now = m.now.Add(time.Duration(rapid.SampledFrom([]int{10, 150, 600, 900, 2000, 2000, 5000, 20000}).Draw(m.rt, "ms")) * time.Millisecond)
	busy := m.state.Busy()
	if busy && len(m.effects) == 0 {
		m.rt.Fatalf("busy for ever in phase %s", m.state.Phase)
	}
	switch what := rapid.IntRange(0, 19).Draw(m.rt, "what"); {
	case what == 0:
		m.restart()
	case what == 1:
		m.change()
	case what == 2:
		m.news()
	case what == 3 && m.state.Weighs:
		m.hear(anyWeight(m.rt))
	case len(m.effects) > 0 && (busy && what < 16 || what < 6):
		effect := m.effects[0]
		m.effects = m.effects[1:]
		m.end(effect)
	case what == 6:
		m.hear(OK{})
	case what == 7 && (!busy || m.state.Phase == Labelling):
		m.hear(Aside{})
	case busy: // what waits its turn is not given
	case what > 12 && m.state.Phase == Packing && m.state.MayLearn(): // rare otherwise
		m.hear(Learn{})
	case what == 8:
		m.hear(rapid.SampledFrom([]Input{Again{}, Again{Why: order.Reasons[0]}, NewLabel{}, Help{}, Learn{}, Choose{1}, Choose{2}, Tick{}, Tick{}, Tick{}}).Draw(m.rt, "wish"))
	default:
		code := m.code()
		device := rapid.SampledFrom([]string{"one", "one", "two"}).Draw(m.rt, "scanner")
		turn := m.hear(Scanned{Scan: order.Scan{Code: code, Device: device, At: m.now}, Candidates: m.cached(code)})
		if turn.Outcome == "" && !m.state.Busy() {
			m.rt.Fatalf("%s came to nothing in phase %s", code, m.state.Phase)
		}
	}
}

// code is what a packer scans: mostly what is wanted, often something else.
func (m *model) code() string {
	wanted := m.state.WantedSKU()
	key := string(m.state.Parcel.Key)
	likely := []string{wanted}
	switch {
	case key == "":
		likely = []string{"P1", "P2", "P3"}
	case m.state.Phase == LabelScan:
		likely = []string{"T" + key}
	case wanted == "":
		likely = []string{key}
	}
	switch m.state.Question { // of what is asked rarely, so that something comes of it
	case AllowLearn:
		likely = []string{boss}
	case ScanLearn:
		likely = []string{m.state.Learning.Code}
	}
	if rapid.IntRange(0, 2).Draw(m.rt, "likely") == 0 {
		likely = []string{"P1", "P2", "P3", "tee", "cap", "mug", "TP1", "TP2", "TP3", "nobody's", boss}
	}
	code := rapid.SampledFrom(likely).Draw(m.rt, "code")
	if code[0] == 'T' && !slices.ContainsFunc(m.papers, func(p paper) bool { return p.code == code }) {
		return "nobody's" // there is no such paper to be scanned
	}
	return code
}

// hear gives the bench an input and holds what it does against the count.
func (m *model) hear(in Input) Turn {
	before := m.state
	turn := m.give(in)
	m.found[turn.Outcome]++
	m.isSaid(turn)
	if turn.Outcome == Repeat && len(turn.Events)+len(turn.Effects) > 0 {
		m.rt.Fatalf("a repeat did %+v, %+v", turn.Events, turn.Effects)
	}
	for _, e := range turn.Events {
		m.count(before, e, turn)
	}
	if _, read := in.(Read); read && m.state.Phase == Packing && len(m.state.Missing()) == 0 {
		m.rt.Fatal("all is in, and the bench waits for a piece")
	}
	if key := m.state.Parcel.Key; key != "" {
		m.same(key, m.state.Work)
	}
	for key := range m.parcels {
		m.same(key, m.works[key])
	}
	return turn
}

// same compares the pieces of a parcel with the count.
func (m *model) same(key order.ParcelKey, w order.Work) {
	var taken []string
	units := map[string]bool{}
	for _, piece := range w.Taken {
		if taken = append(taken, piece.SKU); units[piece.Unit] {
			m.rt.Fatalf("%s was taken twice for one line of %s", piece.Unit, key)
		}
		units[piece.Unit] = true
	}
	slices.Sort(taken)
	if !slices.Equal(taken, slices.Sorted(slices.Values(m.in[key]))) {
		m.rt.Fatalf("the bench has %v in %s, a person counted %v", taken, key, m.in[key])
	}
}

// count follows an event as a person would, and refuses what must not be.
func (m *model) count(before State, e order.Event, turn Turn) {
	key := e.Parcel
	whole := len(m.in[key]) > 0 && len(m.in[key]) == len(m.heard[key].Units)
	switch e.Kind {
	case order.BarcodeLearnt:
		asked := before.Learning
		if e.Code != turn.Code || asked.Code != e.Code || asked.SKU != e.SKU || asked.Supervisor != boss || e.Supervisor != boss || m.learnt[e.Code] != "" {
			m.rt.Fatalf("%s was learnt of %s, %+v was asked", e.Code, e.SKU, asked)
		}
		m.learnt[e.Code] = e.SKU
		m.found[learntOut]++
	case order.Taken:
		if turn.Outcome != TakenOut || e.SKU != turn.Code && e.SKU != m.learnt[turn.Code] || before.Parcel.Key != key {
			m.rt.Fatalf("%s was taken by %+v", e.SKU, turn)
		}
		m.in[key] = append(m.in[key], e.SKU)
	case order.LeftBox:
		if at := slices.Index(m.in[key], e.SKU); at >= 0 {
			m.in[key] = slices.Delete(m.in[key], at, at+1)
		}
	case order.PutBack:
		delete(m.in, key)
	case order.LabelVoided, order.LabelSpoiled: // a person told that the paper is destroyed does so: its code is the new one's too
		if e.Kind == order.LabelVoided || e.Spoiling == order.Replaced {
			m.papers = slices.DeleteFunc(m.papers, func(p paper) bool { return p.parcel == key })
		}
	case order.ShipTried, order.LabelQueued, order.LabelSending, order.LabelSent:
		if !whole {
			m.rt.Fatalf("%s with %v of %d in %s", e.Kind, m.in[key], len(m.heard[key].Units), key)
		}
		if (e.Kind == order.LabelQueued || e.Kind == order.LabelSending) && !packable(m.heard[key], m.works[key]) {
			m.rt.Fatalf("a label of %s, which stands as %s", key, m.heard[key].Standing)
		}
	case order.Confirmed:
		its := func(p paper) bool {
			return p.parcel == key && p.version == m.heard[key].LabelVersion && p.code == turn.Code
		}
		if !whole || turn.Outcome != ConfirmedOut || !slices.ContainsFunc(m.papers, its) || !packable(m.heard[key], m.works[key]) {
			m.rt.Fatalf("%s was confirmed by %s with %v in it and %+v about, the platform says %+v", key, turn.Code, m.in[key], m.papers, m.heard[key])
		}
	}
}

// cached is what the store can tell of a code: what was heard of the platform.
func (m *model) cached(code string) order.Candidates {
	truth := m.parcels
	defer func() { m.parcels = truth }()
	m.parcels = m.heard
	c := m.candidates(code)
	if sku := m.learnt[code]; sku != "" {
		c.SKUs = append(c.SKUs, sku)
	}
	return c
}

// isSaid checks that what the packer is told, and what the screen asks, has its words in both languages.
func (m *model) isSaid(turn Turn) {
	if turn.Outcome != "" && turn.Said.Key == "" {
		m.rt.Fatalf("%s without a sentence", turn.Outcome)
	}
	said := []order.Said{turn.Said, m.state.Trouble}
	if turn.Outcome != "" {
		said = append(said, order.Say("word."+string(turn.Outcome)))
	}
	switch m.state.Phase {
	case Asked, Halted:
		if m.state.Question == nothingToSay || m.state.Trouble.Key == "" {
			m.rt.Fatalf("phase %s without a question: %+v", m.state.Phase, m.state.Trouble)
		}
	}
	for _, s := range said {
		for _, tongue := range m.tongues {
			if text := tongue.Say(s); s.Key != "" && (text == s.Key || text == "" || strings.Contains(text, "<no value>")) {
				m.rt.Fatalf("%s is %q in %s", s.Key, text, tongue.Language)
			}
		}
	}
}

// change is the platform or a buyer changing their mind about a parcel. The bench hears of it with its next reading.
func (m *model) change() {
	key := rapid.SampledFrom([]order.ParcelKey{"P1", "P2", "P3"}).Draw(m.rt, "of")
	p := m.parcels[key]
	switch rapid.IntRange(0, 4).Draw(m.rt, "change") {
	case 0:
		p.Standing, p.Units = order.Gone, nil
	case 1:
		p.Standing = rapid.SampledFrom([]order.Standing{order.Held, order.CancelRequest, order.UnknownStanding}).Draw(m.rt, "stop")
	case 2: // it may go on after all
		if len(p.Units) > 0 && p.Standing != order.Arranged {
			p.Standing = order.Ready
		}
	case 3:
		p.LabelVersion += "+address"
	case 4:
		if len(p.Units) > 1 {
			p.Units = p.Units[1:]
		}
	}
	m.parcels[key] = p
}

// read is the platform's word about a parcel, as the bench is about to hear it.
func (m *model) read(key order.ParcelKey) Read {
	p := m.parcels[key]
	m.now = m.now.Add(time.Millisecond) // an answer takes its time
	p.ReadAt = m.now
	m.parcels[key], m.heard[key] = p, p
	return Read{Key: key, Parcel: p, Found: true}
}

// news is a reading of the shops that tells of the open parcel; the station gives it while the bench does not wait for anything.
func (m *model) news() {
	for key, w := range m.works {
		for _, r := range w.Requests { // the outbox gave the answer
			p := m.parcels[key]
			switch {
			case r.Accept:
				p.Standing, p.Units = order.Gone, nil
			case len(p.Units) == 0: // it was cancelled meanwhile
			case p.Standing == order.CancelRequest && w.Arranged:
				p.Standing = order.Arranged
			case p.Standing == order.CancelRequest:
				p.Standing = order.Ready
			}
			m.parcels[key] = p
			done := order.Event{At: m.now, Kind: order.RequestDone, Parcel: key, Request: order.Request{ID: r.ID}}
			m.works[key] = w.After(done)
			m.hear(Recorded{done})
		}
	}
	if key := m.state.Parcel.Key; key != "" && (!m.state.Busy() || m.state.Phase == Labelling) {
		m.hear(m.read(key))
	}
}

// end ends an effect in one of the ways it can end.
func (m *model) end(effect Effect) {
	trouble := order.Trouble(nil, "platform.unreachable")
	well := rapid.IntRange(0, 3).Draw(m.rt, "end") > 0
	switch effect := effect.(type) {
	case Refresh:
		if !well {
			m.hear(Read{Key: effect.Key, Problem: trouble})
			return
		}
		m.hear(m.read(effect.Key))
	case AskOwed:
		read := OwedRead{Key: effect.Parcel.Key, PackedAt: m.now}
		if !well {
			read.Problem = trouble
		} else if m.parcels[read.Key].Standing == order.CancelRequest {
			read.Owed = order.Owed{Cancellation: order.Cancellation{ID: "C" + string(read.Key), OrderID: "O" + string(read.Key)}, Reasons: []order.RejectReason{{Name: order.PackedReason}}}
		}
		m.hear(read)
	case Ship:
		m.ship(effect.Parcel, well)
	case MakeLabel:
		m.made(effect, well)
	case Send:
		m.send(effect, well)
	}
}

func (m *model) ship(asked order.Parcel, well bool) {
	p := m.parcels[asked.Key]
	answer := ShipAnswered{Key: p.Key, Result: ShipNo, Problem: order.Trouble(nil, "platform.unreachable")}
	switch {
	case p.Standing == order.Arranged:
		answer.Result = ShipAlready
	case p.Standing == order.Ready && (well || rapid.Bool().Draw(m.rt, "it happened")):
		p.Standing, p.Tracking = order.Arranged, "T"+string(p.Key)
		m.parcels[p.Key] = p
		if answer.Result = ShipUnknown; well {
			answer.Result = ShipDone
		}
	case p.Standing != order.Ready:
		answer.Standing = p.Standing
		p.ReadAt = m.heard[p.Key].ReadAt
		m.heard[p.Key] = p
	}
	m.hear(answer)
}

func (m *model) made(effect MakeLabel, well bool) {
	key := effect.Parcel.Key
	made := LabelMade{
		Key: key, Document: effect.Document, Version: effect.Parcel.LabelVersion, Tracking: "T" + string(key),
		Verdict: order.Verdict{Kind: order.Passed, Matched: "T" + string(key)},
	}
	if !well {
		made.Problem = order.Trouble(nil, "platform.unreachable")
		m.hear(made)
		return
	}
	if effect.Document == "" {
		made.Document = "document of " + effect.Parcel.LabelVersion
		m.hear(m.read(key)) // the bench reads the parcel with its document
	}
	made.Verdict.Kind = rapid.SampledFrom([]order.ReadBack{order.Passed, order.Passed, order.Passed, order.Unreadable, order.Foreign}).Draw(m.rt, "read back")
	if made.Verdict.Kind == order.Unreadable {
		made.Verdict.Matched = ""
	}
	m.hear(made)
}

func (m *model) send(effect Send, well bool) {
	key := effect.Parcel.Key
	if m.state.Phase != Printing || m.state.Parcel.Key != key {
		return // the station keeps a label back that nobody waits for
	}
	if !well && rapid.Bool().Draw(m.rt, "before its first byte") {
		m.hear(SendAnswered{Key: key, End: SendNot, Problem: order.Trouble(nil, "bench.failed")})
		return
	}
	if m.hear(SendStarted{key}); m.state.Work.Label.State != order.Sending {
		return // nor one of a parcel that was stopped
	}
	out := paper{key, m.state.Work.Label.Version, "T" + string(key)}
	if rapid.IntRange(0, 7).Draw(m.rt, "power") == 0 { // it fails while the bytes are on their way
		if rapid.Bool().Draw(m.rt, "came out") {
			m.papers = append(m.papers, out)
		}
		m.restart()
		return
	}
	if !well {
		m.hear(SendAnswered{Key: key, End: SendNot, Problem: order.Trouble(nil, "bench.failed")})
		return
	}
	m.papers = append(m.papers, out)
	m.hear(SendAnswered{Key: key, End: SendDone})
}

// restart is the power failing and coming back: what the journal holds is all that is left.
func (m *model) restart() {
	m.effects = nil
	m.state = State{Phase: Idle, Setup: m.state.Setup}
	open := ""
	for key, w := range m.works {
		if w.Open {
			if open != "" {
				m.rt.Fatalf("%s and %s are both open", open, key)
			}
			open = string(key)
		}
	}
	if open == "" {
		return
	}
	key := order.ParcelKey(open)
	// The cache holds what was heard of it last.
	m.hear(Resumed{order.Known{Parcel: m.heard[key], Work: m.works[key]}})
	if m.state.Parcel.Key != key || m.state.Phase == Idle {
		m.rt.Fatalf("went on with %q in phase %s, %s was open", m.state.Parcel.Key, m.state.Phase, key)
	}
}
