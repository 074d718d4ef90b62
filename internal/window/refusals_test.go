package window

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/internal/words"
	"packbench/ui/kit"
	"packbench/ui/seen"
)

// pictures is where TestRefusals puts what it saw: make shots has them in docs/screens/refusals.
var pictures = flag.String("pictures", "", "the folder for a picture of every refusal")

// scene plays the bench of one picture: what the rules decide, as the window shows it.
type scene struct {
	t    *testing.T
	shot station.Snapshot
	now  time.Time
}

// give is an input that the rules decide on, and what the station puts before the packer.
func (s *scene) give(in packing.Input) packing.Turn {
	next, turn := packing.Next(s.shot.State, in, s.now)
	s.shot.State = next
	if turn.Said.Key != "" {
		s.shot.Strip = station.Strip{Outcome: turn.Outcome, Said: turn.Said, Code: turn.Code, Item: turn.SKU, At: s.now}
	}
	return turn
}

func (s *scene) scan(code string, c order.Candidates) {
	s.now = s.now.Add(2 * time.Second)
	s.give(packing.Scanned{Scan: order.Scan{Code: code, Device: "one", At: s.now}, Candidates: c})
}

// goods scans the barcode of an article.
func (s *scene) goods(sku string) {
	s.scan("69365801"+sku, order.Candidates{SKUs: []string{sku}, Badge: order.PersonOf(s.shot.State.Staff.People, sku)})
}

// parcel scans a parcel of a standing.
func (s *scene) parcel(key order.ParcelKey, standing order.Standing, work order.Work) {
	p := fixture().State.Parcel
	p.Key, p.Standing, p.ReadAt = key, standing, s.now.Add(2*time.Second)
	s.scan(string(key), order.Candidates{Parcels: []order.Known{{Parcel: p, Work: work}}})
}

// changes is the platform's word that the open parcel is something else now.
func (s *scene) changes(f func(*order.Parcel)) {
	s.now = s.now.Add(time.Second)
	p := s.shot.State.Parcel
	p.ReadAt = s.now
	f(&p)
	s.give(packing.Read{Key: p.Key, Parcel: p, Found: true})
}

// full takes what is still missing, and has the platform arrange and make the label as it is said.
func (s *scene) full(ship packing.ShipAnswered, label packing.LabelMade, sent packing.SendAnswered) {
	s.goods("TEE")
	s.goods("CAP")
	for range 30 {
		key := s.shot.State.Parcel.Key
		switch s.shot.State.Phase {
		case packing.Checking:
			s.changes(func(*order.Parcel) {})
		case packing.Shipping:
			ship.Key = key
			s.give(ship)
		case packing.Labelling:
			label.Key, label.Version = key, s.shot.State.Parcel.LabelVersion
			s.give(label)
		case packing.Printing:
			s.give(packing.SendStarted{Key: key})
			sent.Key = key
			s.give(sent)
		default:
			return
		}
	}
	s.t.Fatalf("the label is never out: %s", s.shot.State.Phase)
}

var (
	arranged = packing.ShipAnswered{Result: packing.ShipDone}
	made     = packing.LabelMade{Document: "d1", Tracking: "JMX730054482913", Verdict: order.Verdict{Kind: order.Passed, Matched: "JMX730054482913", Codes: []string{"JMX730054482913"}}}
	gone     = packing.SendAnswered{End: packing.SendDone}
)

// labelled has the label out, to be scanned.
func (s *scene) labelled() { s.full(arranged, made, gone) }

// fixture is the open parcel of all scenes: three pieces, one is in.
func fixture() station.Snapshot {
	s := open()
	s.State.Parcel.Key, s.State.Parcel.LabelVersion, s.State.Parcel.Provider, s.State.Parcel.Market = "577001936450123", "v1", "J&T Express", "MY"
	s.State.Parcel.Notes, s.State.Work.Parcel, s.State.Parcel.OrderIDs = nil, "577001936450123", []string{"577001936450123"}
	s.State.Checks = &order.Checks{}
	for i := range s.State.Parcel.Units {
		s.State.Parcel.Units[i].ProductName = s.State.Parcel.Units[i].SellerSKU
	}
	return s
}

