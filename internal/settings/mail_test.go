package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
)

func TestMailSettingsThatCannotWorkAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		`host = "mail.shop.example"` + "\nuser = \"a@shop.example\"\nto = [\"b@shop.example\"]\nat = \"08:30\"":               "",
		`host = "mail.shop.example"` + "\nuser = \"a@shop.example\"":                                                          "mail.to",
		`host = "mail.shop.example"` + "\nuser = \"robot\"\nto = [\"b@shop.example\"]":                                        "mail.to",
		`host = "mail.shop.example"` + "\nfrom = \"a@shop.example\"\nto = [\"nobody\"]":                                       "mail.to",
		`host = "mail.shop.example"` + "\nuser = \"a@shop.example\"\nto = [\"b@shop.example\"]\nat = \"half past eight\"":     "mail.at",
		`host = "mail.shop.example"` + "\nuser = \"a@shop.example\"\nto = [\"b@shop.example\"]\ntls = \"ssl\"":                "mail.tls",
		`host = "mail.shop.example"` + "\nuser = \"a@shop.example\"\nto = [\"b@shop.example\"]\ntls = \"none\"":               "mail.plain",
		`host = "127.0.0.1"` + "\nfrom = \"a@shop.example\"\nto = [\"b@shop.example\"]\ntls = \"none\"\nport = 2525":          "",
		`host = "mail.shop.example"` + "\nuser = \"a@shop.example\"\nto = [\"b@shop.example\"]\npasword = \"secret-of-mine\"": "settings.unreadable",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, FileName), []byte("[mail]\n"+text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Load(dir)
		key := ""
		if err != nil {
			key = order.AsProblem(err).Key
			if strings.Contains(order.AsProblem(err).Error(), "secret-of-mine") {
				t.Errorf("%q is told", err)
			}
		}
		if key != want {
			t.Errorf("%q: %q, want %q", text, key, want)
		}
	}
}

func TestMailWithWhatWasLeftOut(t *testing.T) {
	if m := (Mail{Host: "h", User: "a@b", TLS: MailTLS}).Whole(); m.Port != 465 || m.From != "a@b" {
		t.Errorf("%+v", m)
	}
	if m := (Mail{Host: "h", From: "c@d", User: "u"}).Whole(); m.Port != 587 || m.TLS != MailSTARTTLS || m.From != "c@d" {
		t.Errorf("%+v", m)
	}
	day := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	if at, daily := (Mail{Host: "h", At: "08:30"}).SendAt(day); !daily || !at.Equal(time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC)) {
		t.Errorf("%v, %v", at, daily)
	}
	if _, daily := (Mail{Host: "h"}).SendAt(day); daily {
		t.Error("nobody said an hour")
	}
}

// The password lies in the keyring, or in the file where that does not serve; the platform's secrets stay as they are.
func TestTheMailPasswordIsASecret(t *testing.T) {
	dir := t.TempDir()
	kept := memory{}
	name, err := entry(dir, mailEntry)
	if err != nil {
		t.Fatal(err)
	}
	if elsewhere, err := keepMailPassword(kept, dir, "pass-17"); elsewhere != nil || err != nil || kept[name].Mail != "pass-17" {
		t.Fatal(elsewhere, err, kept)
	}
	if text, err := os.ReadFile(filepath.Join(dir, FileName)); err != nil || strings.Contains(string(text), "pass-17") {
		t.Errorf("%s, %v", text, err)
	}
	if got, err := mailPassword(kept, dir, Mail{User: "u"}); got != "pass-17" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := mailPassword(kept, dir, Mail{User: "u", Password: "typed"}); got != "typed" || err != nil {
		t.Errorf("what a person wrote counts more: %q, %v", got, err)
	}
	elsewhere, err := keepMailPassword(hanging(t), dir, "pass-18")
	if elsewhere == nil || err != nil {
		t.Fatal(elsewhere, err)
	}
	s, err := Load(dir)
	if err != nil || s.Mail.Password != "pass-18" {
		t.Errorf("%+v, %v", s.Mail, err)
	}
	if info, err := os.Stat(filepath.Join(dir, FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

// memory is a keyring in memory.
type memory map[string]Secrets

func (m memory) read(name string) (Secrets, error)  { return m[name], nil }
func (m memory) write(name string, s Secrets) error { m[name] = s; return nil }
func (m memory) remove(name string) error           { delete(m, name); return nil }
