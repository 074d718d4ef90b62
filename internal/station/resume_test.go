package station

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
)

// A bench that is stopped while something is under way leaves nothing running, and answers those who wait.
func TestRunEndsWithAnEffectUnderWay(t *testing.T) {
	for name, hang := range map[string]func(s *shop, began chan struct{}){
		"shipping": func(s *shop, began chan struct{}) {
			s.ship = func(ctx context.Context, _ order.Parcel) error {
				close(began)
				<-ctx.Done()
				return ctx.Err()
			}
		},
		"fetching the label": func(s *shop, began chan struct{}) {
			s.document = func(ctx context.Context, _ order.Parcel) ([]byte, string, string, error) {
				close(began)
				<-ctx.Done()
				return nil, "", "", ctx.Err()
			}
		},
		"sending": func(s *shop, began chan struct{}) {
			s.send = func(ctx context.Context, _ []byte) (int, error) {
				close(began)
				<-ctx.Done()
				return 0, ctx.Err()
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			began := make(chan struct{})
			hang(s, began)
			synctest.Test(t, func(t *testing.T) { // fails where a goroutine is left behind
				r := New(Config{
					Store: s.store, Mirror: s, Labels: s, Printer: s, Now: time.Now, Log: slog.New(slog.DiscardHandler), Poll: time.Minute,
				})
				ctx, stop := context.WithCancel(t.Context())
				ended := make(chan error)
				go func() { ended <- r.Run(ctx) }()
				for _, code := range []string{"P2", "cap"} {
					at := time.Now().Add(2 * time.Second)
					if _, err := r.Scan(ctx, order.Scan{Code: code, At: at}); err != nil {
						t.Fatal(err)
					}
				}
				<-began
				waits := make(chan error)
				go func() {
					_, err := r.Scan(t.Context(), order.Scan{Code: "waits", At: time.Now()})
					waits <- err
				}()
				synctest.Wait()
				stop()
				if err := <-ended; err != nil {
					t.Error(err)
				}
				if err := <-waits; order.AsProblem(err) == nil || order.AsProblem(err).Key != "bench.closing" {
					t.Errorf("a waiting scan got %v", err)
				}
				if err := r.Settle(t.Context()); order.AsProblem(err) == nil || order.AsProblem(err).Key != "bench.closing" {
					t.Errorf("settling got %v", err)
				}
			})
		})
	}
}

// Wherever a bench stops, another one on the same folder goes on there: it asks for shipment once and prints once.
func TestGoesOnWhereItStopped(t *testing.T) {
	dies := errors.New("the power failed")
	for name, c := range map[string]struct {
		die  func(s *shop, dead context.CancelFunc) // makes the first bench stop somewhere
		mend func(t *testing.T, r *running)         // what the packer does at the second one before the label can be scanned
	}{
		"after the first piece": {die: nil, mend: func(_ *testing.T, r *running) { r.scan("tee", packing.TakenOut) }},
		"before shipment was asked for": {die: func(s *shop, dead context.CancelFunc) {
			s.reach = func(context.Context) error { dead(); return dies }
		}},
		"after shipment was arranged, before the answer": {die: func(s *shop, dead context.CancelFunc) {
			ship := s.ship
			s.ship = func(ctx context.Context, p order.Parcel) error { defer dead(); return ship(ctx, p) }
		}},
		"before the label was fetched": {die: func(s *shop, dead context.CancelFunc) {
			s.document = func(context.Context, order.Parcel) ([]byte, string, string, error) { dead(); return nil, "", "", dies }
		}},
		"while the label was drawn": {die: func(s *shop, dead context.CancelFunc) {
			s.draw = func([]byte) (*page.Page, error) { dead(); return nil, dies }
		}},
		"before the printer was reached": {die: func(s *shop, dead context.CancelFunc) {
			reached := 0
			s.reach = func(context.Context) error {
				if reached++; reached == 2 { // the first time is before shipment
					dead()
					return dies
				}
				return nil
			}
		}},
		"while the label was sent, and it came out": {
			die: func(s *shop, dead context.CancelFunc) {
				send := s.send
				s.send = func(ctx context.Context, b []byte) (int, error) { defer dead(); return send(ctx, b) }
			},
			mend: func(t *testing.T, r *running) {
				if shot := r.phase(packing.Asked); shot.State.Question != packing.PrintAgain {
					t.Errorf("%+v", shot.State)
				}
			},
		},
		"while the label was sent, and it did not come out": {
			die: func(s *shop, dead context.CancelFunc) {
				s.send = func(context.Context, []byte) (int, error) { dead(); return 0, dies }
			},
			mend: func(_ *testing.T, r *running) { r.phase(packing.Asked); r.ok(packing.Accepted) },
		},
		"before the label was scanned": {die: func(*shop, context.CancelFunc) {}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			ship, document, draw, reach, send := s.ship, s.document, s.draw, s.reach, s.send
			r := s.start(nil)
			if c.die != nil {
				c.die(s, r.stop)
			}
			r.scan("P1", packing.OpenedOut)
			r.scan("tee", packing.TakenOut)
			if c.die != nil {
				if _, err := r.Scan(t.Context(), r.next("tee")); err != nil && order.AsProblem(err).Key != "bench.closing" {
					t.Fatal(err)
				}
				_ = r.Settle(t.Context()) // the bench may stop before all is quiet: that is the point
			}
			r.end()
			s.ship, s.document, s.draw, s.reach, s.send = ship, document, draw, reach, send
			again := s.start(nil)
			if c.mend != nil {
				c.mend(t, again)
			}
			again.settle()
			again.scan(trackingOf(1), packing.ConfirmedOut)
			if shipped, printed := s.times(); shipped != 1 || printed != 1 {
				t.Errorf("shipped %d times, printed %d times", shipped, printed)
			}
			if n := len(slices.DeleteFunc(s.history("P1"), func(k order.EventKind) bool { return k != order.Taken })); n != 2 {
				t.Errorf("%d pieces in the journal", n)
			}
		})
	}
}

// The platform re-formed the open parcel's package while the bench was off: the packer puts the goods back.
func TestOpenParcelIsGoneAtTheStart(t *testing.T) {
	s := newShop(t)
	r := s.start(nil)
	r.scan("P1", packing.OpenedOut)
	r.scan("tee", packing.TakenOut)
	r.end()
	moved := s.order(1, order.AwaitingShipment, "tee", "tee")
	moved.PackageIDs = []string{"P9"}
	for i := range moved.Lines {
		moved.Lines[i].PackageID = "P9"
	}
	s.save(moved)
	again := s.start(nil)
	shot := again.phase(packing.Halted)
	if shot.State.Question != packing.GoodsAreBack || shot.State.Parcel.Key != "P1" || shot.State.Trouble.Key != "refused.reformed" {
		t.Errorf("%+v", shot.State)
	}
	again.scan("tee", packing.NotPackable)
	again.ok(packing.PutBackOut)
	again.scan("P9", packing.OpenedOut)
	if open, err := s.store.OpenParcel(); err != nil || open != "P9" {
		t.Errorf("%q is open, %v", open, err)
	}
}
