package cli

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/settings"
)

// Consent is what a person brings to connect a bench: the app's key and secret from Partner Center, and what the seller's consent gave.
type Consent struct {
	AppKey string
	// AppSecret may be empty where the bench has it already, for the same app.
	AppSecret string
	// Code is the code, or the whole address the browser was sent to (platform API 1.2).
	Code string
	// BaseURL and AuthURL are where the platform answers and gives tokens.
	BaseURL, AuthURL string
}

// Connected is what came of it.
type Connected struct {
	Grant platform.Grant
	Shops []order.Shop
	// Elsewhere tells why the secrets lie in the settings file and not in the keyring; nil where they lie where they should.
	Elsewhere error
}

// connectWithin bounds the exchange of a code. Its caller's end does not end it: the code would be gone and the tokens with it.
const connectWithin = 30 * time.Second

// Connect exchanges a consent for tokens and stores them; whatever goes wrong before changes nothing. The shops are read afterwards: where that
// fails, the bench is connected all the same, and the error is login.no_shops beside a Connected that holds the grant.
//
// It fails with login.no_code, login.denied, login.not_kept, and the platform's own problems.
func (b *Bench) Connect(ctx context.Context, c Consent) (Connected, error) {
	code, err := codeIn(c.Code)
	if err != nil {
		return Connected{}, err
	}
	if c.AppSecret == "" && c.AppKey == b.Settings.Platform.AppKey {
		stored := b.Settings.Platform
		if err := settings.Unlock(b.dir, &stored); err != nil {
			return Connected{}, err
		}
		c.AppSecret = stored.AppSecret
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), connectWithin)
	defer cancel()
	grant, err := platform.Authorize(ctx, platform.Config{
		BaseURL: c.BaseURL, AuthURL: c.AuthURL, AppKey: c.AppKey, AppSecret: c.AppSecret,
		HTTP: &http.Client{Timeout: connectWithin}, Now: b.now,
	}, code)
	if err != nil {
		return Connected{}, err
	}
	done := Connected{Grant: grant}
	if done.Elsewhere, err = b.keep(c, grant); err != nil {
		return Connected{}, order.Trouble(err, "login.not_kept")
	}
	b.Log.Info("connected", "seller", grant.SellerName, "region", grant.Region, "ends", grant.RefreshExpires, "missing_scopes", grant.Missing())
	if done.Shops, err = b.readShops(ctx); err != nil {
		return done, order.Trouble(err, "login.no_shops", "reason", order.AsProblem(err).Said)
	}
	return done, nil
}

// keep stores a new authorization: in the keyring, unless the settings say file.
func (b *Bench) keep(c Consent, grant platform.Grant) (elsewhere, err error) {
	var kept settings.Settings
	elsewhere, err = settings.UpdateSecrets(b.dir, func(s *settings.Settings) error {
		p := &s.Platform
		if p.SecretsIn != settings.InFile {
			p.SecretsIn = settings.InKeyring
		}
		if c.BaseURL == settings.LiveAPI && p.BaseURL != settings.LiveAPI { // a simulated shop's pace is not for a live one
			calm := settings.Default().Platform
			p.ReadsPerSecond, p.WritesPerSecond = calm.ReadsPerSecond, calm.WritesPerSecond
		}
		p.BaseURL, p.AuthURL, p.AppKey, p.AppSecret, p.SellerName = c.BaseURL, c.AuthURL, c.AppKey, c.AppSecret, grant.SellerName
		p.AccessToken, p.RefreshToken = grant.Access, grant.Refresh
		p.AccessExpires, p.RefreshExpires, p.AuthorizedAt = grant.AccessExpires, grant.RefreshExpires, b.now().UTC().Truncate(time.Second)
		kept = *s // with the secrets in it
		return nil
	})
	if err != nil {
		return nil, err
	}
	if elsewhere != nil {
		kept.Platform.SecretsIn = settings.InFile
	}
	b.Settings = kept
	return elsewhere, nil
}

// readShops asks which shops the authorization is for, and notes them.
func (b *Bench) readShops(ctx context.Context) ([]order.Shop, error) {
	client, err := b.client(b.Settings.Platform)
	if err != nil {
		return nil, err
	}
	shops, err := client.Shops(ctx)
	if err != nil {
		return nil, err
	}
	if len(shops) == 0 {
		return nil, order.Trouble(nil, "mirror.no_shops")
	}
	return shops, b.Store.SaveShops(shops)
}

// codeIn takes the code out of what a person pasted: the code itself, or the address with code=… in it (platform API 1.2).
func codeIn(pasted string) (string, error) {
	pasted = strings.TrimSpace(pasted)
	query := pasted
	if at, err := url.Parse(pasted); err == nil && at.Scheme != "" {
		query = at.RawQuery
	} else if _, after, found := strings.Cut(pasted, "?"); found {
		query = after
	}
	if !strings.Contains(query, "code=") && !strings.Contains(query, "error=") && query == pasted {
		return bareCode(pasted)
	}
	values, err := url.ParseQuery(query)
	switch {
	case err != nil:
		return "", order.Trouble(nil, "login.no_code") // the error repeats what was pasted
	case values.Get("error") != "":
		return "", order.Trouble(nil, "login.denied")
	}
	return bareCode(values.Get("code"))
}

func bareCode(code string) (string, error) {
	if code == "" || code == "null" || strings.ContainsAny(code, " \t\r\n") {
		return "", order.Trouble(nil, "login.no_code")
	}
	return code, nil
}
