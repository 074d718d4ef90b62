package store

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"packbench/internal/order"
)

// holding are the files below a folder in which a text stands.
func holding(t *testing.T, dir, text string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(text)) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWhenBuyerDataEnds(t *testing.T) {
	day := 24 * time.Hour
	for name, c := range map[string]struct {
		o    order.Order
		ends time.Duration // after noon; 0 is never
	}{
		"waits":                        {order.Order{Status: order.AwaitingShipment}, 0},
		"packed":                       {order.Order{Status: order.AwaitingCollection}, 0},
		"on the way":                   {order.Order{Status: order.InTransit}, 90 * day},
		"delivered":                    {order.Order{Status: order.Delivered, DeliveredAt: noon.Add(-3 * day)}, 27 * day},
		"delivered, nobody says when":  {order.Order{Status: order.Delivered}, 30 * day},
		"completed":                    {order.Order{Status: order.Completed, DeliveredAt: noon.Add(-9 * day)}, 21 * day},
		"cancelled":                    {order.Order{Status: order.Cancelled, CancelledAt: noon.Add(-day)}, 29 * day},
		"cancelled, nobody says when":  {order.Order{Status: order.Cancelled}, 30 * day},
		"cancelled after its delivery": {order.Order{Status: order.Cancelled, DeliveredAt: noon.Add(-9 * day), CancelledAt: noon}, 30 * day},
		"a state nobody knows":         {order.Order{Status: "NEW_ONE"}, 0},
	} {
		c.o.UpdatedAt = noon
		want := time.Time{}
		if c.ends != 0 {
			want = noon.Add(c.ends)
		}
		if got := buyerDataEnds(c.o); !got.Equal(want) {
			t.Errorf("%s: ends at %v, want %v", name, got, want)
		}
	}
}

// packed is an order with notes of a buyer, packed, with a label document and a label of which two codes were read.
func packed(t *testing.T, s *Store, n int, status order.Status, ended time.Time) (o order.Order, document string) {
	t.Helper()
	o = make1(fmt.Sprint("O", n), fmt.Sprint("P", n), "tee")
	o.Status, o.BuyerMessage, o.SellerNote = status, fmt.Sprint("note of buyer ", n), fmt.Sprint("note of seller ", n)
	if status == order.Cancelled {
		o.CancelledAt = ended
	} else {
		o.DeliveredAt = ended
	}
	save(t, s, o)
	document, err := s.KeepDocument(fmt.Append(nil, "%PDF address of buyer ", n))
	if err != nil {
		t.Fatal(err)
	}
	key := order.ParcelKey(o.PackageIDs[0])
	if err := s.Append([]order.Event{
		{Kind: order.Opened, Parcel: key, At: noon}, {Kind: order.ShipTried, Parcel: key, At: noon}, {Kind: order.ShipArranged, Parcel: key, At: noon},
		{Kind: order.DocumentKept, Parcel: key, At: noon, Document: document, Tracking: fmt.Sprint("TRACK", n)},
		{Kind: order.LabelQueued, Parcel: key, At: noon, Matched: fmt.Sprint("TRACK", n), Codes: []string{fmt.Sprint("TRACK", n), fmt.Sprint("2D code, address of buyer ", n)}},
		{Kind: order.Confirmed, Parcel: key, At: noon, Code: fmt.Sprint("TRACK", n)},
	}); err != nil {
		t.Fatal(err)
	}
	return o, document
}

