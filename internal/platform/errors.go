package platform

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"

	"packbench/internal/order"
)

// Error is a refusal of the platform. It holds no secret and no query.
type Error struct {
	Code      int    // platform API 3.6, 3.7, 4.2; 0 where the answer was not the API's
	HTTP      int    // the answer's HTTP status
	Message   string // the platform's words, shortened
	RequestID string // what the platform's support asks for; may be empty
	Path      string // of the call, without its query
	write     bool
}

// Error is for logs.
func (e *Error) Error() string {
	return fmt.Sprintf("%s: code %d, HTTP %d, %q, request %s", e.Path, e.Code, e.HTTP, e.Message, e.RequestID)
}

// problem is the refusal as a person sees it. after is the wait the platform asked for, 0 for none.
func (e *Error) problem(after time.Duration) *order.Problem {
	var cause error = e
	if after > 0 {
		cause = &askedToWait{refusal: e, wait: &backoff.RetryAfterError{Duration: after}}
	}
	return order.Trouble(cause, judge(e).key, "code", e.Code, "request", e.RequestID)
}

// askedToWait is a refusal that names the wait, in the form in which the back-off reads it.
type askedToWait struct {
	refusal *Error
	wait    *backoff.RetryAfterError
}

// Error is for logs.
func (a *askedToWait) Error() string { return a.refusal.Error() + ", " + a.wait.Error() }

// Unwrap gives both.
func (a *askedToWait) Unwrap() []error { return []error{a.refusal, a.wait} }

// RetryAfter is the wait the platform asked for with a refusal (platform API 4.4), 0 where it named none.
func RetryAfter(err error) time.Duration {
	var asked *backoff.RetryAfterError
	if errors.As(err, &asked) {
		return asked.Duration
	}
	return 0
}

// lostError is a call that got no answer.
type lostError struct {
	path  string
	write bool
	sent  bool // something may have reached the platform
	cause error
}

// Error is for logs.
func (l *lostError) Error() string { return l.path + ": " + l.cause.Error() }

// Unwrap gives what the network, or the context, said.
func (l *lostError) Unwrap() error { return l.cause }

// Unseen is the problem of a write that was done, where what it made could not be read for a cause. Its reaction is UnknownOutcome, whatever the cause's is.
func Unseen(cause error) *order.Problem {
	return order.Trouble(&lostError{path: "what was made", write: true, sent: true, cause: errors.New(cause.Error())}, keyOutcomeUnknown)
}

// because makes the problem of a call that err ended. A context that is done wins over what the transport made of it.
func (l *lostError) because(ctx context.Context, err error) *order.Problem {
	l.cause = withoutAddress(err)
	if ctx.Err() != nil {
		l.cause = context.Cause(ctx)
	}
	switch {
	case l.write && l.sent:
		return order.Trouble(l, keyOutcomeUnknown)
	case ctx.Err() != nil:
		return order.Trouble(l, keyInterrupted)
	case errors.Is(err, errTooLarge):
		return order.Trouble(l, keyGarbled)
	}
	return order.Trouble(l, keyUnreachable)
}

// interrupted is the problem of a call whose context ended before it was sent, or between two tries.
// A deadline too near to be met is a deadline passed.
func interrupted(ctx context.Context, path string) *order.Problem {
	cause := context.Cause(ctx)
	if cause == nil {
		cause = context.DeadlineExceeded
	}
	return order.Trouble(&lostError{path: path, cause: cause}, keyInterrupted)
}

// withoutAddress strips the address that net/http writes into its errors: it holds the signature and the cipher, and a
// document's address is all it takes to read the label (platform API 3.7).
func withoutAddress(err error) error {
	var withURL *url.Error
	for errors.As(err, &withURL) {
		err = withURL.Err
	}
	if strings.Contains(err.Error(), "://") || strings.Contains(err.Error(), "?") {
		return errors.New("the answer cannot be followed")
	}
	return err
}
