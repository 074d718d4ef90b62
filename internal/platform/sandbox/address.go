package sandbox

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// country is where a market's buyers live, as far as an address made up here needs it.
type country struct{ name, dial, state, city, postcode string }

var countries = map[string]country{
	"US": {"United States", "+1", "California", "San Jose", "95112"}, "GB": {"United Kingdom", "+44", "England", "Leeds", "LS1 4AP"},
	"DE": {"Germany", "+49", "Berlin", "Berlin", "10115"}, "FR": {"France", "+33", "Île-de-France", "Paris", "75011"},
	"IT": {"Italy", "+39", "Lazio", "Rome", "00184"}, "ES": {"Spain", "+34", "Madrid", "Madrid", "28013"},
	"IE": {"Ireland", "+353", "Leinster", "Dublin", "D02 AF30"}, "JP": {"Japan", "+81", "Tokyo", "Shibuya", "150-0001"},
	"BR": {"Brazil", "+55", "São Paulo", "Campinas", "13010-001"}, "MX": {"Mexico", "+52", "Jalisco", "Guadalajara", "44100"},
	"VN": {"Việt Nam", "+84", "Hà Nội", "Quận Ba Đình", "10000"}, "TH": {"Thailand", "+66", "Bangkok", "Bang Na", "10260"},
	"ID": {"Indonesia", "+62", "Jakarta", "South Jakarta", "12190"}, "PH": {"Philippines", "+63", "Laguna", "Santa Rosa", "4026"},
	"SG": {"Singapore", "+65", "Singapore", "Bedok", "460123"},
}

// addressOf makes up where an order goes: the same every time for the same buyer, clear where the platform leaves it clear and
// masked elsewhere (platform API 3.3, Masking).
func addressOf(o object, region string) object {
	buyer := o.text("user_id")
	if buyer == "" {
		buyer = o.id()
	}
	seed, err := strconv.ParseUint(derived("home", buyer)[:15], 16, 64)
	if err != nil {
		seed = 0 // never: they are hex digits
	}
	random := rand.New(rand.NewPCG(seed, seed))
	lives, known := countries[region]
	if !known { // the plain shop's market, and those of tomorrow
		a := (&maker{random: random}).address("AWAITING_SHIPMENT")
		a["region_code"] = region
		return a
	}
	name, phone, postcode := buyers[random.IntN(len(buyers))], fmt.Sprintf("(%s)1%d*****%02d", lives.dial, random.IntN(10), random.IntN(100)), lives.postcode
	street := string(rune('A'+random.IntN(26))) + strconv.Itoa(random.IntN(10)) + "****"
	if o.text("shipping_type") == "SELLER" || region == "US" {
		name = clearNames[random.IntN(len(clearNames))]
		phone = fmt.Sprintf("(%s)1%d55501%02d", lives.dial, random.IntN(10), random.IntN(100))
		street = fmt.Sprintf("%d Sample Road", 1+random.IntN(200))
	} else if len(postcode) > 2 {
		postcode = postcode[:2] + "***"
	}
	a := object{
		"name": name, "first_name": "", "last_name": "", "phone_number": phone, "region_code": region, "postal_code": postcode,
		"full_address":   strings.Join([]string{lives.name, lives.state, lives.city, street}, ", "),
		"address_detail": street, "address_line1": street, "address_line2": "", "address_line3": "", "address_line4": "",
	}
	var districts []any
	for level, name := range []string{lives.name, lives.state, lives.city} {
		districts = append(districts, object{
			"address_level": fmt.Sprintf("L%d", level), "address_level_name": []string{"Country", "State", "District"}[level],
			"address_name": name,
		})
	}
	a["district_info"] = districts
	return a
}

var clearNames = []string{"Alex Sample", "Robin Muster", "Kim Example", "Sam Modelo"}

// moveHouse changes the street of an address to another one, in the look it has. An empty one stays empty.
func moveHouse(address object, salt string) {
	old := address.text("address_detail")
	if old == "" {
		old = address.text("address_line1")
	}
	full := address.text("full_address")
	if old == "" && full == "" {
		return
	}
	street := strings.ToUpper(salt[:2])
	if strings.HasSuffix(old, "*") || old == "" {
		street += "****"
	} else {
		street += " New Street"
	}
	address["address_detail"], address["address_line1"] = street, street
	if before, found := strings.CutSuffix(full, old); found && old != "" {
		address["full_address"] = before + street
	} else {
		address["full_address"] = full + ", " + street
	}
}
