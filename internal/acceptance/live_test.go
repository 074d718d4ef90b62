package acceptance

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/store"
)

// liveSandbox starts the sandbox as a shop somebody connects to by hand, and gives the address of its consent page.
func liveSandbox(t *testing.T, args ...string) (consent string) {
	t.Helper()
	cmd := program(t, append([]string{"sandbox"}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended already
		_ = cmd.Wait()
	})
	var said struct{ Listening, Consent string }
	for lines := bufio.NewScanner(out); said.Listening == ""; {
		if !lines.Scan() {
			t.Fatalf("the sandbox did not say where it listens: %v", lines.Err())
		}
		if err := json.Unmarshal(lines.Bytes(), &said); err != nil {
			t.Fatalf("%v in %q", err, lines.Text())
		}
	}
	return said.Consent
}

// folder is a bench's folder and what the packer knows of its goods.
type folder struct {
	dir   string
	codes map[string]string // SKU → a barcode
	print string            // the printer's address
}

// scansOf are the scans that pack a parcel.
func (f folder) scansOf(t *testing.T, key string) string {
	t.Helper()
	known := f.parcel(t, key)
	scans := []string{key}
	for _, unit := range known.Units {
		scans = append(scans, f.codes[unit.SKU()])
	}
	return strings.Join(append(scans, "label"), "\n") + "\n"
}

