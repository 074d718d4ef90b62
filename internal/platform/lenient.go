package platform

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"
)

// The platform's types on the wire are not always those of its documents: ids and times come as numbers or as
// strings, flags as true or "true" (platform API 4.1 and 6). These read all of them; null and "" are the zero value.

// text is a string, or a number kept digit by digit.
type text string

// UnmarshalJSON reads a string, a number or a boolean as it was written.
func (t *text) UnmarshalJSON(raw []byte) error {
	raw = bytes.TrimSpace(raw)
	switch {
	case string(raw) == "null":
		*t = ""
		return nil
	case len(raw) > 0 && raw[0] == '"':
		return json.Unmarshal(raw, (*string)(t))
	case len(raw) > 0 && (raw[0] == '{' || raw[0] == '['):
		return fmt.Errorf("a text was expected, not %q", raw[0])
	}
	*t = text(raw)
	return nil
}

// whole is an integer, possibly written as a string or with an exponent.
type whole int64

// UnmarshalJSON reads an integer; what has a fraction or does not fit is an error.
func (w *whole) UnmarshalJSON(raw []byte) error {
	var written text
	if err := written.UnmarshalJSON(raw); err != nil {
		return err
	}
	if written == "" {
		*w = 0
		return nil
	}
	if n, err := strconv.ParseInt(string(written), 10, 64); err == nil {
		*w = whole(n)
		return nil
	}
	if len(written) > 32 {
		return fmt.Errorf("a whole number was expected")
	}
	f, ok := new(big.Float).SetString(string(written))
	if !ok || !f.IsInt() {
		return fmt.Errorf("a whole number was expected")
	}
	n, accuracy := f.Int64()
	if accuracy != big.Exact {
		return fmt.Errorf("a whole number was expected")
	}
	*w = whole(n)
	return nil
}

// lastSecond is the end of the year 9999; what lies beyond is no time in seconds.
const lastSecond = 253402300799

// time reads Unix seconds; 0 and what cannot be such a time are the zero time.
func (w whole) time() time.Time {
	if w <= 0 || w > lastSecond {
		return time.Time{}
	}
	return time.Unix(int64(w), 0).UTC()
}

// flag is a boolean, possibly written as a string or as 0 and 1.
type flag bool

// UnmarshalJSON reads a boolean.
func (f *flag) UnmarshalJSON(raw []byte) error {
	var written text
	if err := written.UnmarshalJSON(raw); err != nil {
		return err
	}
	switch written {
	case "true", "1", "TRUE", "True":
		*f = true
	case "false", "0", "", "FALSE", "False":
		*f = false
	default:
		return fmt.Errorf("true or false was expected")
	}
	return nil
}

// plain are texts as they came, without empty ones.
func plain(texts []text) []string {
	var all []string
	for _, t := range texts {
		if t != "" {
			all = append(all, string(t))
		}
	}
	return all
}

// millis reads Unix milliseconds; 0 and what cannot be such a time are the zero time.
func (w whole) millis() time.Time {
	if w <= 0 || w/1000 > lastSecond {
		return time.Time{}
	}
	return time.UnixMilli(int64(w)).UTC()
}

// price is an amount of money in hundredths, written as a decimal string (platform API 3.3, payment). What cannot be read counts as 0: nothing is paid by it.
type price int64

// mostPrice is far beyond what anything costs, and far below what sums of it could overflow at.
const mostPrice = 1_000_000_000_000

// UnmarshalJSON reads an amount; what is below a hundredth is left out.
func (p *price) UnmarshalJSON(raw []byte) error {
	var written text
	if err := written.UnmarshalJSON(raw); err != nil {
		return err
	}
	*p = 0
	if f, err := strconv.ParseFloat(string(written), 64); err == nil && f > 0 && f < mostPrice {
		*p = price(math.Round(f * 100))
	}
	return nil
}
