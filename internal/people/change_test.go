package people

import "testing"

func TestRolesAndBadgesChange(t *testing.T) {
	lowCost(t)
	r := crew(t)
	_, err := r.SetRole("Li", Supervisor)
	wantKey(t, err, "people.needs_pin")
	_, err = r.SetRole("Li", "boss")
	wantKey(t, err, "people.role")
	_, err = r.SetRole("nobody", Packer)
	wantKey(t, err, "people.nobody")
	if r, err = r.SetRole("Bo", Packer); err != nil || r.People[1].Role != Packer || r.People[1].PIN == "" {
		t.Fatalf("%+v, %v", r, err)
	}
	_, err = r.SetRole("S-1", Packer)
	wantKey(t, err, "people.only_supervisor")
	if same, err := r.SetRole("S-1", Supervisor); err != nil || !same.supervised() {
		t.Error(err)
	}
	for badge, key := range map[string]string{" ": "people.badge", "123456": "people.badge", "P-1": "people.twice", "li": "people.twice"} {
		_, err := r.SetBadge("Mei", badge)
		wantKey(t, err, key)
	}
	before := r
	if r, err = r.SetBadge("Mei", " S-9 "); err != nil || r.People[0].Badge != "S-9" || before.People[0].Badge != "S-1" {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err = r.SetBadge("Mei", "S-9"); err != nil {
		t.Error(err)
	}
	try(t, r, "S-9", "2468", Right) // the PIN stays
}

func TestWhoVouches(t *testing.T) {
	lowCost(t)
	r := crew(t)
	if _, err := r.Vouch("S-1", "2468"); err != nil {
		t.Error(err)
	}
	_, err := r.Vouch("P-1", "")
	wantKey(t, err, "refused.no_supervisor")
	for range MostWrong - 1 {
		r, err = r.Vouch("S-1", "0000")
		wantKey(t, err, "people.wrong_pin")
	}
	if !r.Supervises("S-1") || r.Supervises("P-1") || r.Supervises("") || !(Roster{}).Supervises("") {
		t.Error("who supervises is told wrongly")
	}
	r, err = r.Vouch("S-1", "0000")
	wantKey(t, err, "people.locked")
	if r.Supervises("S-1") {
		t.Error("a locked supervisor supervises")
	}
}