// parcel is what the bench knows of a parcel.
func (f folder) parcel(t *testing.T, key string) order.Known {
	t.Helper()
	files, err := store.Open(f.dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	known, found, err := files.Parcel(order.ParcelKey(key))
	if err != nil || !found {
		t.Fatalf("%s: %t, %v", key, found, err)
	}
	return known
}

// scan scans one code and gives what it came to.
func (f folder) scan(t *testing.T, code string) outcome {
	t.Helper()
	return last(t, outcomes(t, runProgram(t, code+"\n", "pack", "--scans", "-", "--printer", f.print, "--dir", f.dir).stdout))
}

// stands is the package that an order has in the list, and its state there.
func (f folder) stands(t *testing.T, orderID string) (packageID, state string) {
	t.Helper()
	all := listOrders(t, f.dir)
	i := slices.IndexFunc(all, func(o listed) bool { return o.OrderID == orderID })
	if i < 0 || len(all[i].Packages) != 1 {
		t.Fatalf("order %s: %+v", orderID, all[max(0, i)])
	}
	return all[i].Packages[0].PackageID, all[i].Packages[0].State
}

// chosen is a parcel of the list, and its order.
func chosen(t *testing.T, all []listed, market, state string) (key, orderID string) {
	t.Helper()
	for _, o := range all {
		if len(o.Packages) == 1 && o.Market == market && o.Packages[0].State == state && o.Status == "AWAITING_SHIPMENT" {
			return o.Packages[0].PackageID, o.OrderID
		}
	}
	t.Fatalf("no parcel of %s is %s", market, state)
	return "", ""
}

// Whoever has a live shop's app in hand connects with it, and packs. Here the shop is the sandbox; nothing else is different.
func TestConnectAsToALiveShop(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	file, goods := filepath.Join(home, "creds.json"), filepath.Join(home, "goods.csv")
	consent := liveSandbox(t, "--mix", "full", "--orders", "300", "--seed", "4", "--label-delay", "1ms", "--credentials", file, "--catalog", goods)
	bench := folder{dir: filepath.Join(home, "bench"), print: "file:" + filepath.Join(home, "printed")}
	typed := filepath.Join(home, "typed")
	login(t, typed, file, consent)
	if said := must(t, "", "login", "--credentials", file, "--dir", bench.dir); strings.Count(said, "Lantern") != 6 {
		t.Errorf("login said %q", said)
	}
	for _, dir := range []string{bench.dir, typed} {
		info, err := os.Stat(filepath.Join(dir, "packbench.toml"))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	}
	must(t, "", "catalog", "import", goods, "--dir", bench.dir)
	must(t, "", "sync", "--once", "--dir", bench.dir)
	bench.codes = readCatalogue(t, goods)
	for line := range strings.Lines(must(t, "", "shops", "--json", "--dir", bench.dir)) {
		var shop struct {
			Market string
			Orders int
		}
		if err := json.Unmarshal([]byte(line), &shop); err != nil || shop.Orders == 0 {
			t.Errorf("%v, %s", err, line)
		}
	}
	all := listOrders(t, bench.dir)

	t.Run("a parcel with a package id", func(t *testing.T) {
		key, orderID := chosen(t, all, "VN", "ready")
		got := outcomes(t, must(t, bench.scansOf(t, key), "pack", "--scans", "-", "--printer", bench.print, "--dir", bench.dir))
		if now, state := bench.stands(t, orderID); last(t, got).Outcome != "confirmed" || now != key || state != "confirmed" {
			t.Errorf("%+v; %s is %s now", got, now, state)
		}
	})
	t.Run("a parcel that gets its package id when its label is bought", func(t *testing.T) {
		key, orderID := chosen(t, all, "US", "ready")
		if key != "o:"+orderID {
			t.Fatalf("the parcel of order %s is %s", orderID, key)
		}
		scans := strings.Replace(bench.scansOf(t, key), key, orderID, 1)
		got := outcomes(t, must(t, scans, "pack", "--scans", "-", "--printer", bench.print, "--dir", bench.dir))
		now, state := bench.stands(t, orderID)
		if got[0].Outcome != "opened" || got[0].PackageID != key || last(t, got).Outcome != "confirmed" || last(t, got).PackageID != now || now == key || state != "confirmed" {
			t.Errorf("%+v; %s is %s now", got, now, state)
		}
		for _, code := range []string{orderID, key, now} {
			if history := must(t, "", "history", code, "--json", "--dir", bench.dir); !strings.Contains(history, `"event":"renamed"`) || !strings.Contains(history, `"event":"confirmed"`) {
				t.Errorf("history %s: %s", code, history)
			}
		}
		must(t, "", "sync", "--once", "--dir", bench.dir)
		if later, state := bench.stands(t, orderID); later != now || state != "confirmed" {
			t.Errorf("after the next reading %s is %s, was %s", later, state, now)
		}
	})
	for _, market := range []string{"MY", "GB", "BR"} {
		t.Run("a parcel of "+market, func(t *testing.T) {
			key, _ := chosen(t, all, market, "ready")
			got := outcomes(t, must(t, bench.scansOf(t, key), "pack", "--scans", "-", "--printer", bench.print, "--dir", bench.dir))
			if last(t, got).Outcome != "confirmed" {
				t.Errorf("%+v", got)
			}
		})
	}
	t.Run("a parcel the seller's own carrier takes", func(t *testing.T) {
		for _, market := range []string{"US", "MY"} {
			key, _ := chosen(t, all, market, "seller_ships")
			if got := bench.scan(t, key); got.Outcome != "not_packable" || got.PackageID != key {
				t.Errorf("%+v", got)
			}
		}
	})
	t.Run("a parcel of another warehouse", func(t *testing.T) {
		mine, _ := chosen(t, all, "BR", "ready")
		other, _ := chosen(t, slices.DeleteFunc(slices.Clone(all), func(o listed) bool { return o.Packages[0].PackageID == mine }), "GB", "ready")
		here := bench.parcel(t, mine).WarehouseID
		if there := bench.parcel(t, other).WarehouseID; here == "" || there == "" || here == there {
			t.Fatalf("warehouses %q and %q", here, there)
		}
		edit(t, filepath.Join(bench.dir, "packbench.toml"), "[bench]\n", "[bench]\n  warehouse = \""+here+"\"\n")
		if got := bench.scan(t, other); got.Outcome != "not_packable" {
			t.Errorf("%+v", got)
		}
	})
}

// login connects a folder as somebody does who types: the app's key, its secret, and the address the browser was sent to after the seller's consent.
func login(t *testing.T, dir, file, consent string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var known struct {
		Key     string `json:"app_key"`
		Secret  string `json:"app_secret"`
		BaseURL string `json:"base_url"`
	}
	if err := json.Unmarshal(text, &known); err != nil {
		t.Fatal(err)
	}
	end := runProgram(t, strings.Join([]string{known.Key, known.Secret, redirected(t, consent), ""}, "\n"),
		"login", "--api-url", known.BaseURL, "--auth-url", known.BaseURL, "--dir", dir)
	if end.code != 0 || strings.Count(end.stdout, "Lantern") != 6 || strings.Contains(end.stdout+end.stderr, known.Secret) {
		t.Errorf("exit code %d\n%s\n%s", end.code, end.stdout, end.stderr)
	}
}

// redirected says yes on the consent page and gives the address a live shop's browser is sent to (platform API 1.1).
func redirected(t *testing.T, consent string) string {
	t.Helper()
	answer, err := http.Get(consent)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`value="(ROW_[^"]+)"`).FindSubmatch(page)
	if code == nil {
		t.Fatalf("HTTP %d without a code: %s", answer.StatusCode, page)
	}
	return "https://app.example/back?app_key=1&code=" + string(code[1]) + "&locale=en&shop_region=MY&state="
}

// edit replaces a text in a file that has it once.
func edit(t *testing.T, name, from, to string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), from) != 1 {
		t.Fatalf("%q is in %s %d times", from, name, strings.Count(string(text), from))
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(text), from, to, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}
