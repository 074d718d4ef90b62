package platform

import (
	"errors"

	"packbench/internal/order"
)

// The sentences that more than one place of this package says.
const (
	keyBusy           = "platform.busy"
	keyClock          = "platform.clock"
	keyFailing        = "platform.failing"
	keyGarbled        = "platform.garbled"
	keyInterrupted    = "platform.interrupted"
	keyOutcomeUnknown = "platform.outcome_unknown"
	keyRefused        = "platform.refused"
	keyTokenExpired   = "platform.token_expired"
	keyTokenInvalid   = "platform.token_invalid"
	keyUnreachable    = "platform.unreachable"
	keyUnsent         = "platform.unsent"
)

// Codes that need more than a table.
const (
	codeInvalid     = 36009004 // nearly anything: its message tells (platform API 4.2)
	codeTimedOut    = 36009007 // for a write: read first (platform API 4.2)
	codeTwoMeanings = 21021010 // for a label an after-sale request, for a shipment the carrier's refusal (platform API 4.3)
)

// verdicts are the platform's codes by their meaning.
var verdicts = table(
	// The gateway's (platform API 4.2).
	means(verdict{"platform.wrong_secret", AskPerson, false}, 106001),
	means(verdict{keyTokenExpired, ReAuthorize, false}, 105002),
	// The token host's about a code or refresh token that is wrong, used or at its end: only a new consent helps (platform
	// API 1.3).
	means(verdict{keyTokenExpired, ReAuthorize, false}, 36004004, 98001004, 98001005, 98001006),
	means(verdict{"platform.scope_missing", ReAuthorize, false}, 105005),
	means(verdict{"platform.wrong_shop", NotOurs, false}, 101000, 106013),
	means(verdict{keyBusy, Retry, true}, 36009002),
	means(verdict{keyBusy, Retry, false}, 36009037), // an hourly limit: no use within seconds
	means(verdict{keyFailing, Retry, true}, 36009003, codeTimedOut),
	means(verdict{"platform.outdated", AskPerson, false}, 36009009, 36009010, 36009014, 36009021, 36009022, 36009023),
	means(verdict{"platform.network_not_allowed", AskPerson, false}, 36009033),
	means(verdict{"platform.shop_inactive", AskPerson, false}, 36009043, 36009044),

	// Both calls' (platform API 4.3).
	means(verdict{"platform.cancelled", Cancelled, false}, 21011041, 21011042, 21023059, 25020009),
	means(verdict{"platform.cancel_pending", CancelPending, false}, 21008044, 21011007, codeTwoMeanings),
	means(verdict{"platform.on_hold", OnHold, false}, 21011044),
	means(verdict{"platform.not_ours", NotOurs, false}, 21011028, 21008111),
	means(verdict{"platform.platform_packs", PlatformPacks, false}, 21008025, 21008043),
	means(verdict{"platform.wrong_market", AskPerson, false}, 21008106),
	means(verdict{keyFailing, Retry, true},
		11001031, 21001003, 21001008, 21001011, 21022029, 21042001, 21042076, // platform API 3.6, transient
		10037004), // platform API 3.4

	// Arranging shipment (platform API 3.6).
	means(verdict{"platform.already_shipped", AlreadyShipped, false},
		11006021, 21008099, 21011020, 21011040, 21011006, 21042056),
	means(verdict{"platform.delivered", AskPerson, false}, 21011027),
	means(verdict{"platform.frozen", Retry, false}, 10007014),
	means(verdict{"platform.not_now", AskPerson, false}, 21011003, 21011008, 21004024),
	means(verdict{"platform.tracking_number", AskPerson, false},
		21011022, 21011025, 21034012, 21011026, 11028006, 21022032, 21011030, 21011050, 21011051),
	means(verdict{"platform.address_or_size", AskPerson, false}, span(11021009, 11021025)...),
	means(verdict{"platform.pickup_slot", AskPerson, false}, 21004017, 21011053, 21011054),
	means(verdict{"platform.invoice_missing", AskPerson, false}, 21004006, 21004019, 21004020),
	means(verdict{"platform.must_split", AskPerson, false}, 11006013, 11006014),
	means(verdict{"platform.carrier_refused", AskPerson, false}, 21014009, 21042067),

	// The label (platform API 3.7).
	means(verdict{"platform.label_not_ready", LabelNotReady, false},
		11034037, 11034023, 21023022, 21023034, 11034025, 11006010),
	means(verdict{"platform.label_too_early", LabelTooEarly, false}, 21023035, 21042104),
	means(verdict{"platform.label_too_late", LabelTooLate, false}, 21042102, 21023046),
	means(verdict{"platform.seller_ships", AskPerson, false}, 11034002, 21008017),
	means(verdict{"platform.no_label", AskPerson, false}, 21008109, 11034009),
)

type meaning struct {
	verdict
	codes []int
}

func means(v verdict, codes ...int) meaning { return meaning{v, codes} }

func span(first, last int) []int {
	var codes []int
	for code := first; code <= last; code++ {
		codes = append(codes, code)
	}
	return codes
}

func table(meanings ...meaning) map[int]verdict {
	byCode := map[int]verdict{}
	for _, m := range meanings {
		for _, code := range m.codes {
			byCode[code] = m.verdict
		}
	}
	return byCode
}

// saidBy is the key of the sentence an error of this package carries.
func saidBy(err error) string {
	var problem *order.Problem
	if errors.As(err, &problem) {
		return problem.Key
	}
	return ""
}
