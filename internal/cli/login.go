package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"packbench/internal/order"
	"packbench/internal/settings"
)

// Login connects the bench to a seller's shops.
type Login struct {
	AppKey      string `placeholder:"KEY" help:"The app's key, from Partner Center."`
	SecretFile  string `placeholder:"FILE" help:"A file with the app's secret; otherwise it is asked for. It is never a flag: other users see those."`
	Code        string `placeholder:"CODE" help:"What the seller's consent gave: the code, or the whole address the browser was sent to. Good once, for 30 minutes."`
	APIURL      string `name:"api-url" placeholder:"URL" help:"Where the platform answers (default: the live one)."`
	AuthURL     string `name:"auth-url" placeholder:"URL" help:"Where the platform gives tokens (default: the live one)."`
	Credentials string `placeholder:"FILE" help:"JSON with app_key, app_secret and auth_code, and maybe base_url and auth_url, as sandbox --credentials writes it."`
}

// credentials are what a file may bring in place of flags and prompts.
type credentials struct {
	AppKey    string `json:"app_key"`
	AppSecret string `json:"app_secret"`
	AuthCode  string `json:"auth_code"`
	BaseURL   string `json:"base_url"`
	AuthURL   string `json:"auth_url"`
}

// Run ends with ErrNeedsPerson where the app lacks permissions.
func (v *Login) Run(e *Environment) (err error) {
	bench, err := OpenBench(e) // a code is good once: whoever else has the folder open is found out first
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	consent, err := v.consent(e)
	if err != nil {
		return err
	}
	done, err := bench.Connect(e.Context, consent)
	if done.Grant.Access == "" {
		return err
	}
	if told := v.tell(e, done); err == nil {
		return told
	}
	return err
}

// tell says what the bench is connected to now.
func (v *Login) tell(e *Environment, done Connected) error {
	say := e.Tongue.Text
	fmt.Fprintln(e.Stdout, say("login.connected", "seller", done.Grant.SellerName, "region", done.Grant.Region))
	for _, shop := range done.Shops {
		fmt.Fprintln(e.Stdout, say("login.shop", "name", shop.Name, "market", string(shop.Market), "id", shop.ID))
	}
	if end := done.Grant.RefreshExpires; !end.IsZero() {
		days := order.ConsentAt(e.Now(), end).Days
		fmt.Fprintln(e.Stdout, say("login.until", "day", Day(end), "count", days))
	}
	if done.Elsewhere != nil {
		fmt.Fprintln(e.Stderr, say("login.in_file", "file", settings.FileName))
	}
	if missing := done.Grant.Missing(); len(missing) > 0 {
		fmt.Fprintln(e.Stderr, say("login.missing_scopes", "scopes", strings.Join(missing, ", ")))
		return ErrNeedsPerson
	}
	return nil
}

// Day is the day of a moment where the program runs, as all countries read it.
func Day(t time.Time) string { return t.Local().Format(time.DateOnly) }

// consent collects what is needed: flags before the file, the file before questions.
func (v *Login) consent(e *Environment) (Consent, error) {
	file, err := v.readCredentials()
	if err != nil {
		return Consent{}, err
	}
	secret, err := v.readSecret()
	if err != nil {
		return Consent{}, err
	}
	c := Consent{
		AppKey: first(v.AppKey, file.AppKey), AppSecret: first(secret, file.AppSecret), Code: first(v.Code, file.AuthCode),
		BaseURL: first(v.APIURL, file.BaseURL, settings.LiveAPI), AuthURL: first(v.AuthURL, file.AuthURL, settings.LiveAuth),
	}
	from := newAsker(e)
	for _, missing := range []struct {
		key    string
		value  *string
		secret bool
	}{{"login.ask.app_key", &c.AppKey, false}, {"login.ask.app_secret", &c.AppSecret, true}, {"login.ask.code", &c.Code, false}} {
		if *missing.value != "" {
			continue
		}
		if *missing.value, err = from.ask(missing.key, missing.secret); err != nil {
			return Consent{}, err
		}
	}
	return c, nil
}

// first is the first text that says something.
func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

func (v *Login) readCredentials() (credentials, error) {
	var c credentials
	if v.Credentials == "" {
		return c, nil
	}
	text, err := os.ReadFile(v.Credentials)
	if err != nil {
		return c, order.Trouble(err, "login.unreadable", "file", v.Credentials)
	}
	if json.Unmarshal(text, &c) != nil { // the decoder's words may repeat what it read
		return c, order.Trouble(errors.New("no JSON object of words"), "login.unreadable", "file", v.Credentials)
	}
	return c, nil
}

func (v *Login) readSecret() (string, error) {
	if v.SecretFile == "" {
		return "", nil
	}
	text, err := os.ReadFile(v.SecretFile)
	if err != nil {
		return "", order.Trouble(err, "login.unreadable", "file", v.SecretFile)
	}
	return strings.TrimSpace(string(text)), nil
}

// asker asks a person at a terminal, or takes line after line of what comes in.
type asker struct {
	e        *Environment
	lines    *bufio.Reader
	terminal int // its file descriptor; -1 where nobody is there to be asked
}

func newAsker(e *Environment) *asker {
	a := &asker{e: e, lines: bufio.NewReader(e.Stdin), terminal: -1}
	if file, ok := e.Stdin.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		a.terminal = int(file.Fd())
	}
	return a
}

// ask gives one answer. A secret is not shown while it is typed. Where the answers end it fails with login.missing.
func (a *asker) ask(key string, secret bool) (string, error) {
	if a.terminal >= 0 {
		fmt.Fprint(a.e.Stderr, a.e.Tongue.Text(key), ": ")
	}
	if a.terminal >= 0 && secret {
		typed, err := term.ReadPassword(a.terminal)
		fmt.Fprintln(a.e.Stderr)
		return a.answer(key, string(typed), err)
	}
	line, err := a.lines.ReadString('\n')
	return a.answer(key, line, err)
}

func (a *asker) answer(key, text string, err error) (string, error) {
	if text = strings.TrimSpace(text); text != "" {
		return text, nil
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return "", order.Trouble(err, "login.missing", "what", order.Say(key))
}
