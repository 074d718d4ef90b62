package sandbox

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// encounter is what a scenario does to one call.
type encounter struct {
	asked
	shop     string // whose cipher the call carries
	endpoint string // method and path as Sandbox.Calls has them, once the call is let in
	names    []string
	skew     time.Duration
	slow     time.Duration
	instead  func(http.ResponseWriter) // answers without carrying the call out
	garbage  bool
	cut      bool
	lose     bool     // closes the connection instead of answering
	unheard  bool     // does not carry the call out either
	failing  *running // lets packages of a batch fail
	rewrites []func(object)
	then     []*running // acts when the call has been carried out
}

// asked is a request as entries look at it.
type asked struct {
	method, path, ids, page string
	body                    []byte
	unread                  error // why the body could not be read
}

func askedBy(w http.ResponseWriter, r *http.Request) asked {
	query := r.URL.Query()
	a := asked{method: r.Method, path: r.URL.Path, ids: query.Get("ids") + query.Get("order_ids"), page: query.Get("page_token")}
	a.body, a.unread = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	return a
}

// touches tells whether a call names one of these ids.
func (a asked) touches(ids []string) bool {
	text := a.path + " " + a.ids + " " + string(a.body)
	return slices.ContainsFunc(ids, func(id string) bool { return strings.Contains(text, id) })
}

type encounterKey struct{}

// met is what the scenario does to the call a request makes.
func met(r *http.Request) *encounter {
	if e, is := r.Context().Value(encounterKey{}).(*encounter); is {
		return e
	}
	return &encounter{}
}

// plain tells whether the answer may go out as it is made.
func (e *encounter) plain() bool {
	return e.instead == nil && !e.garbage && !e.cut && !e.lose && e.slow == 0 && len(e.rewrites) == 0 && len(e.then) == 0
}

// wait is how a slow answer is slow; a client that goes away ends it.
func (e *encounter) wait(ctx context.Context) {
	if e.slow <= 0 {
		return
	}
	timer := time.NewTimer(e.slow)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// parcelOf is the package that a call's path names, nil for none.
func (a asked) parcelOf(s *Sandbox) *parcel {
	for part := range strings.SplitSeq(a.path, "/") {
		if p := s.parcels[part]; p != nil {
			return p
		}
	}
	return nil
}

// orderID is the order that a call's path or list of ids names first, empty for none.
func (a asked) orderID(s *Sandbox) string {
	for part := range strings.FieldsFuncSeq(a.path+","+a.ids, func(r rune) bool { return r == '/' || r == ',' }) {
		if s.orders[part] != nil {
			return part
		}
	}
	return ""
}
