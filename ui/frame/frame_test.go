package frame_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/seen"
)

var now = time.Date(2026, 11, 20, 14, 48, 6, 0, time.UTC)

// opened are the pages somebody wanted to see.
var opened []frame.Page

func newFrame(t *testing.T, language words.Language) *frame.Frame {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookDark))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	f := frame.New(tongue, map[frame.Page]fyne.CanvasObject{frame.PagePack: container.NewWithoutLayout(), frame.PageOrders: container.NewWithoutLayout()},
		func(p frame.Page) { opened = append(opened, p) })
	window := test.NewTempWindow(t, f.Object())
	window.SetPadded(false)
	window.Resize(fyne.NewSize(1280, 720))
	return f
}

func says(t *testing.T, f *frame.Frame, want ...string) {
	t.Helper()
	got := "\n" + seen.Texts(f.Object()) + "\n"
	for _, line := range want {
		if !strings.Contains(got, "\n"+line+"\n") {
			t.Errorf("%q is not in the frame:%s", line, got)
		}
	}
}

func calm() frame.Model {
	return frame.Model{
		Now: now, Platform: frame.PlatformLive, HeardAt: now.Add(-4 * time.Second), Printer: frame.PrinterReady, PrinterName: "ZD421",
		ScannerSeen: true, Packer: "李梅", Bench: "3 号台", Overdue: 6,
	}
}

func TestRailAndStatus(t *testing.T) {
	f := newFrame(t, words.Chinese)
	f.Render(calm())
	says(t, f, "打包台", "打包", "拣货", "批量打单", "交接", "订单", "超时", "班次", "设置", "F1", "F8", "6",
		"平台 4 秒前", "打印机 就绪", "扫码枪 正常", "待上传 0", "李梅·3 号台", "14:48", "就绪")
}

func TestStatusSaysWhatIsWrong(t *testing.T) {
	f := newFrame(t, words.English)
	for _, c := range []struct {
		change func(*frame.Model)
		want   string
	}{
		{func(m *frame.Model) { m.Platform, m.HeardAt = frame.PlatformOffline, now.Add(-11*time.Minute) }, "Offline for 11 min"},
		{func(m *frame.Model) { m.Platform, m.HeardAt = frame.PlatformStale, now.Add(-40*time.Second) }, "Platform 40 s old"},
		{func(m *frame.Model) { m.HeardAt = time.Time{} }, "Platform: no answer yet"},
		{func(m *frame.Model) { m.LabelsSent = 2 }, "Printer sent 2"},
		{func(m *frame.Model) { m.Printer = frame.PrinterAbsent }, "No printer"},
		{func(m *frame.Model) { m.Printer = frame.PrinterUnproven }, "Printer unproven"},
		{func(m *frame.Model) { m.Printer = frame.PrinterNoPaper }, "Printer out of paper"},
		{func(m *frame.Model) { m.Printer = frame.PrinterHeadOpen }, "Printer head open"},
		{func(m *frame.Model) { m.Printer = frame.PrinterSilent }, "Printer silent"},
		{func(m *frame.Model) { m.ScannerSeen = false }, "Scanner not seen"},
		{func(m *frame.Model) { m.Unsent = 3 }, "To send 3"},
		{func(m *frame.Model) { m.Consent = order.Consent{Soon: true, Days: 12} }, "Authorization ends in 12 days: F8"},
		{func(m *frame.Model) { m.Consent = order.Consent{Soon: true, Days: 1} }, "Authorization ends in 1 day: F8"},
		{func(m *frame.Model) { m.Consent = order.Consent{Soon: true} }, "Authorization ends within a day: F8"},
		{func(m *frame.Model) { m.Consent = order.Consent{Days: 31} }, "Platform 4 s ago"},
		{func(m *frame.Model) { m.Consent, m.Platform = order.Consent{Soon: true}, frame.PlatformOffline }, "Offline for 4 s"},
		{func(m *frame.Model) { m.Consent, m.Platform = order.Consent{Ended: true}, frame.PlatformOffline }, "Authorization has ended: F8"},
		{func(m *frame.Model) { m.Withdrawn, m.Platform = true, frame.PlatformOffline }, "Authorization withdrawn: F8"},
		{func(m *frame.Model) { m.Stopped, m.Packer = true, "" }, "3 号台"},
	} {
		m := calm()
		c.change(&m)
		f.Render(m)
		says(t, f, c.want)
	}
}

func TestStripFamiliesHaveTheirWord(t *testing.T) {
	f := newFrame(t, words.English)
	for family, word := range map[kit.Family]string{
		kit.Quiet: "Ready", kit.Taken: "Taken", kit.Repeat: "Repeat", kit.Refused: "Refused", kit.Ask: "Your answer", kit.Stop: "Stop",
	} {
		m := calm()
		m.Strip = frame.Strip{Family: family, Meaning: order.Said{Key: "what"}, Next: order.Said{Key: "then"}, Code: "6936580142207", At: now}
		f.Render(m)
		says(t, f, word, "what", "then", "6936580142207", "14:48:06")
		m.Strip.Word, m.Strip.Typed = order.Said{Key: "Own word"}, true
		f.Render(m)
		says(t, f, "Own word", "typed · 14:48:06")
	}
}

func TestMissingPagesSaySoUntilTheNextScan(t *testing.T) {
	f := newFrame(t, words.English)
	m := calm()
	f.Render(m)
	if !seen.Press(f.Object(), "Pick") {
		t.Fatal("the rail cannot be pressed")
	}
	says(t, f, "Not yet", "Pick is not in this version yet", "F2")
	f.Render(m) // a clock's tick does not wipe it away
	says(t, f, "Not yet")
	m.Strip = frame.Strip{Family: kit.Taken, Code: "1", At: now}
	f.Render(m)
	says(t, f, "Taken")
	if !f.Key("F8") {
		t.Error("F8 is not known")
	}
	says(t, f, "Settings is not in this version yet")
	if !f.Key("F1") {
		t.Error("F1 is not known")
	}
	says(t, f, "Taken")
	if f.Key("F5"); !slices.Equal(opened, []frame.Page{frame.PagePack, frame.PageOrders}) {
		t.Errorf("opened %v", opened)
	}
	if f.Key("F10") {
		t.Error("F10 is not the frame's")
	}
}

func TestAStatusItemSaysWhatToDo(t *testing.T) {
	f := newFrame(t, words.English)
	m := calm()
	m.Printer, m.Unsent = frame.PrinterNoPaper, 1
	f.Render(m)
	if !seen.Press(f.Object(), "Printer out of paper") {
		t.Fatal("the item cannot be pressed")
	}
	says(t, f, "Load a roll into ZD421 and close the lid.")
	if !seen.Press(f.Object(), "To send 1") {
		t.Fatal("the item cannot be pressed")
	}
	says(t, f, "1 note waits to be sent to the platform. It goes out by itself.")
}

func TestTypedKeysAreShown(t *testing.T) {
	f := newFrame(t, words.English)
	m := calm()
	m.Typed = "4829"
	f.Render(m)
	says(t, f, "4829_", "Typing: Enter sends, Esc clears")
}
