package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

type encounterKey struct{}

// met is what the scenario does to the call a request makes.
func met(r *http.Request) *encounter {
	if e, is := r.Context().Value(encounterKey{}).(*encounter); is {
		return e
	}
	return &encounter{}
}

// ServeHTTP answers a request as the platform would, and as the scenario wants it.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := s.clock()
	e := &encounter{asked: askedBy(w, r)}
	s.mu.Lock()
	s.catchUp()
	e.shop = s.cipherOf(r.URL.Query().Get("shop_cipher"))
	s.count(e)
	s.meet(e)
	s.mu.Unlock()
	w.Header().Set("Date", began.Add(e.skew).UTC().Format(http.TimeFormat))
	r = r.WithContext(context.WithValue(r.Context(), encounterKey{}, e))
	if e.plain() && s.recorder == nil {
		s.mux.ServeHTTP(w, r)
		return
	}
	kept := &kept{header: w.Header()}
	switch {
	case e.unheard:
	case e.instead != nil:
		e.instead(kept)
	default:
		s.mux.ServeHTTP(kept, r)
		s.afterwards(e, kept)
	}
	e.wait(r.Context())
	s.writeDown(r, e, kept, began)
	if e.lose {
		panic(http.ErrAbortHandler) // closes the connection without an answer
	}
	kept.send(w, e)
}

// plain tells whether the answer may go out as it is made.
func (e *encounter) plain() bool {
	return e.instead == nil && !e.garbage && !e.cut && !e.lose && e.slow == 0 && len(e.rewrites) == 0 && len(e.then) == 0
}

// afterwards rewrites an answer and lets happen what comes after the call.
func (s *Sandbox) afterwards(e *encounter, k *kept) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calm { // since the call came
		return
	}
	if len(e.rewrites) > 0 {
		k.rewrite(e)
	}
	for _, f := range e.then {
		s.act(f, e)
	}
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

// kept is an answer that has not been sent.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *kept) Header() http.Header { return k.header }

func (k *kept) WriteHeader(status int) {
	if k.status == 0 {
		k.status = status
	}
}

func (k *kept) Write(part []byte) (int, error) {
	k.WriteHeader(http.StatusOK)
	return k.body.Write(part)
}

// rewrite changes the data of an answer that has some.
func (k *kept) rewrite(e *encounter) {
	answer, err := readObject(k.body.Bytes())
	if err != nil || answer.number("code") != 0 || len(answer.child("data")) == 0 {
		return
	}
	for _, change := range e.rewrites {
		change(answer.child("data"))
	}
	if raw, err := answer.write(); err == nil {
		k.body.Reset()
		k.body.Write(raw)
	}
}

// send sends an answer, or what the scenario leaves of it.
func (k *kept) send(w http.ResponseWriter, e *encounter) {
	body := k.body.Bytes()
	if e.garbage {
		body = []byte("\x00\x1f\x8b<\"code\":0,,data:{]")
	}
	if e.cut { // the server closes a connection on which less came than was announced
		w.Header().Set("Content-Length", strconv.Itoa(max(2, len(body))))
		body = body[:len(body)/2]
	}
	w.WriteHeader(max(http.StatusOK, k.status))
	// The only way to fail is a client that has gone.
	_, _ = w.Write(body)
}

// carryOut lets an endpoint serve a call, without the packages of a batch that are to fail.
func (e *encounter) carryOut(to endpoint, c call) (any, *refusal) {
	if e.failing == nil {
		return to.serve(c)
	}
	body, failed, err := e.failing.takeOut(c.body)
	if err != nil || len(failed) == 0 {
		return to.serve(c)
	}
	c.body = body
	data, refused := any(object{}), (*refusal)(nil)
	if body != nil {
		data, refused = to.serve(c)
	}
	if refused != nil {
		return nil, refused
	}
	raw, err := json.Marshal(data)
	if err != nil {
		return nil, refuse(36009003, "Internal error.")
	}
	answer, err := readObject(raw)
	if err != nil {
		return nil, refuse(36009003, "Internal error.")
	}
	errors, _ := answer["errors"].([]any)
	for _, id := range failed {
		errors = append(errors, object{
			"code": e.failing.Code, "message": e.failing.message(), "detail": object{"package_id": id},
		})
	}
	answer["errors"] = errors
	return answer, nil
}

func (f *running) message() string {
	if f.Message != "" {
		return f.Message
	}
	return "A planned failure."
}

// takeOut takes the packages that are to fail out of a batch. The rest is nil where nothing is left.
func (f *running) takeOut(batch []byte) (rest []byte, failed []string, err error) {
	body, err := readObject(batch)
	if err != nil {
		return nil, nil, err
	}
	items, _ := body["packages"].([]any)
	count := f.Count
	if count == 0 && len(f.Packages) == 0 {
		count = len(items)
	}
	var left []any
	for _, item := range items {
		p, _ := asObject(item)
		if slices.Contains(f.Packages, p.id()) || len(f.Packages) == 0 && len(failed) < count {
			failed = append(failed, p.id())
			continue
		}
		left = append(left, item)
	}
	if len(left) == 0 {
		return nil, failed, nil
	}
	body["packages"] = left
	rest, err = body.write()
	return rest, failed, err
}

// cipherOf is the id of the shop whose cipher this is, empty for none.
func (s *Sandbox) cipherOf(cipher string) string {
	for _, known := range s.shops {
		if known.Cipher == cipher && cipher != "" {
			return known.ID
		}
	}
	return ""
}
