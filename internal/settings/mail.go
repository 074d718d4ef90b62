package settings

import (
	"errors"
	"net"
	"slices"
	"strings"
	"time"

	"packbench/internal/order"
)

// How the connection to a mail server is kept from others' eyes.
const (
	MailSTARTTLS = "starttls" // it begins in the clear and must go over to TLS (RFC 3207)
	MailTLS      = "tls"      // it is TLS from the start (RFC 8314)
	MailPlain    = "none"     // for a server on this computer
)

// Mail is the daily list of what is late, by mail. Without a host none is sent.
type Mail struct {
	Host string   `toml:"host,omitempty"`
	Port int      `toml:"port,omitzero"`  // 587 with starttls, 465 with tls, 25 with none
	TLS  string   `toml:"tls,omitempty"`  // starttls, tls or none; empty is starttls
	User string   `toml:"user,omitempty"` // empty: the server asks for none
	From string   `toml:"from,omitempty"` // empty: User
	To   []string `toml:"to,omitempty"`
	At   string   `toml:"at,omitempty"` // the hour of each day it is sent at, 08:30, by this computer's clock; empty: only when somebody asks for it
	// Password is empty where it lies in the keyring or the server asks for none: see MailPassword.
	Password string `toml:"password,omitempty"`
}

// Whole is the section with what was left out.
func (m Mail) Whole() Mail {
	if m.TLS == "" {
		m.TLS = MailSTARTTLS
	}
	if m.Port == 0 {
		m.Port = map[string]int{MailSTARTTLS: 587, MailTLS: 465, MailPlain: 25}[m.TLS]
	}
	if m.From == "" {
		m.From = m.User
	}
	return m
}

// SendAt is the moment of a day at which the list is sent; false where it is sent on demand alone.
func (m Mail) SendAt(day time.Time) (time.Time, bool) {
	hour, err := time.Parse("15:04", m.At)
	if err != nil || m.Host == "" {
		return time.Time{}, false
	}
	return time.Date(day.Year(), day.Month(), day.Day(), hour.Hour(), hour.Minute(), 0, 0, day.Location()), true
}

// checkMail refuses a section that cannot work: mail.to, mail.at, mail.tls, and mail.plain where a password or the list would leave this computer in the clear.
func checkMail(m Mail) error {
	if m.Host == "" {
		return nil
	}
	whole := m.Whole()
	isAddress := func(text string) bool {
		name, host, ok := strings.Cut(text, "@")
		return ok && name != "" && host != ""
	}
	switch {
	case len(m.To) == 0 || !isAddress(whole.From) || slices.ContainsFunc(m.To, func(to string) bool { return !isAddress(to) }):
		return order.Trouble(nil, "mail.to")
	case whole.Port < 1 || whole.Port > 65535 || !slices.Contains([]string{MailSTARTTLS, MailTLS, MailPlain}, whole.TLS):
		return order.Trouble(nil, "mail.tls")
	case whole.TLS == MailPlain && !isHere(m.Host):
		return order.Trouble(nil, "mail.plain")
	}
	if _, ok := m.SendAt(time.Now()); m.At != "" && !ok {
		return order.Trouble(nil, "mail.at", "at", m.At)
	}
	return nil
}

// isHere tells whether a host is this computer.
func isHere(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// mailEntry names the mail server's password among a folder's secrets.
const mailEntry = "mail"

// MailPassword is the password of the mail server: the one in the file, which a person wrote, else the keyring's; empty where there is none. It fails with settings.keyring.
func MailPassword(dir string, m Mail) (string, error) { return mailPassword(keyring(), dir, m) }

func mailPassword(v vault, dir string, m Mail) (string, error) {
	if m.Password != "" || m.User == "" {
		return m.Password, nil
	}
	name, err := entry(dir, mailEntry)
	if err != nil {
		return "", order.Trouble(err, "settings.keyring")
	}
	kept, err := v.read(name)
	if err != nil {
		return "", order.Trouble(err, "settings.keyring")
	}
	return kept.Mail, nil
}

// KeepMailPassword keeps the password of the mail server in the keyring, or in the file where the keyring does not serve: elsewhere tells why then.
func KeepMailPassword(dir, password string) (elsewhere, err error) {
	return keepMailPassword(keyring(), dir, password)
}

func keepMailPassword(v vault, dir, password string) (elsewhere, err error) {
	name, err := entry(dir, mailEntry)
	if err != nil {
		return nil, order.Trouble(err, "settings.keyring")
	}
	if elsewhere = v.write(name, Secrets{Mail: password}); elsewhere == nil {
		if kept, err := v.read(name); err != nil || kept.Mail != password {
			elsewhere = errors.New("the keyring gave back something else")
		}
	}
	return elsewhere, Update(dir, func(s *Settings) error {
		if s.Mail.Password = ""; elsewhere != nil {
			s.Mail.Password = password
		}
		return nil
	})
}
