package station

import (
	"testing"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// dangerous is a shop whose P2 holds dangerous goods, and a bench that looks for them.
func dangerous(t *testing.T) (*shop, func(*Config)) {
	s := newShop(t)
	s.hazmat = []byte("label of P9")
	o := s.order(2, order.AwaitingShipment, "cap")
	o.Lines[0].DangerousGood = true
	s.save(o)
	checks := &order.Checks{Rules: []order.CheckRule{{Market: order.EveryMarket, Check: order.CheckHazmat, Severity: order.Warns}}}
	return s, func(c *Config) { c.Checks = checks }
}

// The platform's label for dangerous goods comes out behind the shipping label, once for each that counts.
func TestHazmatLabelComesBehindTheLabel(t *testing.T) {
	s, looking := dangerous(t)
	r := s.start(nil, looking)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.settle()
	if _, printed := s.times(); printed != 2 || s.last("P2") != order.HazmatSent {
		t.Fatalf("printed %d, the journal ends with %s", printed, s.last("P2"))
	}
	r.said("say.hazmat_out")
	r.end()
	r = s.start(nil, looking) // after a power cut it is not printed once more
	r.settle()
	if _, printed := s.times(); printed != 2 {
		t.Errorf("printed %d", printed)
	}
	if answer, err := r.Again(t.Context(), order.Jammed); err != nil || answer.Outcome != packing.Accepted {
		t.Fatalf("%+v, %v", answer, err)
	}
	r.settle()
	if _, printed := s.times(); printed != 4 { // whoever lost one has both again
		t.Errorf("printed %d", printed)
	}
	r.scan(trackingOf(2), packing.ConfirmedOut)
}

// Where it cannot be had the packer is told, and the parcel is not held.
func TestNoHazmatLabel(t *testing.T) {
	s, looking := dangerous(t)
	s.hazmatTrouble = order.Trouble(nil, "platform.no_label")
	r := s.start(nil, looking)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.settle()
	r.said("say.hazmat_failed")
	if _, printed := s.times(); printed != 1 {
		t.Errorf("printed %d", printed)
	}
	r.scan(trackingOf(2), packing.ConfirmedOut)
}

// Without dangerous goods, or with the check turned off, nothing is asked for.
func TestHazmatLabelIsNotWanted(t *testing.T) {
	s, _ := dangerous(t)
	off := &order.Checks{Rules: []order.CheckRule{{Market: order.EveryMarket, Check: order.CheckHazmat, Severity: order.Unchecked}}}
	r := s.start(nil, func(c *Config) { c.Checks = off })
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.settle()
	if _, printed := s.times(); printed != 1 {
		t.Errorf("printed %d", printed)
	}
}
