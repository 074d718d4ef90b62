package settings

import (
	"errors"
	"path/filepath"

	"packbench/internal/order"
)

// Where the secrets of a bench may lie.
const (
	InKeyring = "keyring" // of the computer's user
	InFile    = "file"    // the settings file, mode 0600
)

// Secrets are what lets a program act for the seller (platform API 1.3, 1.4). They are stored as one: a refresh token without its access
// token, or the other way round, may lock the seller out.
type Secrets struct {
	AppSecret    string `json:"app_secret"`
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	// Mail is the mail server's password, in an entry of its own: see MailPassword.
	Mail string `json:"mail,omitempty"`
}

func (p *Platform) secrets() Secrets {
	return Secrets{AppSecret: p.AppSecret, AccessToken: p.AccessToken, RefreshToken: p.RefreshToken}
}

func (p *Platform) hold(s Secrets) {
	p.AppSecret, p.AccessToken, p.RefreshToken = s.AppSecret, s.AccessToken, s.RefreshToken
}

// over are secrets with those of another place where these have none.
func (s Secrets) over(other Secrets) Secrets {
	for _, pair := range [][2]*string{{&s.AppSecret, &other.AppSecret}, {&s.AccessToken, &other.AccessToken}, {&s.RefreshToken, &other.RefreshToken}} {
		if *pair[0] == "" {
			*pair[0] = *pair[1]
		}
	}
	return s
}

// vault keeps secrets outside the settings file, each under a name.
type vault interface {
	// read gives the zero Secrets where none are kept under the name.
	read(name string) (Secrets, error)
	write(name string, s Secrets) error
	remove(name string) error
}

// entry is the name of a bench's secrets: its folder and the app they are of.
func entry(dir, appKey string) (string, error) {
	whole, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(whole); err == nil { // a folder that is not made yet has no links in it
		whole = real
	}
	return whole + " " + appKey, nil
}

// Unlock fills in what lies in the keyring. What a person wrote into the file all the same counts more. Where the keyring does not answer, it
// fails with settings.keyring; settings whose secrets lie in the file are left as they are.
func Unlock(dir string, p *Platform) error { return unlock(keyring(), dir, p) }

func unlock(v vault, dir string, p *Platform) error {
	if held := p.secrets(); p.SecretsIn != InKeyring || held.AppSecret != "" && held.AccessToken != "" && held.RefreshToken != "" {
		return nil
	}
	name, err := entry(dir, p.AppKey)
	if err != nil {
		return order.Trouble(err, "settings.keyring")
	}
	kept, err := v.read(name)
	if err != nil {
		return order.Trouble(err, "settings.keyring")
	}
	p.hold(p.secrets().over(kept))
	return nil
}

// UpdateSecrets is Update for changes of secrets: change sees and sets all of them, wherever they lie. They are put where SecretsIn says after
// the change, the keyring first, so that the file never tells of an authorization whose secrets are nowhere.
//
// Where the keyring does not serve, the secrets go into the file, SecretsIn says so from then on, and elsewhere tells why. A change
// before which the keyring could not be read sees the file's secrets alone.
func UpdateSecrets(dir string, change func(*Settings) error) (elsewhere, err error) {
	return updateSecrets(keyring(), dir, change)
}

func updateSecrets(v vault, dir string, change func(*Settings) error) (elsewhere, err error) {
	err = Update(dir, func(s *Settings) error {
		was := s.Platform
		silent := unlock(v, dir, &s.Platform)
		if err := change(s); err != nil {
			return err
		}
		if s.Platform.SecretsIn != InKeyring {
			return nil
		}
		if elsewhere = silent; elsewhere == nil {
			elsewhere = lock(v, dir, &s.Platform)
		}
		if elsewhere != nil {
			s.Platform.SecretsIn = InFile
			return nil
		}
		if was.SecretsIn == InKeyring && was.AppKey != s.Platform.AppKey {
			forget(v, dir, was.AppKey)
		}
		return nil
	})
	return elsewhere, err
}

// lock puts the secrets into the keyring, and out of what is written into the file. It reads them back: a keyring may say yes and keep
// nothing.
func lock(v vault, dir string, p *Platform) error {
	name, err := entry(dir, p.AppKey)
	if err != nil {
		return order.Trouble(err, "settings.keyring")
	}
	if err := v.write(name, p.secrets()); err != nil {
		return order.Trouble(err, "settings.keyring")
	}
	kept, err := v.read(name)
	if err == nil && kept != p.secrets() {
		err = errors.New("the keyring gave back something else")
	}
	if err != nil {
		return order.Trouble(err, "settings.keyring")
	}
	p.hold(Secrets{})
	return nil
}

// forget takes another app's secrets out of the keyring. Where that fails they are of no use to anybody here: no reason to fail.
func forget(v vault, dir, appKey string) {
	if name, err := entry(dir, appKey); err == nil {
		_ = v.remove(name)
	}
}
