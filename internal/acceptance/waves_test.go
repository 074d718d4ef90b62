package acceptance

import (
	"encoding/json"
	"image"
	"image/draw"
	"image/png"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/store"
)

// waveSaid is a line of wave make.
type waveSaid struct {
	Wave       string
	Shape      string
	PackageIDs []string `json:"package_ids"`
	Short      []string // set where it is a parcel that no wave could take
}

// shift is a day of a warehouse: pickers and packers by their scans, and what they carried.
type shift struct {
	*shop
	t       *testing.T
	bench   *conversation
	hands   *rand.Rand
	content map[string][]string // package id → the barcodes of its pieces
	carried map[string]int      // barcode → pieces that left their bins and did not come back by hand
	waves   []waveSaid
	came    map[string]int // how scans came out
	lately  []outcome
	undone  map[string]bool // parcels whose goods went back: one that lost a line is to be packed anew
	short   bool            // a short pick was said already
}

// TestAShopInWaves has a believable shop made into waves by rule, picked, sorted and packed by scans alone, while buyers cancel, a bin is empty and hands err. At the
// end every piece lies in a confirmed parcel, in a slot, or on the put-back list; every parcel was shipped once and labelled once. 500 orders; 5,000 in the soak, 100 where time is short.
func TestAShopInWaves(t *testing.T) {
	orders := 500
	if testing.Short() {
		orders = 100
	}
	if os.Getenv("PACKBENCH_SOAK") != "" {
		orders = 5000
	}
	s := newShift(t, orders)
	s.makeWaves("pieces:1", "pieces:2-4", "pieces:5-")
	s.bench = converse(t, "--dir", s.dir, "--printer", s.printer().uri())
	for i, w := range s.waves {
		if i%2 == 1 { // label-first: shipment is arranged when the wave is released
			end := runProgram(t, "", "arrange", "--wave", w.Wave, "--dir", s.dir)
			if end.code != 0 && end.code != 3 {
				t.Fatalf("arrange: exit code %d, %s", end.code, end.stderr)
			}
		}
		if w.Shape == "fast_lane" || w.Shape == "bulk" {
			s.lane(w)
		} else {
			s.sortWave(w)
			s.packSlots()
			s.bench.scan("aside") // what is short stays behind
		}
	}
	s.packSlots()
	if err := s.bench.in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.bench.cmd.Wait(); err != nil && s.bench.cmd.ProcessState.ExitCode() != 3 {
		t.Fatal(err)
	}
	s.account()
}

func newShift(t *testing.T, orders int) *shift {
	var acts []sandbox.Entry
	for nth := 20; nth < orders; nth += 20 { // a buyer changes their mind again and again, now and then one whose parcel is just being made
		what := []string{"cancel_request", "cancel", "cancel_line"}[nth/20%3]
		acts = append(acts, sandbox.Entry{What: what, Order: "any", Call: "POST /fulfillment/*/packages/*/ship", Nth: nth, Answered: true})
	}
	s := &shift{t: t, hands: rand.New(rand.NewPCG(5, 5)), content: map[string][]string{}, carried: map[string]int{}, came: map[string]int{}, undone: map[string]bool{}}
	s.shop = newShop(t, sandbox.Options{Orders: orders, Mix: sandbox.MixFull, Seed: 5, Scenario: &sandbox.Scenario{Seed: 5, Entries: acts}})
	goods := s.sandbox.Goods()
	for i := range goods {
		goods[i].Stock = orders
	}
	file := filepath.Join(s.dir, "catalogue.csv")
	writeGoods(t, file, goods)
	must(t, "", "catalog", "import", file, "--dir", s.dir)
	must(t, "", "platform-qr", qrLabel(t), "--of", "GB", "--dir", s.dir)
	must(t, "", "wall", "add", "A", "--rows", "5", "--columns", "8", "--dir", s.dir)
	totes := []string{"tote", "add", "--dir", s.dir}
	for n := range 12 {
		totes = append(totes, "TOTE-"+string(rune('A'+n)))
	}
	must(t, "", totes...)
	s.readContents()
	return s
}

