package platform

import (
	"testing"

	"packbench/internal/words"
)

// printed are the codes that platform API prints, by its sections.
var printed = map[string][]int{
	"3.4": {10002014, 10002015, 10006402, 10037002, 10037003, 10037004, 21008111},
	"3.5": {10006402, 11001027, 11021009, 21001001, 21011025, 21011027, 21011028, 21011040, 21011041, 21011053, 21011054,
		21014009},
	"3.6": {10007002, 10007014, 11001002, 11001031, 11006013, 11006014, 11006021, 11021009, 11021010, 11021011, 11021012,
		11021013, 11021014, 11021015, 11021016, 11021017, 11021018, 11021019, 11021020, 11021021, 11021022, 11021023, 11021024,
		11021025, 11028006, 11050001, 21001001, 21001003, 21001008, 21001011, 21003002, 21004006, 21004012, 21004015, 21004016,
		21004017, 21004019, 21004020, 21004024, 21008025, 21008042, 21008044, 21008099, 21008106, 21011003, 21011004, 21011005,
		21011006, 21011007, 21011008, 21011020, 21011022, 21011025, 21011026, 21011027, 21011028, 21011029, 21011030, 21011031,
		21011033, 21011035, 21011036, 21011040, 21011041, 21011042, 21011043, 21011044, 21011046, 21011048, 21011049, 21011050,
		21011051, 21011052, 21011053, 21011054, 21014009, 21021010, 21022025, 21022029, 21022032, 21034012, 21042001, 21042056,
		21042057, 21042067, 21042076, 25001010, 36009003},
	"3.7": {11006010, 11034002, 11034009, 11034023, 11034025, 11034037, 21008017, 21008043, 21008109, 21021010, 21023022,
		21023034, 21023035, 21023046, 21023059, 21042102, 21042104, 36009003},
	"3.8": {21008116, 21008117},
	"3.9": {21008044, 21011007, 25001003, 25001011, 25001014, 25001015, 25001016, 25001020, 25001021, 25001028, 25001045,
		25001046, 25001051, 25001057, 25001058, 25005010, 25005011, 25007002, 25007006, 25011011, 25011012, 25020003, 25020004,
		25020005, 25020009, 25020010},
	"4.2": {101000, 105002, 105005, 106001, 106013, 36009002, 36009003, 36009004, 36009007, 36009009, 36009010, 36009014,
		36009021, 36009022, 36009023, 36009033, 36009037, 36009043, 36009044},
	"4.3": {11006010, 11006021, 11034023, 11034025, 11034037, 21008025, 21008043, 21008044, 21008099, 21008106, 21008111,
		21011006, 21011007, 21011020, 21011028, 21011040, 21011041, 21011042, 21011044, 21021010, 21023022, 21023034, 21023035,
		21023046, 21023059, 21042056, 21042102, 21042104, 25020009},
}

// Every code the platform is known to refuse with has a meaning of its own.
func TestEveryPrintedCodeIsJudged(t *testing.T) {
	for section, codes := range printed {
		for _, code := range codes {
			if _, known := verdicts[code]; !known && code != codeInvalid {
				t.Errorf("%s: code %d has no verdict", section, code)
			}
		}
	}
}

// Every sentence of a refusal is there in every language.
func TestVerdictsAreSpoken(t *testing.T) {
	for _, language := range words.Languages {
		tongue, err := words.In(language)
		if err != nil {
			t.Fatal(err)
		}
		spoken := func(code int, v verdict) {
			if said := tongue.Text(v.key, "code", code); said == v.key || said == "" {
				t.Errorf("%s: code %d has no sentence %s", language, code, v.key)
			}
			if v.again && v.reaction != Retry {
				t.Errorf("code %d is tried again but asks for %s", code, v.reaction)
			}
		}
		for code, v := range verdicts {
			spoken(code, v)
		}
		for _, x := range exceptions {
			spoken(x.codes[0], x.verdict)
		}
		for _, key := range []string{keyUnsent, keyGarbled, keyInterrupted, keyOutcomeUnknown, keyUnreachable, keyClockOff} {
			if said := tongue.Text(key); said == key || said == "" {
				t.Errorf("%s: no sentence %s", language, key)
			}
		}
	}
}

// The same code may mean something else in another call.
func TestMeaningsThatDependOnTheCall(t *testing.T) {
	for _, c := range []struct {
		code     int
		path     string
		write    bool
		key      string
		reaction Reaction
	}{
		{21021010, "/fulfillment/202309/packages/1/shipping_documents", false, "platform.cancel_pending", CancelPending},
		{21021010, "/fulfillment/202309/packages/1/ship", true, "platform.carrier_refused", AskPerson},
		{21021010, "/fulfillment/202309/packages/ship", true, "platform.carrier_refused", AskPerson},
		{21021010, "/fulfillment/202309/orders/1/packages", true, "platform.carrier_refused", AskPerson},
		{10006402, "/order/202507/orders", false, keyFailing, Retry},
		{10006402, "/fulfillment/202309/packages/1", false, "platform.no_access", AskPerson},
		{10007014, "/fulfillment/202309/packages/ship", true, "platform.frozen", Retry},
		{10007014, "/fulfillment/202309/packages/combine", true, "platform.no_combination", AskPerson},
		{21011030, "/fulfillment/202309/packages/1/ship", true, "platform.number_fixed", AskPerson},
		{21011030, "/fulfillment/202309/orders/1/shipping_info/update", true, "platform.delivered", AskPerson},
		{25020009, "/return_refund/202309/cancellations/1/approve", true, keyAnswered, AlreadyAnswered},
		{25020009, "/return_refund/202309/cancellations/1/reject", true, keyAnswered, AlreadyAnswered},
		{25020009, "/fulfillment/202309/packages/1/ship", true, "platform.cancelled", Cancelled},
		{36004004, authorizePath, false, "platform.code_used", AskPerson},
		{36004004, refreshPath, false, keyTokenExpired, ReAuthorize},
		{11001027, "/fulfillment/202309/packages", true, keyOutcomeUnknown, UnknownOutcome},
		{11001027, "/fulfillment/202309/packages/1/handover_time_slots", false, keyFailing, Retry},
	} {
		e := &Error{Code: c.code, Path: c.path, HTTP: 200, write: c.write}
		if v := judge(e); v.key != c.key || v.reaction != c.reaction {
			t.Errorf("%d at %s: %s, %s", c.code, c.path, v.key, v.reaction)
		}
	}
}

// The minimum set of platform API 4.3, number by number.
func TestReactionsTheBenchNeeds(t *testing.T) {
	for reaction, codes := range map[Reaction][]int{
		AlreadyShipped:  {11006021, 21008099, 21011020, 21011040, 21011006, 21042056},
		Cancelled:       {21011041, 21011042, 21023059, 25020009},
		CancelPending:   {21008044, 21011007, 21021010},
		OnHold:          {21011044},
		LabelNotReady:   {11034037, 11034023, 21023022, 21023034, 11034025, 11006010},
		LabelTooEarly:   {21023035, 21042104},
		LabelTooLate:    {21042102, 21023046},
		NotOurs:         {21011028, 21008111, 101000},
		PlatformPacks:   {21008025, 21008043},
		AskPerson:       {21008106, 106001, 21011027, 99},
		ReAuthorize:     {105002, 105005},
		AlreadyAnswered: {25020010, 25011011, 25011012, 25020003},
	} {
		for _, code := range codes {
			if got := ReactionTo(&Error{Code: code, Path: "/x/shipping_documents"}); got != reaction {
				t.Errorf("code %d: %s, want %s", code, got, reaction)
			}
		}
	}
}
