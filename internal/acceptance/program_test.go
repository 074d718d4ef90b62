// Package acceptance runs the program as its users do: by its verbs and by its window, against the sandbox, with printers and scanners of our own.
package acceptance

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"packbench/internal/cli"
	"packbench/internal/platform/sandbox"
)

// built is the program the tests start, kill and read the exit codes of.
var built string

// TestMain builds the program as it is shipped, but for the window.
func TestMain(m *testing.M) { os.Exit(testAll(m)) }

func testAll(m *testing.M) int {
	dir, err := os.MkdirTemp("", "packbench-acceptance-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	built = filepath.Join(dir, "packbench")
	build := exec.Command("go", "build", "-tags", "ci", "-o", built, "packbench")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// program is the packbench command with arguments, not started yet. It finds no keyring: a test leaves nothing in that of whoever runs it.
func program(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), built, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=en_US.UTF-8", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	return cmd
}

// ended is how a run of the program ended.
type ended struct {
	code           int
	stdout, stderr string
}

// runProgram runs the program to its end.
func runProgram(t testing.TB, stdin string, args ...string) ended {
	t.Helper()
	cmd := program(t, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return ended{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// must runs the program and fails the test unless it ends well.
func must(t testing.TB, stdin string, args ...string) string {
	t.Helper()
	end := runProgram(t, stdin, args...)
	if end.code != 0 {
		t.Fatalf("packbench %s: exit code %d\n%s\n%s", strings.Join(args, " "), end.code, end.stdout, end.stderr)
	}
	return end.stdout
}

// shop is a bench's folder with a sandbox in this process behind it, its goods imported and its orders read.
type shop struct {
	t       testing.TB
	dir     string
	sandbox *sandbox.Sandbox
	server  *httptest.Server
	codes   map[string]string // SKU → a barcode

	garble  atomic.Bool // answer nonsense for label documents
	mu      sync.Mutex
	answers map[string][]int // package id → what its requests for shipment were answered with
}

// ServeHTTP is the sandbox, but notes what requests for shipment came to.
func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.garble.Load() && strings.HasPrefix(r.URL.Path, "/wsos") {
		_, _ = io.WriteString(w, "<html>not a label</html>") // the program reads it or not
		return
	}
	parcel, ships := strings.CutSuffix(strings.TrimPrefix(r.URL.Path, "/fulfillment/202309/packages/"), "/ship")
	if !ships {
		s.sandbox.ServeHTTP(w, r)
		return
	}
	recorded := httptest.NewRecorder()
	s.sandbox.ServeHTTP(recorded, r)
	var envelope struct{ Code int }
	if err := json.Unmarshal(recorded.Body.Bytes(), &envelope); err != nil {
		s.t.Errorf("the sandbox answered %q", recorded.Body)
	}
	s.mu.Lock()
	s.answers[parcel] = append(s.answers[parcel], envelope.Code)
	s.mu.Unlock()
	maps.Copy(w.Header(), recorded.Header())
	w.WriteHeader(recorded.Code)
	_, _ = w.Write(recorded.Body.Bytes()) // the program may have been killed meanwhile
}

func newShop(t testing.TB, o sandbox.Options) *shop {
	t.Helper()
	s := &shop{t: t, dir: t.TempDir(), codes: map[string]string{}, answers: map[string][]int{}}
	var err error
	if s.sandbox, err = sandbox.New(o); err != nil {
		t.Fatal(err)
	}
	s.server = httptest.NewServer(s)
	t.Cleanup(s.server.Close)
	if err := cli.ConnectSandbox(s.dir, s.sandbox, s.server.URL); err != nil {
		t.Fatal(err)
	}
	goods := "seller_sku,barcodes,name,bin,weight_g,stock,picture\n"
	for _, g := range s.sandbox.Goods() {
		s.codes[g.SKU] = g.Barcodes[0]
		goods += strings.Join([]string{g.SKU, strings.Join(g.Barcodes, "|"), "x", g.Bin, "1", "1", ""}, ",") + "\n"
	}
	file := filepath.Join(s.dir, "goods.csv")
	if err := os.WriteFile(file, []byte(goods), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "", "catalog", "import", file, "--dir", s.dir)
	must(t, "", "sync", "--once", "--dir", s.dir)
	return s
}

// listed is a line of orders --json.
type listed struct {
	OrderID  string          `json:"order_id"`
	Market   string          `json:"market"`
	Status   string          `json:"status"`
	Packages []listedPackage `json:"packages"`
}

// listedPackage is a parcel in it.
type listedPackage struct {
	PackageID string `json:"package_id"`
	Tracking  string `json:"tracking_number"`
	State     string `json:"state"`
	Lines     []struct {
		SellerSKU string `json:"seller_sku"`
		Pieces    int    `json:"pieces"`
	} `json:"lines"`
}

func (l listed) pieces() (n int) {
	for _, line := range l.Packages[0].Lines {
		n += line.Pieces
	}
	return n
}

// listOrders are all orders a bench's folder knows.
func listOrders(t testing.TB, dir string) []listed {
	t.Helper()
	var all []listed
	for line := range strings.Lines(must(t, "", "orders", "--json", "--dir", dir)) {
		var o listed
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		all = append(all, o)
	}
	return all
}

// waiting is an order that awaits shipment, of so many pieces.
func (s *shop) waiting(pieces int) listed {
	s.t.Helper()
	for _, o := range listOrders(s.t, s.dir) {
		if o.Status == "AWAITING_SHIPMENT" && o.pieces() == pieces {
			return o
		}
	}
	s.t.Fatalf("no order of %d pieces awaits shipment", pieces)
	return listed{}
}

// items are the barcodes of an order's pieces.
func (s *shop) items(o listed) []string { return itemsOf(o, s.codes) }

func itemsOf(o listed, codes map[string]string) []string {
	var scans []string
	for _, line := range o.Packages[0].Lines {
		for range line.Pieces {
			scans = append(scans, codes[line.SellerSKU])
		}
	}
	return scans
}

// shipped counts the requests for shipment of an order's parcel that the platform let through or refused because it had let one through.
func (s *shop) shipped(o listed) (n int) {
	const alreadyShipped = 21011040 // platform API 3.6
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, code := range s.answers[o.Packages[0].PackageID] {
		if code == 0 || code == alreadyShipped {
			n++
		}
	}
	return n
}

// outcome is a line of pack's output.
type outcome struct {
	Scan, Outcome, State, Message string
	PackageID                     string `json:"package_id"`
}

func outcomes(t *testing.T, stdout string) []outcome {
	t.Helper()
	var all []outcome
	for line := range strings.Lines(stdout) {
		var o outcome
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		all = append(all, o)
	}
	return all
}

// last is the last line of what a verb said.
func last[T any](t *testing.T, all []T) T {
	t.Helper()
	if len(all) == 0 {
		t.Fatal("nothing was said")
	}
	return all[len(all)-1]
}

// tape is a printer that keeps what it is sent.
type tape struct {
	address string // as --printer takes it
	mu      sync.Mutex
	bytes   bytes.Buffer
}

// newTape makes a tape on TCP.

func newTape(t *testing.T) *tape {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &tape{address: "tcp:" + listener.Addr().String()}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer connection.Close()
				_, _ = io.Copy(p, connection) // a killed program resets its connection: what came before counts
			}()
		}
	}()
	return p
}

