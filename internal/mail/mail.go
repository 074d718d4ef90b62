// Package mail sends a message by the mail server of the settings.
package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"time"

	"github.com/wneessen/go-mail"

	"packbench/internal/order"
	"packbench/internal/settings"
)

// Message is what is sent.
type Message struct {
	Subject, Text string
	Files         []File
	At            time.Time
}

// File is sent with a message.
type File struct {
	Name string
	Data []byte
}

// sendWithin bounds one try: a server that says nothing holds nobody up.
const sendWithin = 30 * time.Second

// Send sends a message to all whom the settings name, in one go. It fails with mail.none, mail.unreachable, mail.certificate, mail.login or mail.refused; what the server said
// is not repeated but for its code, because it may repeat names and addresses. roots are the authorities trusted; nil: the system's.
func Send(ctx context.Context, s settings.Mail, password string, m Message, roots *x509.CertPool) error {
	if s.Host == "" {
		return order.Trouble(nil, "mail.none")
	}
	s = s.Whole()
	message := mail.NewMsg()
	if err := errors.Join(message.From(s.From), message.To(s.To...)); err != nil {
		return order.Trouble(nil, "mail.to")
	}
	message.Subject(m.Subject)
	message.SetDateWithValue(m.At)
	message.SetMessageID()
	message.SetBodyString(mail.TypeTextPlain, m.Text)
	for _, file := range m.Files {
		if err := message.AttachReader(file.Name, bytes.NewReader(file.Data)); err != nil {
			return order.Trouble(err, "mail.refused")
		}
	}
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(sendWithin), mail.WithTLSConfig(&tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12, RootCAs: roots})}
	switch s.TLS {
	case settings.MailTLS:
		options = append(options, mail.WithSSL())
	case settings.MailPlain:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.User != "" {
		auth := mail.SMTPAuthAutoDiscover
		if s.TLS == settings.MailPlain { // to this computer alone, see settings.MailPlain
			auth = mail.SMTPAuthPlainNoEnc
		}
		options = append(options, mail.WithSMTPAuth(auth), mail.WithUsername(s.User), mail.WithPassword(password))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return order.Trouble(errors.New("the client refuses the settings"), "mail.tls")
	}
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	if err := client.DialWithContext(ctx); err != nil {
		return problemOf(err)
	}
	err = client.Send(message)
	_ = client.Close() // once the server has said that it took the message, nothing it says about parting makes it untaken
	return problemOf(err)
}

// The codes with which a server refuses who signs in (RFC 4954, 6).
var loginCodes = map[int]bool{530: true, 534: true, 535: true, 538: true}

// problemOf says what became of a message.
func problemOf(err error) error {
	if err == nil {
		return nil
	}
	var said *textproto.Error
	var refused *mail.SendError
	var network *net.OpError
	var certificate *tls.CertificateVerificationError
	code := 0
	switch {
	case errors.As(err, &said):
		code = said.Code
	case errors.As(err, &refused):
		code = refused.ErrorCode()
	}
	switch {
	case loginCodes[code]:
		return order.Trouble(fmt.Errorf("SMTP %d", code), "mail.login")
	case code >= 400:
		return order.Trouble(fmt.Errorf("SMTP %d", code), "mail.refused")
	case errors.As(err, &certificate):
		return order.Trouble(errors.New("its certificate is not trusted"), "mail.certificate")
	case errors.As(err, &network):
		return order.Trouble(network.Err, "mail.unreachable")
	case errors.Is(err, context.DeadlineExceeded):
		return order.Trouble(context.DeadlineExceeded, "mail.unreachable")
	}
	return order.Trouble(fmt.Errorf("%T", err), "mail.unreachable")
}
