package calendar

import (
	"fmt"
	"sync"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/us"

	"packbench/assets"
	"packbench/internal/order"
)

// byLaw are the holidays that follow from a law year after year, of the whole country; GB has those of England and Wales.
var byLaw = map[order.Market][]*cal.Holiday{
	"US": us.Holidays, "GB": gb.Holidays, "DE": de.Holidays, "FR": fr.Holidays, "ES": es.Holidays, "IE": ie.Holidays, "JP": jp.Holidays,
	"IT": append([]*cal.Holiday{francis}, it.Holidays...),
	// Carnival and Corpus Christi are days on which the state need not work, no holidays (Portaria MGI 9.783/2024 calls them ponto facultativo).
	"BR": {br.AnoNovo, br.SextaFeiraSanta, br.Tiradentes, br.Trabalhador, br.Independencia, br.NossaSenhoraAparecida, br.Finados, br.Republica, consciousness, br.Natal},
}

// What the library does not have yet: Lei 14.759/2023 of Brazil and Legge 151/2025 of Italy.
var (
	consciousness = &cal.Holiday{Name: "Dia da Consciência Negra", Month: time.November, Day: 20, StartYear: 2024, Func: cal.CalcDayOfMonth}
	francis       = &cal.Holiday{Name: "San Francesco d'Assisi", Month: time.October, Day: 4, StartYear: 2026, Func: cal.CalcDayOfMonth}
)

// bySource are the holidays of assets/holidays.toml, by market and year.
var bySource = sync.OnceValue(func() map[order.Market]map[int][]Holiday {
	found, err := readHolidays(assets.Holidays)
	if err != nil {
		panic("assets/holidays.toml: " + err.Error()) // the program's own file: a test reads it
	}
	return found
})

type holidaysFile struct {
	Holidays []struct {
		Market    order.Market `toml:"market"`
		Year      int          `toml:"year"`
		Source    string       `toml:"source"`
		Announced *bool        `toml:"announced"`
		Days      []string     `toml:"days"`
		Expected  []string     `toml:"expected"`
	} `toml:"holidays"`
}

func readHolidays(text string) (map[order.Market]map[int][]Holiday, error) {
	var file holidaysFile
	if _, err := toml.Decode(text, &file); err != nil {
		return nil, err
	}
	found := map[order.Market]map[int][]Holiday{}
	for _, in := range file.Holidays {
		if found[in.Market] == nil {
			found[in.Market] = map[int][]Holiday{}
		}
		expected := in.Announced != nil && !*in.Announced
		for i, line := range append(in.Days, in.Expected...) {
			if len(line) < 7 {
				return nil, fmt.Errorf("%s %d: %q is no day with a name", in.Market, in.Year, line)
			}
			date, err := ParseDate(fmt.Sprintf("%04d-%s", in.Year, line[:5]))
			if err != nil {
				return nil, fmt.Errorf("%s %d: %w", in.Market, in.Year, err)
			}
			found[in.Market][in.Year] = append(found[in.Market][in.Year],
				Holiday{Date: date, Name: line[6:], Source: in.Source, Expected: expected || i >= len(in.Days)})
		}
	}
	return found, nil
}

// holidaysOf are the holidays of a year as the law or a source has them; false where neither has any.
func holidaysOf(code order.Market, year int) ([]Holiday, bool) {
	law, known := byLaw[code]
	if !known {
		days, known := bySource()[code][year]
		return append([]Holiday(nil), days...), known
	}
	var found []Holiday
	for _, h := range law {
		for _, of := range [...]int{year, year + 1} { // a New Year's Day on a Saturday is observed the year before
			actual, observed := h.Calc(of)
			if observed.IsZero() {
				continue
			}
			if actual.Year() == year {
				found = append(found, Holiday{Date: dateOf(actual), Name: h.Name, Source: "github.com/rickar/cal/v2"})
			}
			if observed != actual && observed.Year() == year {
				found = append(found, Holiday{Date: dateOf(observed), Name: h.Name, Source: "github.com/rickar/cal/v2"})
			}
		}
	}
	return found, true
}
