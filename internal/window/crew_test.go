package window

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/people"
	page "packbench/ui/people"
	"packbench/ui/seen"
	screen "packbench/ui/settings"
	"packbench/ui/signin"
)

// newPeople is a window on the page of the people of a bench where nobody is registered yet.
func newPeople(t *testing.T) *Window {
	t.Helper()
	w := newSettings(t)
	w.digit(screen.PeopleKey)
	if w.innerShown() != &w.crew {
		t.Fatal("the digit does not lead to the people")
	}
	return w
}

// gives is a code or a PIN, typed and ended by Enter.
func (w *Window) gives(code string) {
	w.scan(order.Scan{Code: code, Device: "keyboard", Typed: true, At: now})
	work(w)
}

// shows checks what stands on the page of the people.
func (w *Window) shows(t *testing.T, want ...string) {
	t.Helper()
	w.draw()
	shown := strings.ReplaceAll(seen.Texts(w.frame.Object()), "\n", " ")
	for _, text := range want {
		if !strings.Contains(shown, text) {
			t.Errorf("%q is not on the page:\n%s", text, shown)
		}
	}
}

// registers adds somebody by keys and scans; role 0 is the first person's, who is not asked.
func (w *Window) registers(t *testing.T, role, name, badge, pin string) {
	t.Helper()
	w.press(page.NextKey)
	if role != "" {
		w.digit(role)
	}
	if w.window.Canvas().Focused() != w.crew.page.Field() {
		t.Fatal("the name's field has not the focus")
	}
	w.window.Canvas().Focused().TypedRune('x')
	crewHands{&w.crew}.Type(" " + name)
	w.press(page.NextKey)
	w.scans(badge)
	if pin == "" {
		w.press(page.NextKey)
		work(w)
		return
	}
	w.gives(pin)
	w.gives(pin)
}

