package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/internal/order"
)

func severityOf(c *order.Checks, market order.Market, check order.CheckID) order.Severity {
	p := order.Parcel{ShopID: "7", Market: market, Units: []order.Unit{{Line: order.Line{DangerousGood: true}}}, NotLatin: true, Postcode: "?"}
	for _, f := range c.Findings(p, order.Work{}) {
		if f.Check == check {
			return f.Severity
		}
	}
	return order.Unchecked
}

func TestTheChecksTheProgramBrings(t *testing.T) {
	c, err := LoadChecks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []struct {
		market order.Market
		check  order.CheckID
		want   order.Severity
	}{
		{"GB", order.CheckQR, order.Blocks}, {"DE", order.CheckQR, order.Blocks}, {"FR", order.CheckQR, order.Blocks}, {"US", order.CheckQR, order.Unchecked},
		{"MY", order.CheckHazmat, order.Warns}, {"JP", order.CheckScript, order.Unchecked}, {"VN", order.CheckScript, order.Warns},
		{"BR", order.CheckPostcode, order.Warns}, {"SG", order.CheckPostcode, order.Warns},
	} {
		if got := severityOf(c, w.market, w.check); got != w.want {
			t.Errorf("%s in %s: %s, want %s", w.check, w.market, got, w.want)
		}
	}
	for _, r := range c.Rules {
		if r.Source == "" {
			t.Errorf("%s in %s names no source", r.Check, r.Market)
		}
	}
}

func TestABenchHasItsOwnChecks(t *testing.T) {
	dir := t.TempDir()
	writeChecks(t, dir, `
[[rule]]
market = "GB"
check = "platform_qr"
severity = "off"
source = "our hub"
[[postcode]]
market = "GB"
shape = "9+"
example = "12"
source = "us"
[[prefix]]
market = "GB"
begins = ["WS"]
[platform_qr]
DE = "QR"
[handover]
7 = "DROP_OFF"
`)
	c, err := LoadChecks(dir)
	if err != nil {
		t.Fatal(err)
	}
	if severityOf(c, "GB", order.CheckQR) != order.Unchecked || severityOf(c, "FR", order.CheckQR) != order.Blocks || severityOf(c, "DE", order.CheckQR) != order.AsksPacker {
		t.Errorf("QR label: GB %s, FR %s, DE %s", severityOf(c, "GB", order.CheckQR), severityOf(c, "FR", order.CheckQR), severityOf(c, "DE", order.CheckQR))
	}
	if !c.Postcodes["GB"].MatchString("999") || c.Prefixes[0].Begins[0] != "WS" || !c.WantsHandover(order.Parcel{ShopID: "7", Market: "MY"}) {
		t.Errorf("%+v", c)
	}
}

func writeChecks(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, ChecksFile), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAChecksFileThatCannotBeUnderstood(t *testing.T) {
	for text, why := range map[string]string{
		`[[rule]]` + "\nmarket = 'GB'\ncheck = 'qr'\nseverity = 'warn'":          `rule 1: no check is called "qr"`,
		`[[rule]]` + "\nmarket = 'GB'\ncheck = 'platform_qr'\nseverity = 'stop'": `severity "stop"`,
		`[[rule]]` + "\nmarket = 'uk'\ncheck = 'platform_qr'\nseverity = 'warn'": `market "uk"`,
		`[[rules]]` + "\nmarket = 'GB'":                                          "unknown key rules",
		`[[postcode]]` + "\nmarket = 'GB'\nshape = '9('\nexample = '1'":          "postcode 1",
		`[[postcode]]` + "\nmarket = 'GB'\nshape = '99'\nexample = '1'":          "does not fit",
		`[[postcode]]` + "\nmarket = '*'\nshape = '9'\nexample = '1'":            "postcode 1: market",
		`[[prefix]]` + "\nmarket = 'MY'\nbegins = ['']":                          "prefix 1",
		"[handover]\nMY = 'pickup'":                                              "neither PICKUP nor DROP_OFF",
		"[platform_qr]\nGB = ' '":                                                "is empty",
		"rule = 3":                                                               "",
	} {
		dir := t.TempDir()
		writeChecks(t, dir, text)
		_, err := LoadChecks(dir)
		p := order.AsProblem(err)
		if p == nil || p.Key != "checks.unreadable" || !strings.Contains(p.With["why"].(string), why) {
			t.Errorf("%s: %v, %+v", text, err, p)
		}
	}
}
