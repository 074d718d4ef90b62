package window

import (
	"reflect"
	"strings"

	"fyne.io/fyne/v2"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/settings"
	"packbench/internal/words"
	"packbench/printer"
	"packbench/ui/frame"
	"packbench/ui/kit"
	screen "packbench/ui/settings"
)

// form is the settings page and what it says. It belongs to the main goroutine.
type form struct {
	*screen.Screen
	shops      []screen.Shop
	busy       bool // something of it is under way
	connecting bool
	renewed    bool // a shop was connected since the start: what the platform refuses is the authorization before
	connection screen.Report
	saving     screen.Report
}

// office does the work of the settings page and of the set-up of a printer, one thing after the other, so that the main goroutine waits neither for the platform nor for
// the disk.
func (w *Window) office() {
	for {
		select {
		case <-w.done:
			return
		case work := <-w.errands:
			work()
		}
	}
}

// hand gives work of the settings page to the office and tells whether it took it: it does one thing at a time. done runs on the main goroutine
// afterwards.
func (w *Window) hand(work func() (done func())) bool { return w.handFor(&w.form.busy, work) }

// handFor is hand for a page that is busy by its own mark.
func (w *Window) handFor(busy *bool, work func() (done func())) bool {
	if w.bench == nil || *busy {
		return false
	}
	*busy = true
	w.errands <- func() { // room for one a page is enough: busy is only taken back when it was done
		done := work()
		w.post(func() {
			*busy = false
			done()
			w.draw()
		})
	}
	return true
}

// turnTo shows a page.
func (w *Window) turnTo(to frame.Page) {
	if w.bench == nil || w.page == to {
		w.leaveSetup()
		w.leaveInner()
		return
	}
	w.leaveInner()
	w.page = to
	w.window.Canvas().Unfocus() // a field that is not seen must not take keys
	w.chooseInputMethod()
	if to == frame.PageSettings {
		if !w.form.busy {
			w.form.connection, w.form.saving = screen.Report{}, screen.Report{}
		}
		w.readShops()
	}
	w.draw()
}

// readShops reads which shops are known, and the settings as they are by now: tokens are renewed in them.
func (w *Window) readShops() {
	w.hand(func() func() {
		known, err := w.bench.Store.Shops()
		set, loading := settings.Load(w.environment.Dir)
		return func() {
			if err != nil {
				w.log.Error("the shops were not read", "error", err)
				return
			}
			w.form.list(known)
			if loading == nil {
				w.settings = set
			}
		}
	})
}

func (f *form) list(shops []order.Shop) {
	f.shops = nil
	for _, shop := range shops {
		f.shops = append(f.shops, screen.Shop{Name: shop.Name, Market: string(shop.Market)})
	}
}

// settingsModel is the settings page.
func (w *Window) settingsModel(trouble order.Said) screen.Model {
	p := w.settings.Platform
	return screen.Model{
		Now: w.environment.Now(), Connected: connected(p), Seller: p.SellerName, Ends: local(p.RefreshExpires),
		Withdrawn: w.withdrawn(trouble), Shops: w.form.shops, InFile: p.SecretsIn != settings.InKeyring, SecretKept: connected(p),
		Connecting: w.form.connecting, Connection: w.form.connection, Saving: w.form.saving,
	}
}

// connected tells whether there is an authorization; where its secrets lie in the keyring, the file tells only that.
func connected(p settings.Platform) bool {
	return p.SecretsIn == settings.InKeyring || p.AppSecret != "" && p.AccessToken != ""
}

// withdrawn tells whether the platform no longer accepts the seller's consent.
func (w *Window) withdrawn(trouble order.Said) bool {
	return !w.form.renewed && (trouble.Key == "platform.token_expired" || trouble.Key == "platform.token_invalid")
}

// connect exchanges what was entered for tokens.
func (w *Window) connect(entered screen.Login) {
	p := w.settings.Platform
	if w.options.Training {
		w.form.connection = screen.Report{Tone: kit.Loud, Said: order.Say("training.connect")}
		w.draw()
		return
	}
	if missing := lacking(entered, connected(p) && entered.AppKey == p.AppKey); missing != "" {
		w.form.connection = screen.Report{Tone: kit.Bad, Said: order.Say("set.incomplete", "what", order.Say(missing))}
		w.draw()
		return
	}
	ctx := w.environment.Context
	consent := cli.Consent{AppKey: entered.AppKey, AppSecret: entered.AppSecret, Code: entered.Code, BaseURL: p.BaseURL, AuthURL: p.AuthURL}
	taken := w.hand(func() func() {
		done, err := w.bench.Connect(ctx, consent)
		set, loading := settings.Load(w.environment.Dir)
		return func() {
			w.form.connecting = false
			if loading == nil {
				w.settings = set
			}
			w.connected(done, err)
		}
	})
	w.form.connection = screen.Report{Tone: kit.Loud, Said: order.Say("set.busy")}
	if taken {
		w.form.connecting, w.form.connection = true, screen.Report{Tone: kit.Told, Said: order.Say("set.asking")}
	}
	w.draw()
}

// lacking is the name of the first field that must be filled in and is not; kept tells that the secret is known.
func lacking(l screen.Login, kept bool) string {
	switch {
	case l.AppKey == "":
		return "set.app_key"
	case l.AppSecret == "" && !kept:
		return "set.app_secret"
	case l.Code == "":
		return "set.code"
	}
	return ""
}

