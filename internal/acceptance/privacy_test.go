package acceptance

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"packbench/internal/catalogue"
	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/store"
)

// listener stands between the program and a sandbox and collects all that must not be written down.
type listener struct {
	server *httptest.Server
	hold   atomic.Pointer[chan struct{}] // calls wait until it is closed

	mu        sync.Mutex
	waits     int
	secrets   map[string]bool // tokens, ciphers, codes, signatures, links
	people    map[string]bool // names, telephone numbers, addresses, e-mail
	notes     map[string]bool // what buyers and sellers wrote
	documents [][]byte        // a part of each label document that no other has
}

// listenTo puts a listener before a sandbox.
func listenTo(t *testing.T, shop *sandbox.Sandbox) *listener {
	t.Helper()
	behind := httptest.NewServer(shop)
	t.Cleanup(behind.Close)
	to, err := url.Parse(behind.URL)
	if err != nil {
		t.Fatal(err)
	}
	l := &listener{secrets: map[string]bool{}, people: map[string]bool{}, notes: map[string]bool{}}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ModifyResponse = func(answer *http.Response) error {
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			return err
		}
		answer.Body = io.NopCloser(bytes.NewReader(body))
		l.answered(answer.Request.URL.Path, body)
		return nil
	}
	proxy.ErrorHandler = func(http.ResponseWriter, *http.Request, error) {} // a program that was killed
	l.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.asked(r)
		if gate := l.hold.Load(); gate != nil {
			<-*gate
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(l.server.Close)
	return l
}

func (l *listener) asked(r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.hold.Load() != nil {
		l.waits++
	}
	for _, key := range []string{"sign", "app_secret", "shop_cipher", "refresh_token", "auth_code"} {
		l.secrets[r.URL.Query().Get(key)] = true
	}
	l.secrets[r.Header.Get("x-tts-access-token")] = true
}

func (l *listener) answered(path string, body []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if strings.HasPrefix(path, "/wsos") {
		if middle := len(body) / 2; len(body) > 1000 {
			l.documents = append(l.documents, body[middle:middle+64])
		}
		return
	}
	var said any
	if json.Unmarshal(body, &said) == nil {
		l.collect("", said)
	}
}

// person are the fields that name a buyer wherever they stand.
var person = []string{"first_name", "last_name", "phone_number", "full_address", "address_detail", "address_line1", "address_line2", "buyer_email"}

func (l *listener) collect(key string, value any) {
	switch value := value.(type) {
	case map[string]any:
		if address, is := value["recipient_address"].(map[string]any); is {
			if name, is := address["name"].(string); is && len(name) >= 6 {
				l.people[name] = true
			}
		}
		for key, value := range value {
			l.collect(key, value)
		}
	case []any:
		for _, value := range value {
			l.collect(key, value)
		}
	case string:
		switch {
		case key == "doc_url":
			link, err := url.Parse(value)
			if err == nil && link.RawQuery != "" {
				l.secrets[link.RawQuery], l.secrets[link.RequestURI()] = true, true
			}
		case strings.HasSuffix(key, "_token"), key == "cipher":
			l.secrets[value] = true
		case slices.Contains(person, key) && len(value) >= 6:
			l.people[value] = true
		case key == "buyer_message" || key == "seller_note":
			if len(value) >= 6 {
				l.notes[value] = true
			}
		}
	}
}

// known are the words of some of the sets, and how many there are of each.
func (l *listener) known(sets ...map[string]bool) (words []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, set := range sets {
		for word := range set {
			if word != "" {
				words = append(words, word)
			}
		}
	}
	return words
}

// holdsBack tells what of these words a text has; of words that JSON writes with escapes also those.
func holdsBack(text []byte, words []string) (found []string) {
	for _, word := range words {
		escaped, err := json.Marshal(word)
		if bytes.Contains(text, []byte(word)) || err == nil && bytes.Contains(text, escaped[1:len(escaped)-1]) {
			found = append(found, word)
		}
	}
	return found
}

