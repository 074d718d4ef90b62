package main

import (
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/settings"
)

// settingsStory is a view of the settings page.
type settingsStory struct {
	name   string
	frame  frame.Model
	page   settings.Model
	appKey string
	bench  settings.Bench
}

func (s settingsStory) title() string { return s.name }

func (s settingsStory) on(v view) fyne.CanvasObject {
	v.settings.Fill(settings.Login{AppKey: s.appKey}, s.bench)
	v.settings.Render(s.page)
	s.frame.Page = frame.PageSettings
	v.around.Render(s.frame)
	return v.around.Object()
}

// settingsStories are all views of the settings page.
func settingsStories(t words.Tongue, s shop) []settingsStory {
	const appKey = "6f1k2m8q0s7vp"
	lasting := settingsStory{"settings", calmFrame(s), settings.Model{
		Now: now, Connected: true, SecretKept: true, Seller: "Lantern Sports", Ends: time.Date(2027, 10, 3, 8, 0, 0, 0, time.UTC),
		Shops: []settings.Shop{{Name: "Lantern Sports", Market: "MY"}, {Name: "Lantern Sports SG", Market: "SG"}},
	}, appKey, settings.Bench{
		Name: "3", Packer: s.packer, Warehouse: "7361884530214668037", PrinterURI: "tcp:10.0.0.9:9100", DPI: 203, Language: string(t.Language), Theme: "light",
	}}
	first := lasting
	first.name, first.appKey, first.page = "settings-first", "", settings.Model{Now: now}
	first.bench = settings.Bench{Name: "1", DPI: 203, Theme: "light"}
	first.page.Connection = settings.Report{Tone: kit.Bad, Said: order.Say("set.incomplete", "what", order.Say("set.app_key"))}
	first.frame.Platform, first.frame.HeardAt, first.frame.Printer, first.frame.Overdue = frame.PlatformNever, time.Time{}, frame.PrinterAbsent, 0
	soon := lasting
	soon.name, soon.page.Ends = "settings-soon", now.Add(12*24*time.Hour+time.Hour)
	soon.frame.Consent = order.ConsentAt(now, soon.page.Ends)
	soon.page.InFile = true
	soon.page.Shops = append([]settings.Shop{}, soon.page.Shops...)
	soon.page.Shops = append(soon.page.Shops, settings.Shop{Name: "Lantern Sports TH", Market: "TH"}, settings.Shop{Name: "Lantern Sports VN", Market: "VN"})
	soon.page.Connecting, soon.page.Connection = true, settings.Report{Tone: kit.Told, Said: order.Say("set.asking")}
	soon.page.Saving = settings.Report{Tone: kit.Calm, Said: order.Say("set.saved.restart")}
	ended := lasting
	ended.name, ended.frame.Withdrawn, ended.page.Withdrawn = "settings-withdrawn", true, true
	ended.frame.Platform, ended.frame.HeardAt = frame.PlatformOffline, now.Add(-11*time.Minute)
	ended.page.Connection = settings.Report{Tone: kit.Bad, Said: order.Say("platform.code_used", "code", 36004004)}
	ended.page.Saving = settings.Report{Tone: kit.Bad, Said: order.Say("printer.address", "address", "pigeon:grey", "forms", "tcp:HOST:PORT, file:DIR")}
	scopes := lasting
	scopes.name = "settings-scopes"
	scopes.page.Connection = settings.Report{Tone: kit.Loud, Said: order.Say("set.connected.scopes", "scopes", "seller.fulfillment.package.write")}
	return []settingsStory{lasting, first, soon, ended, scopes}
}