// connected says what came of it.
func (w *Window) connected(done cli.Connected, err error) {
	if err != nil {
		w.log.Error("connecting a shop", "problem", order.AsProblem(err).Error())
		w.form.connection = screen.Report{Tone: kit.Bad, Said: order.AsProblem(err).Said}
	}
	if done.Grant.Access == "" {
		return
	}
	w.form.ForgetSecrets()
	w.form.renewed = true
	if err != nil {
		return
	}
	w.form.list(done.Shops)
	missing := done.Grant.Missing()
	switch {
	case len(missing) > 0:
		w.form.connection = screen.Report{Tone: kit.Loud, Said: order.Say("set.connected.scopes", "scopes", strings.Join(missing, ", "))}
	case done.Elsewhere != nil:
		w.form.connection = screen.Report{Tone: kit.Loud, Said: order.Say("set.connected.file")}
	default:
		w.form.connection = screen.Report{Tone: kit.Calm, Said: order.Say("set.connected")}
	}
}

// save stores what was entered about the bench.
func (w *Window) save(b screen.Bench) {
	was := w.settings
	refused := w.running != nil && w.options.Printer == "" && was.Printer != w.inUse // when it was stored
	taken := w.hand(func() func() {
		set, err := store(w.environment.Dir, was, b)
		var use printerUse
		if err == nil && (refused || set.Printer != was.Printer) {
			use = w.usePrinter(set.Printer)
		}
		return func() { w.saved(was, set, use, err) }
	})
	w.form.saving = screen.Report{Tone: kit.Loud, Said: order.Say("set.busy")}
	if taken {
		w.form.saving = screen.Report{}
	}
	w.draw()
}

// store writes what was entered, unless the printer's address is no address.
func store(dir string, was settings.Settings, b screen.Bench) (settings.Settings, error) {
	if b.PrinterURI != "" && b.PrinterURI != was.Printer.URI {
		options := cli.PrinterOptions(was.Printer, b.PrinterURI, page.Label)
		options.DPI = b.DPI
		device, err := printer.Open(b.PrinterURI, options)
		if err != nil {
			return was, err
		}
		if err := device.Close(); err != nil {
			return was, err
		}
	}
	if b.Name == "" {
		return was, order.Trouble(nil, "set.incomplete", "what", order.Say("set.name"))
	}
	var now settings.Settings
	err := settings.Update(dir, func(s *settings.Settings) error {
		s.Bench.Name, s.Bench.Packer, s.Bench.Warehouse = b.Name, b.Packer, b.Warehouse
		s.Printer.URI, s.Printer.DPI = b.PrinterURI, b.DPI
		s.Language, s.Theme = b.Language, b.Theme
		now = *s
		return nil
	})
	return now, err
}

// saved applies what can be applied while the bench runs: language and colours, and says what came of the printer. The bench counts at the next start.
func (w *Window) saved(was, set settings.Settings, use printerUse, err error) {
	if err != nil {
		w.log.Error("saving the settings", "problem", order.AsProblem(err).Error())
		w.form.saving = screen.Report{Tone: kit.Bad, Said: order.AsProblem(err).Said}
		return
	}
	w.settings = set
	w.form.saving = screen.Report{Tone: kit.Calm, Said: order.Say("set.saved")}
	if use.tried {
		w.form.saving = w.counts(set.Printer, use)
	}
	if !reflect.DeepEqual(set.Bench, was.Bench) && (!use.tried || use.problem == nil) {
		w.form.saving = screen.Report{Tone: kit.Calm, Said: order.Say("set.saved.bench")}
	}
	if set.Language == was.Language && set.Theme == was.Theme {
		return
	}
	if err := w.dress(); err != nil {
		w.log.Error("changing the language", "error", err)
		w.form.saving = screen.Report{Tone: kit.Bad, Said: order.AsProblem(err).Said}
	}
}

// dress makes the screens in the language and colours of the settings. What stands in the settings' fields stays.
func (w *Window) dress() error {
	tongue := w.own
	if w.settings.Language != "" {
		var err error
		if tongue, err = words.In(words.Language(w.settings.Language)); err != nil {
			return err
		}
	}
	w.environment.Tongue = tongue
	w.app.Settings().SetTheme(kit.NewTheme(kit.Look(w.settings.Theme)))
	login, bench := w.entries()
	if err := w.newTrial(); err != nil {
		return err
	}
	w.newCrew()
	w.newGoods()
	w.newRules()
	w.screens()
	w.form.Fill(login, bench)
	return nil
}

// entries are what stands in the fields, or what is stored before there are any.
func (w *Window) entries() (screen.Login, screen.Bench) {
	if w.form.Screen != nil {
		return w.form.Login(), w.form.Bench()
	}
	s := w.settings
	return screen.Login{AppKey: s.Platform.AppKey}, screen.Bench{
		Name: s.Bench.Name, Packer: s.Bench.Packer, Warehouse: s.Bench.Warehouse, PrinterURI: s.Printer.URI, DPI: s.Printer.DPI,
		Language: s.Language, Theme: s.Theme,
	}
}

// pressOnSettings does what a function key does on the settings page. None of them reaches the bench, whose questions are not seen from here.
func (w *Window) pressOnSettings(key string) {
	switch {
	case key == string(fyne.KeyEscape):
		w.window.Canvas().Unfocus()
	case key == demoKey && w.options.Demo != nil:
		w.turnTo(frame.PagePack)
		w.press(key)
	case !w.form.Key(key):
		w.frame.Key(key) // a key nobody knows does nothing
	}
}
