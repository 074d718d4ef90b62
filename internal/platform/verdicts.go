package platform

import (
	"errors"
	"slices"
	"strings"

	"packbench/internal/order"
)

// The sentences that more than one place of this package says.
const (
	keyAnswered       = "platform.already_answered"
	keyBusy           = "platform.busy"
	keyClock          = "platform.clock"
	keyClockOff       = "platform.clock_off"
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
	codeInvalid        = 36009004 // nearly anything: its message tells (platform API 4.2)
	codeTimedOut       = 36009007 // for a write: read first (platform API 4.2)
	codeTimedOutBehind = 11001027 // likewise, of what lies behind the gateway (platform API 3.5)
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
	means(verdict{keyFailing, Retry, true}, 36009003, codeTimedOut, codeTimedOutBehind),
	means(verdict{"platform.outdated", AskPerson, false}, 36009009, 36009010, 36009014, 36009021, 36009022, 36009023),
	means(verdict{"platform.network_not_allowed", AskPerson, false}, 36009033),
	means(verdict{"platform.shop_inactive", AskPerson, false}, 36009043, 36009044),

	// The calls' (platform API 4.3).
	means(verdict{"platform.cancelled", Cancelled, false}, 21011041, 21011042, 21023059, 25020009),
	means(verdict{"platform.cancel_pending", CancelPending, false}, 21008044, 21011007, 21021010),
	means(verdict{"platform.on_hold", OnHold, false}, 21011044),
	means(verdict{"platform.not_ours", NotOurs, false}, 21011028, 21008111),
	means(verdict{"platform.platform_packs", PlatformPacks, false}, 21008025, 21008043),
	means(verdict{"platform.wrong_market", AskPerson, false}, 21008106, 21004010),
	means(verdict{keyFailing, Retry, true},
		11001031, 21001003, 21001008, 21001011, 21022029, 21042001, 21042076, // platform API 3.6, transient
		10002014, 10002015, 10037002, 10037003, 10037004, // platform API 3.4
		25001058, 25007002, // platform API 3.9
		// Of marking, by its own page: system process errors.
		11005010, 11006005, 11006026, 21001029, 21001043, 21001055, 21008300, 21022026, 21022030, 21034006),
	means(verdict{keyRefused, AskPerson, false}, 11001002, 11050001, 21001001, 25001001), // a parameter is wrong
	means(verdict{"platform.no_access", AskPerson, false}, 10006402, 25020005),

	// Arranging shipment (platform API 3.6).
	means(verdict{"platform.already_shipped", AlreadyShipped, false},
		11006021, 21008099, 21011020, 21011040, 21011006, 21042056),
	means(verdict{"platform.delivered", AskPerson, false}, 21011027),
	means(verdict{"platform.frozen", Retry, false}, 10007014, 10007002, 21030005),
	means(verdict{"platform.not_now", AskPerson, false}, 21011003, 21011008, 21004024, 21042057, 21011012, 21011013, 21032001,
		25001003, 25001010, 25001011, 25001051),
	means(verdict{"platform.tracking_number", AskPerson, false},
		21011022, 21011025, 21034012, 21011026, 11028006, 21022032, 21004012, 21004015, 21004016),
	means(verdict{"platform.number_fixed", AskPerson, false}, 21011030, 21011049, 21011050, 21011051, 21011052),
	means(verdict{"platform.address_or_size", AskPerson, false}, append(span(11021009, 11021025), 21011037)...),
	means(verdict{"platform.pickup_slot", AskPerson, false}, 21004017, 21011053, 21011054),
	means(verdict{"platform.invoice_missing", AskPerson, false}, 21004006, 21004019, 21004020),
	means(verdict{"platform.must_split", AskPerson, false}, 11006013, 11006014),
	means(verdict{"platform.carrier_refused", AskPerson, false}, 21014009, 21042067),

	// Marking, buying a label, changing a number (platform API 3.6).
	means(verdict{"platform.label_bought", AlreadyShipped, false}, 21008042, 21022025, 21030006),
	means(verdict{"platform.combined", AskPerson, false}, 21011033, 21011046),
	means(verdict{"platform.name_units", AskPerson, false}, 21011048),
	means(verdict{"platform.service_gone", AskPerson, false}, 11003011, 21004008),
	means(verdict{"platform.platform_ships", AskPerson, false}, 21011004),
	means(verdict{"platform.not_shipped_yet", AskPerson, false}, 21011043),

	// Splitting and combining (platform API 3.6).
	means(verdict{"platform.no_split", AskPerson, false}, 21011035, 21022028),
	means(verdict{"platform.regroup", AskPerson, false}, 21011005, 21003002, 21011036),
	means(verdict{"platform.regrouped", AskPerson, false}, 21011029, 21011031),

	// Logistics (platform API 3.8).
	means(verdict{"platform.no_own_carriers", AskPerson, false}, 21008116, 21008117),

	// Cancelling (platform API 3.9).
	means(verdict{keyAnswered, AlreadyAnswered, false}, 25011011, 25011012, 25020003, 25020010),
	means(verdict{"platform.locked", Retry, false}, 25001028),
	means(verdict{"platform.cannot_stop", AskPerson, false}, 25001045),
	means(verdict{"platform.cannot_cancel", AskPerson, false}, 25001046, 25020004, 25005010, 25005011),
	means(verdict{"platform.wrong_reason", AskPerson, false}, 25001014, 25001015, 25001016, 25001020, 25001021, 25001057),
	means(verdict{"platform.not_found", AskPerson, false}, 25007006, 11005004),

	// The label (platform API 3.7).
	means(verdict{"platform.label_not_ready", LabelNotReady, false},
		11034037, 11034023, 21023022, 21023034, 11034025, 11006010),
	means(verdict{"platform.label_too_early", LabelTooEarly, false}, 21023035, 21042104),
	means(verdict{"platform.label_too_late", LabelTooLate, false}, 21042102, 21023046),
	means(verdict{"platform.seller_ships", AskPerson, false}, 11034002, 21008017),
	means(verdict{"platform.no_label", AskPerson, false}, 21008109, 11034009),
)

