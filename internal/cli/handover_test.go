package cli

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/people"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/station"
)

// boxed packs parcels of one piece and gives their keys and the numbers on their labels.
func (p *place) boxed(most int) (keys []order.ParcelKey, numbers []string) {
	p.t.Helper()
	for _, o := range p.waiting(1) {
		if len(keys) == most {
			break
		}
		key := string(o.Packages[0].PackageID)
		p.packed(p.t, key, o.Packages[0].Lines[0].SellerSKU)
		keys = append(keys, order.ParcelKey(key))
	}
	bench := p.open()
	for _, key := range keys {
		known, _, err := bench.Store.Parcel(key)
		if err != nil {
			p.t.Fatal(err)
		}
		numbers = append(numbers, known.Work.Label.Matched)
	}
	if err := bench.Close(); err != nil {
		p.t.Fatal(err)
	}
	return keys, numbers
}

// truckComes is how long after packing the truck comes: the platform's word about what was packed is old by then.
const truckComes = time.Minute

func (p *place) scanned(lines ...string) (ended, []handoverScanLine) {
	p.t.Helper()
	return p.scannedFor("", lines...)
}

func (p *place) scannedFor(carrier string, lines ...string) (ended, []handoverScanLine) {
	p.t.Helper()
	var stdout, stderr bytes.Buffer
	e := p.environment()
	e.Stdin, e.Stdout, e.Stderr, e.Now = strings.NewReader(strings.Join(lines, "\n")), &stdout, &stderr, func() time.Time { return time.Now().Add(truckComes) }
	code := e.Finish((&HandoverScan{Scans: "-", Carrier: carrier}).Run(e))
	return ended{code, stdout.String(), stderr.String()}, read[handoverScanLine](p.t, stdout.String())
}

func shelfOutcomes(lines []handoverScanLine) (all []handover.Outcome) {
	for _, l := range lines {
		all = append(all, l.Outcome)
	}
	return all
}

// A carrier's parcels go onto its sheet one by one; the sheet is not closed without those that are missing, unless a supervisor says so; it is printed, and its photo kept.
func TestAHandOver(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 4, LabelDelay: time.Millisecond})
	p.with(func(s *settings.Settings) { s.Bench.Supervisors = []string{"BOSS"}; s.Bench.Packer = "Lin" })
	keys, numbers := p.boxed(3)
	unpacked := p.waiting(1)[0]
	end, lines := p.scanned(numbers[0], "@200ms "+numbers[0], numbers[0], "NOBODY-KNOWS", string(unpacked.Packages[0].PackageID), unpacked.OrderID)
	want := []handover.Outcome{handover.OnSheet, handover.Repeated, handover.Twice, handover.Unknown, handover.NotTheLabel, handover.NotTheLabel}
	if got := shelfOutcomes(lines); end.code != ExitNeedsPerson || !slices.Equal(got, want) {
		t.Fatalf("exit code %d, %v\n%s%s", end.code, got, end.stdout, end.stderr)
	}
	sheet := lines[0].Sheet
	if sheet != order.SheetID(time.Now(), 1) || lines[0].PackageID != keys[0] || lines[2].Sheet != sheet {
		t.Fatalf("%+v", lines)
	}
	if got := p.orders(Orders{State: "handed_over"}); len(got) != 1 {
		t.Errorf("%+v", got)
	}
	if end := p.run("", &HandoverClose{Sheet: sheet}); end.code != ExitNeedsPerson { // it asks how the others are handed over, too
		t.Errorf("%+v", end)
	}
	listed := read[handoverLine](t, p.must("", &HandoverList{JSON: true}))
	at := slices.IndexFunc(listed, func(l handoverLine) bool { return l.Sheet == sheet })
	if at < 0 || listed[at].Parcels != 1 || listed[at].State != "open" || listed[at].Carrier == "" || listed[at].Mode == "" {
		t.Fatalf("%+v", listed)
	}
	if l := listed[at]; l.Market == "" || l.Warehouse == "" {
		t.Errorf("%+v", l)
	} else if table := p.must("", &HandoverList{}); !strings.Contains(table, string(l.Market)) || !strings.Contains(table, l.Warehouse) {
		t.Errorf("%s and %s are not in\n%s", l.Market, l.Warehouse, table)
	}
	missing := len(listed[at].Missing)
	if missing == 0 {
		t.Fatalf("nothing is missing: %+v", listed)
	}
	shown := p.run("", &HandoverShow{Sheet: sheet, JSON: true})
	if shown.code != ExitNeedsPerson || strings.Count(shown.stdout, `"state":"missing"`) != missing || strings.Count(shown.stdout, `"state":"on_sheet"`) != 1 {
		t.Errorf("%+v", shown)
	}
	for name, v := range map[string]*HandoverClose{
		"alone": {Sheet: sheet}, "without a badge": {Sheet: sheet, Incomplete: true, Why: "the truck is full"},
	} {
		if end := p.run("", v); end.code != ExitNeedsPerson || !strings.Contains(end.stderr, listed[at].Missing[0].Tracking) {
			t.Errorf("%s: %+v", name, end)
		}
	}
	if end := p.run("", &HandoverClose{Sheet: sheet, Incomplete: true, Why: "the truck is full"}); !strings.Contains(end.stderr, "--badge") {
		t.Errorf("it does not say that the badge is missing: %+v", end)
	}
	for problem, v := range map[string]*HandoverClose{
		"handover.no_supervisor": {Sheet: sheet, Incomplete: true, Why: "full", Badge: "LIN"}, "handover.no_reason": {Sheet: sheet, Incomplete: true, Badge: "BOSS"},
		"handover.unknown_sheet": {Sheet: "H0"},
	} {
		if end := p.run("", v); end.code != ExitFailed || !strings.Contains(end.stderr, problem) {
			t.Errorf("%s: %+v", problem, end)
		}
	}
	p.keepsNoPhoto(sheet)
	before := p.printed()
	closed := p.must("", &HandoverClose{Sheet: sheet, Incomplete: true, Badge: "BOSS", Why: "the truck is full", JSON: true, OnPaper: OnPaper{Printer: "file:" + p.labels, Size: "100x150"}})
	if !strings.Contains(closed, `"state":"closed"`) || !strings.Contains(closed, `"sheet":"handover"`) || p.printed() != before+1 {
		t.Errorf("%s%d labels printed", closed, p.printed()-before)
	}
	after := read[handoverLine](t, p.must("", &HandoverList{JSON: true}))
	if l := after[len(after)-1]; l.Sheet != sheet || l.State != "closed" || len(l.Missing) != missing || l.Badge != "BOSS" || l.Reason != "the truck is full" || l.ClosedBy != "Lin" || l.Market != listed[at].Market {
		t.Errorf("%+v", after)
	}
	if end := p.run("", &HandoverClose{Sheet: sheet}); !strings.Contains(end.stderr, "handover.closed") {
		t.Errorf("%+v", end)
	}
	if _, lines := p.scanned(numbers[0], numbers[1]); lines[0].Outcome != handover.AlreadyGone || lines[1].Outcome != handover.OnSheet || lines[1].Sheet == sheet {
		t.Errorf("%+v", lines)
	}
	p.keepsAPhoto(sheet)
}

