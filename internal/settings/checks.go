package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"packbench/assets"
	"packbench/internal/order"
)

// ChecksFile is the file in a bench's folder that changes what is looked at before a label.
const ChecksFile = "checks.toml"

// checksFile is how such a file is written; assets/checks.toml says what is what.
type checksFile struct {
	Rules []struct {
		Market   order.Market   `toml:"market"`
		Check    order.CheckID  `toml:"check"`
		Severity order.Severity `toml:"severity"`
		Source   string         `toml:"source"`
	} `toml:"rule"`
	Postcodes []struct {
		Market  order.Market `toml:"market"`
		Shape   string       `toml:"shape"`
		Example string       `toml:"example"`
		Source  string       `toml:"source"`
	} `toml:"postcode"`
	Prefixes []struct {
		Market  order.Market `toml:"market"`
		Carrier string       `toml:"carrier"`
		Begins  []string     `toml:"begins"`
	} `toml:"prefix"`
	QR       map[string]string `toml:"platform_qr"`
	Handover map[string]string `toml:"handover"`
}

// LoadChecks reads what is looked at before a label: the rules the program brings, and over them the file ChecksFile in a folder, if there is one. A file
// that cannot be understood, in whatever part, is the Problem checks.unreadable: nothing of it is heeded.
func LoadChecks(dir string) (*order.Checks, error) {
	checks := &order.Checks{Postcodes: map[order.Market]*regexp.Regexp{}, QR: map[string]string{}, QRLabels: map[string]string{}, Handover: map[string]string{}}
	if err := addChecks(checks, assets.Checks); err != nil {
		return nil, order.Trouble(err, "checks.unreadable", "file", "assets/checks.toml", "why", err.Error())
	}
	path := filepath.Join(dir, ChecksFile)
	own, err := os.ReadFile(path)
	if err == nil {
		err = addChecks(checks, string(own))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, order.Trouble(err, "checks.unreadable", "file", path, "why", err.Error())
	}
	if err := addPlatformQRs(checks, dir); err != nil {
		return nil, err
	}
	return checks, nil
}

// addChecks reads one file over what was read before.
func addChecks(c *order.Checks, text string) error {
	var file checksFile
	meta, err := toml.Decode(text, &file)
	if err != nil {
		return err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return fmt.Errorf("unknown key %s", unknown[0])
	}
	for i, r := range file.Rules {
		switch {
		case !slices.Contains(order.AllChecks, r.Check):
			return fmt.Errorf("rule %d: no check is called %q", i+1, r.Check)
		case !slices.Contains(order.Severities, r.Severity):
			return fmt.Errorf("rule %d: severity %q is none of off, warn, confirm, supervisor, block", i+1, r.Severity)
		case r.Market != order.EveryMarket && !isMarket(r.Market):
			return fmt.Errorf("rule %d: market %q is neither * nor two capital letters such as GB", i+1, r.Market)
		}
		c.Rules = append(c.Rules, order.CheckRule(r))
	}
	for i, p := range file.Postcodes {
		if !isMarket(p.Market) {
			return fmt.Errorf("postcode %d: market %q is not two capital letters such as GB", i+1, p.Market)
		}
		shape, err := regexp.Compile("^(?:" + p.Shape + ")$")
		if err != nil {
			return fmt.Errorf("postcode %d: %w", i+1, err)
		}
		if !shape.MatchString(order.PostcodeShape(p.Example)) {
			return fmt.Errorf("postcode %d: the example %q does not fit its shape", i+1, p.Example)
		}
		c.Postcodes[p.Market] = shape
	}
	for i, p := range file.Prefixes {
		if !isMarket(p.Market) || len(p.Begins) == 0 || slices.Contains(p.Begins, "") {
			return fmt.Errorf("prefix %d: it takes a market of two capital letters and begins, a list of texts", i+1)
		}
		c.Prefixes = append(c.Prefixes, order.Prefix(p))
	}
	for of, code := range file.QR {
		if strings.TrimSpace(code) == "" {
			return fmt.Errorf("platform_qr of %s is empty", of)
		}
		c.QR[of] = code
	}
	for of, way := range file.Handover {
		if way != "PICKUP" && way != "DROP_OFF" { // platform API 3.6
			return fmt.Errorf("handover of %s is %q, neither PICKUP nor DROP_OFF", of, way)
		}
		c.Handover[of] = way
	}
	return nil
}

func isMarket(m order.Market) bool {
	return len(m) == 2 && strings.ToUpper(string(m)) == string(m) && m[0] >= 'A' && m[1] >= 'A'
}
