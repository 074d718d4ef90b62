package order

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// CheckID names something that is looked at before a parcel gets its label. The words stand in checks.toml and in the journal.
type CheckID string

// The checks (fulfilment rules 3, label content, anti-counterfeit label, hand-over and first-mile carrier).
const (
	CheckScript   CheckID = "address_script"   // the address is not masked and not in Latin script
	CheckPostcode CheckID = "postcode"         // the postcode is not masked and not in the destination's format
	CheckName     CheckID = "declared_name"    // a piece has no name to be declared under
	CheckHazmat   CheckID = "hazmat_label"     // dangerous goods are in it: its label has to be on the box
	CheckQR       CheckID = "platform_qr"      // the platform's QR label has to be on the box
	CheckCarrier  CheckID = "carrier_prefix"   // the tracking number does not begin like those of the carrier that collects
	CheckHandover CheckID = "handover"         // pick-up or drop-off is not as the shop subscribed
	CheckNote     CheckID = "buyer_note"       // the buyer wrote something; what, is on the screen alone
	CheckInserts  CheckID = "inserts"          // the catalogue has something laid beside a piece, and nobody said that it is in the box
	CheckMaterial CheckID = "packing_material" // the catalogue proposes packing material, and none was scanned
)

// AllChecks are the checks in the order in which they are told.
var AllChecks = []CheckID{CheckScript, CheckPostcode, CheckName, CheckHazmat, CheckQR, CheckCarrier, CheckHandover, CheckNote, CheckInserts, CheckMaterial}

// Severity is what a finding does to a parcel.
type Severity string

// The severities, from the mildest.
const (
	Unchecked     Severity = "off"        // nobody looks
	Warns         Severity = "warn"       // it is said, and the parcel goes on
	AsksPacker    Severity = "confirm"    // the packer has to say that it is seen to
	AsksASuperior Severity = "supervisor" // a supervisor has to allow it
	Blocks        Severity = "block"      // the parcel does not go on
)

// Severities are all of them.
var Severities = []Severity{Unchecked, Warns, AsksPacker, AsksASuperior, Blocks}

// EveryMarket stands in a rule for all markets that have none of their own.
const EveryMarket Market = "*"

// CheckRule is how severe a check is in a market, and who says so.
type CheckRule struct {
	Market   Market
	Check    CheckID
	Severity Severity
	Source   string
}

// Prefix is how the tracking numbers of a market's carrier begin: any of Begins. An empty Carrier is any.
type Prefix struct {
	Market  Market
	Carrier string
	Begins  []string
}

// Checks are the rules of what is looked at before the label, as data. The nil value looks at nothing.
type Checks struct {
	Rules []CheckRule // a later one of the same market and check wins
	// Postcodes are the shapes a market's postcodes have, as PostcodeShape tells them.
	Postcodes map[Market]*regexp.Regexp
	Prefixes  []Prefix
	// QR is what a scanner reads from the platform's QR label, Handover the subscribed way, PICKUP or DROP_OFF; both by shop id or by market.
	QR, Handover map[string]string
	// QRLabels are where the documents of the platform's QR labels lie that a bench can print, by shop id or by market.
	QRLabels map[string]string
}

// Finding is something about a parcel that somebody has to know of before it gets its label.
type Finding struct {
	Check    CheckID
	Severity Severity
	Said     Said   // what to do
	Source   string // who asks for it
	// Code is what is to be scanned from the box to prove that it is seen to; empty: saying so is enough.
	Code string
	// Late tells that it is known only once shipment is arranged.
	Late bool
}

// rule is the one for a check in a market: its own, else that of every market.
func (c *Checks) rule(market Market, check CheckID) CheckRule {
	found := CheckRule{Check: check, Severity: Unchecked}
	for _, r := range c.Rules {
		if r.Check == check && (r.Market == market || r.Market == EveryMarket && found.Market != market) {
			found = r
		}
	}
	return found
}

// Findings are what a parcel's checks come to, in the order of AllChecks, without those a person has seen to. What the platform masked, or has not told
// yet, is not judged.
func (c *Checks) Findings(p Parcel, w Work) []Finding {
	if c == nil {
		return nil
	}
	var found []Finding
	for _, check := range AllChecks {
		rule := c.rule(p.Market, check)
		if rule.Severity == Unchecked || slices.Contains(w.Heeded, check) {
			continue
		}
		f, wrong := c.look(check, p, w)
		if !wrong {
			continue
		}
		f.Check, f.Severity, f.Source = check, rule.Severity, rule.Source
		if f.Code != "" { // it can be proved, so that nobody need be stopped
			f.Severity = AsksPacker
		}
		found = append(found, f)
	}
	return found
}

// Blocked is the first finding that keeps a parcel which nothing was done about yet from being packed.
func (c *Checks) Blocked(p Parcel) (Finding, bool) {
	for _, f := range c.Findings(p, Work{}) {
		if f.Severity == Blocks {
			return f, true
		}
	}
	return Finding{}, false
}

