package sandbox

import (
	"math/rand/v2"
	"time"
)

// arrivals are the new orders of a shop that was made up: as many a day of the orders' lives as one in four of those it
// began with.
type arrivals struct {
	maker *maker
	made  int
	every time.Duration // on average
	dress func(object, *rand.Rand) ownedOrder
}

const arrivalsADay = 0.25 // of the orders the shop began with

// expectBuyers lets new orders come to a shop that was made up, if its orders live at a speed.
func (s *Sandbox) expectBuyers(o Options, m *maker, dress func(object, *rand.Rand) ownedOrder) {
	if o.Speed <= 0 || o.Orders <= 0 || len(m.goods) == 0 {
		return
	}
	s.arriving = &arrivals{m, o.Orders, time.Duration(float64(24*time.Hour) / arrivalsADay / float64(o.Orders)), dress}
	s.expectArrival()
}

// arrive lets a buyer order something, and says when the next one will.
func (s *Sandbox) arrive() {
	a := s.arriving
	a.maker.now = s.now()
	o := a.maker.order(a.made, "UNPAID")
	o["create_time"], o["update_time"] = s.now().Unix(), s.now().Unix()
	a.made++
	came := a.dress(o, a.maker.random)
	s.note("arrival", came.id(), s.keep(came.shop, came.object))
	s.expectArrival()
}

func (s *Sandbox) expectArrival() {
	wait := time.Duration(s.arriving.maker.random.ExpFloat64() * float64(s.arriving.every))
	s.expect(s.now().Add(max(time.Second, wait)), "arrival", "")
}
