package mail

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"net"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/settings"
)

// server is a mail server that takes one message after the other (RFC 5321), offers STARTTLS and PLAIN, and knows one user.
type server struct {
	t        *testing.T
	port     int
	roots    *x509.CertPool
	implicit bool // it is TLS from the start
	refuse   string
	messages chan string // what came after DATA
	heard    chan string // every line of a client, for those who look for secrets in the clear
}

const user, secret = "bench@shop.example", "pass-word-17"

func newServer(t *testing.T, implicit bool, refuse string) *server {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, roots: x509.NewCertPool(), implicit: implicit, refuse: refuse, messages: make(chan string, 4), heard: make(chan string, 1000)}
	s.roots.AddCert(certificate)
	config := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	s.port = listener.Addr().(*net.TCPAddr).Port
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			if implicit {
				conn = tls.Server(conn, config)
			}
			s.talk(conn, config)
		}
	}()
	return s
}

func (s *server) talk(conn net.Conn, config *tls.Config) {
	defer func() { conn.Close() }()
	safe := s.implicit
	in := bufio.NewReader(conn)
	say := func(format string, args ...any) { fmt.Fprintf(conn, format+"\r\n", args...) }
	say("220 ready")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		if !safe {
			s.heard <- line
		}
		switch verb := strings.ToUpper(strings.Fields(line + " x")[0]); verb {
		case "EHLO":
			if safe {
				say("250-hello\r\n250 AUTH PLAIN")
			} else {
				say("250-hello\r\n250-AUTH PLAIN\r\n250 STARTTLS")
			}
		case "STARTTLS":
			say("220 go on")
			secured := tls.Server(conn, config)
			conn, in, safe = secured, bufio.NewReader(secured), true
		case "AUTH":
			given, err := base64.StdEncoding.DecodeString(strings.Fields(line)[2])
			if err != nil || string(given) != "\x00"+user+"\x00"+secret {
				say("535 5.7.8 user %s with %s is not known", user, given)
				continue
			}
			say("235 welcome")
		case "RCPT":
			if s.refuse != "" && strings.Contains(line, s.refuse) {
				say("550 5.1.1 no %s here", s.refuse)
				continue
			}
			say("250 ok")
		case "DATA":
			say("354 go on")
			var body strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				body.WriteString(line)
			}
			s.messages <- body.String()
			say("250 taken")
		case "QUIT":
			say("500 what a strange way to part")
			return
		default:
			say("250 ok")
		}
	}
}

func (s *server) settings() settings.Mail {
	m := settings.Mail{Host: "127.0.0.1", Port: s.port, User: user, To: []string{"boss@shop.example", "two@shop.example"}}
	if s.implicit {
		m.TLS = settings.MailTLS
	}
	return m
}

var message = Message{Subject: "3 个包裹超时", Text: "A · B\r\n", At: time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC), Files: []File{{Name: "overdue.xlsx", Data: []byte("PK\x03\x04 rows")}}}

// What is sent arrives whole, over TLS, with the password never in the clear.
func TestAMessageArrives(t *testing.T) {
	for name, implicit := range map[string]bool{"STARTTLS": false, "TLS": true} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, implicit, "")
			if err := Send(t.Context(), s.settings(), secret, message, s.roots); err != nil {
				t.Fatal(err)
			}
			got, err := netmail.ReadMessage(strings.NewReader(<-s.messages))
			if err != nil {
				t.Fatal(err)
			}
			subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
			if err != nil || subject != message.Subject || !strings.Contains(got.Header.Get("To"), "two@shop.example") || !strings.Contains(got.Header.Get("From"), user) {
				t.Errorf("%q, %v, %v", subject, got.Header, err)
			}
			kind, params, err := mime.ParseMediaType(got.Header.Get("Content-Type"))
			if err != nil || kind != "multipart/mixed" {
				t.Fatal(kind, err)
			}
			parts := multipart.NewReader(got.Body, params["boundary"])
			text, err := parts.NextPart()
			if err != nil {
				t.Fatal(err)
			}
			if body, err := io.ReadAll(text); err != nil || strings.TrimSpace(string(body)) != strings.TrimSpace(message.Text) {
				t.Errorf("%q, %v", body, err)
			}
			file, err := parts.NextPart()
			if err != nil || file.FileName() != "overdue.xlsx" {
				t.Fatal(file, err)
			}
			if data, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, file)); err != nil || string(data) != string(message.Files[0].Data) {
				t.Errorf("%q, %v", data, err)
			}
			close(s.heard)
			for line := range s.heard {
				if strings.HasPrefix(strings.ToUpper(line), "AUTH") || strings.Contains(line, secret) {
					t.Errorf("in the clear: %s", line)
				}
			}
		})
	}
}

// What goes wrong has a sentence of its own, and no word of it is a secret or an address.
func TestWhyAMessageIsNotSent(t *testing.T) {
	s, refusing := newServer(t, false, ""), newServer(t, false, "two@shop")
	dead, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := s.settings()
	nobody.Port = dead.Addr().(*net.TCPAddr).Port
	if err := dead.Close(); err != nil {
		t.Fatal(err)
	}
	wrongTLS := s.settings()
	wrongTLS.TLS = settings.MailTLS
	for name, c := range map[string]struct {
		mail     settings.Mail
		password string
		roots    *x509.CertPool
		want     string
	}{
		"no host":             {settings.Mail{}, secret, s.roots, "mail.none"},
		"wrong password":      {s.settings(), "wrong-" + secret, s.roots, "mail.login"},
		"unknown certificate": {s.settings(), secret, x509.NewCertPool(), "mail.certificate"},
		"one is refused":      {refusing.settings(), secret, refusing.roots, "mail.refused"},
		"nobody is there":     {nobody, secret, s.roots, "mail.unreachable"},
		"TLS where none is":   {wrongTLS, secret, s.roots, "mail.unreachable"},
	} {
		err := Send(t.Context(), c.mail, c.password, message, c.roots)
		if err == nil {
			t.Errorf("%s: it was sent", name)
			continue
		}
		problem := order.AsProblem(err)
		if problem.Key != c.want {
			t.Errorf("%s: %s, want %s (%v)", name, problem.Key, c.want, err)
		}
		for _, secret := range []string{secret, "shop.example", "bench@"} {
			if strings.Contains(problem.Error(), secret) || strings.Contains(fmt.Sprint(problem.With), secret) {
				t.Errorf("%s: %q tells %s", name, problem.Error(), secret)
			}
		}
	}
}
