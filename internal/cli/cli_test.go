package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/words"
)

// place is a bench's folder with a sandbox behind it, and a folder for a printer.
type place struct {
	t        *testing.T
	dir      string
	labels   string
	sandbox  *sandbox.Sandbox
	base     string
	barcodes map[string]string       // SKU → a barcode
	seen     func(path, body string) // what the platform answered
	asked    func(path, body string) // what it was asked
	garble   atomic.Bool             // answer nonsense for label documents
}

func newPlace(t *testing.T, o sandbox.Options) *place {
	t.Helper()
	p := &place{t: t, dir: t.TempDir(), labels: t.TempDir(), barcodes: map[string]string{}}
	var err error
	if p.sandbox, err = sandbox.New(o); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.garble.Load() && strings.HasPrefix(r.URL.Path, "/wsos") {
			_, _ = io.WriteString(w, "<html>no label</html>") // the program reads it or not
			return
		}
		if p.asked != nil {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			p.asked(r.URL.Path, string(body))
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		both := &copied{ResponseWriter: w}
		p.sandbox.ServeHTTP(both, r)
		if p.seen != nil {
			p.seen(r.URL.Path, both.body.String())
		}
	}))
	t.Cleanup(server.Close)
	p.base = server.URL
	if err := ConnectSandbox(p.dir, p.sandbox, p.base); err != nil {
		t.Fatal(err)
	}
	for _, g := range p.sandbox.Goods() {
		p.barcodes[g.SKU] = g.Barcodes[0]
	}
	file := filepath.Join(t.TempDir(), "goods.csv")
	if err := writeCatalogue(file, p.sandbox.Goods()); err != nil {
		t.Fatal(err)
	}
	p.must("", &CatalogImport{File: file})
	p.must("", &Sync{Once: true})
	return p
}

// copied keeps what was answered.
type copied struct {
	http.ResponseWriter
	body bytes.Buffer
}

func (c *copied) Write(b []byte) (int, error) {
	c.body.Write(b)
	return c.ResponseWriter.Write(b)
}

type verb interface{ Run(*Environment) error }

// ended is how a verb ended.
type ended struct {
	code           int
	stdout, stderr string
}

func (p *place) environment() *Environment {
	p.t.Helper()
	tongue, err := words.In(words.English)
	if err != nil {
		p.t.Fatal(err)
	}
	return &Environment{Context: p.t.Context(), Stdout: io.Discard, Stderr: io.Discard, Dir: p.dir, Now: time.Now, Tongue: tongue}
}

func (p *place) run(stdin string, v verb) ended {
	p.t.Helper()
	var stdout, stderr bytes.Buffer
	e := p.environment()
	e.Stdin, e.Stdout, e.Stderr = strings.NewReader(stdin), &stdout, &stderr
	code := e.Finish(v.Run(e))
	return ended{code, stdout.String(), stderr.String()}
}

func (p *place) must(stdin string, v verb) string {
	p.t.Helper()
	end := p.run(stdin, v)
	if end.code != ExitDone {
		p.t.Fatalf("exit code %d\n%s%s", end.code, end.stdout, end.stderr)
	}
	return end.stdout
}

// pack feeds lines to the pack verb, with the folder for a printer.
func (p *place) pack(lines ...string) (ended, []scanLine) {
	p.t.Helper()
	end := p.run(strings.Join(lines, "\n"), &Pack{Scans: "-", Printer: "file:" + p.labels})
	return end, read[scanLine](p.t, end.stdout)
}

func read[T any](t *testing.T, text string) []T {
	t.Helper()
	var all []T
	for line := range strings.Lines(text) {
		var one T
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&one); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		all = append(all, one)
	}
	return all
}

func (p *place) orders(v Orders) []orderLine {
	p.t.Helper()
	v.JSON = true
	return read[orderLine](p.t, p.must("", &v))
}

// waiting are the orders that await shipment and have so many pieces; 0 is any number.
func (p *place) waiting(pieces int) []orderLine {
	p.t.Helper()
	return slices.DeleteFunc(p.orders(Orders{State: string(order.Ready)}), func(o orderLine) bool {
		return pieces != 0 && len(p.scansOf(o)) != pieces
	})
}

