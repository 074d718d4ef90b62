package window

import (
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/people"
	"packbench/scanner"
	"packbench/ui/kit"
	"packbench/ui/signin"
)

// doorkeeper lets only supervisors through to a page, by badge and PIN, where people are registered. It belongs to the main goroutine.
type doorkeeper struct {
	*Window
	ask    *signin.Screen // for the badge and the PIN
	busy   *bool          // of the page behind it
	roster people.Roster
	by     string // the badge of the supervisor
	proved bool
	// text is what the question for the badge says.
	text    order.Said
	pressed string // digits of the PIN, by the keypad
	trouble order.Said
}

// begin asks anew.
func (d *doorkeeper) begin() error {
	d.by, d.proved, d.pressed, d.trouble = "", false, "", order.Said{}
	roster, err := people.Load(d.environment.Dir)
	d.roster = roster
	return err
}

// asks tells whether a badge or a PIN is asked for, and which.
func (d *doorkeeper) asks() (asks, pin bool) {
	asks = !d.proved && len(d.roster.People) > 0
	return asks, asks && d.by != ""
}

// hides tells that what is typed is a PIN.
func (d *doorkeeper) hides() bool {
	_, pin := d.asks()
	return pin
}

// shuts has who came through ask for themselves again.
func (d *doorkeeper) shuts() { d.by, d.proved, d.pressed = "", false, "" }

// expired tells whether nobody has touched the page behind it for so long that whoever came through may have gone.
func (d *doorkeeper) expired(touched, now time.Time, most time.Duration) bool {
	return len(d.roster.People) > 0 && now.Sub(touched) > most
}

// stands shows the question in the place of a page, or the page, and tells whether it asks.
func (d *doorkeeper) stands(page fyne.CanvasObject) bool {
	asks, _ := d.asks()
	kit.Show(d.ask.Object(), asks)
	kit.Show(page, !asks)
	if asks {
		d.render()
	}
	return asks
}

// name is who came through; empty where nobody is registered.
func (d *doorkeeper) name() string { return d.roster.NameOf(d.by) }

func (d *doorkeeper) render() {
	m := signin.Model{Leave: true, Title: order.Say("signin.badge"), Text: d.text}
	if d.by != "" {
		m.View, m.Dots = signin.PIN, min(len(d.pressed)+len(d.typing.text), order.LongestPIN)
		m.Title, m.Text = order.Say("peoplepage.name_is", "name", d.name()), order.Say("signin.pin")
	}
	d.ask.Render(m)
}

// press takes a key of the keyboard or of the keypad, and tells whether it is one; leaving is the page's.
func (d *doorkeeper) press(key string) bool {
	switch {
	case d.by == "":
		return false
	case key == signin.Rubout:
		d.pressed = d.pressed[:max(0, len(d.pressed)-1)]
	case key == signin.Done:
		typed := d.typing.text
		if d.typing.forget != nil {
			d.typing.forget()
		}
		d.typing.end()
		d.givePIN(d.pressed + typed)
	case len(key) == 1 && len(d.pressed) < order.LongestPIN:
		d.pressed += key
	default:
		return false
	}
	return true
}

// scan takes a badge or a PIN.
func (d *doorkeeper) scan(scan order.Scan) {
	switch code := scanner.Clean(scan.Code); {
	case d.by != "" && (scan.Typed || order.IsPIN(code)):
		d.givePIN(d.pressed + code)
	case d.by != "" || code == "":
	case d.roster.Supervises(code):
		d.by, d.trouble = code, order.Said{}
	default:
		d.trouble = order.Say("refused.no_supervisor")
	}
}

// givePIN has a PIN checked in the office. Wrong ones are counted.
func (d *doorkeeper) givePIN(digits string) {
	d.pressed, d.trouble = "", order.Said{}
	by := d.by
	taken := d.handFor(d.busy, func() func() {
		err := d.bench.ChangePeople(func(r people.Roster) (people.Roster, error) { return r.Vouch(by, digits) })
		roster, reading := people.Load(d.environment.Dir)
		return func() {
			if d.by != by {
				return // left meanwhile
			}
			if reading == nil {
				d.roster = roster
			}
			if d.proved = err == nil; !d.proved {
				d.trouble = order.AsProblem(err).Said
			}
			if !d.roster.Supervises(by) { // locked by it
				d.by, d.proved = "", false
			}
		}
	})
	if !taken {
		d.trouble = order.Say("set.busy")
	}
}
