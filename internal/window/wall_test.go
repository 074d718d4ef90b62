package window

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/ask"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/seen"
	"packbench/ui/wall"
)

// sorted is a bench that has a wave at hand: the articles of each of its parcels, and how many slots or totes there are. At first nothing was scanned.
func sorted(shape order.Shape, places int, parcels ...[]string) station.Snapshot {
	s := station.Snapshot{State: packing.State{Phase: packing.Idle, Sort: packing.Sort{Wave: "W261122-01"}}, Goods: open().Goods, LastReading: now}
	in := order.Sorting{Wave: order.Wave{ID: "W261122-01", Shape: shape}}
	pieces := map[string]int{}
	for i, skus := range parcels {
		key := order.ParcelKey(fmt.Sprint("57700193645000", i+1))
		p := order.Parcel{Key: key, Standing: order.Ready, OrderIDs: []string{string(key)}, Number: 1, Of: 1, ReadAt: now, Due: now.Add(time.Duration(len(parcels)-i) * time.Hour)}
		for n, sku := range skus {
			p.Units = append(p.Units, order.Unit{Line: order.Line{ID: fmt.Sprint(key, "-", n), SellerSKU: sku, ProductName: sku}})
			pieces[sku]++
		}
		in.Parcels = append(in.Parcels, order.Known{Parcel: p, Work: order.Work{Parcel: key}})
	}
	for _, sku := range []string{"TEE", "CAP", "MUG"} {
		if pieces[sku] > 0 {
			in.Walk = append(in.Walk, order.WalkStop{Bin: "B-" + sku, SKU: sku, Pieces: pieces[sku]})
		}
	}
	for n := range places {
		slot := order.Slot{Code: order.SlotCode("A", n+1), Wall: "A", Number: n + 1, Row: n/4 + 1, Column: n%4 + 1}
		if shape == order.Totes {
			slot = order.Slot{Code: fmt.Sprint("TOTE-", n+1)}
		}
		in.Slots = append(in.Slots, slot)
	}
	s.Sorting = in
	return s
}

// atWall hands an input in with the wave at hand, and folds what follows into it as the store does.
func (s *scene) atWall(in packing.Input) {
	switch given := in.(type) {
	case packing.Scanned:
		given.Sorting = s.shot.Sorting
		in = given
	case packing.Short:
		given.Sorting = s.shot.Sorting
		in = given
	}
	turn := s.give(in)
	sorting := &s.shot.Sorting
	sorting.Parcels, sorting.Slots = slices.Clone(sorting.Parcels), slices.Clone(sorting.Slots)
	for _, e := range turn.Events {
		sorting.Wave = sorting.Wave.After(e)
		for i, k := range sorting.Parcels {
			if k.Key == e.Parcel {
				sorting.Parcels[i].Work = k.Work.After(e)
			}
		}
	}
	for i := range sorting.Slots {
		sorting.Slots[i].Parcel = ""
		for _, k := range sorting.Parcels {
			if k.Work.Slot == sorting.Slots[i].Code {
				sorting.Slots[i].Parcel = k.Key
			}
		}
	}
}

// at scans a code at the wall: an article's name, a slot's, a bin's or the wave's.
func (s *scene) at(code string) {
	s.now = s.now.Add(2 * time.Second)
	c := order.Candidates{}
	slot, isSlot := s.shot.Sorting.Slot(code)
	switch {
	case code == s.shot.Sorting.Wave.ID:
		c.Wave = code
	case isSlot:
		c.Slot = slot
		for _, k := range s.shot.Sorting.Parcels {
			if k.Key == slot.Parcel {
				c.Parcels = append(c.Parcels, k)
			}
		}
	case !strings.HasPrefix(code, "B-"):
		c.SKUs = []string{code}
	}
	for i := range s.shot.Sorting.Parcels {
		s.shot.Sorting.Parcels[i].ReadAt = s.now
	}
	for i := range c.Parcels {
		c.Parcels[i].ReadAt = s.now
	}
	s.atWall(packing.Scanned{Scan: order.Scan{Code: code, Device: "one", At: s.now}, Candidates: c})
}

// waved plays a scene at a wave that was just taken up.
func waved(shape order.Shape, places int, do func(*scene), parcels ...[]string) func(*scene) {
	if len(parcels) == 0 {
		parcels = [][]string{{"TEE", "CAP"}, {"TEE", "TEE"}, {"CAP", "MUG"}}
	}
	return func(s *scene) {
		setup := s.shot.State.Setup
		s.shot = sorted(shape, places, parcels...)
		s.shot.State.Sort, s.shot.State.Setup = packing.Sort{}, setup
		s.at("W261122-01")
		do(s)
	}
}

