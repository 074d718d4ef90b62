package platform

import (
	"context"
	"sync"
	"time"

	"packbench/internal/order"
)

// Tokens are what a seller's consent gave (platform API 1.3). The platform tells both ends as absolute times; a zero time
// is an end nobody has told. Access and Refresh belong together and are kept together.
type Tokens struct {
	Access, Refresh               string
	AccessExpires, RefreshExpires time.Time
}

const (
	// usualLife is the life of an access token whose beginning nobody has told (platform API 1.3: seven days).
	usualLife = 7 * 24 * time.Hour
	// renewAhead is the part of an access token's life in which a new one is asked for ahead of need: the last fifth
	// (platform API 1.3).
	renewAhead = 5
	// renewPause is the pause between two tries at what is not needed yet: renewing ahead, keeping what could not be kept.
	renewPause = time.Minute
	// renewWithin bounds one refresh, which its caller's context does not end.
	renewWithin = 20 * time.Second
)

// keeper is the only owner of a client's tokens. Whatever number of calls needs a new pair, one of them fetches it and the
// others wait: the platform may take a refresh token once only (platform API 6, point 23).
type keeper struct {
	refresh func(ctx context.Context, held Tokens) (Tokens, error) // nil: there is no way to renew
	keep    func(Tokens) error
	report  func(error)
	now     func() time.Time // the platform's time as far as it is known

	mu      sync.Mutex // guards what follows; never held while something is waited for
	held    Tokens
	renewAt time.Time // when the last fifth begins; zero where no end is known
	old     Tokens    // the pair before, whose words the platform may still repeat
	errand  *errand   // under way; nil otherwise
	unkept  bool      // held could not be kept
	notYet  time.Time // no try at what is not needed yet before this
	refused error     // the platform's last word about the refresh token; nil as long as there is none
}

// errand is one refresh, or one more try to keep its outcome, that others wait for.
type errand struct {
	done chan struct{}
	err  error // of the refresh; set before done is closed
}

func newKeeper(first Tokens, now func() time.Time) *keeper {
	k := &keeper{now: now, held: first, keep: func(Tokens) error { return nil }, report: func(error) {}}
	if !first.AccessExpires.IsZero() {
		k.renewAt = first.AccessExpires.Add(-usualLife / renewAhead)
	}
	return k
}

// access is the token to sign on with. It renews one that is near its end; a failure at that is only reported, since the
// token still serves, but for one: a new pair that could not be kept is told to the caller that fetched it.
func (k *keeper) access(ctx context.Context) (string, error) {
	k.mu.Lock()
	running, token := k.errand, k.held.Access
	if running != nil {
		k.mu.Unlock()
		return k.after(ctx, running)
	}
	now := k.now()
	keepAgain := k.unkept && !now.Before(k.notYet)
	ahead := k.nearEnd(now) && !now.Before(k.notYet)
	if !keepAgain && !ahead {
		k.mu.Unlock()
		return token, nil
	}
	mine := k.setOut()
	k.notYet = now.Add(renewPause)
	k.mu.Unlock()
	if keepAgain {
		k.keepOnce(mine)
		return k.token(), nil
	}
	renewed, err := k.fetch(ctx, mine)
	if err != nil && !renewed {
		k.report(err)
		return token, nil
	}
	return k.token(), err
}

// nearEnd tells whether the access token is in the last fifth of its life. Past its end there is no hurry: only the
// platform knows the time for certain, and says so with 105002; a computer whose clock is days ahead must not renew with
// every call.
func (k *keeper) nearEnd(now time.Time) bool {
	return k.mayRenew() && k.refused == nil && !k.renewAt.IsZero() && !now.Before(k.renewAt) && now.Before(k.held.AccessExpires)
}

func (k *keeper) mayRenew() bool { return k.refresh != nil && k.held.Refresh != "" }

// renew answers a refusal of a token. It tells whether there is another one by now, waiting for it or, where the token has
// expired, fetching it.
func (k *keeper) renew(ctx context.Context, refusedToken string, expired bool) (bool, error) {
	k.mu.Lock()
	for k.held.Access == refusedToken && k.errand != nil {
		running := k.errand
		k.mu.Unlock()
		if _, err := k.after(ctx, running); err != nil {
			return false, err
		}
		if running.err != nil {
			return false, running.err
		}
		k.mu.Lock() // that errand may have been another than a refresh
	}
	switch {
	case k.held.Access != refusedToken:
		k.mu.Unlock()
		return true, nil
	case !expired || !k.mayRenew():
		k.mu.Unlock()
		return false, nil
	case k.refused != nil: // asking again changes nothing, and a bench asks all day
		defer k.mu.Unlock()
		return false, k.refused
	}
	mine := k.setOut()
	k.mu.Unlock()
	return k.fetch(ctx, mine)
}

// setOut begins an errand. The caller holds the lock.
func (k *keeper) setOut() *errand {
	k.errand = &errand{done: make(chan struct{})}
	return k.errand
}

// comeBack ends an errand with what it brought.
func (k *keeper) comeBack(mine *errand, change func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	change()
	k.errand = nil
	close(mine.done)
}

// fetch gets a new pair and keeps it before anybody uses it. It tells whether there is a new one; an error beside true is
// that it could not be kept. A caller that is told to stop goes on to the end: a pair that was fetched and not kept may
// lock the seller out.
func (k *keeper) fetch(ctx context.Context, mine *errand) (bool, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), renewWithin)
	defer cancel()
	next, err := k.refresh(ctx, k.pair())
	if err != nil {
		k.comeBack(mine, func() {
			mine.err = err
			if ReactionTo(err) == ReAuthorize {
				k.refused = err
			}
		})
		return false, err
	}
	unkept := k.tryToKeep(next)
	k.comeBack(mine, func() {
		now := k.now()
		k.old, k.held, k.unkept, k.notYet = k.held, next, unkept != nil, now.Add(renewPause)
		k.renewAt = time.Time{}
		if life := next.AccessExpires.Sub(now); !next.AccessExpires.IsZero() && life > 0 {
			k.renewAt = next.AccessExpires.Add(-life / renewAhead)
		}
	})
	return true, unkept
}

// keepOnce tries once more to keep what could not be kept. The caller that fetched it has been told; this is only reported.
func (k *keeper) keepOnce(mine *errand) {
	unkept := k.tryToKeep(k.pair()) != nil
	k.comeBack(mine, func() { k.unkept = unkept })
}

func (k *keeper) tryToKeep(pair Tokens) error {
	err := k.keep(pair)
	if err == nil {
		return nil
	}
	problem := order.Trouble(err, "platform.token_not_kept")
	k.report(problem)
	return problem
}

// after waits for another's errand and gives the token there is then, old or new.
func (k *keeper) after(ctx context.Context, running *errand) (string, error) {
	select {
	case <-running.done:
		return k.token(), nil
	case <-ctx.Done():
		return "", interrupted(ctx, refreshPath)
	}
}

func (k *keeper) pair() Tokens {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.held
}

func (k *keeper) token() string { return k.pair().Access }

// secrets are the words no log may repeat.
func (k *keeper) secrets() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return []string{k.held.Access, k.held.Refresh, k.old.Access, k.old.Refresh}
}