// exceptions are the codes that mean something else in some calls.
var exceptions = []exception{
	// For a label 21021010 is an after-sale request, for a shipment the carrier's refusal (platform API 4.3).
	{ends("/ship", "/packages"), means(verdict{"platform.carrier_refused", AskPerson, false}, 21021010)},
	// Of an order's own words it is a fault that passes, of a package a matter of permission (platform API 3.4, 3.5).
	{begins("/order/"), means(verdict{keyFailing, Retry, true}, 10006402)},
	// Whose parcel has arrived needs no other number (platform API 3.6, Update Shipping Info).
	{ends("/shipping_info/update"), means(verdict{"platform.delivered", AskPerson, false}, 21011030)},
	{ends("/combine"), means(verdict{"platform.no_combination", AskPerson, false}, 10007014)},
	// Who answers a request learns that the request is gone; the order may be alive (platform API 3.9).
	{ends("/approve", "/reject"), means(verdict{keyAnswered, AlreadyAnswered, false}, 25020009)},
	// A code of a consent that is wrong, old or used (platform API 1.3).
	{ends(authorizePath), means(verdict{"platform.code_used", AskPerson, false}, 36004004, 98001005)},
	{ends(authorizePath), means(verdict{"platform.bad_app", AskPerson, false}, 98001004)},
}

type exception struct {
	in func(path string) bool
	meaning
}

func ends(endings ...string) func(string) bool {
	return func(path string) bool {
		return slices.ContainsFunc(endings, func(ending string) bool { return strings.HasSuffix(path, ending) })
	}
}

func begins(beginning string) func(string) bool {
	return func(path string) bool { return strings.HasPrefix(path, beginning) }
}

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