// sortingScenes are what is refused and asked about a wave at hand.
var sortingScenes = map[string]func(*scene){
	"wave-taken":     waved(order.PutWall, 8, func(*scene) {}),
	"slot-wrong":     waved(order.PutWall, 8, func(s *scene) { s.at("TEE"); s.at("WALL-A-3") }),
	"slot-first":     waved(order.PutWall, 8, func(s *scene) { s.at("TEE"); s.at("CAP") }),
	"slot-none":      waved(order.PutWall, 1, func(s *scene) { s.at("TEE"); s.at("WALL-A-1"); s.at("MUG") }),
	"slot-free":      waved(order.PutWall, 8, func(s *scene) { s.at("WALL-A-7") }),
	"slot-lacks":     waved(order.PutWall, 8, func(s *scene) { s.at("TEE"); s.at("WALL-A-1"); s.at("WALL-A-1") }),
	"slot-stopped":   waved(order.PutWall, 8, func(s *scene) { s.at("TEE"); s.at("WALL-A-1"); s.gone(0); s.at("WALL-A-1") }),
	"wave-strayed":   waved(order.PutWall, 8, func(s *scene) { s.at("TEE"); s.gone(0); s.at("WALL-A-1") }),
	"wave-nobodys":   waved(order.PutWall, 8, func(s *scene) { s.at("HAT") }),
	"wave-other-bin": waved(order.PutWall, 8, func(s *scene) { s.at("B-TEE"); s.at("CAP") }),
	"wave-enough":    waved(order.PutWall, 8, func(s *scene) { s.at("B-MUG"); s.at("MUG"); s.at("MUG") }),
	"tote-taken":     waved(order.Totes, 4, func(s *scene) { s.at("TEE"); s.at("TOTE-1"); s.at("MUG"); s.at("TOTE-1") }),
	"tote-first":     waved(order.Totes, 4, func(s *scene) { s.at("TEE"); s.at("CAP") }),
	"short-pick-why": waved(order.PutWall, 8, func(s *scene) { s.at("B-TEE"); s.atWall(packing.Short{}) }),
	"short-pick":     waved(order.PutWall, 8, func(s *scene) { s.at("B-TEE"); s.atWall(packing.Short{Why: order.OutOfStock}) }),
}

func init() {
	for name, play := range sortingScenes {
		refused[name] = play
	}
}

// gone cancels a parcel of the wave.
func (s *scene) gone(n int) { s.shot.Sorting.Parcels[n].Standing = order.Gone }

// played is the snapshot at the end of a scene.
func played(t *testing.T, play func(*scene)) station.Snapshot {
	t.Helper()
	s := &scene{t: t, shot: fixture(), now: now}
	play(s)
	return s.shot
}

func TestWhatTheWallSays(t *testing.T) {
	w := newWindow(t)
	w.running = &cli.Running{}
	say := func(name string) wall.Model {
		play, known := sortingScenes[name]
		if !known {
			t.Fatal("no scene ", name)
		}
		return w.wallModel(played(t, play), now, false)
	}
	m := say("wave-taken")
	if m.View != wall.Walk || m.Hero.Big != "B-TEE" || m.Take.SKU != "TEE" || m.Take.Of != 3 || m.Take.Done != 0 || m.Hero.Note.With["count"] != 3 {
		t.Errorf("at the start: %+v", m)
	}
	m = say("slot-wrong")
	if m.View != wall.Sort || m.Hero.Mood != wall.Refused || m.Hero.Got != "3" || m.Hero.Big != "1" || m.Hero.Item.Name != "Shirt" || !m.Places[0].Lit || len(m.Places) != 8 {
		t.Errorf("wrong slot: %+v", m)
	}
	if m = say("slot-stopped"); m.Hero.Mood != wall.Halt || m.Hero.Big != "1" || m.Places[0].State != wall.Empty {
		t.Errorf("a slot of a cancelled parcel: %+v", m.Hero)
	}
	if m = say("slot-none"); m.Hero.Mood != wall.Refused || m.Hero.Title.Key != "refused.no_slot" || m.Places[0].In != 1 {
		t.Errorf("no slot: %+v", m.Hero)
	}
	if m = say("wave-nobodys"); m.Hero.Mood != wall.Refused || m.Hero.Item.SKU != "HAT" {
		t.Errorf("nobody's piece: %+v", m.Hero)
	}
	if m = say("tote-taken"); m.Hero.Mood != wall.Refused || !m.Hero.Box || m.Hero.Got != "TOTE-1" || len(m.Places) != 1 {
		t.Errorf("a tote that is taken: %+v", m.Hero)
	}
	if m = say("short-pick-why"); m.View != wall.Asked || len(m.Question.Choices) != 3 || m.Question.Text.Key != "wall.short.text" || m.Question.Text.With["sku"] != "TEE" {
		t.Errorf("why it is short: %+v", m.Question)
	}
	if m = say("short-pick"); m.Hero.Mood != wall.Calm || m.Counts[len(m.Counts)-2].Key != "wall.count.waiting" {
		t.Errorf("after a short pick: %+v", m.Counts)
	}
}

