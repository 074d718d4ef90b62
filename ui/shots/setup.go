package main

import (
	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/frame"
	"packbench/ui/printersetup"
)

// setupStory is a view of the set-up of a printer.
type setupStory struct {
	name    string
	frame   frame.Model
	page    printersetup.Model
	entries map[printersetup.Field]string
}

func (s setupStory) title() string { return s.name }

func (s setupStory) on(v view) fyne.CanvasObject {
	for _, field := range []printersetup.Field{printersetup.Address, printersetup.Number} {
		v.setup.Fill(field, s.entries[field])
	}
	v.setup.Render(s.page)
	s.frame.Page = frame.PageSettings
	v.setting.Render(s.frame)
	return v.setting.Object()
}

// setupStories are all views of the set-up.
func setupStories(t words.Tongue, s shop) []setupStory {
	say := func(zh, en string) order.Said {
		if t.Language == words.Chinese {
			return plain(zh)
		}
		return plain(en)
	}
	calm := calmFrame(s)
	calm.Printer = frame.PrinterUnproven
	story := func(name string, m printersetup.Model) setupStory {
		return setupStory{name: name, frame: calm, page: m}
	}
	choose := story("setup-choose", printersetup.Model{Step: printersetup.Choose, Ready: true, Found: []printersetup.Found{
		{Name: "Zebra ZD421-203dpi", Address: "usb:/dev/usb/lp0", Chosen: true},
		{Name: "Xprinter XP-420B", Address: "serial:/dev/ttyUSB0?baud=115200"},
		{Name: "Deli DL-888D", Address: "tcp:10.0.0.9:9100"},
	}})
	many := choose
	many.name, many.page.Ready, many.page.Busy = "setup-choose-many", false, say("正在问这台打印机…", "Asking this printer…")
	for range 4 {
		many.page.Found = append(many.page.Found, choose.page.Found[1:]...)
	}
	none := story("setup-choose-none", printersetup.Model{Step: printersetup.Choose})
	none.frame.Printer = frame.PrinterAbsent
	none.entries = map[printersetup.Field]string{printersetup.Address: "tcp:10.0.0.77:9100"}
	none.page.Trouble = order.Say("printer.absent", "address", "tcp:10.0.0.77:9100")
	language := story("setup-language", printersetup.Model{
		Step: printersetup.Language, Ready: true,
		Languages:   []printersetup.Offer{{Name: "ZPL", Chosen: true}, {Name: "TSPL"}, {Name: "ESC/POS"}},
		Resolutions: []printersetup.Offer{{Name: "203 dpi", Chosen: true}, {Name: "300 dpi"}},
		Guess:       say("它自称 Zebra ZD421-203dpi，所以是 ZPL、203 dpi", "It calls itself Zebra ZD421-203dpi, so it is ZPL at 203 dpi"),
	})
	test := story("setup-test", printersetup.Model{Step: printersetup.Test})
	failed := test
	failed.name = "setup-test-failed"
	failed.page.Trouble = say("那就不是 ZPL。改用 TSPL 再打一张测试标签。", "Then it is not ZPL. Another test label comes out in TSPL.")
	stuck := story("setup-test-stuck", printersetup.Model{Step: printersetup.Test, Question: printersetup.Question{
		Halt: true, Said: order.Say("setup.stuck", "reason", order.Say("printer.absent", "address", "tcp:10.0.0.77:9100")),
		Choices: []order.Said{order.Say("setup.again"), order.Say("setup.another")},
	}})
	fit := story("setup-measure-fit", printersetup.Model{Step: printersetup.Measure, Question: printersetup.Question{Said: order.Say("setup.fit"), Choices: []order.Said{
		order.Say("setup.fits"), order.Say("setup.smaller"), order.Say("setup.larger"), order.Say("setup.cut"),
	}}})
	measure := story("setup-measure", printersetup.Model{Step: printersetup.Measure, Ready: true, Question: printersetup.Question{
		Said: order.Say("setup.across"), Number: true, Unit: order.Say("setup.unit.mm"),
	}})
	measure.frame.Printer = frame.PrinterReady
	measure.entries = map[printersetup.Field]string{printersetup.Number: "-1.5"}
	done := story("setup-done", printersetup.Model{Step: printersetup.Done, Ready: true, Profile: printersetup.Profile{
		Name: "Zebra ZD421-203dpi", Address: "usb:/dev/usb/lp0", Language: "ZPL", Resolution: "203 dpi", Right: "1.5", Down: "-2", Answers: true, Proven: true,
	}})
	done.frame.Printer = frame.PrinterReady
	unproven := done
	unproven.name, unproven.page.Profile.Proven, unproven.frame.Printer = "setup-done-unproven", false, frame.PrinterUnproven
	return []setupStory{choose, many, none, language, test, failed, stuck, fit, measure, done, unproven}
}
