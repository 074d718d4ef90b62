// Package scale reads bench scales at serial ports: what they send becomes readings, whatever they are plugged into.
package scale

import (
	"math"
	"math/bits"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"packbench/internal/order"
)

// Protocol is how a scale talks. The words are those of the settings.
type Protocol string

// The protocols, each with the manual it was written after.
const (
	// SICS is asked by SI for the weight of the moment (Mettler-Toledo, Reference Manual MT-SICS 11780711: S S, S D, S I, S + and S -).
	SICS Protocol = "mt-sics"
	// Toledo is asked by W, and names no unit (Toledo 8217 and 8213: Salter Brecknell 3700LP User's Manual, p. 11; the status byte after Global Industrial 412584, p. 25).
	Toledo Protocol = "8217"
	// NCI is asked by W and CR (Weigh-Tronix SCP-01, 8408-14788-01; NCI Model 7800 User's Manual, p. 32).
	NCI Protocol = "nci"
	// AND is sent over and over by the scale itself (A&D AD-4402 8.2.5 and AD-4329A 11.1.1; CAS CI-600D 10-1 and 10-3 send it too).
	AND Protocol = "a&d"
)

// Protocols are all of them.
var Protocols = []Protocol{SICS, Toledo, NCI, AND}

// spoken is what there is to know of a protocol.
type spoken struct {
	ask  string // what is written to hear the weight; empty: the scale sends by itself
	end  byte   // what a telegram ends with
	read func(telegram string, unit Unit) (order.Reading, bool)
}

var protocols = map[Protocol]spoken{
	SICS:   {"SI\r\n", '\n', readSICS},
	Toledo: {"W", '\r', readToledo},
	NCI:    {"W\r", etx, readNCI},
	AND:    {"", '\r', readAND},
}

const (
	stx = 0x02
	etx = 0x03
)

// Unit is what a scale counts in whose telegrams name none.
type Unit string

// Units are those that can be named. An empty one is kg.
var Units = []Unit{"kg", "g", "lb", "oz"}

// grams are how many one of a unit is: the pound and the ounce are the avoirdupois ones (international yard and pound agreement, 1959).
var grams = map[string]float64{"kg": 1000, "g": 1, "lb": 453.59237, "oz": 28.349523125}

// Parity is how a scale proves its bytes. One that sends seven bits with a parity sends frames as long as eight bits without, so that the port stands the same.
type Parity string

// The parities. An empty one is none: eight bits.
const (
	NoParity Parity = "none"
	Even     Parity = "even"
	Odd      Parity = "odd"
)

// Parities are all of them.
var Parities = []Parity{NoParity, Even, Odd}

// proved is the byte as it goes over the line.
func (p Parity) proved(b byte) byte {
	switch odd := bits.OnesCount8(b)%2 == 1; {
	case p == Even && odd, p == Odd && !odd:
		return b | 0x80
	}
	return b
}

// Setup is how a scale is spoken with.
type Setup struct {
	Protocol Protocol
	Unit     Unit   // for a Protocol that names none
	Parity   Parity // of seven bits
}

// question is what is written to hear the weight; empty where the scale sends by itself.
func (s Setup) question() []byte {
	asked := []byte(protocols[s.Protocol].ask)
	for i, b := range asked {
		asked[i] = s.Parity.proved(b)
	}
	return asked
}

// longest is how many bytes a telegram can have: the longest is 22 of CAS. More without an end is noise.
const longest = 64

// decoder makes readings of the bytes of a scale.
type decoder struct {
	Setup
	telegram []byte
	noise    bool // until the next end
	last     int  // the weight told last, in grams
}

// take takes in bytes. Telegrams that mean nothing here, and those with a byte of the wrong parity, give no reading.
func (d *decoder) take(data []byte) (readings []order.Reading) {
	speaks := protocols[d.Protocol]
	for _, b := range data {
		if d.Parity == Even || d.Parity == Odd {
			plain := b &^ 0x80
			d.noise = d.noise || d.Parity.proved(plain) != b
			b = plain
		}
		if b != speaks.end {
			d.telegram = append(d.telegram, b)
			d.noise = d.noise || len(d.telegram) > longest
			if d.noise {
				d.telegram = d.telegram[:0]
			}
			continue
		}
		if r, ok := speaks.read(string(d.telegram), d.Unit); ok && !d.noise {
			if r.Load == order.Settled || r.Load == order.Moving && r.Grams != unsaid {
				d.last = r.Grams
			} else if r.Load == order.Moving {
				r.Grams = d.last
			}
			readings = append(readings, r)
		}
		d.telegram, d.noise = d.telegram[:0], false
	}
	return readings
}

// unsaid are the grams of a moving load of which the scale does not tell how much it is: the last weight stands for it.
const unsaid = math.MinInt

// heaviest is more than any bench scale carries, in grams.
const heaviest = 1_000_000

// decimal is a number as scales write it, once the spaces are out of it.
var decimal = regexp.MustCompile(`^[-+]?[0-9]*[.,]?[0-9]+$`)

// weighed is a number and its unit as whole grams.
func weighed(number, unit string) (int, bool) {
	of, known := grams[strings.ToLower(unit)]
	number = strings.TrimSuffix(strings.ReplaceAll(number, " ", ""), ".")
	if !known || !decimal.MatchString(number) {
		return 0, false
	}
	value, err := strconv.ParseFloat(strings.Replace(number, ",", ".", 1), 64)
	if err != nil || math.Abs(value*of) > heaviest {
		return 0, false
	}
	return int(math.Round(value * of)), true
}

