package pack_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
	"packbench/ui/pack"
	"packbench/ui/seen"
)

var now = time.Date(2026, 11, 20, 14, 48, 0, 0, time.UTC)

// pageSize is what the frame leaves of a window of 1280 × 720.
var pageSize = fyne.NewSize(1160, 576)

// newScreen makes a page in a window and hands over the keys that are pressed on it.
func newScreen(t *testing.T, language words.Language) (*pack.Screen, *[]string) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(language)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	screen := pack.New(tongue, func(key string) { keys = append(keys, key) })
	window := test.NewTempWindow(t, screen.Object())
	window.SetPadded(false)
	window.Resize(pageSize)
	return screen, &keys
}

func says(t *testing.T, screen *pack.Screen, want ...string) {
	t.Helper()
	got := "\n" + seen.Texts(screen.Object()) + "\n"
	for _, line := range want {
		if !strings.Contains(got, "\n"+line+"\n") {
			t.Errorf("%q is not on the page:%s", line, got)
		}
	}
}

func saysNot(t *testing.T, screen *pack.Screen, unwanted ...string) {
	t.Helper()
	got := seen.Texts(screen.Object())
	for _, text := range unwanted {
		if strings.Contains(got, text) {
			t.Errorf("%q is on the page:\n%s", text, got)
		}
	}
}

func openModel() pack.Model {
	take := pack.Line{SKU: "TEE-L", Name: "速干运动 T 恤", Variant: "黑色·L", Bin: "A-03-2", Taken: 2, Of: 3, Current: true}
	return pack.Model{
		View: pack.Open, Now: now,
		Parcel: pack.Parcel{
			Code: "JMX730054482913", Carrier: "J&T", Market: "MY", Number: 1, Of: 2, Due: now.Add(72 * time.Minute), PlatformTime: true,
			ReadAt: now.Add(-4 * time.Second), Gift: true, BuyerNote: "送人的",
		},
		Take: take, Lines: []pack.Line{{SKU: "SLV", Name: "袖套", Variant: "白色", Taken: 2, Of: 2}, take},
	}
}

func TestIdle(t *testing.T) {
	screen, _ := newScreen(t, words.English)
	says(t, screen, "Nothing waits to be packed")
	screen.Render(pack.Model{Now: now, WaitingTotal: 43, Waiting: []pack.Waiting{
		{Due: now.Add(32 * time.Minute), Hot: true, Code: "JMX730054480377", Pieces: 3, Kinds: 2, Carrier: "J&T", Market: "MY"},
		{Due: now.Add(-2 * time.Hour), Code: "42", Pieces: 1, Kinds: 1},
		{Due: now.Add(26 * time.Hour), Code: "NVSG00482116"}, {Code: "1"}, {Code: "2"}, {Code: "sixth"},
	}})
	says(t, screen, "Scan a waybill, a package", "or an order number", "The next 5 parcels", "by deadline, 43 wait to be packed",
		"32 min left", "ship by 15:20", "…480 377", "3 pcs, 2 kinds", "J&T · MY", "2 h late", "1 pc", "1 d 2 h left", "11-21 16:48", "No deadline")
	saysNot(t, screen, "sixth", "Nothing waits")
}

func TestIdleInChinese(t *testing.T) {
	screen, _ := newScreen(t, words.Chinese)
	says(t, screen, "扫面单、包裹号或订单号", "没有待打包的包裹")
}

func TestOpen(t *testing.T) {
	screen, _ := newScreen(t, words.Chinese)
	m := openModel()
	screen.Render(m)
	says(t, screen, "包裹", "…482 913", "J&T·马来西亚·第 1 / 2 个包裹", "赠品", "买家留言：“送人的”", "还剩 1 小时 12 分", "16:00 前发出·平台时间",
		"黑色·L", "再拿 1 件", "2 / 3", "A-03-2", "本包裹 2 款", "4 / 5", "2 / 2")
	saysNot(t, screen, "样品", "含电池", "平台数据", "拿错了")

	m.Parcel.ReadAt = now.Add(-11 * time.Second)
	m.Take.Taken = 0
	screen.Render(m)
	says(t, screen, "平台数据是 11 秒前的", "拿 3 件")
}

