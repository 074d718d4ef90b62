package sandbox

import "time"

// slot is a time in which a carrier comes, in Unix seconds.
type slot struct {
	Start int64 `json:"start_time"`
	End   int64 `json:"end_time"`
}

// offer is a slot and whether it can be had. The platform spells it so (platform API 3.5).
type offer struct {
	slot
	Available bool `json:"avaliable"`
}

// The carriers of this sandbox come twice a day for three days, and want to know it two hours before. The platform documents no
// figures.
const (
	slotDays   = 3
	slotNotice = 2 * time.Hour
)

var slotHours = [][2]int{{10, 13}, {14, 18}} // local time

// zones are the markets' distances from UTC in hours; markets with several have the one of their capital in winter.
var zones = map[string]int{
	"MY": 8, "SG": 8, "PH": 8, "ID": 7, "TH": 7, "VN": 7, "JP": 9, "US": -5, "BR": -3, "MX": -6, "DE": 1, "FR": 1, "IT": 1, "ES": 1,
}

// offers of a parcel or an order, by its id: each has its own, some taken already (platform API 6.24).
func offers(id, region string, now time.Time) []offer {
	local := now.In(time.FixedZone("", zones[region]*3600))
	all := []offer{}
	for day := range slotDays {
		for i, hours := range slotHours {
			at := func(hour int) time.Time {
				return time.Date(local.Year(), local.Month(), local.Day()+day, hour, 0, 0, 0, local.Location())
			}
			start := at(hours[0])
			if !start.After(now) {
				continue
			}
			taken := derived("slot", []any{id, start.Unix()})[0] < '2' && day+i > 0
			all = append(all, offer{slot{start.Unix(), at(hours[1]).Unix()}, !taken && start.Sub(now) >= slotNotice})
		}
	}
	return all
}

// offers tells whether a slot can be had.
func (s *Sandbox) offers(id, shopID string, want slot) bool {
	for _, o := range offers(id, s.region(shopID), s.now()) {
		if o.slot == want {
			return o.Available
		}
	}
	return false
}