// All of a wave is sorted piece by piece: the slots fill, and those that are complete are told in the order of their deadlines.
func TestTheWallFills(t *testing.T) {
	w := newWindow(t)
	w.running = &cli.Running{}
	s := &scene{t: t, shot: fixture(), now: now}
	waved(order.PutWall, 8, func(*scene) {}, []string{"TEE", "CAP"}, []string{"CAP"}, []string{"MUG", "TEE"})(s)
	for _, code := range []string{"TEE", "WALL-A-1", "CAP", "WALL-A-1", "CAP", "WALL-A-2"} {
		s.at(code)
	}
	m := w.wallModel(s.shot, now, false)
	if m.View != wall.Sort || m.Hero.Big != "2" || m.Places[0].State != wall.Complete || m.Places[0].Next != 2 || m.Places[1].Next != 1 || m.Places[2].State != wall.Empty || m.Places[3].State != wall.Empty {
		t.Errorf("%+v", m)
	}
	if !m.Due.Equal(now.Add(time.Hour)) || m.Wall != "A" {
		t.Errorf("due %v, wall %q", m.Due, m.Wall)
	}
	s.at("MUG")
	if m = w.wallModel(s.shot, now, false); m.Hero.Big != "3" || m.Hero.Note.With["row"] != 1 || m.Hero.Note.With["column"] != 3 || m.Acts[len(m.Acts)-1].Word.Key != "wall.act.lay_back" {
		t.Errorf("the piece in the hand: %+v", m.Hero)
	}
	if alone := w.wallModel(s.shot, now, true); alone.View != wall.Sort || alone.Hero.Big != "3" || len(alone.Acts) != 0 {
		t.Errorf("in the window of its own: %+v", alone)
	}
}

func TestALaneSaysWhatIsLeft(t *testing.T) {
	w := newWindow(t)
	m := w.wallModel(sorted(order.FastLane, 0, []string{"TEE"}, []string{"CAP"}, []string{"TEE"}), now, false)
	if m.View != wall.Lane || m.Hero.Big != "3" || len(m.Left) != 2 || m.Left[0].SKU != "TEE" || m.Left[0].Of != 2 || m.Left[1].Bin != "B-2" || m.Counts[0].Key != "wall.count.left" {
		t.Errorf("%+v", m)
	}
}

// The window turns to the wave when it is taken up, to the parcel that is opened from a slot, and back, but never away from a page somebody chose.
func TestTheWindowFollowsTheWork(t *testing.T) {
	w := newWindow(t)
	w.bench = &cli.Bench{}
	show := func(s station.Snapshot) frame.Page {
		w.latest.Store(&s)
		w.draw()
		return w.page
	}
	free := station.Snapshot{State: packing.State{Phase: packing.Idle}}
	atHand := sorted(order.PutWall, 8, []string{"TEE", "CAP"})
	inBox := open()
	inBox.State.Sort, inBox.Sorting = atHand.State.Sort, atHand.Sorting
	for i, step := range []struct {
		goes frame.Page // somebody chooses it; -1: nobody
		s    station.Snapshot
		want frame.Page
	}{
		{-1, free, frame.PagePack}, {-1, atHand, frame.PagePick}, {-1, inBox, frame.PagePack}, {-1, atHand, frame.PagePick},
		{frame.PageRun, atHand, frame.PageRun}, {-1, inBox, frame.PageRun}, {-1, atHand, frame.PageRun},
		{frame.PagePick, atHand, frame.PagePick}, {-1, free, frame.PagePack},
	} {
		if step.goes >= 0 {
			w.turnTo(step.goes)
		}
		if got := show(step.s); got != step.want {
			t.Errorf("step %d: page %d, want %d", i+1, got, step.want)
		}
	}
}

// The page of waves can be looked at while one is at hand, by its key; a wave that is open there is taken up by its code.
func TestTheWaveAtHandGivesWayToTheWaves(t *testing.T) {
	w := newPick(t, 10)
	s := sorted(order.PutWall, 8, []string{"TEE", "CAP"})
	w.latest.Store(&s)
	w.draw()
	shows := func(wave bool) {
		t.Helper()
		if w.page != frame.PagePick || w.wall.Object().Visible() != wave || w.pick.Object().Visible() == wave || w.onPick() == wave {
			t.Errorf("page %d, the wave %v, the waves %v", w.page, w.wall.Object().Visible(), w.pick.Object().Visible())
		}
	}
	shows(true)
	w.press("F2")
	shows(false)
	w.press("F2")
	shows(true)
	s.State.Sort, s.Sorting = packing.Sort{}, order.Sorting{}
	w.turnTo(frame.PagePick)
	w.waves.all = []cli.WaveSum{{ID: "W261122-01"}}
	for i, theirs := range []bool{true, false} {
		if got := w.scanOnPick(order.Scan{Code: "W261122-01"}); got != theirs || w.pick.opened != "W261122-01" {
			t.Errorf("scan %d: it is the page's: %v, open is %q", i+1, got, w.pick.opened)
		}
	}
}

