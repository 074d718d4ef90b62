package window

import (
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/settings"
	"packbench/internal/station"
	"packbench/internal/words"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pack"
)

var now = time.Date(2026, 11, 20, 14, 48, 0, 0, time.Local)

func newWindow(t *testing.T) *Window {
	t.Helper()
	tongue, err := words.In(words.English)
	if err != nil {
		t.Fatal(err)
	}
	e := &cli.Environment{Context: t.Context(), Stdout: io.Discard, Stderr: io.Discard, Dir: t.TempDir(), Now: func() time.Time { return now }, Tongue: tongue}
	w, err := build(test.NewTempApp(t), e, settings.Default(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// open is a parcel of two shirts and a cap, one shirt in.
func open() station.Snapshot {
	p := order.Parcel{Key: "P1", Standing: order.Ready, ReadAt: now, Due: now.Add(time.Hour), Notes: []order.Note{{FromBuyer: true, Text: "no price list"}}}
	for i, sku := range []string{"TEE", "TEE", "CAP"} {
		p.Units = append(p.Units, order.Unit{Line: order.Line{ID: string(rune('a' + i)), SellerSKU: sku, Gift: sku == "CAP"}})
	}
	return station.Snapshot{
		State: packing.State{Phase: packing.Packing, Parcel: p, Work: order.Work{Parcel: "P1", Taken: []order.Piece{{Unit: "a", SKU: "TEE"}}}},
		Goods: map[string]order.Article{
			"TEE": {Good: order.Good{SKU: "TEE", Name: "Shirt (M)", Bin: "A-1", Barcodes: []string{"690"}}, ProductName: "Shirt", VariantName: "M"},
			"CAP": {Good: order.Good{SKU: "CAP", Name: "Cap", Bin: "B-2"}},
			"MUG": {Good: order.Good{SKU: "MUG", Name: "Mug", Bin: "C-3"}},
		},
		LastReading: now.Add(-5 * time.Second),
	}
}

func TestOpenParcel(t *testing.T) {
	w := newWindow(t)
	m := w.packModel(open(), now)
	if m.View != pack.Open || m.Take.Name != "Shirt" || m.Take.Variant != "M" || m.Take.Taken != 1 || m.Take.Of != 2 || m.Take.Bin != "A-1" {
		t.Errorf("take %+v", m.Take)
	}
	if !slices.Equal(m.Lines[1].Marks, []order.Mark{order.IsGift}) || len(m.Lines[0].Marks) > 0 {
		t.Errorf("marks %v and %v", m.Lines[0].Marks, m.Lines[1].Marks)
	}
	if len(m.Lines) != 2 || !m.Lines[0].Current || m.Lines[1].Name != "Cap" || !m.Parcel.Gift || m.Parcel.BuyerNote != "no price list" || m.Aside.Key != asideKey {
		t.Errorf("%+v", m)
	}
}

func TestMistakes(t *testing.T) {
	w := newWindow(t)
	s := open()
	s.State.Wrong = packing.Mistake{Outcome: packing.WrongItem, Code: "691", Scanned: []string{"MUG"}, Wanted: "TEE"}
	if m := w.packModel(s, now); m.View != pack.WrongItem || m.Wrong.Got.Name != "Mug" || m.Wrong.Got.Bin != "C-3" || m.Wrong.Want.SKU != "TEE" {
		t.Errorf("%+v", m.Wrong)
	}
	s.State.Wrong = packing.Mistake{Outcome: packing.UnknownCode, Code: "999"}
	if m := w.packModel(s, now); m.View != pack.WrongItem || m.Wrong.Got.SKU != "999" || m.Wrong.Got.Name != "" {
		t.Errorf("%+v", m.Wrong)
	}
	s.State.Wrong = packing.Mistake{Outcome: packing.AlreadyFull, Code: "690", Scanned: []string{"TEE"}}
	if m := w.packModel(s, now); m.Wrong.Title.Key == "" {
		t.Errorf("%+v", m.Wrong)
	}
}

func TestRefusedParcelFillsTheIdleScreen(t *testing.T) {
	w := newWindow(t)
	for key, reason := range map[string]pack.Reason{
		"refused.cancelled": pack.Cancelled, "refused.on_hold": pack.OnHold, "refused.elsewhere": pack.Elsewhere, "refused.unpaid": pack.NotPackable,
	} {
		s := station.Snapshot{State: packing.State{Phase: packing.Idle}, Strip: station.Strip{Outcome: packing.CancelledOut, Said: order.Say(key), Code: "P1", At: now}}
		m := w.packModel(s, now)
		if m.View != pack.Stopped || m.Stop.Reason != reason || (reason == pack.NotPackable) != (m.Stop.Title.Key == key) || !w.frameModel(s, now).Stopped {
			t.Errorf("%s: %+v", key, m.Stop)
		}
	}
	s := station.Snapshot{State: packing.State{Phase: packing.Idle}, Places: order.Places{{}: 3}, Strip: station.Strip{Outcome: packing.UnknownCode, Said: order.Say("refused.unknown_code")}}
	if m := w.packModel(s, now); m.View != pack.Idle || w.frameModel(s, now).Stopped {
		t.Errorf("an unknown code stops nothing: %+v", m)
	}
}

func TestStoppedAndPutAsideListWhatGoesBack(t *testing.T) {
	w := newWindow(t)
	s := open()
	s.State.Phase, s.State.Question, s.State.Work.Stopped = packing.Halted, packing.GoodsAreBack, order.Gone
	m := w.packModel(s, now)
	if m.View != pack.Stopped || m.Stop.Reason != pack.Cancelled || len(m.Stop.Back) != 1 || m.Stop.Back[0].Bin != "A-1" || m.Stop.Back[0].Count != 1 || m.Stop.Act.Key != yesKey {
		t.Errorf("%+v", m.Stop)
	}
	s.State.Phase, s.State.Question, s.State.Work.Stopped = packing.Asked, packing.PutAside, ""
	if m := w.packModel(s, now); m.View != pack.Stopped || m.Stop.Title.Key != "question.put_aside" || len(m.Stop.Back) != 1 {
		t.Errorf("%+v", m.Stop)
	}
}

func TestWorkingLabelAndQuestions(t *testing.T) {
	w := newWindow(t)
	for phase, step := range map[packing.Phase]pack.Step{
		packing.Checking: pack.Checking, packing.Shipping: pack.Arranging, packing.Labelling: pack.Fetching, packing.Printing: pack.Printing,
	} {
		s := open()
		s.State.Phase = phase
		if m := w.packModel(s, now); m.View != pack.Working || m.Work.Step != step {
			t.Errorf("%s: %+v", phase, m.Work)
		}
	}
	s := open()
	s.State.Phase, s.State.Work.Label = packing.LabelScan, order.LabelWork{State: order.Sent, Matched: "JMX1"}
	if m := w.packModel(s, now); m.View != pack.ToScan || m.Label.Code != "JMX1" || m.Label.Again.Key != againKey || w.frameModel(s, now).LabelsSent != 1 {
		t.Errorf("%+v", m.Label)
	}
	for _, question := range []packing.Question{packing.TryAgain, packing.PrintAgain, packing.AcceptLabel, packing.DestroyedOld} {
		s.State.Phase, s.State.Question, s.State.Trouble = packing.Asked, question, order.Say("printer.absent", "address", "x")
		m := w.packModel(s, now)
		if title := w.environment.Tongue.Say(m.Question.Title); m.View != pack.Asked || strings.Contains(title, "question.") || m.Question.Text.Key != "printer.absent" {
			t.Errorf("%s: %q, %+v", question, title, m.Question)
		}
	}
	if got := w.frameModel(s, now).Printer; got != frame.PrinterAbsent {
		t.Errorf("printer state %d", got)
	}
}

func TestEveryOutcomeHasAFamilyAndAWord(t *testing.T) {
	w := newWindow(t)
	for _, outcome := range []packing.Outcome{
		packing.OpenedOut, packing.TakenOut, packing.WrongItem, packing.AlreadyFull, packing.BinOut, packing.ReturnedOut, packing.WrongBin, packing.BinFirst, packing.NotOnList, packing.TooMany, packing.InsertOut, packing.MaterialOut, packing.AmbiguousOut, packing.NumberOut, packing.NumberUsed, packing.LotOut, packing.ExpiryOut, packing.ExpiredOut, packing.UnknownCode, packing.Repeat, packing.NotPackable,
		packing.CancelledOut, packing.HoldOut, packing.ElsewhereOut, packing.WrongLabel, packing.StaleLabel, packing.ConfirmedOut, packing.ParcelOpen,
		packing.NeedsPerson, packing.Accepted, packing.NothingAsked, packing.PutBackOut,
		packing.ParkedOut, packing.LeftBoxOut, packing.UndoneOut, packing.LetGoOut,
		packing.SignedInOut, packing.SignedOutOut, packing.WrongPINOut,
	} {
		s := open()
		s.Strip = station.Strip{Outcome: outcome, Said: order.Say("say.accepted"), At: now}
		strip := w.strip(s)
		if word := w.environment.Tongue.Say(strip.Word); strip.Family == kit.Quiet || strings.HasPrefix(word, "word.") || word == "" {
			t.Errorf("%s: family %d, word %q", outcome, strip.Family, word)
		}
	}
}

func TestPlatformStates(t *testing.T) {
	w := newWindow(t)
	s := open()
	for name, c := range map[string]struct {
		change func(*station.Snapshot)
		want   frame.PlatformState
	}{
		"live":        {func(*station.Snapshot) {}, frame.PlatformLive},
		"never":       {func(s *station.Snapshot) { s.LastReading = time.Time{} }, frame.PlatformNever},
		"stale":       {func(s *station.Snapshot) { s.LastReading = now.Add(-time.Hour) }, frame.PlatformStale},
		"offline":     {func(s *station.Snapshot) { s.PlatformTrouble = order.Say("platform.unreachable") }, frame.PlatformOffline},
		"unreachable": {func(s *station.Snapshot) { s.State.Unreachable = true }, frame.PlatformOffline},
	} {
		changed := s
		c.change(&changed)
		if got := w.frameModel(changed, now).Platform; got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestDemoScansWhatTheScreenAsksFor(t *testing.T) {
	s := open()
	if got := demoScan(s); got != "690" {
		t.Errorf("next piece %q", got)
	}
	s.State.Work.Taken = append(s.State.Work.Taken, order.Piece{Unit: "b", SKU: "TEE"})
	if got := demoScan(s); got != "CAP" { // it has no barcode
		t.Errorf("next piece %q", got)
	}
	s.State.Phase, s.State.Work.Label.Matched = packing.LabelScan, "JMX1"
	if got := demoScan(s); got != "JMX1" {
		t.Errorf("label %q", got)
	}
	s.State.Phase = packing.Printing
	if got := demoScan(s); got != "" {
		t.Errorf("while printing %q", got)
	}
}

func TestTypedTextWaitsForAPause(t *testing.T) {
	var typed typing
	typed.key("48", now)
	if got := typed.visible(now.Add(10 * time.Millisecond)); got != "" || !typed.waiting.Load() {
		t.Errorf("%q flashes", got)
	}
	if got := typed.visible(now.Add(time.Second)); got != "48" || typed.waiting.Load() {
		t.Errorf("%q after a pause", got)
	}
	if got := typed.visible(now.Add(11 * time.Second)); got != "" {
		t.Errorf("%q is shown after the keyboard forgot it", got)
	}
	typed.key("482", now)
	typed.end()
	if got := typed.visible(now.Add(time.Second)); got != "" {
		t.Errorf("%q after it was sent", got)
	}
}

func TestCheckDisplay(t *testing.T) {
	env := func(pairs ...string) func(string) string {
		return func(name string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1]
				}
			}
			return ""
		}
	}
	if err := CheckDisplay(env()); order.AsProblem(err).Key != "window.no_display" {
		t.Errorf("none: %v", err)
	}
	if err := CheckDisplay(env("DISPLAY", ":99999")); order.AsProblem(err).Key != "window.no_display" {
		t.Errorf("nobody there: %v", err)
	}
	if err := CheckDisplay(env("WAYLAND_DISPLAY", "wayland-0")); err != nil {
		t.Errorf("wayland: %v", err)
	}
	if err := CheckDisplay(env("DISPLAY", "elsewhere:0")); err != nil {
		t.Errorf("another computer: %v", err)
	}
}
