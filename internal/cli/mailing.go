package cli

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"packbench/internal/mail"
	"packbench/internal/order"
	"packbench/internal/report"
	"packbench/internal/settings"
	"packbench/internal/words"
)

// mailMark is the file in a bench's folder that holds the day on which the list was mailed last.
const mailMark = "mail.sent"

// How often a bench at work looks whether the list is to be mailed, after a failure how soon it tries again, and how long after the hour it still does: later nobody needs it.
const (
	mailLook  = time.Minute
	mailAgain = 10 * time.Minute
	mailLate  = 4 * time.Hour
)

// mailRoots are the authorities a mail server's certificate is trusted by; nil: the system's. Tests have one of their own.
var mailRoots *x509.CertPool

// MailTrouble is what went wrong when the daily list was mailed last; no sentence where nothing did.
func (b *Bench) MailTrouble() order.Said {
	if b.mailTrouble == nil { // nobody opened it
		return order.Said{}
	}
	if trouble := b.mailTrouble.Load(); trouble != nil {
		return *trouble
	}
	return order.Said{}
}

// mailDue tells whether the list is to be mailed now.
func (b *Bench) mailDue(m settings.Mail, now time.Time) bool {
	at, daily := m.SendAt(now)
	if !daily || now.Before(at) || now.Sub(at) > mailLate {
		return false
	}
	sent, err := os.ReadFile(filepath.Join(b.dir, mailMark))
	return err != nil || strings.TrimSpace(string(sent)) != now.Format(time.DateOnly)
}

// keepMailing mails the list of what is late at the hour the settings say, until ctx ends. What goes wrong is for the log and for MailTrouble; it is tried again.
func (b *Bench) keepMailing(ctx context.Context, look time.Duration) {
	for {
		pause := look
		if err := b.mailDaily(ctx); err != nil {
			b.Log.Error("the daily list was not mailed", "problem", order.AsProblem(err).Error())
			pause = max(look, mailAgain)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// mailDaily mails the list where it is due.
func (b *Bench) mailDaily(ctx context.Context) error {
	now := b.now().Local()
	s, err := settings.Load(b.dir)
	if err != nil || !b.mailDue(s.Mail, now) {
		return err
	}
	tongue, err := words.In(words.Language(b.language))
	if err == nil {
		_, err = b.mailOverdue(ctx, tongue, s.Mail, now)
	}
	if err != nil {
		said := order.Say("mail.failed", "why", order.AsProblem(err).Said)
		b.mailTrouble.Store(&said)
		return err
	}
	b.mailTrouble.Store(nil)
	if err := settings.WriteWhole(filepath.Join(b.dir, mailMark), []byte(now.Format(time.DateOnly)+"\n")); err != nil {
		return order.Trouble(err, "export.unwritable", "file", mailMark)
	}
	b.Log.Info("the daily list was mailed")
	return nil
}

// mailOverdue mails what is late at a moment: the parcels in words, all clocks in a spreadsheet. It tells whether something is late, and fails as mail.Send does.
func (b *Bench) mailOverdue(ctx context.Context, tongue words.Tongue, m settings.Mail, now time.Time) (missed bool, err error) {
	if m.Host == "" {
		return false, order.Trouble(nil, "mail.none")
	}
	password, err := settings.MailPassword(b.dir, m)
	if err != nil {
		return false, err
	}
	owed, rules, err := b.Overdue(now, 0)
	if err != nil {
		return false, err
	}
	e := &Environment{Tongue: tongue}
	late := ByCause(owed)
	day := now.Format("2006-01-02 15:04")
	text := []string{tongue.Text("mail.head", "time", day, "count", len(late)), ""}
	for i, l := range late {
		if i == mostInMail {
			text = append(text, "…")
			break
		}
		zone := rules.Calendar.Zone(l.Facts.Market, l.Facts.WarehouseID)
		text = append(text, strings.Join(e.dueColumns(l.Clocks[0], now, zone), " · "))
	}
	file, err := e.overdueSheet(owed, now)
	if err != nil {
		return false, err
	}
	message := mail.Message{
		Subject: tongue.Text("mail.subject", "bench", b.Settings.Bench.Name, "time", day, "count", len(late)), Text: strings.Join(text, "\r\n") + "\r\n", At: now,
		Files: []mail.File{{Name: "overdue" + now.Format("-2006-01-02") + ".xlsx", Data: file}},
	}
	return len(late) > 0, mail.Send(ctx, m, password, message, mailRoots)
}

// mostInMail is how many parcels a mail names in words; the spreadsheet with it has all.
const mostInMail = 200

// overdueSheet is the list as a spreadsheet.
func (e *Environment) overdueSheet(owed []order.DueClock, now time.Time) (data []byte, err error) {
	folder, err := os.MkdirTemp("", "packbench-")
	if err != nil {
		return nil, order.Trouble(err, "export.unwritable", "file", "overdue.xlsx")
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "overdue.xlsx")
	if err := report.WriteFile(path, report.XLSX, e.overdueTable(owed, now)); err != nil {
		return nil, notWritten(err, path)
	}
	return os.ReadFile(path)
}

// mailNow mails the list because somebody asked for it. It ends with ErrNeedsPerson where something is late.
func (v *Overdue) mailNow(e *Environment, bench *Bench, at time.Time) error {
	s, err := settings.Load(bench.dir)
	if err != nil {
		return err
	}
	missed, err := bench.mailOverdue(e.Context, e.Tongue, s.Mail, at.Local())
	if err != nil {
		return err
	}
	if err := e.tell(order.Say("mail.done", "count", len(s.Mail.To))); err != nil || !missed {
		return err
	}
	return ErrNeedsPerson
}

// MailPassword keeps the password of the mail server.
type MailPassword struct{}

// asks asks for it.
func (v *MailPassword) asks(*Environment) string { return order.Say("mail.ask_password").Key }

// Run keeps it in the computer's keyring, or in the settings where that does not serve, which is said.
func (v *MailPassword) Run(e *Environment) error {
	password, err := e.confided()
	if err != nil {
		return err
	}
	elsewhere, err := settings.KeepMailPassword(e.Dir, password)
	if err != nil {
		return err
	}
	if elsewhere != nil {
		fmt.Fprintf(e.Stderr, "packbench: %s\n", e.Tongue.Text("mail.in_file"))
	}
	return e.tell(order.Say("mail.kept"))
}
