package platform

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"

	"packbench/internal/order"
)

// maxAnswer bounds an answer of the API; a page of 100 orders of six lines is under 1 MiB.
const maxAnswer = 32 << 20

// request is one call of the API.
type request struct {
	method string
	path   string
	shop   *order.Shop // nil for calls that must not carry a shop_cipher (platform API 1.6)
	query  url.Values  // what the endpoint itself asks for, decoded
	body   any         // nil: none
	write  bool        // changes something at the platform: never sent twice by itself
	id     *string     // where the answer's request_id goes; nil is nowhere
}

// garbled is the problem of an answer that opened and holds something other than what was asked for. Of a write nobody knows
// then what came of it.
func (r request) garbled(what string) error {
	e := &Error{HTTP: http.StatusOK, Path: r.path, Message: what, write: r.write}
	if r.write {
		return e.problem(0)
	}
	return order.Trouble(e, keyGarbled)
}

// call sends a request and decodes the answer's data into the value that into points to, nil to ignore it.
// It is the only way to the API. Reads that may be tried again are, within the client's patience.
func (c *Client) call(ctx context.Context, r request, into any) error {
	var body []byte
	if r.body != nil {
		var err error
		// Serialized once: the bytes that are signed are the bytes that are sent, on every try.
		if body, err = json.Marshal(r.body); err != nil {
			return order.Trouble(err, keyRefused, "code", 0)
		}
	}
	data, err := c.persist(ctx, !r.write, r.path, func() ([]byte, error) { return c.once(ctx, r, body) })
	if err != nil || into == nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return r.garbled("data is not what was asked for")
	}
	return nil
}

// persist tries a fetch again while that may help. What it returns is an *order.Problem.
func (c *Client) persist(ctx context.Context, again bool, path string, fetch func() ([]byte, error)) ([]byte, error) {
	if !again {
		return fetch()
	}
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval, waits.Multiplier = c.patience.First, 2
	data, err := backoff.Retry(ctx, func() ([]byte, error) {
		data, err := fetch()
		if err == nil || mayTryAgain(err) {
			return data, err
		}
		return nil, backoff.Permanent(err)
	}, backoff.WithBackOff(waits), backoff.WithMaxTries(c.patience.Tries), backoff.WithMaxElapsedTime(c.patience.Within))
	if err == nil {
		return data, nil
	}
	var problem *order.Problem
	if errors.As(err, &problem) {
		return nil, problem
	}
	return nil, interrupted(ctx, path) // the context ended between two tries
}

// once sends a request once, and once more where the platform refused it for its clock or for its token: such a request was
// stopped before anything was done with it (platform API 7), so that a write may be repeated too.
func (c *Client) once(ctx context.Context, r request, body []byte) ([]byte, error) {
	shopID := ""
	if r.shop != nil {
		shopID = r.shop.ID
	}
	corrected, renewed := false, false
	for {
		if err := c.takeTurn(ctx, shopID, r.write); err != nil {
			return nil, interrupted(ctx, r.path)
		}
		token, err := c.tokens.access(ctx)
		if err != nil {
			return nil, err
		}
		answer, err := c.send(ctx, r, body, token, func() { _ = c.takeTurn(ctx, shopID, r.write) }) // a context that is done ends the request anyway
		if err != nil {
			return nil, err
		}
		data, refusal := c.read(r, answer)
		told := c.clock.hear(answer, refusal)
		if refusal == nil {
			return data, nil
		}
		switch key := judge(refusal).key; {
		case key == keyClock && !corrected && told:
			corrected = true
			continue
		case (key == keyTokenExpired || key == keyTokenInvalid) && !renewed:
			// A refresh may end the old token at once, so that a call on its way with that one is told it is invalid.
			if renewed, err = c.tokens.renew(ctx, token, key == keyTokenExpired); err != nil {
				return nil, err
			}
			if renewed {
				continue
			}
		}
		return nil, refusal.problem(answer.retryAfter())
	}
}

// takeTurn waits until the shop's rate allows another call. It fails only where ctx ends first.
func (c *Client) takeTurn(ctx context.Context, shopID string, write bool) error {
	if limiter := c.limiter(shopID, write); limiter != nil {
		return limiter.Wait(ctx)
	}
	return nil
}

// answer is what came back, read to its end.
type answer struct {
	status           int
	header           http.Header
	body             []byte
	sentAt, answered time.Time // by this computer's clock
}

// send signs and sends a request and reads the answer. Its error is an *order.Problem that knows whether anything
// may have reached the platform. Before net/http sends it a second time by itself, again is called.
func (c *Client) send(ctx context.Context, r request, body []byte, token string, again func()) (answer, error) {
	lost := &lostError{path: r.path, write: r.write}
	httpRequest, err := http.NewRequestWithContext(ctx, r.method, c.address(r, body, c.now()), bytes.NewReader(body))
	if err != nil {
		return answer{}, lost.because(ctx, err)
	}
	httpRequest.Header.Set("x-tts-access-token", token)
	httpRequest.Header.Set("Content-Type", "application/json")
	return c.exchange(httpRequest, lost, again)
}

// exchange sends a request and reads the answer; lost becomes its error where there is none. A read whose connection the server closed while it
// rested is sent once more by net/http itself, on another connection; again is called before, so that such a call keeps to the rate too.
func (c *Client) exchange(r *http.Request, lost *lostError, again func()) (answer, error) {
	ctx := r.Context()
	var connected atomic.Bool
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) {
			if connected.Swap(true) {
				again()
			}
		},
	})
	sentAt := c.now()
	response, err := c.api.Do(r.WithContext(traced))
	if err != nil {
		// Without a connection, a finished TLS handshake included, not one byte of the request has left.
		lost.sent = connected.Load()
		return answer{}, lost.because(ctx, err)
	}
	defer response.Body.Close()
	lost.sent = true
	text, err := readAtMost(response.Body, maxAnswer)
	if err != nil {
		return answer{}, lost.because(ctx, err)
	}
	return answer{status: response.StatusCode, header: response.Header, body: text, sentAt: sentAt, answered: c.now()}, nil
}

// address is the request's full address with its fresh time stamp and signature (platform API 1.6, 2.1).
func (c *Client) address(r request, body []byte, now time.Time) string {
	query := url.Values{}
	for name, values := range r.query {
		query[name] = values
	}
	query.Set("app_key", c.appKey)
	query.Set("timestamp", strconv.FormatInt(now.Add(c.clock.ahead()).Unix(), 10))
	if r.shop != nil {
		query.Set("shop_cipher", r.shop.Cipher)
	}
	query.Set("sign", Sign(c.secret, r.path, query, body))
	address := *c.base
	address.Path = r.path
	address.RawQuery = query.Encode()
	return address.String()
}

// retryAfter is the wait the platform asked for, 0 for none. It is not documented; where it comes it is kept
// (platform API 4.4).
func (a answer) retryAfter() time.Duration {
	text := a.header.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil && seconds > 0 {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil && at.After(a.answered) {
		return at.Sub(a.answered)
	}
	return 0
}

var errTooLarge = errors.New("answer larger than allowed")

// readAtMost reads all, and fails rather than cutting off what is longer than limit bytes.
func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(text)) > limit {
		return nil, errTooLarge
	}
	return text, nil
}