// eachFile visits the files of a bench's folder but for its settings.
func eachFile(t *testing.T, dir string, visit func(name string, text []byte)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !entry.Type().IsRegular() || entry.Name() == "packbench.toml" {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		visit(name, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A whole day, with all that goes wrong and with two crashes: nothing secret and nobody's name and address is in what was said, in the logs or in what a crash left; and
// months later, after a purge, no note, no label and no carrier's words are in any file.
func TestNothingSecretAndNobodyIsWrittenDown(t *testing.T) {
	t.Parallel()
	var later atomic.Int64 // how far the orders' lives are ahead of the clock
	lives := func() time.Time { return time.Now().Add(time.Duration(later.Load())) }
	scenario := sandbox.Scenario{Entries: []sandbox.Entry{
		{What: "token_expired", Call: "/order/*", Nth: 5},
		{What: "garbage", Call: "GET /wsos*", Nth: 1},
		{What: "html_503", Call: "GET /wsos*", Nth: 3},
		{What: "batch_fail", Code: 21011009, Count: 1, Nth: 1},
	}}
	made, err := sandbox.New(sandbox.Options{Mix: sandbox.MixFull, Orders: 240, Seed: 6, Now: lives, LabelDelay: time.Millisecond, Scenario: &scenario})
	if err != nil {
		t.Fatal(err)
	}
	l := listenTo(t, made)
	home := t.TempDir()
	bench := folder{dir: filepath.Join(home, "bench"), print: "file:" + filepath.Join(home, "printed"), codes: map[string]string{}}
	c := made.Credentials()
	file, goods := filepath.Join(home, "creds.json"), filepath.Join(home, "goods.csv")
	writeJSON(t, file, map[string]string{
		"app_key": c.AppKey, "app_secret": c.AppSecret, "auth_code": made.NewAuthCode(), "base_url": l.server.URL, "auth_url": l.server.URL,
	})
	l.secrets[c.AppSecret] = true
	writeGoods(t, goods, made.Goods())
	var said bytes.Buffer
	run := func(code int, stdin string, args ...string) string {
		t.Helper()
		end := runProgram(t, stdin, append(args, "--dir", bench.dir)...)
		said.WriteString(end.stdout + end.stderr)
		if end.code != code {
			t.Errorf("packbench %s: exit code %d\n%s\n%s", strings.Join(args, " "), end.code, end.stdout, end.stderr)
		}
		return end.stdout
	}
	run(0, "", "login", "--credentials", file)
	run(0, "", "shops")
	run(0, "", "catalog", "import", goods)
	run(0, "", "sync", "--once")
	run(0, "", "orders")
	bench.codes = readCatalogue(t, goods)
	all := listOrders(t, bench.dir)
	pack := []string{"pack", "--scans", "-", "--printer", bench.print}
	first, _ := chosen(t, all, "MY", "ready")
	run(1, bench.scansOf(t, first), pack...) // its label document is garbage
	run(0, "ok\nlabel\n", pack...)
	for _, market := range []string{"VN", "US", "GB", "BR"} {
		key, _ := chosen(t, all, market, "ready")
		run(0, bench.scansOf(t, key), pack...)
	}
	refused, _ := chosen(t, all, "MY", "seller_ships")
	run(3, refused+"\nnobody@example\n", pack...)
	run(3, "", "arrange", "--ready", "--most", "40", "--json")
	run(3, "", "outbox")
	answerBuyers(t, run)
	run(0, "", "history", first)
	run(0, "", "backup")
	printOne(t, run, bench, home)

	settings := filepath.Join(bench.dir, "packbench.toml")
	right, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"wrong secret": {`app_secret = "`, `app_secret = "x`}, "wrong token": {`access_token = "`, `access_token = "x`},
		"unreachable": {`base_url = "` + l.server.URL, `base_url = "http://127.0.0.1:1`},
	} {
		edit(t, settings, change[0], change[1])
		key, _ := chosen(t, listOrders(t, bench.dir), "VN", "ready")
		for _, args := range [][]string{{"sync", "--once"}, append(pack, "--dir", bench.dir), {"arrange", key, "--within", "1s"}, {"doctor"}} {
			end := runProgram(t, key+"\n", append(args, "--dir", bench.dir)...)
			if end.code == 0 {
				t.Errorf("%s: packbench %s ended well", name, args[0])
			}
			said.WriteString(end.stdout + end.stderr)
		}
		if err := os.WriteFile(settings, right, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for signal, args := range map[syscall.Signal][]string{syscall.SIGQUIT: {"sync", "--every", "1h"}, syscall.SIGSEGV: {"sync", "--once"}} {
		said.WriteString(l.crash(t, signal, append(args, "--dir", bench.dir)...))
	}

	secrets, people, notes := l.known(l.secrets), l.known(l.people), l.known(l.notes)
	if len(secrets) < 50 || len(people) < 500 || len(notes) < 3 || len(l.documents) < 20 {
		t.Fatalf("%d secrets, %d words of people, %d notes, %d documents: the test looks for nothing", len(secrets), len(people), len(notes), len(l.documents))
	}
	words := slices.Concat(secrets, people, notes)
	if found := holdsBack(said.Bytes(), words); found != nil {
		t.Errorf("said: %q", found)
	}
	logged, kept := 0, map[string]bool{}
	eachFile(t, bench.dir, func(name string, text []byte) {
		kept[filepath.Dir(name)] = true
		forbidden := words
		switch {
		case strings.HasPrefix(name, "logs"):
			logged += len(text)
		case name == "cache.db": // notes are shown at the bench
			forbidden = slices.Concat(secrets, people)
		case strings.HasPrefix(name, "labels"):
			forbidden = secrets
		}
		if found := holdsBack(text, forbidden); found != nil {
			t.Errorf("%s holds %q", name, found)
		}
	})
	if logged == 0 || !kept["labels"] || !kept["backups"] {
		t.Errorf("%d bytes of logs, folders %v", logged, kept)
	}
	l.purged(t, bench, run, &later)
}

// crash has the program die of a signal while a call is under way, and gives what it wrote then.
func (l *listener) crash(t *testing.T, signal syscall.Signal, args ...string) string {
	t.Helper()
	gate := make(chan struct{})
	l.mu.Lock()
	l.waits = 0
	l.mu.Unlock()
	l.hold.Store(&gate)
	defer func() { l.hold.Store(nil); close(gate) }()
	cmd := program(t, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	await(t, "a call", func() bool { l.mu.Lock(); defer l.mu.Unlock(); return l.waits > 0 })
	if err := cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil || !strings.Contains(stderr.String(), "goroutine ") {
		t.Errorf("%v: %v, %q", signal, err, stderr.String())
	}
	return stderr.String()
}

// answerBuyers accepts the first cancellation and rejects the second.
func answerBuyers(t *testing.T, run func(int, string, ...string) string) {
	t.Helper()
	type wish struct {
		CancelID string `json:"cancel_id"`
	}
	wishes := linesOf[wish](t, run(0, "", "cancellations", "--json"))
	if len(wishes) < 2 {
		t.Fatalf("%d buyers want to cancel", len(wishes))
	}
	run(0, "", "cancellations", "--accept", wishes[0].CancelID)
	reasons := linesOf[struct{ Reason string }](t, run(0, "", "cancellations", "--reasons", wishes[1].CancelID, "--json"))
	run(0, "", "cancellations", "--reject", wishes[1].CancelID, "--reason", reasons[0].Reason)
}

// printOne prints a label document as a file.
func printOne(t *testing.T, run func(int, string, ...string) string, bench folder, home string) {
	t.Helper()
	files, err := os.ReadDir(filepath.Join(bench.dir, "labels"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d labels, %v", len(files), err)
	}
	document, err := os.ReadFile(filepath.Join(bench.dir, "labels", files[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(home, "label.pdf")
	if err := os.WriteFile(name, document, 0o600); err != nil {
		t.Fatal(err)
	}
	run(0, "", "print", name, "--printer", bench.print)
}

func writeGoods(t *testing.T, name string, goods []order.Good) {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := catalogue.WriteCSV(file, goods); err != nil {
		t.Fatal(err)
	}
}

// purged lets the orders come to their ends, has the program read them and purge, and looks for what should be gone.
func (l *listener) purged(t *testing.T, bench folder, run func(int, string, ...string) string, later *atomic.Int64) {
	t.Helper()
	for range 3 {
		later.Add(int64(12 * 24 * time.Hour))
		run(0, "", "sync", "--once")
	}
	const carrier = "Left with Mrs Tan of 12 Jalan Ampang"
	ends, delivered := map[string]int{}, ""
	for _, o := range listOrders(t, bench.dir) {
		if ends[o.Status]++; o.Status == "DELIVERED" || o.Status == "COMPLETED" {
			delivered = o.OrderID
		}
	}
	if ends["DELIVERED"]+ends["COMPLETED"] < 20 || delivered == "" {
		t.Fatalf("the orders are %v", ends)
	}
	files, err := store.Open(bench.dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	err = files.SaveTracking(delivered, []order.TrackingEvent{{At: time.Now(), Text: carrier}}, order.Transit{}, time.Now())
	if err := files.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	l.mu.Lock()
	words := append(slices.Clone(l.documents), []byte(carrier))
	l.mu.Unlock()
	for _, note := range l.known(l.notes) {
		words = append(words, []byte(note))
	}
	look := func() (found map[string]int) {
		found = map[string]int{}
		eachFile(t, bench.dir, func(name string, text []byte) {
			for _, word := range words {
				if bytes.Contains(text, word) {
					found[filepath.Dir(name)+"/"+filepath.Ext(name)]++
				}
			}
		})
		return found
	}
	if before := look(); before["labels/"] < 20 || before["./.db"] < 4 {
		t.Fatalf("before the purge there is only %v: the test looks for nothing", before)
	}
	run(0, "", "purge", "--at", time.Now().Add(time.Duration(later.Load())).AddDate(0, 0, 200).Format(time.RFC3339))
	if after := look(); len(after) != 0 {
		t.Errorf("after the purge there is still %v", after)
	}
	run(0, "", "orders")
}