// look tells whether one check finds something, and what to do then.
func (c *Checks) look(check CheckID, p Parcel, w Work) (Finding, bool) {
	bySeller := p.Flow.OwnCarrier() || w.OwnCarrier
	switch check {
	case CheckScript:
		return Finding{Said: Say("check.address_script")}, p.NotLatin
	case CheckPostcode:
		shape, known := c.Postcodes[p.Market]
		return Finding{Said: Say("check.postcode", "market", string(p.Market))}, known && p.Postcode != "" && !shape.MatchString(p.Postcode)
	case CheckName:
		nameless := slices.ContainsFunc(p.Units, func(u Unit) bool { return strings.TrimSpace(u.ProductName) == "" })
		return Finding{Said: Say("check.declared_name")}, nameless
	case CheckHazmat:
		return Finding{Said: Say("check.hazmat_label")}, dangerous(p)
	case CheckQR:
		if bySeller || p.LocalSeller { // it is the platform's hub abroad that asks for it
			return Finding{}, false
		}
		if code := of(c.QR, p); code != "" {
			return Finding{Said: Say("check.platform_qr_scan"), Code: code}, true
		}
		return Finding{Said: Say("check.platform_qr", "market", string(p.Market))}, true
	case CheckCarrier:
		return Finding{Said: Say("check.carrier_prefix", "number", p.Tracking), Late: true}, !bySeller && c.strange(p)
	case CheckHandover:
		wanted := of(c.Handover, p)
		wrong := !bySeller && wanted != "" && p.Handover != "" && p.Handover != wanted
		return Finding{Said: Say("check.handover", "wanted", wanted, "printed", p.Handover), Late: true}, wrong
	case CheckNote:
		return Finding{Said: Say("check.buyer_note")}, slices.ContainsFunc(p.Notes, func(n Note) bool { return n.FromBuyer })
	case CheckInserts:
		return insertsFinding(w)
	case CheckMaterial:
		return materialFinding(w)
	}
	return Finding{}, false
}

// of is what is set for a parcel's shop, else for its market.
func of(set map[string]string, p Parcel) string {
	if value := set[p.ShopID]; value != "" {
		return value
	}
	return set[string(p.Market)]
}

// QRLabel is where the document of the platform's QR label for a parcel lies; empty where the bench has none.
func (c *Checks) QRLabel(p Parcel) string {
	if c == nil {
		return ""
	}
	return of(c.QRLabels, p)
}

// WantsHazmat tells whether a parcel's label for dangerous goods is to be printed: such goods are in it, and the check is not turned off.
func (c *Checks) WantsHazmat(p Parcel) bool {
	return c != nil && dangerous(p) && c.rule(p.Market, CheckHazmat).Severity != Unchecked
}

func dangerous(p Parcel) bool {
	return slices.ContainsFunc(p.Units, func(u Unit) bool { return u.DangerousGood })
}

// WantsHandover tells whether it is known how the shop's parcels are to be handed over, so that it is worth asking how this one is.
func (c *Checks) WantsHandover(p Parcel) bool {
	return c != nil && of(c.Handover, p) != "" && c.rule(p.Market, CheckHandover).Severity != Unchecked
}

// strange tells whether it is known how the carrier's numbers begin, and the parcel's begins otherwise.
func (c *Checks) strange(p Parcel) bool {
	known := false
	for _, x := range c.Prefixes {
		if p.Tracking == "" || x.Market != p.Market || x.Carrier != "" && !strings.EqualFold(x.Carrier, p.Provider) {
			continue
		}
		known = true
		if slices.ContainsFunc(x.Begins, func(begin string) bool { return strings.HasPrefix(p.Tracking, begin) }) {
			return false
		}
	}
	return known
}

// masked tells whether the platform hid a field, or sent none (platform API 3.3, Masking).
func masked(text string) bool { return strings.TrimSpace(text) == "" || strings.Contains(text, "*") }

// PostcodeShape is a postcode with every digit written 9 and every letter A, which is all of it that is needed here, and nobody's address. Anything but
// digits, letters, spaces and hyphens is written ?. One the platform masked is empty.
func PostcodeShape(postcode string) string {
	if masked(postcode) {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return '9'
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
			return 'A'
		case r == ' ', r == '-':
			return r
		}
		return '?'
	}, strings.TrimSpace(postcode))
}

// NotLatin tells whether a field of an address that the platform did not mask has letters of another script than Latin.
func NotLatin(fields ...string) bool {
	for _, field := range fields {
		if masked(field) {
			continue
		}
		for _, r := range field {
			if unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Common, unicode.Inherited) {
				return true
			}
		}
	}
	return false
}

// checkStanding begins the standing of a parcel that a check keeps from being packed.
const checkStanding = "check_"

// StandingOf is how a parcel stands that a check blocks.
func StandingOf(check CheckID) Standing { return Standing(checkStanding + string(check)) }

// Check is the check that blocks a parcel which stands so.
func (s Standing) Check() (CheckID, bool) {
	id, is := strings.CutPrefix(string(s), checkStanding)
	return CheckID(id), is
}