// After a purge nothing in the folder says who the buyers were whose time is over; what happened here, and what belongs to others, stays.
func TestPurgeLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for round := range 3 { // older words of the same orders lie in free pages
		for n := range 60 {
			o := make1(fmt.Sprint("O", n), fmt.Sprint("P", n), "tee")
			o.BuyerMessage, o.UpdatedAt = fmt.Sprintf("earlier note of buyer %d, %d", n, round), noon.Add(-time.Hour)
			save(t, s, o)
		}
	}
	now := noon.Add(keptAfterEnd)
	status := []order.Status{order.Delivered, order.Completed, order.Cancelled, order.Delivered, order.AwaitingShipment}
	var stays, goes []int
	for n := range 60 {
		at := noon
		if n%5 == 3 {
			at = noon.Add(time.Second) // not yet
		}
		packed(t, s, n, status[n%5], at)
		if n%5 < 3 {
			goes = append(goes, n)
		} else {
			stays = append(stays, n)
		}
	}
	if err := s.NightlyCopy(noon); err != nil {
		t.Fatal(err)
	}
	counted, err := s.Purge(now, true)
	if want := (Purged{Orders: 36, Documents: 36, Labels: 36}); err != nil || counted != want {
		t.Fatalf("would take %+v, %v", counted, err)
	}
	if len(holding(t, dir, "note of buyer 0")) == 0 {
		t.Fatal("a dry run took something, or the test looks for nothing")
	}
	gone, err := s.Purge(now, false)
	if err != nil || gone != counted {
		t.Fatalf("took %+v, %v", gone, err)
	}
	if at, err := s.LastPurge(); err != nil || !at.Equal(now) {
		t.Errorf("last purged at %v, %v", at, err)
	}
	if err := os.RemoveAll(CopyFolder(dir)); err != nil { // of which the next test tells
		t.Fatal(err)
	}
	for _, n := range goes {
		for _, text := range []string{"note of buyer %d\"", "note of seller %d\"", "address of buyer %d\"", "note of buyer %d, "} {
			if found := holding(t, dir, fmt.Sprintf(text, n)); len(found) > 0 {
				t.Errorf(text+" stands in %v", n, found)
			}
		}
		key := order.ParcelKey(fmt.Sprint("P", n))
		known, found, err := s.Parcel(key)
		if err != nil || !found || known.Notes != nil || known.Work.ConfirmedAt.IsZero() || known.Work.Tracking != fmt.Sprint("TRACK", n) ||
			!cmp.Equal(known.Work.Label.Codes, []string{fmt.Sprint("TRACK", n)}) {
			t.Errorf("parcel %d is %+v, %v", n, known, err)
		}
		if document, err := s.Document(known.Work.Document); err != nil || document != nil {
			t.Errorf("the document of %d is %q, %v", n, document, err)
		}
		isFolded(t, s, key, known.Work)
	}
	for _, n := range stays {
		key := order.ParcelKey(fmt.Sprint("P", n))
		known, _, err := s.Parcel(key)
		if err != nil || len(known.Notes) != 2 || len(known.Work.Label.Codes) != 2 {
			t.Errorf("parcel %d lost something: %+v, %v", n, known, err)
		}
		if document, err := s.Document(known.Work.Document); err != nil || document == nil {
			t.Errorf("the document of %d is gone, %v", n, err)
		}
	}
	if left := holding(t, filepath.Join(dir, labelFolder), "%PDF"); len(left) != len(stays) {
		t.Errorf("%d documents are left of %d", len(left), len(stays))
	}
	if again, err := s.Purge(now, false); err != nil || again != (Purged{}) {
		t.Errorf("again took %+v, %v", again, err)
	}
}

// isFolded checks that the kept work of a parcel is the fold of its history.
func isFolded(t *testing.T, s *Store, key order.ParcelKey, kept order.Work) {
	t.Helper()
	history, err := s.History(key)
	if err != nil || len(history) == 0 {
		t.Fatalf("history %v, %v", history, err)
	}
	var work order.Work
	for _, e := range history {
		work = work.After(e)
	}
	if !cmp.Equal(kept, work) {
		t.Errorf("the kept work is not the fold of the history: %s", cmp.Diff(work, kept))
	}
}

// Copies of the journal hold neither notes nor documents, whenever they were made.
func TestCopiesHoldNoNotesAndNoDocuments(t *testing.T) {
	s := open1(t)
	packed(t, s, 1, order.Delivered, noon)
	if err := s.NightlyCopy(noon); err != nil {
		t.Fatal(err)
	}
	copies := CopyFolder(s.dir)
	if len(holding(t, copies, "TRACK1")) != 1 {
		t.Fatal("the copy holds nothing: the test looks for nothing")
	}
	for _, text := range []string{"note of buyer", "note of seller", "%PDF"} {
		if found := holding(t, copies, text); len(found) > 0 {
			t.Errorf("%s stands in %v", text, found)
		}
	}
}