func TestWrongItemSaysWhatDiffers(t *testing.T) {
	screen, _ := newScreen(t, words.English)
	m := openModel()
	m.View = pack.WrongItem
	tee := func(variant, bin string) pack.Line {
		return pack.Line{SKU: "T-" + variant, Name: "T-shirt", Variant: variant, Bin: bin}
	}
	m.Wrong = pack.Wrong{Got: tee("Black, M", "A-03-1"), Want: tee("Black, L", "A-03-2")}
	screen.Render(m)
	says(t, screen, "Wrong: this is M, need L", "Scanned", "Wanted", "M", "L", "Back to", "A-03-1", "Fetch from", "A-03-2")

	m.Wrong = pack.Wrong{Got: pack.Line{SKU: "4006381333931"}, Want: tee("Black, L", "")}
	screen.Render(m)
	says(t, screen, "Unknown barcode", "?", "Put it back", "Get the right one")

	m.Wrong = pack.Wrong{Got: tee("Black, L", "A-03-2")}
	screen.Render(m)
	says(t, screen, "Not wanted: nothing more", "of this parcel is open")
	saysNot(t, screen, "Wanted", "Fetch")

	m.Wrong.Title = order.Said{Key: "There are three already"}
	screen.Render(m)
	says(t, screen, "There are three already")
}

func TestWorkingNamesTheStep(t *testing.T) {
	screen, _ := newScreen(t, words.English)
	for step, want := range map[pack.Step]string{
		pack.Checking: "Asking the platform…", pack.Arranging: "Arranging shipment…", pack.Fetching: "Waiting for the label…",
		pack.Making: "Making the label…", pack.Printing: "Printing…",
	} {
		screen.Render(pack.Model{View: pack.Working, Now: now, Work: pack.Work{Step: step, Since: now.Add(-12 * time.Second)}})
		says(t, screen, want, "for 12 s")
	}
	screen.Render(pack.Model{View: pack.Working, Now: now, Work: pack.Work{Step: pack.Printing, Since: now.Add(-time.Second)}})
	saysNot(t, screen, "for 1 s")
}

func TestToScanShowsTheLastSix(t *testing.T) {
	screen, _ := newScreen(t, words.Chinese)
	m := openModel()
	m.View, m.Label = pack.ToScan, pack.Label{Code: "JMX730054482913", QueuedAt: now}
	screen.Render(m)
	says(t, screen, "把这张面单贴上，再扫它", "482", "913", "14:48:00", "还没有", "扫到才算完成")
	m.Label.SentAt = now.Add(time.Second)
	screen.Render(m)
	says(t, screen, "14:48:01")
	saysNot(t, screen, "还没有")
}

func TestAskedCanBePressed(t *testing.T) {
	screen, keys := newScreen(t, words.English)
	screen.Render(pack.Model{View: pack.Asked, Now: now, Question: pack.Question{
		Title: order.Said{Key: "Did the label come out?"}, Text: order.Say("question.print_again"),
		Acts: []pack.Act{{Key: "F10", Word: order.Said{Key: "Print it again"}}, {Word: order.Said{Key: "Scan the label"}}},
	}})
	says(t, screen, "Did the label come out?", "Scan the label", "F10", "Print it again")
	if !seen.Press(screen.Object(), "Print it again") || len(*keys) != 1 || (*keys)[0] != "F10" {
		t.Errorf("the press gave %q", *keys)
	}
	screen.Render(pack.Model{View: pack.Asked, Now: now, Question: pack.Question{
		Title: order.Said{Key: "No printer"}, Acts: []pack.Act{{Key: "F10", Word: order.Said{Key: "Try again"}}},
	}})
	says(t, screen, "No printer", "Try again")
	saysNot(t, screen, "Scan the label", "Print it again")
}

func TestStopped(t *testing.T) {
	screen, keys := newScreen(t, words.Chinese)
	stop := pack.Stop{
		At: now.Add(-40 * time.Second), Code: "JMX730054482913", Act: pack.Act{Key: "F10", Word: order.Said{Key: "都放回了"}},
		Back: []pack.Return{{Bin: "A-03-2", Count: 1, Name: "T 恤"}, {SKU: "SLV-W", Count: 2, Name: "袖套"}},
	}
	screen.Render(pack.Model{View: pack.Stopped, Now: now, Stop: stop})
	says(t, screen, "停！40 秒前取消了", "不要装箱，不要贴面单", "把商品放回去", "A-03-2", "×1", "SLV-W", "×2")
	if !seen.Press(screen.Object(), "都放回了") || len(*keys) != 1 {
		t.Errorf("the press gave %q", *keys)
	}
	for reason, title := range map[pack.Reason]string{
		pack.CancelRequested: "停！买家 40 秒前申请取消", pack.OnHold: "停！订单还在保留期", pack.Elsewhere: "停！已在别处发货", pack.NotPackable: "停！这个包裹不能打包",
	} {
		stop.Reason, stop.Back = reason, nil
		screen.Render(pack.Model{View: pack.Stopped, Now: now, Stop: stop})
		says(t, screen, title, "没有要放回的，直接扫下一个包裹")
	}
}