// readContents reads what parcels hold; one may be known by another number since.
func (s *shift) readContents() {
	clear(s.content)
	for _, o := range listOrders(s.t, s.dir) {
		for _, p := range o.Packages {
			for _, line := range p.Lines {
				for range line.Pieces {
					s.content[p.PackageID] = append(s.content[p.PackageID], s.codes[line.SellerSKU])
				}
			}
		}
	}
}

// pieces are the barcodes of a parcel's pieces.
func (s *shift) pieces(parcel string) []string {
	if len(s.content[parcel]) == 0 {
		s.readContents()
	}
	return slices.Clone(s.content[parcel])
}

// qrLabel is a picture of a platform's QR label.
func qrLabel(t *testing.T) string {
	t.Helper()
	code, err := qr.Encode("https://example.com/anti/1", qr.M, qr.Auto)
	if err == nil {
		code, err = barcode.Scale(code, 560, 560)
	}
	if err != nil {
		t.Fatal(err)
	}
	picture := image.NewGray(image.Rect(0, 0, 600, 600))
	draw.Draw(picture, picture.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(picture, image.Rect(20, 20, 580, 580), code, code.Bounds().Min, draw.Src)
	name := filepath.Join(t.TempDir(), "qr.png")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, picture); err != nil {
		t.Fatal(err)
	}
	return name
}

// printer is one for labels alone.
func (s *shift) printer() *tape { return newTape(s.t) }

// makeWaves makes as many waves as it takes of what fits each filter.
func (s *shift) makeWaves(filters ...string) {
	for _, filter := range filters {
		for _, w := range linesOf[waveSaid](s.t, must(s.t, "", "wave", "make", filter, "--waves", "0", "--json", "--dir", s.dir)) {
			if len(w.Short) > 0 {
				s.t.Errorf("stock is short: %v", w)
			}
			s.waves = append(s.waves, w)
		}
	}
	if len(s.waves) < 3 {
		s.t.Fatalf("only %d waves", len(s.waves))
	}
}

// say scans, and counts how it came out.
func (s *shift) say(line string) outcome {
	s.t.Helper()
	o := s.bench.scan(line)
	s.came[o.Outcome]++
	if s.lately = append(s.lately, o); len(s.lately) > 20 {
		s.lately = s.lately[1:]
	}
	return o
}

// picks are the stops of a wave's walk.
func (s *shift) picks(w waveSaid) []picked {
	return linesOf[picked](s.t, must(s.t, "", "wave", "picklist", w.Wave, "--json", "--dir", s.dir))
}

type picked struct {
	Bin, SKU string
	Pieces   int
}

// lane packs a wave of single or equal parcels: each piece that is scanned finds its parcel.
func (s *shift) lane(w waveSaid) {
	s.say(w.Wave)
	for _, stop := range s.picks(w) {
		code := s.codes[stop.SKU]
		for left := stop.Pieces; left > 0; left-- {
			s.carried[code]++
			o := s.say(code)
			if o.Outcome != "taken" { // its buyer cancelled: nobody needs it any more
				s.carried[code]--
				continue
			}
			s.packOpen(o.PackageID, code)
			left -= len(s.pieces(o.PackageID)) - 1
		}
	}
}