func (p *tape) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bytes.Write(b)
}

func (p *tape) uri() string { return p.address }

// labels is how many whole labels came, once bytes have stopped coming.
func (p *tape) labels() int { return bytes.Count(p.all(), []byte("^XZ")) }

func (p *tape) all() []byte {
	for before := -1; ; {
		p.mu.Lock()
		now := p.bytes.Len()
		kept := bytes.Clone(p.bytes.Bytes())
		p.mu.Unlock()
		if now == before {
			return kept
		}
		before = now
		time.Sleep(50 * time.Millisecond)
	}
}

// conversation is a pack verb that is fed line by line.
type conversation struct {
	t     *testing.T
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines *bufio.Scanner
}

func converse(t *testing.T, args ...string) *conversation {
	t.Helper()
	return converseBy(t, append([]string{"pack", "--scans", "-"}, args...)...)
}

// converseBy begins a conversation with a verb that answers scans.
func converseBy(t *testing.T, args ...string) *conversation {
	t.Helper()
	c := &conversation{t: t, cmd: program(t, args...)}
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.lines = bufio.NewScanner(out)
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *conversation) say(line string) {
	c.t.Helper()
	if _, err := io.WriteString(c.in, line+"\n"); err != nil {
		c.t.Fatal(err)
	}
}

// scan says a line and waits for its outcome.
func (c *conversation) scan(line string) outcome {
	c.t.Helper()
	c.say(line)
	if !c.lines.Scan() {
		c.t.Fatalf("no outcome for %s: %v", line, c.lines.Err())
	}
	return outcomes(c.t, c.lines.Text())[0]
}

// kill ends the program as a power cut would.
func (c *conversation) kill() {
	c.t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		c.t.Fatal(err)
	}
	if err := c.cmd.Wait(); err == nil {
		c.t.Fatal("a killed program ended well")
	}
}

// await waits until something is so, half a minute at most.
func await(t testing.TB, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited half a minute for %s", what)
		}
	}
}

// readCatalogue reads SKU → first barcode from a catalogue file.
func readCatalogue(t *testing.T, name string) map[string]string {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]string{}
	for _, row := range rows[1:] {
		codes[row[0]], _, _ = strings.Cut(row[1], "|")
	}
	return codes
}
