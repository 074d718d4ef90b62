package sandbox

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// Whatever a random scenario does while somebody works: no parcel is arranged twice, orders stay whole, and once it is calm the
// sandbox tells the truth about all of them.
func TestRandomScenariosLeaveTheTruth(t *testing.T) {
	for seed := range int64(14) {
		clock, pass := moving()
		scenario := RandomScenario(seed)
		v := visit(t, Options{
			Orders: 30, Seed: seed, Mix: []string{MixPlain, MixFull}[seed%2], Scenario: &scenario,
			Now: clock, Clock: clock,
		})
		random := rand.New(rand.NewPCG(uint64(seed), 1))
		for range 25 {
			v.workBlindly(random)
			pass(time.Duration(random.IntN(120)) * time.Second)
		}
		v.s.Calm()
		checkWhole(t, v.s)
		v.checkTruth(seed)
		for _, p := range v.s.Books().Parcels {
			if len(p.Arranged) > 1 || p.ShipCalls() > 1 {
				t.Errorf("seed %d: package %s was arranged %v", seed, p.PackageID, p.Arranged)
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d: %+v", seed, scenario)
		}
	}
}

// workBlindly makes a call as a client might that does not look at answers.
func (v *visitor) workBlindly(random *rand.Rand) {
	v.t.Helper()
	v.cipher = v.s.shops[random.IntN(len(v.s.shops))].Cipher
	if c := v.s.Credentials(); !v.clock().Before(c.AccessExpires) {
		v.send("GET", tokenRefreshPath+"?"+url.Values{"app_key": {c.AppKey}, "app_secret": {c.AppSecret},
			"refresh_token": {c.RefreshToken}, "grant_type": {"refresh_token"}}.Encode(), "")
	}
	orders, packages := v.waiting()
	if len(packages) == 0 {
		return
	}
	i := random.IntN(len(packages))
	v.cipher = v.cipherOf(orders[i])
	switch random.IntN(5) {
	case 0:
		v.search(nil)
	case 1:
		v.call("GET", "/order/202507/orders", url.Values{"ids": {orders[i]}}, "")
	case 2:
		v.ship(packages[i])
	case 3:
		v.call("POST", "/fulfillment/202309/packages/ship", nil, fmt.Sprintf(`{"packages":[{"id":%q},{"id":%q}]}`, packages[i], packages[0]))
	default:
		v.ship(packages[i])
		v.label(packages[i])
	}
}

// cipherOf is the cipher of an order's shop.
func (v *visitor) cipherOf(orderID string) string {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	return v.s.shopByID(v.s.orders[orderID].shop).Cipher
}

// checkTruth reads all orders of all shops and compares them with what is kept.
func (v *visitor) checkTruth(seed int64) {
	v.t.Helper()
	if c := v.s.Credentials(); !v.clock().Before(c.AccessExpires) {
		v.workBlindly(rand.New(rand.NewPCG(0, 0))) // renews the token
	}
	told := 0
	for _, known := range v.s.shops {
		v.cipher = known.Cipher
		for token := ""; ; {
			query := url.Values{}
			if token != "" {
				query.Set("page_token", token)
			}
			page := v.search(query)
			if page.code != 0 || page.err != nil {
				v.t.Fatalf("seed %d: %+v", seed, page)
			}
			for _, o := range page.data.list("orders") {
				told++
				raw, err := o.write()
				if err != nil {
					v.t.Fatal(err)
				}
				if kept, err := readObject(v.s.orders[o.id()].old); err != nil || !sameObject(kept, string(raw)) {
					v.t.Errorf("seed %d: order %s is told as %s", seed, o.id(), raw)
				}
			}
			if token = page.data.text("next_page_token"); token == "" {
				break
			}
		}
	}
	if told != len(v.s.orders) {
		v.t.Errorf("seed %d: %d orders told, %d kept", seed, told, len(v.s.orders))
	}
}

func sameObject(o object, text string) bool {
	raw, err := o.write()
	return err == nil && string(raw) == strings.TrimSpace(text)
}

// A random scenario meets a client that works: most of its faults strike and most of its acts are done.
func TestRandomScenariosAreMet(t *testing.T) {
	struck, entries := 0, 0
	for seed := range int64(10) {
		clock, pass := moving()
		scenario := RandomScenario(seed)
		v := visit(t, Options{Orders: 30, Seed: seed, Scenario: &scenario, Now: clock, Clock: clock})
		random := rand.New(rand.NewPCG(uint64(seed), 2))
		for range 40 {
			v.workBlindly(random)
			pass(45 * time.Second)
		}
		v.s.Calm()
		for _, f := range v.s.faults {
			if entries++; f.struck > 0 {
				struck++
			}
		}
		if slices.ContainsFunc(v.s.refused, func(why string) bool { return strings.HasPrefix(why, "retell") }) {
			t.Errorf("seed %d: %v", seed, v.s.refused)
		}
	}
	if struck*3 < entries {
		t.Errorf("only %d of %d entries struck", struck, entries)
	}
	t.Logf("%d of %d entries struck", struck, entries)
}