// scansOf are the barcodes of an order's pieces.
func (p *place) scansOf(o orderLine) []string {
	var scans []string
	for _, line := range o.Packages[0].Lines {
		for range line.Pieces {
			scans = append(scans, p.barcodes[line.SellerSKU])
		}
	}
	return scans
}

func (p *place) printed() int {
	p.t.Helper()
	files, err := filepath.Glob(filepath.Join(p.labels, "*.zpl"))
	if err != nil {
		p.t.Fatal(err)
	}
	return len(files)
}

func outcomesOf(lines []scanLine) []string {
	var all []string
	for _, l := range lines {
		all = append(all, string(l.Outcome))
	}
	return all
}

func TestOrdersFilters(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	all := p.orders(Orders{})
	if len(all) != 60 {
		t.Fatalf("%d orders", len(all))
	}
	shop := all[0].Shop
	if n := len(p.orders(Orders{Shop: shop})); n != 60 {
		t.Errorf("%d orders of the shop", n)
	}
	if got := p.orders(Orders{Shop: "another"}); got != nil {
		t.Errorf("orders of another shop: %v", got)
	}
	var waiting []orderLine
	for _, o := range p.orders(Orders{Status: string(order.AwaitingShipment)}) {
		if o.Status != order.AwaitingShipment || o.Due == "" {
			t.Errorf("%+v", o)
		}
		waiting = append(waiting, o)
	}
	if len(waiting) != 45 {
		t.Errorf("%d orders wait", len(waiting))
	}
	if got := p.orders(Orders{Status: string(order.AwaitingShipment), State: string(order.Ready)}); len(got) != 45 {
		t.Errorf("%d orders are ready", len(got))
	}
	if got := p.orders(Orders{Status: string(order.AwaitingShipment), State: "confirmed"}); got != nil {
		t.Errorf("confirmed: %v", got)
	}
	table := p.must("", &Orders{Status: string(order.AwaitingShipment)})
	if lines := strings.Count(table, "\n"); lines != 46 || !strings.Contains(table, waiting[0].OrderID+"  MY      AWAITING_SHIPMENT") {
		t.Errorf("%d lines\n%s", lines, table)
	}
}

// The shape is a contract with other programs (design 4, orders).
func TestOrdersJSON(t *testing.T) {
	p := newPlace(t, sandbox.Options{Data: []byte(`{"shops":[{"id":"71","region":"MY"}],"orders":[
		{"id":"580000000000000001","status":"AWAITING_SHIPMENT","shipping_type":"TIKTOK","is_on_hold_order":true,"update_time":1793250001,
		 "rts_sla_time":1793336400,"packages":[{"id":"1153000000000000001"}],"line_items":[
		  {"id":"1","sku_id":"17","seller_sku":"TEE","display_status":"AWAITING_SHIPMENT","package_id":"1153000000000000001"},
		  {"id":"2","sku_id":"17","seller_sku":"TEE","display_status":"AWAITING_SHIPMENT","package_id":"1153000000000000001"},
		  {"id":"3","sku_id":"18","seller_sku":"","display_status":"AWAITING_SHIPMENT","package_id":"1153000000000000001"}]},
		{"id":"580000000000000002","status":"UNPAID","update_time":1793250002,"line_items":[{"id":"4","sku_id":"17","seller_sku":"A<&>B"}]}]}`)})
	want := `{"order_id":"580000000000000001","shop":"71","market":"MY","status":"AWAITING_SHIPMENT","due":"2026-10-30T05:00:00Z",` +
		`"packages":[{"package_id":"1153000000000000001","tracking_number":"","state":"ready","lines":[` +
		`{"seller_sku":"TEE","sku_id":"17","pieces":2},{"seller_sku":"18","sku_id":"18","pieces":1}]}]}
{"order_id":"580000000000000002","shop":"71","market":"MY","status":"UNPAID","due":"",` +
		`"packages":[{"package_id":"o:580000000000000002","tracking_number":"","state":"unpaid","lines":[{"seller_sku":"A<&>B","sku_id":"17","pieces":1}]}]}
`
	if got := p.must("", &Orders{JSON: true}); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestPackLines(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3, LabelDelay: time.Millisecond})
	two := p.waiting(2)
	o, items := two[0], p.scansOf(two[0])
	parcel := string(o.Packages[0].PackageID)
	end, lines := p.pack("", "  "+parcel+"  \r", items[0], "@150ms "+items[0], "\r", "nobody's\r", "wait", items[1], "label\r", "wait", "")
	want := []string{"opened", "taken", "repeat", "unknown_code", "taken", "confirmed"}
	if got := outcomesOf(lines); end.code != ExitDone || !slices.Equal(got, want) {
		t.Fatalf("exit code %d, %v\n%s", end.code, got, end.stderr)
	}
	if l := lines[0]; l.Scan != parcel || string(l.PackageID) != parcel || l.State != "packing" || l.Message == "" {
		t.Errorf("%+v", l)
	}
	if l := lines[5]; l.State != "confirmed" || l.Scan == "label" || l.Scan == "" {
		t.Errorf("%+v", l)
	}
	if p.printed() != 1 {
		t.Errorf("%d labels", p.printed())
	}
	if got := p.orders(Orders{State: "confirmed"}); len(got) != 1 || got[0].OrderID != o.OrderID || got[0].Packages[0].Tracking != lines[5].Scan {
		t.Errorf("%+v", got)
	}
}