// picture is a file with a picture, and its bytes.
func (p *place) picture() (file string, picture []byte) {
	p.t.Helper()
	var encoded bytes.Buffer
	if err := png.Encode(&encoded, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		p.t.Fatal(err)
	}
	file = filepath.Join(p.t.TempDir(), "signed.png")
	if err := os.WriteFile(file, encoded.Bytes(), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return file, encoded.Bytes()
}

// keepsNoPhoto tells that a sheet that is still open has no signed copy.
func (p *place) keepsNoPhoto(sheet string) {
	p.t.Helper()
	file, _ := p.picture()
	if end := p.run("", &HandoverPhoto{Sheet: sheet, File: file}); end.code != ExitFailed || !strings.Contains(end.stderr, "handover.still_open") {
		p.t.Errorf("%+v", end)
	}
	bench := p.open()
	kept, err := bench.Store.Sheet(sheet)
	if err := errors.Join(err, bench.Close()); err != nil || len(kept.Photos) > 0 {
		p.t.Errorf("%+v, %v", kept, err)
	}
}

func (p *place) keepsAPhoto(sheet string) {
	p.t.Helper()
	file, picture := p.picture()
	p.must("", &HandoverPhoto{Sheet: sheet, File: file})
	p.must("", &HandoverScanForm{Sheet: sheet, Number: "9275012345678901234567"})
	bench := p.open()
	kept, err := bench.Store.Sheet(sheet)
	if err != nil || len(kept.Photos) != 1 || kept.ScanForm != "9275012345678901234567" {
		p.t.Fatalf("%+v, %v", kept, err)
	}
	if photo, err := bench.Store.Photo(kept.Photos[0]); err != nil || !bytes.Equal(photo, picture) {
		p.t.Errorf("%d bytes, %v", len(photo), err)
	}
	if err := bench.Close(); err != nil {
		p.t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(p.dir, "photos", kept.Photos[0]))
	if err != nil || info.Mode().Perm() != 0o600 {
		p.t.Error(info, err)
	}
	for problem, v := range map[string]verb{
		"handover.photo": &HandoverPhoto{Sheet: sheet, File: filepath.Join(p.dir, settings.FileName)}, "handover.no_file": &HandoverPhoto{Sheet: sheet, File: "none"},
		"handover.scan_form": &HandoverScanForm{Sheet: sheet, Number: "?"},
	} {
		if end := p.run("", v); end.code != ExitFailed || !strings.Contains(end.stderr, problem) {
			p.t.Errorf("%s: %+v", problem, end)
		}
	}
}

// What buyers do while parcels stand at the shelf keeps them off the sheet, also where the bench has not heard of it; the sandbox's own books agree. What comes of it
// is the same for a verb that is done by the bench at work, which shows it.
func TestWhatIsCancelledAtTheShelfDoesNotLeave(t *testing.T) {
	o := sandbox.Options{Orders: 40, Seed: 4, LabelDelay: time.Millisecond}
	ids := newPlace(t, o).waiting(1)
	clock := &later{}
	o.Now = clock.now
	o.Scenario = &sandbox.Scenario{Entries: []sandbox.Entry{
		{What: "cancel", Order: ids[0].OrderID, After: sandbox.Duration(truckComes / 2)}, {What: "cancel_request", Order: ids[1].OrderID, After: sandbox.Duration(truckComes / 2)},
	}}
	p := newPlace(t, o)
	p.with(func(s *settings.Settings) { s.Handover.BundlePrefix = "BAG-" })
	keys, numbers := p.boxed(4)
	clock.move(truckComes)
	end, lines := p.scanned("BAG-7", numbers[0], numbers[1], numbers[2], "bag", numbers[3], "back "+numbers[3], "back "+numbers[3], numbers[3])
	want := []handover.Outcome{handover.BundleBegun, handover.Cancelled, handover.CancelRequested, handover.OnSheet, handover.BundleDone, handover.OnSheet, handover.TakenBack, handover.NotOnSheet, handover.OnSheet}
	if got := shelfOutcomes(lines); end.code != ExitNeedsPerson || !slices.Equal(got, want) {
		t.Fatalf("%v\n%s%s", got, end.stdout, end.stderr)
	}
	if refused := p.sandbox.Books().Refused; len(refused) > 0 {
		t.Fatal(refused)
	}
	bench := p.open()
	sheets, err := bench.Store.OpenSheets()
	if err := errors.Join(err, bench.Close()); err != nil {
		t.Fatal(err)
	}
	gone := map[string]bool{}
	for _, book := range p.sandbox.Books().Orders {
		gone[book.ID] = book.CancelRequested || book.Status == "CANCELLED"
	}
	var on []order.ParcelKey
	for _, sheet := range sheets {
		for _, parcel := range sheet.Parcels {
			on = append(on, parcel.Parcel)
			if slices.ContainsFunc(parcel.Orders, func(id string) bool { return gone[id] }) {
				t.Errorf("%+v is on %s", parcel, sheet.ID)
			}
			if (parcel.Bundle == "BAG-7") != (parcel.Parcel == keys[2]) || parcel.WeightG == 0 || parcel.Weighed {
				t.Errorf("%+v", parcel)
			}
		}
	}
	if slices.Sort(on); len(on) != 2 || !slices.Contains(on, keys[2]) || !slices.Contains(on, keys[3]) {
		t.Errorf("%v are on sheets", on)
	}
	if events := p.must("", &History{Code: string(keys[3])}); strings.Count(events, "put on the hand-over sheet") != 2 || !strings.Contains(events, "taken off the hand-over sheet") {
		t.Error(events)
	}
}

// The verb is done by the bench at work, which shows what came of it; people who are registered close a sheet by badge and PIN.
func TestAHandOverBesideTheBenchAtWork(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 4, LabelDelay: time.Millisecond})
	p.must("24680975\n", &PeopleAdd{Name: "Mei", Role: "supervisor", Badge: "S-1"})
	roster, err := people.Load(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(p.dir, people.FileName)); err != nil { // nobody signs in while the parcels are packed
		t.Fatal(err)
	}
	_, numbers := p.boxed(3)
	if err := people.Update(p.dir, func(people.Roster) (people.Roster, error) { return roster, nil }); err != nil {
		t.Fatal(err)
	}
	h := p.atBench()
	h.running.TakeShelf(handover.Place{})
	h.until("the shelf is at hand", func(s station.Snapshot) bool { return len(s.Shelf.Columns) > 0 })
	served := func(stdin string, v Served) ended {
		t.Helper()
		var stdout, stderr bytes.Buffer
		e := p.environment()
		e.Bench, e.Stdin, e.Stdout, e.Stderr = h.running.bench, strings.NewReader(stdin), &stdout, &stderr
		code := e.Finish(v.Run(e))
		return ended{code, stdout.String(), stderr.String()}
	}
	lines := read[handoverScanLine](t, served(numbers[0], &HandoverScan{Scans: "-"}).stdout)
	if lines[0].Outcome != handover.OnSheet {
		t.Fatalf("%+v", lines)
	}
	h.until("the bench shows the sheet", func(s station.Snapshot) bool {
		return slices.ContainsFunc(s.Shelf.Columns, func(c handover.Column) bool { return c.Sheet.ID == lines[0].Sheet && c.Scanned() == 1 })
	})
	closing := &HandoverClose{Sheet: lines[0].Sheet, Incomplete: true, Why: "the truck is full", Badge: "S-1", OnPaper: OnPaper{To: t.TempDir(), Size: "210x297"}}
	if end := served("11111111\n", closing); end.code != ExitFailed || !strings.Contains(end.stderr, "people.wrong_pin") {
		t.Errorf("%+v", end)
	}
	if end := served("24680975\n", closing); end.code != ExitDone || !strings.Contains(end.stdout, ".pdf") {
		t.Fatalf("%+v", end)
	}
	h.until("the bench shows the closed sheet", func(s station.Snapshot) bool {
		return len(s.Shelf.Closed) == 1 && s.Shelf.Closed[0].SupervisorName == "Mei"
	})
}
