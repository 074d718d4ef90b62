package sandbox

import (
	"math/rand/v2"
	"time"
)

// randomly are the faults of a random scenario: those that pass, so that a client that does everything right comes to the
// truth by itself. A missing scope is not among them, for only a person ends it.
var randomly = []func(*rand.Rand) Entry{
	func(r *rand.Rand) Entry {
		by := time.Duration(1+r.IntN(20)) * time.Minute
		if r.IntN(2) == 0 {
			by = -by
		}
		return Entry{What: "clock_skew", By: Duration(by)}
	},
	func(r *rand.Rand) Entry {
		return Entry{What: "rate_429", RetryAfter: Duration(time.Duration(r.IntN(2)) * time.Second)}
	},
	func(*rand.Rand) Entry { return Entry{What: "html_503"} },
	func(r *rand.Rand) Entry {
		return Entry{What: "slow", By: Duration(time.Duration(1+r.IntN(20)) * time.Millisecond)}
	},
	func(*rand.Rand) Entry { return Entry{What: "cut"} },
	func(*rand.Rand) Entry { return Entry{What: "lost_before"} },
	func(*rand.Rand) Entry { return Entry{What: "lost_after"} },
	func(*rand.Rand) Entry { return Entry{What: "lost_after", Call: shipCalls} },
	func(*rand.Rand) Entry { return Entry{What: "garbage"} },
	func(r *rand.Rand) Entry {
		passing := []int{36009003, 36009007, 21001003, 21042076, 11001031, 10037004} // platform API 3.4, 3.6, 4.2
		return Entry{What: "error", Code: passing[r.IntN(len(passing))]}
	},
	func(r *rand.Rand) Entry {
		return Entry{What: "batch_fail", Code: 21001003, Count: 1 + r.IntN(3)}
	},
	func(*rand.Rand) Entry { return Entry{What: "label_never"} },
	func(r *rand.Rand) Entry {
		return Entry{What: "label_delay", By: Duration(time.Duration(1+r.IntN(100)) * time.Millisecond)}
	},
	func(*rand.Rand) Entry { return Entry{What: "link_expired"} },
	func(*rand.Rand) Entry { return Entry{What: "token_expired"} },
	func(*rand.Rand) Entry { return Entry{What: "masked"} },
	func(*rand.Rand) Entry { return Entry{What: "empty_address"} },
	func(*rand.Rand) Entry { return Entry{What: "duplicate_items"} },
	func(*rand.Rand) Entry { return Entry{What: "yesterday"} },
	func(r *rand.Rand) Entry {
		return Entry{What: "unknown_enum", Field: []string{"order_type", "status", "delivery_type", "package_sub_status"}[r.IntN(4)]}
	},
}

// randomCalls are where general faults of a random scenario strike. The token host is left alone: an answer with a new pair
// of tokens that is lost cannot be had again.
var randomCalls = []string{"/order/*", "/fulfillment/*", "/return_refund/*", "/authorization/*", shipCalls, everyPage, "GET *shipping_documents"}

// randomDeeds are what others do in a random scenario, those twice that happen more often. What a carrier leaves undone shows after days, and is not among them.
var randomDeeds = []string{
	"cancel_request", "cancel_request", "withdraw", "cancel", "cancel_line", "change_address", "change_address", "reform", "reform",
	"ship_elsewhere", "collect", "deliver", "hold",
}

// RandomScenario makes up a scenario: the same for the same seed and orders. Four to eight faults strike once to three times
// each, and three to six acts happen at calls or within half an hour of the orders' lives. The acts are on these orders; without
// any, on whichever can be. After Sandbox.Calm a client that does everything right finds the truth.
func RandomScenario(seed int64, orders ...string) Scenario {
	random := rand.New(rand.NewPCG(uint64(seed), 0x5ce7a210))
	s := Scenario{Seed: seed}
	for range 4 + random.IntN(5) {
		e := randomly[random.IntN(len(randomly))](random)
		if e.Call == "" && kinds[e.What].calls == everyCall {
			e.Call = randomCalls[random.IntN(len(randomCalls))]
		}
		e.Times = 1 + random.IntN(3)
		switch random.IntN(3) {
		case 0:
			e.From = 1 + random.IntN(6)
		case 1:
			e.Probability = 0.1 + 0.4*random.Float64()
		}
		s.Entries = append(s.Entries, e)
	}
	for range 3 + random.IntN(4) {
		e := Entry{What: randomDeeds[random.IntN(len(randomDeeds))], Order: anyOrder}
		if len(orders) > 0 {
			e.Order = orders[random.IntN(len(orders))]
		}
		switch random.IntN(3) {
		case 0:
			e.After = Duration(time.Duration(random.IntN(1800)) * time.Second)
		case 1:
			e.Call, e.Nth, e.Answered = shipCalls, 1+random.IntN(3), random.IntN(2) == 0
		default:
			e.Call, e.Nth, e.Answered = "*", 1+random.IntN(30), random.IntN(2) == 0
		}
		s.Entries = append(s.Entries, e)
	}
	return s
}
