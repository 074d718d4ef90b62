package order

import (
	"testing"
	"time"
)

func TestConsentAt(t *testing.T) {
	now := time.Date(2026, 11, 20, 14, 48, 0, 0, time.UTC)
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		end  time.Time
		want Consent
	}{
		"nobody told":       {time.Time{}, Consent{}},
		"a year":            {now.Add(365 * day), Consent{Days: 365}},
		"in 2125":           {time.Date(2125, 1, 1, 0, 0, 0, 0, time.UTC), Consent{Days: 35835}},
		"in 3000":           {time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC), Consent{Days: 355422}},
		"more than 30 days": {now.Add(30*day + time.Second), Consent{Days: 30}},
		"30 days":           {now.Add(30 * day), Consent{Soon: true, Days: 30}},
		"12 days and some":  {now.Add(12*day + 23*time.Hour), Consent{Soon: true, Days: 12}},
		"the last hour":     {now.Add(time.Hour), Consent{Soon: true}},
		"now":               {now, Consent{Ended: true}},
		"over":              {now.Add(-day), Consent{Ended: true}},
	} {
		if got := ConsentAt(now, c.end); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
