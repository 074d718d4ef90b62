package order

import (
	"testing"
	"time"
)

func after(w Work, events ...Event) Work {
	for i, e := range events {
		e.At = noon.Add(time.Duration(i) * time.Second)
		e.Parcel = "P1"
		w = w.After(e)
	}
	return w
}

func made(id string, kind RequestKind) Event {
	return Event{Kind: RequestMade, Request: Request{ID: id, Kind: kind}}
}

func about(kind EventKind, id string) Event { return Event{Kind: kind, Request: Request{ID: id}} }

func TestLifeOfARequest(t *testing.T) {
	w := after(Work{}, made("a", Arrange), made("b", FetchLabel))
	if len(w.Requests) != 2 || !w.Outgoing() || !w.Requests[0].Waits(noon) || !w.Requests[0].MadeAt.Equal(noon) {
		t.Fatalf("%+v", w.Requests)
	}
	w = after(w, about(RequestTried, "a"))
	if r := w.Requests[0]; r.Tries != 1 || !r.Unanswered || !r.TriedAt.Equal(noon) {
		t.Errorf("tried: %+v", r)
	}
	later := Event{Kind: RequestDelayed, Request: Request{ID: "a", NotBefore: noon.Add(time.Minute), Unanswered: true}}
	w = after(w, later)
	if r := w.Requests[0]; !r.Unanswered || r.Waits(noon) || !r.Waits(noon.Add(time.Minute)) {
		t.Errorf("nobody knows: %+v", r)
	}
	parked := Event{Kind: RequestParked, Request: Request{ID: "a", Parked: Say("platform.frozen")}}
	w = after(w, parked)
	if r := w.Requests[0]; r.Waits(noon.Add(time.Hour)) || r.Unanswered {
		t.Errorf("parked: %+v", r)
	}
	if r := after(w, about(RequestResumed, "a")).Requests[0]; !r.Waits(noon) || r.Tries != 0 {
		t.Errorf("resumed: %+v", r)
	}
	if left := after(w, about(RequestDropped, "a")).Requests; len(left) != 1 || left[0].ID != "b" {
		t.Errorf("dropped: %+v", left)
	}
	if w.Requests[0].Parked.Key == "" {
		t.Error("what came of a work changed the work before")
	}
}

// What the bench itself does ends a request for the same.
func TestBenchDoesWhatWasRequested(t *testing.T) {
	w := after(Work{}, made("a", Arrange), made("b", FetchLabel), made("c", AnswerCancel))
	w = after(w, Event{Kind: ShipArranged})
	if len(w.Requests) != 2 || w.Requests[0].Kind != FetchLabel {
		t.Errorf("%+v", w.Requests)
	}
	w = after(w, Event{Kind: DocumentKept, Document: "d", Version: "v"}, about(RequestDone, "c"))
	if len(w.Requests) != 0 || w.DocumentVersion != "v" {
		t.Errorf("%+v", w)
	}
	if w = after(w, about(RequestTried, "gone")); len(w.Requests) != 0 {
		t.Errorf("a request came back: %+v", w.Requests)
	}
}
