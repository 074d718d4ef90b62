package order

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Imprint is what is printed on one piece beside its article's number.
type Imprint struct {
	Serial string
	Lot    string
	Expiry string // the last day it may be used, 2027-03-31
}

// GS1 is a code that names its parts by application identifiers, as GS1-128 and GS1 DataMatrix do (GS1 General Specifications 3).
type GS1 struct {
	GTIN string // 14 digits; empty where the code names no article
	Imprint
}

// groupSeparator ends an element of variable length: FNC1, as scanners send it (GS1 General Specifications 7.8).
const groupSeparator = "\x1d"

// element is how the data behind an application identifier are bounded: digits of a fixed length, or at most so many characters up to a separator.
type element struct {
	id    *regexp.Regexp
	fixed int
	most  int
}

// elements are the application identifiers that are found on goods and their cases (GS1 General Specifications 3.2). A code with another one is not read.
var elements = []element{
	{regexp.MustCompile(`^00`), 18, 0},
	{regexp.MustCompile(`^0[12]`), 14, 0},
	{regexp.MustCompile(`^1[1-7]`), 6, 0},
	{regexp.MustCompile(`^20`), 2, 0},
	{regexp.MustCompile(`^(10|21|22)`), 0, 20},
	{regexp.MustCompile(`^(30|37)`), 0, 8},
	{regexp.MustCompile(`^3[1-6]\d\d`), 6, 0},
	{regexp.MustCompile(`^39[0-3]\d`), 0, 15},
	{regexp.MustCompile(`^24[0-3]`), 0, 30},
	{regexp.MustCompile(`^25[0134]`), 0, 30},
	{regexp.MustCompile(`^41[0-7]`), 13, 0},
	{regexp.MustCompile(`^42[26]`), 3, 0},
	{regexp.MustCompile(`^71\d`), 0, 20},
	{regexp.MustCompile(`^9\d`), 0, 90},
}

// ReadGS1 takes a cleaned code apart; false where it is no GS1 code. One that names no article has to have a lot and a date: a short text that happens to
// begin like an identifier is far more often a lot's own number. The years of its dates have two digits: now tells the century (7.12).
func ReadGS1(code string, now time.Time) (g GS1, ok bool) {
	rest, best := code, ""
	for rest != "" {
		id, data, after, known := nextElement(rest)
		if !known {
			return GS1{}, false
		}
		switch id {
		case "01":
			g.GTIN = data
		case "10":
			g.Lot = data
		case "21":
			g.Serial = data
		case "15", "17":
			day, is := dateOf(data, now)
			if !is {
				return GS1{}, false
			}
			if best = day; id == "17" {
				g.Expiry = day
			}
		}
		rest = strings.TrimPrefix(after, groupSeparator)
	}
	if g.Expiry == "" { // best before does where there is no other date
		g.Expiry = best
	}
	if g.GTIN == "" {
		return g, g.Lot != "" && g.Expiry != ""
	}
	return g, checkDigit(g.GTIN)
}

// nextElement is the first element of a code and what follows it.
func nextElement(code string) (id, data, after string, ok bool) {
	for _, e := range elements {
		id = e.id.FindString(code)
		if id == "" {
			continue
		}
		rest := code[len(id):]
		if e.fixed > 0 {
			if len(rest) < e.fixed || !digits(rest[:e.fixed]) {
				return "", "", "", false
			}
			return id, rest[:e.fixed], rest[e.fixed:], true
		}
		data, after, _ = strings.Cut(rest, groupSeparator)
		return id, data, after, data != "" && len(data) <= e.most
	}
	return "", "", "", false
}

// dateOf is a date of six digits, YYMMDD; a day of 00 is the last of its month (GS1 General Specifications 3.4). The century is the one that brings the
// year within 50 years of now (7.12).
func dateOf(data string, now time.Time) (string, bool) {
	year, _ := strconv.Atoi(data[:2]) // six digits, as the caller has seen
	year += now.Year() / 100 * 100
	switch apart := year - now.Year(); {
	case apart > 50:
		year -= 100
	case apart < -49:
		year += 100
	}
	month, _ := strconv.Atoi(data[2:4])
	day, _ := strconv.Atoi(data[4:])
	return calendarDay(year, month, day)
}

// calendarDay is a day as text, 2027-03-31; day 0 is the last of the month. false where there is no such day.
func calendarDay(year, month, day int) (string, bool) {
	if day == 0 {
		month++
		if month < 2 || month > 13 {
			return "", false
		}
		return time.Date(year, time.Month(month), 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), true
	}
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return at.Format(time.DateOnly), at.Year() == year && int(at.Month()) == month && at.Day() == day
}

var (
	typedDay   = regexp.MustCompile(`^(\d{4})[-./]?(\d{2})[-./]?(\d{2})$`)
	typedMonth = regexp.MustCompile(`^(\d{4})[-./](\d{2})$`)
	printedDay = regexp.MustCompile(`^(?:17|15)?(\d{6})$`)
)

// ReadDay reads a day as goods carry it or a packer types it: 2027-03-31, 20270331, 2027-03 for the last day of that month, and 270331, with or without its
// GS1 identifier. It is 2027-03-31 then; false where it is none.
func ReadDay(text string, now time.Time) (string, bool) {
	number := func(s string) int {
		n, _ := strconv.Atoi(s) // digits, as the patterns have seen
		return n
	}
	if p := printedDay.FindStringSubmatch(text); p != nil {
		return dateOf(p[1], now)
	}
	if p := typedDay.FindStringSubmatch(text); p != nil {
		if day, is := calendarDay(number(p[1]), number(p[2]), number(p[3])); is && p[3] != "00" {
			return day, true
		}
	}
	if p := typedMonth.FindStringSubmatch(text); p != nil {
		return calendarDay(number(p[1]), number(p[2]), 0)
	}
	return "", false
}

// Expired tells whether the last day of use is over where now is; goods without one never expire.
func (i Imprint) Expired(now time.Time) bool {
	return i.Expiry != "" && now.Format(time.DateOnly) > i.Expiry
}

// checkDigit tells whether the last digit of a number of GS1's fits the others (GS1 General Specifications 7.9).
func checkDigit(number string) bool {
	sum := 0
	for i := range len(number) {
		weight := 1
		if (len(number)-i)%2 == 0 {
			weight = 3
		}
		sum += weight * int(number[i]-'0')
	}
	return sum%10 == 0
}

func digits(text string) bool {
	return strings.Trim(text, "0123456789") == ""
}