// readSICS reads "S S     100.00 g" and its like.
func readSICS(telegram string, _ Unit) (r order.Reading, ok bool) {
	words := strings.Fields(telegram)
	if len(words) < 2 || words[0] != "S" {
		return r, false
	}
	switch status := words[1]; {
	case len(words) == 2 && status == "+":
		return order.Reading{Load: order.TooHeavy}, true
	case len(words) == 2 && status == "-":
		return order.Reading{Load: order.BelowZero}, true
	case len(words) == 2 && status == "I": // it is busy, as while it is set to zero
		return order.Reading{Load: order.Moving, Grams: unsaid}, true
	case len(words) != 4:
		return r, false
	case status == "S":
		r.Load = order.Settled
	case status == "D":
		r.Load = order.Moving
	default:
		return r, false
	}
	r.Grams, ok = weighed(words[2], words[3])
	return r, ok
}

// The bits of the status that a Toledo scale sends in the place of a weight that is none.
const (
	toledoMoving = 1 << iota
	toledoOver
	toledoUnder
)

// readToledo reads STX 00.500, or STX, a question mark and the status.
func readToledo(telegram string, unit Unit) (r order.Reading, ok bool) {
	start := strings.LastIndexByte(telegram, stx)
	if start < 0 {
		return r, false
	}
	said := telegram[start+1:]
	if status, is := strings.CutPrefix(said, "?"); is {
		if len(status) != 1 {
			return r, false
		}
		switch b := status[0]; {
		case b&toledoOver != 0:
			return order.Reading{Load: order.TooHeavy}, true
		case b&toledoUnder != 0:
			return order.Reading{Load: order.BelowZero}, true
		case b&toledoMoving != 0:
			return order.Reading{Load: order.Moving, Grams: unsaid}, true
		}
		return r, false
	}
	if unit == "" {
		unit = Units[0]
	}
	r.Load = order.Settled
	r.Grams, ok = weighed(said, string(unit))
	return r, ok
}

// The bits of the two status bytes of SCP-01. What else is set in faults is a scale that does not trust itself.
const (
	nciMark   = 0x30 // always set
	nciMoving = 1    // in the first byte
	nciUnder  = 1    // in the second
	nciOver   = 2
	nciFaults = 1<<2 | 1<<3 // in both: of its memories, of its calibration
)

// nciWeight is 0012.34lb, or 2lb 3.4oz.
var nciWeight = regexp.MustCompile(`^\s*(-?\s*[0-9.,]+)\s*(kg|g|lb|oz)\s*(?:([0-9.]+)\s*(oz))?\s*$`)

// readNCI reads LF 0012.34lb CR LF, two or three status bytes and CR; what comes before the weight is of a telegram that was cut off.
func readNCI(telegram string, _ Unit) (r order.Reading, ok bool) {
	lines := strings.FieldsFunc(telegram, func(c rune) bool { return c == '\r' || c == '\n' })
	if len(lines) == 0 {
		return r, false
	}
	status := lines[len(lines)-1]
	if len(status) < 2 || status[0]&nciMark != nciMark || status[1]&nciMark != nciMark || (status[0]|status[1])&nciFaults != 0 {
		return r, false
	}
	switch {
	case status[1]&nciOver != 0:
		return order.Reading{Load: order.TooHeavy}, true
	case status[1]&nciUnder != 0:
		return order.Reading{Load: order.BelowZero}, true
	}
	moving := status[0]&nciMoving != 0
	if len(lines) == 1 {
		return order.Reading{Load: order.Moving, Grams: unsaid}, moving
	}
	found := nciWeight.FindStringSubmatch(strings.ToLower(lines[len(lines)-2]))
	if found == nil {
		return r, false
	}
	r.Load = order.Settled
	if moving {
		r.Load = order.Moving
	}
	r.Grams, ok = weighed(found[1], found[2])
	if found[3] != "" && ok {
		var ounces int
		if ounces, ok = weighed(found[3], found[4]); strings.HasPrefix(strings.TrimSpace(found[1]), "-") {
			ounces = -ounces
		}
		r.Grams += ounces
	}
	return r, ok
}

// andWeight is the last field of a telegram: its sign, its number and its unit.
var andWeight = regexp.MustCompile(`^\s*([-+]?)\s*([0-9]+[.,]?[0-9]*)\s*([A-Za-z]+)\s*$`)

// readAND reads ST,GS,+  0.500kg and its like: with the kind of weight, without it, or with the number and the lamps of a CAS scale behind it.
func readAND(telegram string, _ Unit) (r order.Reading, ok bool) {
	telegram = strings.TrimLeft(telegram, "\n")
	if len(telegram) < 3 || telegram[2] != ',' {
		return r, false
	}
	head, rest := telegram[:2], telegram[3:]
	switch head {
	case "OL", "LO":
		if strings.Contains(rest, "-") {
			return order.Reading{Load: order.BelowZero}, true
		}
		return order.Reading{Load: order.TooHeavy}, true
	case "ST":
		r.Load = order.Settled
	case "US":
		r.Load = order.Moving
	default:
		return r, false
	}
	fields := strings.Split(rest, ",")
	if tare := []string{"TR", "T~", "T", "PT"}; slices.Contains(tare, strings.TrimSpace(fields[0])) {
		return r, false // that is no load
	}
	weight := rest
	if kind := strings.TrimSpace(fields[0]); len(fields) > 1 && kind != "" && (kind[0] == 'G' || kind[0] == 'N') {
		weight = rest[len(fields[0])+1:]
		if parts := strings.SplitN(weight, ",", 2); len(parts) == 2 && len(parts[0]) == 2 && !andWeight.MatchString(weight) {
			weight = parts[1] // two bytes of the scale's number and lamps
		}
	}
	found := andWeight.FindStringSubmatch(weight)
	if found == nil {
		return r, false
	}
	r.Grams, ok = weighed(found[1]+found[2], found[3])
	return r, ok
}