// The line label scans what is on the paper. Where nothing can be on paper yet it scans nothing, and says so.
func TestPackLabelWithoutALabel(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	o := p.waiting(2)[0]
	parcel, items := string(o.Packages[0].PackageID), p.scansOf(o)
	end, lines := p.pack("label", parcel, "label", items[0], "@20ms label")
	if got := outcomesOf(lines); !slices.Equal(got, []string{"no_label", "opened", "no_label", "taken", "no_label"}) {
		t.Fatalf("%v\n%s", got, end.stderr)
	}
	if l := lines[0]; l.Scan != "label" || l.PackageID != "" || l.State != "" || l.Message != "No label has been sent, so there is none to scan" {
		t.Errorf("%+v", l)
	}
	if l := lines[2]; string(l.PackageID) != parcel || l.State != "packing" {
		t.Errorf("%+v", l)
	}
	if end.code != ExitNeedsPerson {
		t.Errorf("exit code %d with a piece missing", end.code)
	}
	p.garble.Store(true)
	end, lines = p.pack(items[1], "label")
	if got := outcomesOf(lines); end.code != ExitFailed || !slices.Equal(got, []string{"taken", "needs_person"}) || p.printed() != 0 {
		t.Fatalf("exit code %d, %v, %d labels\n%s", end.code, got, p.printed(), end.stderr)
	}
	if !strings.Contains(end.stderr, "[label.") || lines[1].Message == "" || lines[1].State != "arranged" {
		t.Errorf("%+v\n%s", lines[1], end.stderr)
	}
	p.garble.Store(false)
	end, lines = p.pack("ok", "label", "ok")
	if got := outcomesOf(lines); end.code != ExitDone || !slices.Contains(got, "confirmed") || got[len(got)-1] != "nothing_asked" || p.printed() != 1 {
		t.Errorf("exit code %d, %v, %d labels\n%s", end.code, got, p.printed(), end.stderr)
	}
}

func TestPackRefusesLinesThatAreNoScans(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 10, Seed: 3})
	for _, line := range []string{"@150ms", "@soon CODE", "@-1s CODE", "@150ms  "} {
		end, lines := p.pack("nobody's", line)
		if end.code != ExitUsage || len(lines) != 1 || !strings.Contains(end.stderr, "is no scan") {
			t.Errorf("%q: exit code %d, %v, %q", line, end.code, lines, end.stderr)
		}
	}
	end := p.run("", &Pack{Scans: filepath.Join(p.dir, "missing.txt"), Printer: "file:" + p.labels})
	if end.code != ExitFailed || !strings.Contains(end.stderr, "missing.txt") {
		t.Errorf("exit code %d, %q", end.code, end.stderr)
	}
}