func (w *Window) registered(t *testing.T) people.Roster {
	t.Helper()
	r, err := people.Load(w.environment.Dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The first person is registered without a sign-in, and is a supervisor; from then on the page is theirs.
func TestPeopleAreRegisteredInTheWindow(t *testing.T) {
	w := newPeople(t)
	w.shows(t, "Nobody is registered", "Add somebody")
	w.registers(t, "", "Mei", "S-1", "2468097")
	if r := w.registered(t); len(r.People) != 1 || r.People[0].Role != people.Supervisor || r.People[0].Name != "Mei" {
		t.Fatalf("%+v, %+v", r, w.crew.report)
	}
	w.shows(t, "This page is for supervisors")
	w.gives("P-9")
	w.shows(t, "Scan your badge")
	if strip := w.crew.strip(); strip.Meaning.Key != "refused.no_supervisor" {
		t.Errorf("%+v", strip)
	}
	w.gives("S-1")
	w.gives("1111")
	if strip := w.crew.strip(); strip.Meaning.Key != "people.wrong_pin" || w.registered(t).People[0].Wrong != 1 {
		t.Errorf("%+v", strip)
	}
	for _, digit := range "2468097" {
		w.crew.press(string(digit))
	}
	w.draw()
	if m := w.crew.askModel(true); m.Dots != 7 || m.View != signin.PIN {
		t.Errorf("%+v", m)
	}
	w.crew.press(signin.Done)
	work(w)
	w.shows(t, "Who may work at this bench", "Mei", "supervisor", "S-1")
	w.registers(t, "1", "Li", "P-1", "")
	w.registers(t, "2", "Bo", "S-2", "13579")
	if r := w.registered(t); len(r.People) != 3 || r.People[1].PIN != "" || r.People[2].Role != people.Supervisor {
		t.Errorf("%+v, %+v", r, w.crew.report)
	}
	w.press(page.BackKey)
	if w.innerShown() != nil || w.crew.by != "" {
		t.Error("the page is open still, or knows its supervisor")
	}
	w.digit(screen.PeopleKey)
	w.shows(t, "Scan your badge")
	data, err := os.ReadFile(filepath.Join(w.environment.Dir, people.FileName))
	if err != nil || strings.Contains(string(data), "13579") {
		t.Errorf("%s, %v", data, err)
	}
}

// supervised is a window on the page, opened by Mei, with the packer Li and the locked supervisor Bo.
func supervised(t *testing.T) *Window {
	t.Helper()
	w := newSettings(t)
	if err := people.Update(w.environment.Dir, func(r people.Roster) (people.Roster, error) {
		for _, p := range []people.Person{{Name: "Mei", Badge: "S-1", Role: people.Supervisor}, {Name: "Li", Badge: "P-1", Role: people.Packer}, {Name: "Bo", Badge: "S-2", Role: people.Supervisor}} {
			var err error
			if r, err = r.Add(p, "2468"); err != nil {
				return r, err
			}
		}
		r.People[2].Locked, r.People[2].Wrong = true, people.MostWrong
		return r, nil
	}); err != nil {
		t.Fatal(err)
	}
	w.digit(screen.PeopleKey)
	w.gives("S-2")
	w.shows(t, "Scan your badge") // a locked one opens nothing
	w.scans("S-1")
	w.gives("2468")
	w.shows(t, "Li", "locked")
	return w
}

func TestWhatASupervisorDoesInTheWindow(t *testing.T) {
	w := supervised(t)
	w.digit("2")
	w.shows(t, "New PIN", "Make a supervisor", "Remove")
	w.digit("3")
	w.shows(t, "Li has another role now.")
	w.digit("1")
	w.gives("97531")
	w.gives("97530")
	if w.crew.strip().Meaning.Key != "peoplepage.differ" {
		t.Errorf("%+v", w.crew.report)
	}
	w.gives("97531")
	w.gives("97531")
	w.shows(t, "Li has another PIN now.")
	w.digit("2")
	w.scans("S-2")
	if w.crew.strip().Meaning.Key != "people.twice" {
		t.Errorf("%+v", w.crew.report)
	}
	w.scans("P-7")
	w.shows(t, "Li has another badge now.", "P-7")
	w.press(page.BackKey)
	w.digit("3")
	w.digit("5")
	w.shows(t, "type your own PIN")
	w.gives("0000")
	if w.crew.strip().Meaning.Key != "people.wrong_pin" {
		t.Errorf("%+v", w.crew.report)
	}
	w.gives("2468")
	w.shows(t, "Bo is unlocked.")
	w.digit("4")
	w.digit("2")
	w.digit("4")
	w.shows(t, "Remove Bo from this bench?")
	w.digit("1")
	w.shows(t, "Bo cannot work at this bench any more.")
	r := w.registered(t)
	if len(r.People) != 2 || r.People[1].Badge != "P-7" || r.People[1].Role != people.Supervisor || r.People[0].Wrong != 0 {
		t.Errorf("%+v", r)
	}
	if _, err := r.Vouch("P-7", "97531"); err != nil {
		t.Error(err)
	}
	w.digit("1") // herself
	w.digit("3")
	if w.innerShown() != nil {
		t.Error("who is a packer now goes on with the page")
	}
}

// Nobody goes on with a page that was left alone, or whose supervisor was taken the role elsewhere; a PIN is not shown while it is typed.
func TestThePeoplesPageIsNotForWhoeverComesBy(t *testing.T) {
	w := supervised(t)
	w.digit("2")
	w.digit("1")
	w.typing.key("97531", now.Add(-2*pause))
	if m := w.frameModel(*troubled(order.Trouble(nil, "printer.none")), now); m.Typed != "" {
		t.Errorf("the PIN is shown: %q", m.Typed)
	}
	w.typing.end()
	if err := people.Update(w.environment.Dir, func(r people.Roster) (people.Roster, error) { return r.SetRole("Mei", people.Packer) }); err != nil {
		t.Fatal(err)
	}
	w.gives("97531")
	w.gives("97531")
	if r := w.registered(t); w.innerShown() != nil {
		t.Errorf("she goes on: %+v, %+v", w.crew.report, r)
	}
	if _, verdict, _ := w.registered(t).Try("P-1", "2468"); verdict != people.Right {
		t.Error("the PIN was changed by somebody who may not")
	}
	w = supervised(t)
	at := now.Add(crewTime + time.Second)
	w.environment.Now = func() time.Time { return at }
	w.draw()
	if w.innerShown() != nil || w.crew.by != "" {
		t.Error("the page is open for whoever comes by")
	}
}

// Badges of goods are refused, and whoever is asked for one is asked again.
func TestABadgeThatIsAnArticle(t *testing.T) {
	w := newPeople(t)
	if err := w.bench.Store.ImportGoods([]order.Good{{SKU: "TEE", Barcodes: []string{"690-1"}}}); err != nil {
		t.Fatal(err)
	}
	w.registers(t, "", "Mei", "690-1", "24680")
	if w.crew.strip().Meaning.Key != "people.badge_taken" || len(w.registered(t).People) != 0 {
		t.Errorf("%+v", w.crew.report)
	}
	w.scans("S-1")
	w.gives("24680")
	w.gives("24680")
	if len(w.registered(t).People) != 1 {
		t.Errorf("%+v", w.crew.report)
	}
}
