package order

import "testing"

// That the goods are packed is an answer only once they are, whatever ending the market gives the reason.
func TestAnswers(t *testing.T) {
	o := Owed{Reasons: []RejectReason{{Name: PackedReason}, {Name: PackedReason + "_uk"}, {Name: "agreed"}}}
	if open := o.Answers(false); len(open) != 2 || !open[0].Accept || open[1].Reason != "agreed" {
		t.Errorf("not packed: %+v", open)
	}
	packed := o.Answers(true)
	if len(packed) != 4 || !packed[1].SaysPacked() || !packed[2].SaysPacked() || packed[3].SaysPacked() {
		t.Errorf("packed: %+v", packed)
	}
}

// An answer takes the place of those that wait for a person, under the key that the journal knows.
func TestAnswerTakesThePlaceOfAParkedOne(t *testing.T) {
	k := Known{Parcel: Parcel{Key: "P1"}, Work: Work{Parcel: "o:1", Requests: []Request{
		{ID: "a", Kind: AnswerCancel, CancelID: "C", Parked: Say("platform.reject_reason")}, {ID: "b", Kind: AnswerCancel, CancelID: "D", Parked: Say("x")}, {ID: "c", Kind: Arrange},
	}}}
	events := k.Answer(Cancellation{ID: "C", OrderID: "1"}, BuyerAnswer{Reason: "r", Comment: "c"}, "new", noon)
	if len(events) != 2 || events[0].Kind != RequestDropped || events[0].Request.ID != "a" || events[1].Parcel != "o:1" || events[1].Request.Comment != "c" {
		t.Errorf("%+v", events)
	}
}