func TestExitCodes(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 10, Seed: 3})
	s, err := settings.Load(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	s.Printer.URI = ""
	live := t.TempDir()
	connected := settings.Default()
	connected.Platform.AccessToken = "ROW_1"
	if err := settings.Save(live, connected); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		verb verb
		code int
		says string
	}{
		"done":                    {&Orders{}, ExitDone, ""},
		"no printer":              {&Pack{Scans: "-"}, ExitFailed, "[printer.none]"},
		"no printer address":      {&Pack{Scans: "-", Printer: "pigeon:grey"}, ExitUsage, "[printer.address]"},
		"no size":                 {&Print{Files: []string{"x"}, Printer: "file:x", Size: "big"}, ExitUsage, "[usage.size"},
		"no catalogue":            {&CatalogImport{File: filepath.Join(p.dir, "x.csv")}, ExitFailed, "[catalogue.unreadable"},
		"a live shop's folder":    {&Sandbox{Listen: "127.0.0.1:0", WriteSettings: live}, ExitFailed, "[settings.live]"},
		"wrong data":              {&Sandbox{Listen: "127.0.0.1:0", Data: filepath.Join(p.dir, "x.json")}, ExitFailed, "[sandbox.data"},
		"settings with a typo":    {&Orders{}, ExitFailed, "unknown key printer.adress"},
		"settings not understood": {&Orders{}, ExitFailed, "line 1"},
	} {
		switch {
		case strings.Contains(name, "typo"):
			err = os.WriteFile(filepath.Join(p.dir, settings.FileName), []byte("[printer]\nadress = \"x\"\n"), 0o600)
		case strings.Contains(name, "understood"):
			err = os.WriteFile(filepath.Join(p.dir, settings.FileName), []byte("]"), 0o600)
		default:
			err = settings.Save(p.dir, s)
		}
		if err != nil {
			t.Fatal(err)
		}
		end := p.run("", c.verb)
		if end.code != c.code || !strings.Contains(end.stderr, c.says) || (c.code == ExitDone) != (end.stderr == "") {
			t.Errorf("%s: exit code %d, %q", name, end.code, end.stderr)
		}
	}
}

func TestNoBenchInTheFolder(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 10, Seed: 3})
	p.dir = filepath.Join(p.dir, "typo")
	for name, verb := range map[string]Verb{
		"orders": &Orders{}, "shops": &Shops{}, "backup": &Backup{To: filepath.Join(t.TempDir(), "b.db")}, "purge": &Purge{},
		"arrange": &Arrange{}, "outbox": &Outbox{}, "cancellations": &Cancellations{}, "history": &History{Code: "1"},
	} {
		end := p.run("", verb)
		if _, err := os.Stat(p.dir); end.code != ExitFailed || !strings.Contains(end.stderr, "[store.no_folder") || err == nil {
			t.Errorf("%s: exit code %d, %q, %v", name, end.code, end.stderr, err)
		}
	}
}

func TestLanguageOf(t *testing.T) {
	for name, c := range map[string]struct {
		set  map[string]string
		want words.Language
	}{
		"nothing set":                {nil, words.English},
		"Chinese":                    {map[string]string{"LANG": "zh_CN.UTF-8"}, words.Chinese},
		"in capitals":                {map[string]string{"LANG": "ZH_CN"}, words.Chinese},
		"another language":           {map[string]string{"LANG": "de_DE.UTF-8"}, words.English},
		"LC_ALL wins":                {map[string]string{"LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}, words.English},
		"LC_MESSAGES wins over LANG": {map[string]string{"LC_MESSAGES": "zh_CN", "LANG": "en_US"}, words.Chinese},
	} {
		if got := LanguageOf(func(key string) string { return c.set[key] }); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestDefaultDir(t *testing.T) {
	base := t.TempDir()
	for _, key := range []string{"XDG_CONFIG_HOME", "HOME", "AppData"} {
		t.Setenv(key, base)
	}
	got, under := DefaultDir(), false
	if rest, ok := strings.CutPrefix(got, base); ok {
		under = filepath.Base(rest) == "packbench"
	}
	if !under {
		t.Errorf("%s is not under %s", got, base)
	}
	for _, key := range []string{"XDG_CONFIG_HOME", "HOME", "AppData"} {
		t.Setenv(key, "")
	}
	if got := DefaultDir(); got != "packbench-bench" {
		t.Errorf("without a home: %s", got)
	}
}
