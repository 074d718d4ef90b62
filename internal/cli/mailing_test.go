package cli

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
)

// mailbox is a mail server on this computer that takes what it gets, or nothing.
func mailbox(t *testing.T, refuse *bool) (port int, got chan string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	got = make(chan string, 10)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			in := bufio.NewReader(conn)
			fmt.Fprint(conn, "220 ready\r\n")
			for body, data := "", false; ; {
				line, err := in.ReadString('\n')
				if err != nil {
					break
				}
				switch {
				case data && line == ".\r\n":
					got <- body
					data = false
					fmt.Fprint(conn, "250 taken\r\n")
				case data:
					body += line
				case strings.HasPrefix(line, "DATA"):
					data = true
					fmt.Fprint(conn, "354 go on\r\n")
				case *refuse && strings.HasPrefix(line, "RCPT"):
					fmt.Fprint(conn, "550 boss@shop.example is not known\r\n")
				case strings.HasPrefix(line, "QUIT"):
					fmt.Fprint(conn, "221 bye\r\n")
				case strings.HasPrefix(line, "EHLO"):
					fmt.Fprint(conn, "250 hello\r\n")
				default:
					fmt.Fprint(conn, "250 ok\r\n")
				}
			}
			_ = conn.Close()
		}
	}()
	return listener.Addr().(*net.TCPAddr).Port, got
}

// The list is mailed when somebody asks, with its spreadsheet, and once a day at its hour; what goes wrong is told where the window shows it, and is tried again.
func TestTheListIsMailed(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	refuse := false
	port, got := mailbox(t, &refuse)
	if end := p.run("", &Overdue{Mail: true}); end.code != ExitFailed || !strings.Contains(end.stderr, "mail.none") {
		t.Errorf("%+v", end)
	}
	if err := settings.Update(p.dir, func(s *settings.Settings) error {
		s.Mail = settings.Mail{Host: "127.0.0.1", Port: port, TLS: settings.MailPlain, From: "bench@shop.example", To: []string{"boss@shop.example"}, At: "08:30"}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	in9Days := time.Now().AddDate(0, 0, 9)
	if end := p.run("", &Overdue{Mail: true, At: in9Days.Format(time.RFC3339)}); end.code != ExitNeedsPerson || !strings.Contains(end.stdout, "mailed to 1 address") {
		t.Fatalf("%+v", end)
	}
	body := <-got
	for _, want := range []string{"Subject: Packbench 1:", "parcels late", "overdue-" + in9Days.Format("2006-01-02") + ".xlsx", "To: <boss@shop.example>"} {
		if !strings.Contains(strings.ReplaceAll(body, "_", " "), want) {
			t.Errorf("the mail lacks %q:\n%.900s", want, body)
		}
	}
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	defer bench.Close()
	at := func(hour, minute int) {
		bench.now = func() time.Time {
			return time.Date(in9Days.Year(), in9Days.Month(), in9Days.Day(), hour, minute, 0, 0, time.Local)
		}
	}
	daily := func(want string) {
		t.Helper()
		key := ""
		if err := bench.mailDaily(t.Context()); err != nil {
			key = order.AsProblem(err).Key
			if strings.Contains(order.AsProblem(err).Error(), "shop.example") {
				t.Errorf("%v tells an address", err)
			}
		}
		if key != want {
			t.Errorf("%q, want %q", key, want)
		}
	}
	at(8, 29)
	daily("")
	if len(got) != 0 {
		t.Error("it was mailed before its hour")
	}
	at(8, 30)
	refuse = true
	daily("mail.refused")
	if said := bench.MailTrouble(); said.Key != "mail.failed" {
		t.Errorf("%+v", said)
	}
	refuse = false
	at(8, 40)
	daily("")
	if <-got; bench.MailTrouble().Key != "" {
		t.Errorf("%+v", bench.MailTrouble())
	}
	at(9, 0)
	daily("")
	at(13, 0)
	if err := os.Remove(filepath.Join(p.dir, mailMark)); err != nil { // as on the first day
		t.Fatal(err)
	}
	daily("") // too late for today
	if len(got) != 0 {
		t.Error("it was mailed twice")
	}
}
