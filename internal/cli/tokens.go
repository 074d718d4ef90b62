package cli

import (
	"errors"
	"log/slog"
	"sync"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/settings"
)

// tokenFile keeps a client's tokens in the bench's settings, or in the keyring where those say so.
type tokenFile struct {
	dir string
	log *slog.Logger

	mu   sync.Mutex
	held settings.Platform // the authorization the client goes on from, as it is stored
}

// errTheirs tells that the settings hold another authorization than the one at hand.
var errTheirs = errors.New("the settings hold another authorization")

// keep writes a new pair of tokens over the pair it came from. Where somebody has meanwhile entered another authorization, theirs stays: it
// is the newer wish, and the next start goes on with it.
func (f *tokenFile) keep(pair platform.Tokens) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	kept := f.held
	kept.AccessToken, kept.RefreshToken = pair.Access, pair.Refresh
	kept.AccessExpires, kept.RefreshExpires = pair.AccessExpires, pair.RefreshExpires
	elsewhere, err := settings.UpdateSecrets(f.dir, func(s *settings.Settings) error {
		if f.theirs(s.Platform) {
			return errTheirs
		}
		s.Platform.AppSecret, s.Platform.AccessToken, s.Platform.RefreshToken = kept.AppSecret, kept.AccessToken, kept.RefreshToken
		s.Platform.AccessExpires, s.Platform.RefreshExpires = kept.AccessExpires, kept.RefreshExpires
		return nil
	})
	switch {
	case errors.Is(err, errTheirs):
		f.log.Warn("new tokens left in memory", "reason", err)
		return nil
	case err != nil:
		return err
	case elsewhere != nil:
		f.log.Warn("the secrets are in the settings file now", "problem", order.AsProblem(elsewhere).Error())
	}
	f.held = kept
	f.log.Info("tokens renewed", "access_expires", kept.AccessExpires, "refresh_expires", kept.RefreshExpires)
	return nil
}

// theirs tells whether stored settings are of another authorization. Where the keyring keeps the refresh token to itself, the tokens' ends
// tell, which stand in the file.
func (f *tokenFile) theirs(p settings.Platform) bool {
	if p.RefreshToken == "" {
		return p.AppKey != f.held.AppKey || !p.AccessExpires.Equal(f.held.AccessExpires)
	}
	return p.AppKey != f.held.AppKey || p.RefreshToken != f.held.RefreshToken
}

// report logs what the client says without ending a call.
func (f *tokenFile) report(err error) {
	f.log.Error("platform", "problem", order.AsProblem(err).Error())
}