// What was purged does not come back when the platform tells of the order again, also not by older or newer news of it.
func TestPurgedDoesNotComeBack(t *testing.T) {
	now := noon
	s, err := Open(t.TempDir(), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o, _ := packed(t, s, 1, order.Delivered, noon)
	now = noon.Add(keptAfterEnd)
	if _, err := s.Purge(now, false); err != nil {
		t.Fatal(err)
	}
	newer := o
	newer.Status, newer.UpdatedAt = order.Completed, now
	for _, told := range []order.Order{o, newer, o} {
		save(t, s, told)
		if found := holding(t, s.dir, "note of"); len(found) > 0 {
			t.Fatalf("a note stands in %v", found)
		}
	}
}

// What was kept of orders stays as long as parcels that need it do: a document two parcels have, an old one of a parcel that waits.
func TestDocumentsStayWhileAnyoneNeedsThem(t *testing.T) {
	s := open1(t)
	_, shared := packed(t, s, 1, order.Delivered, noon)
	_, waits := packed(t, s, 2, order.AwaitingCollection, time.Time{})
	if err := s.Append([]order.Event{{Kind: order.DocumentKept, Parcel: "P3", At: noon, Document: shared}}); err != nil {
		t.Fatal(err)
	}
	save(t, s, make1("O3", "P3", "tee"))
	nobodys, err := s.KeepDocument([]byte("%PDF fetched ahead"))
	if err != nil {
		t.Fatal(err)
	}
	written := noon.Add(-time.Hour)
	for _, name := range []string{shared, waits, nobodys} {
		if err := os.Chtimes(filepath.Join(s.dir, labelFolder, name), written, written); err != nil {
			t.Fatal(err)
		}
	}
	for at, want := range map[time.Time]map[string]bool{
		written.Add(keptDocument - time.Second): {shared: true, waits: true, nobodys: true},
		written.Add(keptDocument):               {shared: true, waits: true, nobodys: false},
		noon.Add(300 * 24 * time.Hour):          {shared: true, waits: true, nobodys: false},
	} {
		plan, err := s.planPurge(at)
		if err != nil {
			t.Fatal(err)
		}
		for name, stays := range want {
			if cmp.Equal(plan.documents, []string{name}) == stays {
				t.Errorf("at %v would go: %v", at, plan.documents)
			}
		}
	}
}

// Two years after its confirmation all that happened to a parcel goes; the numbers of events go on.
func TestHistoriesGoAfterTwoYears(t *testing.T) {
	s := open1(t)
	packed(t, s, 1, order.Delivered, noon)
	if err := s.Append([]order.Event{{Kind: order.Opened, Parcel: "P2", At: noon}}); err != nil {
		t.Fatal(err)
	}
	if gone, err := s.Purge(noon.Add(keptEvents-time.Second), false); err != nil || gone.Parcels != 0 {
		t.Fatalf("%+v, %v", gone, err)
	}
	if gone, err := s.Purge(noon.Add(keptEvents), false); err != nil || gone.Parcels != 1 {
		t.Fatalf("%+v, %v", gone, err)
	}
	if history, err := s.History("P1"); err != nil || history != nil {
		t.Errorf("%v, %v", history, err)
	}
	if found := holding(t, s.dir, "TRACK1"); len(found) > 0 {
		t.Errorf("its number stands in %v", found)
	}
	next := []order.Event{{Kind: order.LetGo, Parcel: "P2", At: noon}}
	if err := s.Append(next); err != nil || next[0].Seq != 8 {
		t.Errorf("the next event is number %d, %v", next[0].Seq, err)
	}
	if history, err := s.History("P2"); err != nil || len(history) != 2 {
		t.Errorf("%v, %v", history, err)
	}
}

// The bench reads and writes while its files are written anew.
func TestWorkGoesOnWhileFilesAreCompacted(t *testing.T) {
	s := open1(t)
	packed(t, s, 1, order.AwaitingShipment, time.Time{})
	done := make(chan error)
	go func() {
		var err error
		for range 20 {
			if err = s.journal.compact(); err == nil {
				err = s.cache.compact()
			}
			if err != nil {
				break
			}
		}
		done <- err
	}()
	wrote := 0
	for {
		select {
		case err := <-done:
			if history, failed := s.History("P1"); err != nil || failed != nil || len(history) != 6+wrote || wrote == 0 {
				t.Errorf("%d events of %d, %v, %v", len(history), 6+wrote, err, failed)
			}
			return
		default:
		}
		if _, found, err := s.Parcel("P1"); err != nil || !found {
			t.Fatal(found, err)
		}
		if err := s.Append([]order.Event{{Kind: order.Taken, Parcel: "P1", At: noon}}); err != nil {
			t.Fatal(err)
		}
		wrote++
	}
}

// A label may name its buyer in the very code that confirmed it, and so may one that was made before.
func TestCodesOfLabelsThatNameBuyers(t *testing.T) {
	address := "TRACK,Tan,12 Jalan Ampang"
	for name, events := range map[string][]order.Event{
		"matched": {{Kind: order.LabelQueued, Matched: address, Codes: []string{address}}, {Kind: order.Confirmed, Code: address, Typed: true}},
		"an earlier label": {{Kind: order.LabelQueued, Matched: "TRACK", Codes: []string{"TRACK", address}}, {Kind: order.LabelVoided},
			{Kind: order.LabelQueued, Matched: "TRACK", Codes: []string{"TRACK"}}, {Kind: order.Confirmed, Code: "TRACK"}},
	} {
		s := open1(t)
		o := make1("O1", "P1", "TEE BLK")
		o.Status, o.DeliveredAt = order.Delivered, noon
		save(t, s, o)
		events = append([]order.Event{{Kind: order.Taken, Code: "TEE BLK", SKU: "TEE BLK"}}, events...)
		for i := range events {
			events[i].Parcel, events[i].At = "P1", noon
		}
		if err := s.Append(events); err != nil {
			t.Fatal(err)
		}
		if gone, err := s.Purge(noon.Add(keptAfterEnd), false); err != nil || gone.Labels != 1 {
			t.Errorf("%s: took %+v, %v", name, gone, err)
		}
		if found := holding(t, s.dir, "Jalan"); len(found) > 0 {
			t.Errorf("%s: the address stands in %v", name, found)
		}
		known, _, err := s.Parcel("P1")
		if err != nil || known.Work.ConfirmedAt.IsZero() || len(known.Work.Taken) != 1 {
			t.Errorf("%s: %+v, %v", name, known.Work, err)
		}
		isFolded(t, s, "P1", known.Work)
		if history, err := s.History("P1"); err != nil || history[0].Code != "TEE BLK" {
			t.Errorf("%s: %+v, %v", name, history, err)
		}
		if again, err := s.Purge(noon.Add(keptAfterEnd), false); err != nil || again != (Purged{}) {
			t.Errorf("%s: again took %+v, %v", name, again, err)
		}
	}
}

// Whoever reads for long keeps a file from being exchanged; those who come while that is waited for read all the same.
func TestLongReadingKeepsAFileFromBeingExchanged(t *testing.T) {
	s := open1(t)
	packed(t, s, 1, order.Delivered, noon)
	s.cache.using.RLock() // as a transaction holds it
	purged := make(chan error)
	go func() {
		_, err := s.Purge(noon.Add(keptAfterEnd), false)
		purged <- err
	}()
	read := 0
	for waiting := true; waiting; {
		select {
		case err := <-purged:
			if waiting = false; keyOf(err) != "store.busy" || read == 0 {
				t.Errorf("%d readings, %v", read, err)
			}
		default:
			if _, _, err := s.Parcel("P1"); err != nil {
				t.Fatal(err)
			}
			read++
		}
	}
	s.cache.using.RUnlock()
	if at, err := s.LastPurge(); err != nil || !at.IsZero() {
		t.Errorf("purged at %v, %v", at, err)
	}
	if _, err := s.Purge(noon.Add(keptAfterEnd), false); err != nil {
		t.Error(err)
	}
	if found := holding(t, s.dir, "note of buyer"); len(found) > 0 {
		t.Errorf("a note stands in %v", found)
	}
}

func TestCodesThatAreNumbers(t *testing.T) {
	for code, want := range map[string]bool{
		"MY1234567890": true, "420-94107/92.61": true, "": true, "TRACK\x1d91": true,
		"Tan, 12 Jalan Ampang": false, "TAN 12": false, "陈": false, "a|b": false, "{\"n\":1}": false,
		"1234567890123456789012345678901234567890123456789": false,
	} {
		if got := isNumber(code); got != want {
			t.Errorf("%q: %v", code, got)
		}
	}
}