// packOpen takes the rest of an open parcel's pieces and puts its label on. in is what is in the box already.
func (s *shift) packOpen(parcel string, in ...string) {
	rest := s.pieces(parcel)
	for _, code := range in {
		at := slices.Index(rest, code)
		if at < 0 {
			s.t.Fatalf("parcel %s holds %v, not %s", parcel, rest, code)
		}
		rest = slices.Delete(rest, at, at+1)
	}
	for _, code := range rest {
		if o := s.say(code); o.Outcome == "taken" && len(in) > 0 { // from the trolley of a lane; else from its slot
			s.carried[code]++
		}
	}
	for try := 0; ; try++ {
		s.bench.say("wait")
		switch o := s.say("label"); {
		case o.Outcome == "confirmed":
			return
		case try == 6:
			s.t.Fatalf("parcel %s: %+v, after %+v", parcel, o, s.lately)
		default: // a person sees to what the screen asks, or takes a stopped parcel's goods out
			if o = s.say("ok"); o.Outcome == "put_back" {
				s.undone[parcel] = true
				return
			}
		}
	}
}

var namedSlot = regexp.MustCompile(`put it into (\S+) (\d+) and`)

// sortWave picks a wave's pieces and puts each where the bench says.
func (s *shift) sortWave(w waveSaid) {
	if o := s.say(w.Wave); o.Outcome != "wave" {
		s.t.Fatalf("%+v", o)
	}
	totes := w.Shape == "totes"
	var trolley []string
	for _, stop := range s.picks(w) {
		code := s.codes[stop.SKU]
		if o := s.say(stop.Bin); o.Outcome != "pick_bin" {
			s.t.Fatalf("bin %s: %+v", stop.Bin, o)
		}
		if !s.short && !totes && stop.Pieces > 1 { // the bin holds one piece less than it should
			s.short = true
			stop.Pieces--
			s.take(code, stop.Pieces, &trolley)
			if o := s.say("short out_of_stock"); o.Outcome != "short_pick" {
				s.t.Fatalf("%+v", o)
			}
			continue
		}
		if !totes {
			s.take(code, stop.Pieces, &trolley)
			continue
		}
		for range stop.Pieces {
			s.carried[code]++
			if !s.putAway(code) {
				s.t.Fatalf("no tote for %s", code)
			}
		}
	}
	s.say(w.Wave) // from the shelves to the wall
	s.hands.Shuffle(len(trolley), func(i, j int) { trolley[i], trolley[j] = trolley[j], trolley[i] })
	for before := 0; len(trolley) > 0 && len(trolley) != before; { // what finds no slot waits until some are free again
		before = len(trolley)
		trolley = slices.DeleteFunc(trolley, s.putAway)
		s.packSlots()
	}
	for _, code := range trolley { // back to their bins
		s.carried[code]--
	}
}

// take picks pieces at a bin.
func (s *shift) take(code string, pieces int, trolley *[]string) {
	for range pieces {
		if o := s.say(code); o.Outcome == "picked" {
			s.carried[code]++
			*trolley = append(*trolley, code)
		}
	}
}

// putAway puts a piece where the bench says, now and then into another slot first; false: there is no room for it.
func (s *shift) putAway(code string) bool {
	o := s.say(code)
	if o.Outcome == "no_slot" {
		return false
	}
	if o.Outcome != "slot" { // nobody needs it any more: it goes back to its bin
		s.carried[code]--
		return true
	}
	var slot string
	if name := namedSlot.FindStringSubmatch(o.Message); name != nil {
		slot = "WALL-" + name[1] + "-" + name[2]
	} else if slot = s.toteFor(o.PackageID); slot == "" {
		s.t.Fatalf("no tote is free for %+v", o)
	}
	if slot != "WALL-A-40" && s.hands.IntN(8) == 0 {
		if wrong := s.say("WALL-A-40"); wrong.Outcome != "wrong_slot" {
			s.t.Errorf("the wrong slot was taken: %+v", wrong)
		}
	}
	switch o = s.say(slot); o.Outcome {
	case "sorted":
	case "slot_first", "wrong_slot", "slot_lacks", "slot_free":
		s.t.Errorf("%s into %s: %+v", code, slot, o)
	}
	return true
}

// slotSaid is a line of wall list and tote list.
type slotSaid struct {
	Code      string
	PackageID string `json:"package_id"`
	In        int
	Pieces    int
}