// problem is a trouble with a sentence of a key.
func problem(key string, pairs ...any) *order.Problem { return order.Trouble(nil, key, pairs...) }

// idle is a bench without a parcel.
func idle(do func(*scene)) func(*scene) {
	return func(s *scene) {
		s.shot.State = packing.State{Phase: packing.Idle, Setup: s.shot.State.Setup, Staff: s.shot.State.Staff}
		do(s)
	}
}

// standing is a parcel that is scanned and may not be packed.
func standing(of order.Standing) func(*scene) {
	return idle(func(s *scene) { s.parcel("577001936450123", of, order.Work{}) })
}

// found is a check with a severity that finds something about the full parcel, or the one that is opened.
func found(check order.CheckID, severity order.Severity, f func(*order.Parcel)) func(*scene) {
	return func(s *scene) {
		s.shot.State.Checks = &order.Checks{Rules: []order.CheckRule{{Market: order.EveryMarket, Check: check, Severity: severity}}}
		s.changes(f)
		if severity != order.Blocks {
			s.labelled()
		}
	}
}

// refused are the scenes: everything that stops, refuses or asks. A scene ends where the packer has to read.
var refused = map[string]func(*scene){
	"parcel-cancelled":       standing(order.Gone),
	"parcel-cancel-request":  standing(order.CancelRequest),
	"parcel-on-hold":         standing(order.Held),
	"parcel-elsewhere":       standing(order.Arranged),
	"parcel-collected":       standing(order.Collected),
	"parcel-unpaid":          standing(order.NotPaid),
	"parcel-platform-packs":  standing(order.PlatformPacks),
	"parcel-seller-ships":    standing(order.SellerShips),
	"parcel-invoice":         standing(order.InvoiceMissing),
	"parcel-reformed":        standing(order.Reformed),
	"parcel-other-warehouse": standing(order.OtherWarehouse),
	"parcel-unknown":         standing(order.UnknownStanding),
	"parcel-confirmed":       idle(func(s *scene) { s.parcel("577001936450123", order.Arranged, order.Work{ConfirmedAt: now}) }),
	"idle-unknown-code":      idle(func(s *scene) { s.scan("4006381333931", order.Candidates{}) }),
	"idle-no-catalogue":      idle(func(s *scene) { s.scan("4006381333931", order.Candidates{NoGoods: true}) }),
	"idle-no-parcel-open":    idle(func(s *scene) { s.goods("TEE") }),
	"idle-nothing-asked":     idle(func(s *scene) { s.give(packing.OK{}) }),
	"idle-replaced-label": idle(func(s *scene) {
		s.scan("JMX730054480000", order.Candidates{Replaced: []order.Known{{Parcel: order.Parcel{Key: "577001936450123"}}}})
	}),
	"signed-out": idle(func(s *scene) {
		s.shot.State.Staff.People = []order.Person{{Badge: "S-1", Name: "Mei", Supervisor: true}}
		s.parcel("577001936450123", order.Ready, order.Work{})
	}),
	"wrong-item":    func(s *scene) { s.goods("MUG") },
	"wrong-unknown": func(s *scene) { s.scan("4006381333931", order.Candidates{}) },
	"learn-badge": func(s *scene) {
		s.shot.State.Supervisors = []string{"S-1"}
		s.scan("4006381333931", order.Candidates{})
		s.give(packing.Learn{})
	},
	"learn-nobody": func(s *scene) { s.scan("4006381333931", order.Candidates{}); s.give(packing.Learn{}) },
	"learn-scan": func(s *scene) {
		s.shot.State.Supervisors = []string{"S-1"}
		s.scan("4006381333931", order.Candidates{})
		s.give(packing.Learn{})
		s.scan("S-1", order.Candidates{})
	},
	"learn-means-else": func(s *scene) {
		s.shot.State.Supervisors = []string{"S-1"}
		s.scan("A-03-2", order.Candidates{})
		s.give(packing.Learn{})
		s.scan("S-1", order.Candidates{})
		s.scan("A-03-2", order.Candidates{Else: true})
	},
	"wrong-too-many":  func(s *scene) { s.goods("TEE"); s.goods("TEE") },
	"wrong-case":      func(s *scene) { s.scan("CASE", order.Candidates{Cases: []order.CaseOf{{SKU: "TEE", Pieces: 12}}}) },
	"wrong-parcel":    func(s *scene) { s.parcel("577001936459999", order.Ready, order.Work{}) },
	"repeat":          func(s *scene) { s.goods("TEE"); s.now = s.now.Add(-1900 * time.Millisecond); s.goods("TEE") },
	"serial-wanted":   func(s *scene) { s.scan("690", order.Candidates{SKUs: []string{"TEE"}, Numbered: []string{"TEE"}}) },
	"serial-used":     serialUsed,
	"stop-cancelled":  func(s *scene) { s.changes(func(p *order.Parcel) { p.Standing = order.Gone }) },
	"stop-requested":  func(s *scene) { s.changes(func(p *order.Parcel) { p.Standing = order.CancelRequest }) },
	"stop-hold":       func(s *scene) { s.changes(func(p *order.Parcel) { p.Standing = order.Held }) },
	"stop-elsewhere":  func(s *scene) { s.changes(func(p *order.Parcel) { p.Standing = order.Arranged }) },
	"stop-changed":    func(s *scene) { s.changes(func(p *order.Parcel) { p.Units = p.Units[1:] }) },
	"stop-reformed":   func(s *scene) { s.changes(func(p *order.Parcel) { p.Standing = order.Reformed }) },
	"stop-with-label": func(s *scene) { s.labelled(); s.changes(func(p *order.Parcel) { p.Standing = order.Gone }) },
	"put-aside":       func(s *scene) { s.give(packing.Aside{}) },
	"ask-what":        func(s *scene) { s.give(packing.Help{}) },
	"ask-short":       func(s *scene) { s.give(packing.Short{}) },
	"ask-damaged":     func(s *scene) { s.goods("CAP"); s.give(packing.Damaged{}) },
	"ask-extra":       func(s *scene) { s.give(packing.Extra{}) },
	"parked":          func(s *scene) { s.give(packing.Park{}) },
	"parked-short":    func(s *scene) { s.give(packing.Short{Why: order.OutOfStock}) },
	"left-damaged":    func(s *scene) { s.give(packing.Damaged{}) },
	"undone":          func(s *scene) { s.give(packing.Undo{}) },
	"started-over":    func(s *scene) { s.give(packing.StartOver{}) },
	"label-wrong":     func(s *scene) { s.labelled(); s.scan("JMX000000000000", order.Candidates{}) },
	"label-goods":     func(s *scene) { s.labelled(); s.goods("CAP") },
	"label-stale":     func(s *scene) { s.labelled(); s.changes(func(p *order.Parcel) { p.LabelVersion = "v2" }) },
	"label-why-again": func(s *scene) { s.labelled(); s.give(packing.Again{}) },
	"label-unreadable": func(s *scene) {
		s.full(arranged, packing.LabelMade{Document: "d1", Tracking: "JMX730054482913", Verdict: order.Verdict{Kind: order.Unreadable}}, gone)
	},
	"ship-unknown": func(s *scene) {
		s.full(packing.ShipAnswered{Result: packing.ShipUnknown, Problem: problem("platform.unreachable")}, made, gone)
	},
	"ship-refused": func(s *scene) {
		s.full(packing.ShipAnswered{Result: packing.ShipNo, Problem: problem("platform.busy")}, made, gone)
	},
	"label-late": func(s *scene) {
		s.full(arranged, packing.LabelMade{Problem: problem("platform.label_not_ready")}, gone)
	},
	"printer-gone": func(s *scene) {
		s.full(arranged, made, packing.SendAnswered{End: packing.SendNot, Problem: problem("printer.none")})
	},
	"printer-in-doubt": func(s *scene) {
		s.labelled()
		known := order.Known{Parcel: s.shot.State.Parcel, Work: s.shot.State.Work}
		known.Work.Label.State = order.Sending // as where the power failed
		s.give(packing.Resumed{Known: known})
	},
	"unreachable": func(s *scene) {
		s.labelled()
		s.now = s.now.Add(time.Hour)
		s.scan("JMX730054482913", order.Candidates{})
		s.give(packing.Read{Key: s.shot.State.Parcel.Key, Problem: problem("platform.unreachable")})
	},
	"check-confirm":    found(order.CheckHazmat, order.AsksPacker, func(p *order.Parcel) { p.Units[0].DangerousGood = true }),
	"check-supervisor": found(order.CheckScript, order.AsksASuperior, func(p *order.Parcel) { p.NotLatin = true }),
	"check-block":      found(order.CheckScript, order.Blocks, func(p *order.Parcel) { p.NotLatin = true }),
	"waybill":          func(s *scene) { waybill(s) },
	"waybill-goods":    func(s *scene) { waybill(s); s.goods("TEE") },
	"waybill-used": func(s *scene) {
		waybill(s)
		s.scan("OWN0000001", order.Candidates{Parcels: []order.Known{{Parcel: order.Parcel{Key: "577001936459999", Tracking: "OWN0000001"}}}})
	},
	"waybill-form": func(s *scene) { waybill(s); s.scan("OWN", order.Candidates{}) },
}

