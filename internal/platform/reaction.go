package platform

import (
	"errors"
	"slices"
	"strings"
)

// Reaction is what a caller does about an error of this package.
type Reaction string

// The reactions, by what the platform's code tables ask for (platform API 3.6, 3.7, 3.9, 4.2, 4.3).
const (
	Nothing         Reaction = ""                 // there was no error
	Retry           Reaction = "retry"            // later, with back-off; nothing has happened
	AlreadyShipped  Reaction = "already_shipped"  // by whom only the journal knows: read the package
	CancelPending   Reaction = "cancel_pending"   // stop: the buyer asked to cancel and nobody has answered
	Cancelled       Reaction = "cancelled"        // stop and pull the parcel
	AlreadyAnswered Reaction = "already_answered" // a request to cancel is no longer open, by whose word ever: read it
	OnHold          Reaction = "on_hold"          // wait: the buyer may still change their mind
	LabelNotReady   Reaction = "label_not_ready"  // ask again soon
	LabelTooEarly   Reaction = "label_too_early"  // arrange shipment first
	LabelTooLate    Reaction = "label_too_late"   // the carrier has the parcel
	NotOurs         Reaction = "not_ours"         // another shop's: read the shops again
	PlatformPacks   Reaction = "platform_packs"   // the platform's own warehouse does
	ReAuthorize     Reaction = "reauthorize"      // the seller must consent again
	UnknownOutcome  Reaction = "unknown_outcome"  // a write may have happened: read first, never repeat blindly
	AskPerson       Reaction = "ask_person"       // show the sentence
)

// ReactionTo tells what to do about an error of this package. Errors that are not of it are for a person.
func ReactionTo(err error) Reaction {
	if err == nil {
		return Nothing
	}
	var refusal *Error
	if errors.As(err, &refusal) {
		return judge(refusal).reaction
	}
	var lost *lostError
	if errors.As(err, &lost) {
		if lost.write && lost.sent {
			return UnknownOutcome
		}
		return Retry
	}
	return AskPerson
}

// mayTryAgain tells whether a read that failed so may be tried again at once.
func mayTryAgain(err error) bool {
	var refusal *Error
	if errors.As(err, &refusal) {
		return judge(refusal).again
	}
	var lost *lostError
	return errors.As(err, &lost) && !lost.write && saidBy(err) == keyUnreachable
}

// verdict is what one refusal means.
type verdict struct {
	key      string // of the sentence
	reaction Reaction
	again    bool // a read may be tried again within the second
}

// judge finds the meaning of a refusal.
func judge(e *Error) verdict {
	switch {
	case e.Code == 0:
		return judgeStatus(e)
	case e.Code == codeInvalid:
		return judgeWords(strings.ToLower(e.Message))
	case (e.Code == codeTimedOut || e.Code == codeTimedOutBehind) && e.write:
		return verdict{keyOutcomeUnknown, UnknownOutcome, false}
	}
	for _, x := range exceptions {
		if slices.Contains(x.codes, e.Code) && x.in(e.Path) {
			return x.verdict
		}
	}
	if v, known := verdicts[e.Code]; known {
		return v
	}
	if overloaded(e.HTTP) {
		return verdict{keyBusy, Retry, true}
	}
	return verdict{keyRefused, AskPerson, false}
}

// judgeStatus judges an answer that is not the API's: a gateway's page, or a stranger's on the way.
func judgeStatus(e *Error) verdict {
	switch {
	case e.write && e.HTTP != 429:
		// A gateway may give up on a call that goes on behind it.
		return verdict{keyOutcomeUnknown, UnknownOutcome, false}
	case overloaded(e.HTTP):
		return verdict{keyBusy, Retry, true}
	case e.HTTP >= 500:
		return verdict{keyFailing, Retry, true}
	}
	return verdict{keyGarbled, AskPerson, false}
}

// judgeWords tells the meanings of 36009004 apart, which only the words of its message do (platform API 4.2).
func judgeWords(message string) verdict {
	for _, w := range []struct {
		word string
		verdict
	}{
		{"timestamp", verdict{keyClock, AskPerson, false}},
		{"app_key", verdict{"platform.app_key", AskPerson, false}},
		{"access_token", verdict{keyTokenInvalid, ReAuthorize, false}},
		{"access-token", verdict{keyTokenInvalid, ReAuthorize, false}},
		{"shop_cipher", verdict{"platform.wrong_shop", NotOurs, false}},
		{"shop_id", verdict{"platform.wrong_shop", NotOurs, false}},
	} {
		if strings.Contains(message, w.word) {
			return w.verdict
		}
	}
	return verdict{keyRefused, AskPerson, false}
}