// The wall in a window of its own shows the wave whatever the page is. Keys that are typed while it has the focus are the bench's.
func TestTheWallsOwnWindow(t *testing.T) {
	w := newWindow(t)
	w.bench = &cli.Bench{}
	s := sorted(order.PutWall, 8, []string{"TEE", "CAP"})
	w.latest.Store(&s)
	w.draw()
	if strip := w.frameModel(s, now).Strip; strip.Meaning.Key != "wall.wave" {
		t.Errorf("before the first scan the strip says %+v", strip)
	}
	w.openWall()
	w.turnTo(frame.PageRun)
	second := w.wall.second.window
	second.Resize(fyne.NewSize(1280, 720))
	w.draw()
	if texts := seen.Texts(second.Content()); !strings.Contains(texts, "Wall A") || !strings.Contains(texts, "Scan a piece") {
		t.Errorf("it shows %q", texts)
	}
	test.TypeOnCanvas(second.Canvas(), "7")
	if w.typing.text != "7" {
		t.Errorf("%q was heard", w.typing.text)
	}
	second.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.typing.text != "" {
		t.Error("its end was not heard")
	}
	second.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1})
	if w.page != frame.PagePack {
		t.Errorf("F1 leads to page %d", w.page)
	}
	if acts := w.wallActs(s); slices.ContainsFunc(acts, func(a ask.Act) bool { return a.Key == secondKey }) {
		t.Errorf("it is there and offered: %+v", acts)
	}
}

// Whoever tries the program without a scanner sorts a wave by F12 alone.
func TestTheDemosKeySorts(t *testing.T) {
	for _, shape := range []order.Shape{order.PutWall, order.Totes} {
		s := &scene{t: t, shot: fixture(), now: now}
		waved(shape, 2, func(*scene) {}, []string{"CAP", "MUG"}, []string{"CAP", "CAP"})(s)
		for scans := 0; s.shot.State.Sort.Wave != ""; scans++ {
			if scans == 8 {
				t.Fatalf("%s: after 8 scans %+v", shape, s.shot.State.Sort)
			}
			s.at(demoScan(s.shot))
			if families[s.shot.Strip.Outcome] != kit.Taken {
				t.Fatalf("%s: %+v", shape, s.shot.Strip)
			}
		}
	}
}

// Once a wave is sorted its wall still says what can be packed, in the window of its own.
func TestTheWallAfterItsWave(t *testing.T) {
	w := newWindow(t)
	s := &scene{t: t, shot: fixture(), now: now}
	waved(order.PutWall, 8, func(*scene) {}, []string{"TEE"}, []string{"CAP"})(s)
	for _, code := range []string{"TEE", "WALL-A-1", "CAP", "WALL-A-2"} {
		s.at(code)
	}
	if s.shot.State.Sort.Wave != "" {
		t.Fatal("the wave is not laid down")
	}
	s.shot.Sorting.Wave = order.Wave{}
	m := w.wallModel(s.shot, now, true)
	if m.View != wall.Sort || m.Hero.Big != "2" || m.Places[0].Next != 2 || m.Places[1].Next != 1 || m.Wave != "" {
		t.Errorf("%+v", m)
	}
	s.shot.State.Parcel, s.shot.State.Work = s.shot.Sorting.Parcels[1].Parcel, s.shot.Sorting.Parcels[1].Work
	if m = w.wallModel(s.shot, now, true); m.Hero.Title.Key != "wall.open" || m.Hero.Big != "2" || m.Places[1].State != wall.Packing || m.Places[0].Next != 1 {
		t.Errorf("while one is packed: %+v", m)
	}
	if m = w.wallModel(s.shot, now, false); m.View != wall.None {
		t.Errorf("the page shows %+v", m)
	}
}

func TestWaitingParcelsSayTheirSlot(t *testing.T) {
	w := newWindow(t)
	s := &scene{t: t, shot: fixture(), now: now}
	waved(order.PutWall, 8, func(*scene) {}, []string{"TEE"}, []string{"CAP", "MUG"})(s)
	for _, code := range []string{"TEE", "WALL-A-1", "CAP", "WALL-A-2"} {
		s.at(code)
	}
	s.shot.Waiting, s.shot.Slots = s.shot.Sorting.Parcels, s.shot.Sorting.Slots
	m := w.packModel(s.shot, now)
	if m.Waiting[0].Slot != "A 1" || m.Waiting[1].Slot != "" {
		t.Errorf("%+v", m.Waiting)
	}
}