// serialUsed scans a serial number that another parcel has.
func serialUsed(s *scene) {
	s.scan("690", order.Candidates{SKUs: []string{"TEE"}, Numbered: []string{"TEE"}})
	s.scan("SN00017", order.Candidates{NumberIn: []order.ParcelKey{"577001936459999"}})
}

// waybill has a parcel of the seller's own carrier full.
func waybill(s *scene) {
	s.shot.State.OwnCarrier = "CARRIER"
	s.changes(func(p *order.Parcel) { p.Standing, p.Flow = order.SellerShips, order.ShipOwn })
	s.goods("TEE")
	s.goods("CAP")
}

// TestRefusals looks at everything that stops, refuses or asks, as the window shows it in both languages: it says what is wrong and what to do next, and
// no word is a key, lies beyond the window or in the wrong language.
func TestRefusals(t *testing.T) {
	for _, language := range words.Languages {
		tongue, err := words.In(language)
		if err != nil {
			t.Fatal(err)
		}
		w := newWindow(t)
		w.app.Settings().SetTheme(kit.NewTheme(kit.LookLight))
		w.environment.Tongue, w.running = tongue, &cli.Running{}
		w.screens()
		w.window.Resize(fyne.NewSize(1280, 720))
		for name, play := range refused {
			t.Run(name+" "+string(language), func(t *testing.T) {
				s := &scene{t: t, shot: fixture(), now: now}
				play(s)
				if s.shot.Strip.Said.Key == "" {
					t.Fatal("nothing was said")
				}
				w.environment.Now = func() time.Time { return s.now }
				w.latest.Store(&s.shot)
				w.draw()
				w.draw() // again: what is chosen by the room there is
				readable(t, w, language)
				if *pictures != "" {
					picture(t, w, filepath.Join(*pictures, name+"."+string(language)+".png"))
				}
			})
		}
	}
}

var aKey, han = regexp.MustCompile(`^[a-z_]+\.[a-z_.]+$`), regexp.MustCompile(`\p{Han}`)

// readable tells whether all words on the screen can be read by whoever speaks the language.
func readable(t *testing.T, w *Window, language words.Language) {
	t.Helper()
	for _, word := range seen.Words(w.window.Content()) {
		far := word.At.Add(word.Size)
		switch {
		case aKey.MatchString(word.Text):
			t.Errorf("%q is a key", word.Text)
		case language == words.English && han.MatchString(word.Text):
			t.Errorf("%q is not English", word.Text)
		case word.At.X < 0 || word.At.Y < 0 || far.X > size.Width || far.Y > size.Height:
			t.Errorf("%q reaches from %v to %v", word.Text, word.At, far)
		}
	}
}

func picture(t *testing.T, w *Window, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := seen.Save(path, w.window.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
