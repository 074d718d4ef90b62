package cli

import (
	"log/slog"
	"sync"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/settings"
)

// tokenFile keeps a client's tokens in the bench's settings.
type tokenFile struct {
	dir string
	log *slog.Logger

	mu   sync.Mutex
	held settings.Platform // the authorization the client goes on from, as the file holds it
}

// keep writes a new pair of tokens over the pair it came from. Where somebody has meanwhile entered another authorization, theirs stays: it
// is the newer wish, and the next start goes on with it.
func (f *tokenFile) keep(pair platform.Tokens) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	kept := f.held
	kept.AccessToken, kept.RefreshToken = pair.Access, pair.Refresh
	kept.AccessExpires, kept.RefreshExpires = pair.AccessExpires, pair.RefreshExpires
	theirs := false
	err := settings.Update(f.dir, func(s *settings.Settings) error {
		if p := s.Platform; p.AppKey != f.held.AppKey || p.RefreshToken != f.held.RefreshToken {
			theirs = true
			return nil
		}
		s.Platform.AccessToken, s.Platform.RefreshToken = kept.AccessToken, kept.RefreshToken
		s.Platform.AccessExpires, s.Platform.RefreshExpires = kept.AccessExpires, kept.RefreshExpires
		return nil
	})
	switch {
	case err != nil:
		return err
	case theirs:
		f.log.Warn("new tokens left in memory: the settings hold another authorization")
		return nil
	}
	f.held = kept
	f.log.Info("tokens renewed", "access_expires", kept.AccessExpires, "refresh_expires", kept.RefreshExpires)
	return nil
}

// report logs what went wrong with the tokens without ending a call.
func (f *tokenFile) report(err error) {
	f.log.Error("tokens", "problem", order.AsProblem(err).Error())
}