// slots are all slots and totes.
func (s *shift) slots() (all []slotSaid) {
	for _, kind := range []string{"wall", "tote"} {
		all = append(all, linesOf[slotSaid](s.t, must(s.t, "", kind, "list", "--json", "--dir", s.dir))...)
	}
	return all
}

// toteFor is the tote a parcel's pieces lie in, or an empty one.
func (s *shift) toteFor(parcel string) (empty string) {
	for _, slot := range s.slots() {
		switch {
		case !strings.HasPrefix(slot.Code, "TOTE"):
		case slot.PackageID == parcel:
			return slot.Code
		case slot.PackageID == "" && empty == "":
			empty = slot.Code
		}
	}
	return empty
}

// packSlots packs what is complete, and clears the slots of what must not go on.
func (s *shift) packSlots() {
	for _, slot := range s.slots() {
		if slot.PackageID == "" {
			continue
		}
		if o := s.say(slot.Code); o.Outcome == "opened" {
			if slot.In < slot.Pieces {
				s.say("park") // it was parked because something is short: its goods stay together
				continue
			}
			s.packOpen(o.PackageID)
		}
	}
}

// account looks where every piece is at the end of the day.
func (s *shift) account() {
	files, err := store.Open(s.dir, time.Now)
	if err != nil {
		s.t.Fatal(err)
	}
	defer files.Close()
	lies := map[string]int{}
	states := map[string]int{}
	for _, w := range s.waves {
		for _, id := range w.PackageIDs {
			known, found, err := files.Parcel(order.ParcelKey(id))
			if err != nil || !found && known.Work.Parcel == "" {
				s.t.Fatalf("parcel %s: %v, %v", id, found, err)
			}
			states[known.State()]++
			if known.State() == "ready" && !s.undone[id] {
				s.t.Errorf("parcel %s of wave %s (%s) was left behind: %+v", id, w.Wave, w.Shape, known.Work)
			}
			taken := map[string]bool{}
			for _, piece := range known.Work.Taken {
				lies[s.codes[piece.SKU]]++
				taken[piece.Unit] = true
			}
			for _, piece := range known.Work.Sorted {
				if !taken[piece.Unit] {
					lies[s.codes[piece.SKU]]++
				}
			}
			if ships := s.shippedOf(id); ships > 1 {
				s.t.Errorf("parcel %s was shipped %d times", id, ships)
			}
		}
	}
	backs, err := files.PutBacks()
	if err != nil {
		s.t.Fatal(err)
	}
	back := 0
	for _, entry := range backs {
		lies[s.codes[entry.SKU]] += entry.Pieces
		back += entry.Pieces
	}
	for code, pieces := range s.carried {
		if pieces == 0 {
			delete(s.carried, code)
		}
	}
	if !maps.Equal(lies, s.carried) {
		for code := range s.carried {
			if lies[code] != s.carried[code] {
				s.t.Errorf("%s: %d pieces left their bin, %d are accounted for", code, s.carried[code], lies[code])
			}
		}
	}
	slots, err := files.Slots()
	if err != nil {
		s.t.Fatal(err)
	}
	said, err := json.Marshal(s.came)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Logf("%d waves, parcels %v, %d pieces to put back, outcomes %s", len(s.waves), states, back, said)
	for _, slot := range slots {
		if known, _, err := files.Parcel(slot.Parcel); slot.Parcel != "" && (err != nil || known.State() != "parked") {
			s.t.Errorf("%s still holds parcel %s, %s", slot.Name(), slot.Parcel, known.State())
		}
	}
	if waits := states["packing"] + states["packed"] + states["arranged"] + states["label_sent"]; waits > 0 {
		s.t.Errorf("%d parcels were left behind: %v", waits, states)
	}
}

// shippedOf counts the requests for shipment of a parcel that went through, alone or in a batch.
func (s *shift) shippedOf(id string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, code := range s.answers[id] {
		if code == 0 {
			n++
		}
	}
	return n
}
