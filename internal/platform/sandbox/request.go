package sandbox

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
)

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

// cipherOf is the id of the shop whose cipher this is, empty for none.
func (s *Sandbox) cipherOf(cipher string) string {
	for _, known := range s.shops {
		if known.Cipher == cipher && cipher != "" {
			return known.ID
		}
	}
	return ""
}