func TestStoppedNeverHidesThatThereIsMore(t *testing.T) {
	screen, _ := newScreen(t, words.English)
	var back []pack.Return
	for i := range 9 {
		back = append(back, pack.Return{Bin: fmt.Sprintf("A-%02d", i), Count: 1})
	}
	screen.Render(pack.Model{View: pack.Stopped, Now: now, Stop: pack.Stop{Back: back}})
	shown := strings.Count(seen.Texts(screen.Object()), "×1")
	says(t, screen, fmt.Sprintf("+ %d more", 9-shown))
}

func TestDoneLiesOverThePageForItsTime(t *testing.T) {
	screen, _ := newScreen(t, words.English)
	for after, want := range map[time.Duration]bool{0: true, pack.DoneTime - 1: true, pack.DoneTime: false, -time.Second: false} {
		m := openModel()
		m.DoneAt, m.Now = now, now.Add(after)
		screen.Render(m)
		if got := strings.Contains(seen.Texts(screen.Object()), "Done"); got != want {
			t.Errorf("%v after: the band is shown: %v", after, got)
		}
		says(t, screen, "黑色·L")
	}
}

func TestTheCurrentLineIsAlwaysShown(t *testing.T) {
	screen, _ := newScreen(t, words.English)
	m := openModel()
	m.Lines = nil
	for i := range 12 {
		m.Lines = append(m.Lines, pack.Line{Name: fmt.Sprintf("good %d", i), Of: 1})
	}
	for current := range m.Lines {
		for i := range m.Lines {
			m.Lines[i].Current = i == current
		}
		screen.Render(m)
		says(t, screen, fmt.Sprintf("good %d", current), "12 kinds inside")
	}
	saysNot(t, screen, "+ 0 more")
}

// TestNothingLeavesThePage renders every view with nothing and with too much, in both languages.
func TestNothingLeavesThePage(t *testing.T) {
	long := strings.Repeat("深海军蓝 Deep-navy/", 12)
	line := pack.Line{SKU: long, Name: long, Variant: strings.Repeat("深海军蓝 Deep-navy/", 7), Bin: "A-03-2-LONG", Taken: 117, Of: 1024, Current: true}
	said := order.Said{Key: long[:90]}
	full := pack.Model{
		Now: now, WaitingTotal: 1 << 20, Waiting: []pack.Waiting{{Code: long, Carrier: long, Market: "XX", Pieces: 9999, Kinds: 9999, Gift: true, Battery: true, Note: true, Multiple: true, Due: now.Add(-999 * time.Hour)}},
		Parcel: pack.Parcel{Code: long, Carrier: long, Market: "MY", Number: 88, Of: 99, Due: now.Add(999 * time.Hour), PlatformTime: true, ReadAt: now.Add(-time.Hour), Gift: true, Sample: true, Battery: true, PreOrder: true, BuyerNote: long, ShopNote: long},
		Take:   line, Lines: []pack.Line{line, line, line, line, line, line}, Wrong: pack.Wrong{Got: line, Want: line},
		Work: pack.Work{Step: 99, Since: now.Add(-time.Hour), Note: said}, Label: pack.Label{Code: long, QueuedAt: now, SentAt: now},
		Question: pack.Question{Title: said, Text: said, Acts: []pack.Act{{Key: "F10", Word: order.Said{Key: "Again"}}, {Word: order.Said{Key: "Scan"}}, {Key: "F11", Word: order.Said{Key: "Skip"}}, {Key: "F12", Word: said}}},
		Stop:     pack.Stop{Title: said, Code: long, Back: []pack.Return{{Bin: "A-03-2", Count: 9999, Name: long, Variant: long}}, Act: pack.Act{Key: "F10", Word: order.Said{Key: "All back"}}},
	}
	for _, language := range words.Languages {
		screen, _ := newScreen(t, language)
		for view := pack.Idle; view <= pack.Stopped; view++ {
			empty := pack.Model{View: view}
			screen.Render(empty)
			full.View = view
			screen.Render(full)
			for _, word := range seen.Words(screen.Object()) {
				if word.At.X < 0 || word.At.X+word.Size.Width > pageSize.Width || word.At.Y+word.Size.Height < 0 || word.At.Y > pageSize.Height {
					t.Errorf("%s, view %d: %q stands at %v, %v large", language, view, word.Text, word.At, word.Size)
				}
			}
		}
	}
}
