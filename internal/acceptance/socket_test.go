package acceptance

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"packbench/internal/doorway"
	"packbench/internal/platform/sandbox"
	"packbench/store"
)

// syncing is a sync verb that has read the shops once and waits to read them again.
func syncing(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	cmd := program(t, "sync", "--every", "1h", "--dir", dir)
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
	if lines := bufio.NewScanner(out); !lines.Scan() {
		t.Fatalf("sync read nothing: %v", lines.Err())
	}
	return cmd
}

// packing is a pack verb that waits for scans.
func packing(t *testing.T, s *shop) *conversation {
	t.Helper()
	c := converse(t, "--printer", "file:"+t.TempDir(), "--dir", s.dir)
	if got := c.scan("nothing-of-ours"); got.Outcome != "unknown_code" {
		t.Fatalf("%+v", got)
	}
	t.Cleanup(func() {
		_ = c.in.Close() // it may have ended already
		_ = c.cmd.Wait()
	})
	return c
}

// Beside a program that has the folder open, verbs say what they say alone.
func TestVerbsBesideARunningProgram(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3})
	verbs := [][]string{
		{"orders", "--json"}, {"orders"}, {"orders", "--state", "confirmed"}, {"sync", "--once"},
		{"export", "--csv", "orders.txt"}, {"export", "--out", "orders.doc"}, {"export", "--from", "2026-01-01", "--to", "2026-11-22"},
		{"catalog", "import", "goods.csv"}, {"catalog", "import", "missing.csv"}, {"catalog", "import", "/dev/stdin"},
	}
	run := func(language string, verb []string) ended {
		t.Helper()
		cmd := program(t, append(verb, "--dir", s.dir)...)
		cmd.Dir, cmd.Env = s.dir, append(cmd.Env, "LC_ALL="+language)
		var stdout, stderr bytes.Buffer
		cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader("seller_sku,barcodes,name,bin,weight_g,stock,picture\nA,1,x,,1,1,\n"), &stdout, &stderr
		if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return ended{cmd.ProcessState.ExitCode(), stdout.String(), strings.ReplaceAll(stderr.String(), s.dir+"/", "")}
	}
	type said struct{ language, verb string }
	alone := map[said]ended{}
	each := func(do func(said, ended)) {
		for _, language := range []string{"en_US.UTF-8", "zh_CN.UTF-8"} {
			for _, verb := range verbs {
				do(said{language, strings.Join(verb, " ")}, run(language, verb))
			}
		}
	}
	each(func(key said, got ended) { alone[key] = got })
	if all := alone[said{"zh_CN.UTF-8", "orders"}]; all.code != 0 || strings.Count(all.stdout, "\n") != 61 || !strings.Contains(all.stdout, "订单") {
		t.Fatalf("%+v", all)
	}
	same := func(t *testing.T) {
		each(func(key said, got ended) {
			if want := alone[key]; got != want {
				t.Errorf("%s, %s\nalone:  %+v\nbeside: %+v", key.language, key.verb, want, got)
			}
		})
	}
	t.Run("sync", func(t *testing.T) {
		syncing(t, s.dir)
		same(t)
	})
	t.Run("pack", func(t *testing.T) {
		packing(t, s)
		same(t)
	})
}

// What a verb changes is there at once for the program that does it: a barcode taken in while a parcel is open counts in that parcel.
func TestGoodsTakenInWhilePacking(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3})
	o := s.waiting(1)
	c := packing(t, s)
	c.scan(o.Packages[0].PackageID)
	if got := c.scan("4999999999996"); got.Outcome != "unknown_code" {
		t.Fatalf("%+v", got)
	}
	goods := fmt.Sprintf("seller_sku,barcodes,name,bin,weight_g,stock,picture\n%s,4999999999996,x,,1,1,\n", o.Packages[0].Lines[0].SellerSKU)
	if err := os.WriteFile(filepath.Join(s.dir, "more.csv"), []byte(goods), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "", "catalog", "import", filepath.Join(s.dir, "more.csv"), "--dir", s.dir)
	if got := c.scan("4999999999996"); got.Outcome != "taken" {
		t.Fatalf("%+v", got)
	}
	if got := c.scan("label"); got.Outcome != "confirmed" {
		t.Fatalf("%+v", got)
	}
	i := slices.IndexFunc(listOrders(t, s.dir), func(l listed) bool { return l.OrderID == o.OrderID })
	if got := listOrders(t, s.dir)[i]; got.Packages[0].State != "confirmed" {
		t.Errorf("%+v", got)
	}
}

// Most network printers talk to one program at a time. Beside a bench that has printed, a label goes out through the bench's own connection.
func TestPrintBesideABenchThatPrints(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	printer := &tape{address: "tcp:" + listener.Addr().String()}
	go func() {
		for { // one connection after the other
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = io.Copy(printer, connection) // what was taken counts, however it ended
			_ = connection.Close()
		}
	}()
	o := s.waiting(1)
	c := converse(t, "--printer", printer.uri(), "--dir", s.dir)
	for _, scan := range []string{o.Packages[0].PackageID, s.items(o)[0], "label"} {
		c.scan(scan)
	}
	label := "^XA^PW800^LL1200^FO10,10^A0N,30,30^FDbeside^FS^XZ"
	if err := os.WriteFile(filepath.Join(s.dir, "label.zpl"), []byte(label), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := program(t, "print", "label.zpl", "--printer", printer.uri(), "--dir", s.dir)
	cmd.Dir = s.dir
	if out, err := cmd.CombinedOutput(); err != nil || string(out) != `{"file":"label.zpl","labels":1,"state":"sent"}`+"\n" {
		t.Fatalf("%v, %s", err, out)
	}
	await(t, "two labels", func() bool { return printer.labels() == 2 })
	if !bytes.HasSuffix(bytes.TrimSpace(printer.all()), []byte(label)) {
		t.Errorf("the printer got %q", printer.all())
	}
	cmd = program(t, "print", "label.zpl", "--printer", "file:elsewhere", "--dir", s.dir)
	cmd.Dir = s.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v, %s", err, out)
	}
	if files, err := filepath.Glob(filepath.Join(s.dir, "elsewhere", "*.zpl")); err != nil || len(files) != 1 {
		t.Errorf("%v, %v", files, err)
	}
	if err := c.in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}

// What needs the folder for itself is refused, and told by whom.
func TestRefusedBesideARunningProgram(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 10, Seed: 3})
	refused := func(says string, args ...string) {
		t.Helper()
		end := runProgram(t, "", append(args, "--dir", s.dir)...)
		if end.code != 1 || end.stdout != "" || !strings.Contains(end.stderr, says) {
			t.Errorf("%v: exit code %d, %q", args, end.code, end.stderr)
		}
	}
	c := packing(t, s)
	refused("has its packer already", "pack", "--scans", "-", "--printer", "file:"+t.TempDir())
	refused("“packbench pack” runs on the folder", "sync")
	if err := c.in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	syncing(t, s.dir)
	refused("“packbench sync” runs on the folder", "pack", "--scans", "-", "--printer", "file:"+t.TempDir())
	for _, verb := range []string{"/dev/fd/3", "/proc/self/fd/0"} {
		refused("cannot see "+verb, "catalog", "import", verb)
	}
}

// A killed program leaves a socket behind, which is in nobody's way.
func TestVerbsAfterAKill(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 10, Seed: 3})
	alone := must(t, "", "orders", "--json", "--dir", s.dir)
	for range 2 {
		holder := syncing(t, s.dir)
		if got := must(t, "", "orders", "--json", "--dir", s.dir); got != alone {
			t.Errorf("beside it: %s", got)
		}
		if err := holder.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := holder.Wait(); err == nil {
			t.Fatal("a killed program ended well")
		}
		if info, err := os.Lstat(filepath.Join(s.dir, doorway.SocketName)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
		if got := must(t, "", "orders", "--json", "--dir", s.dir); got != alone {
			t.Errorf("after it: %s", got)
		}
	}
}

func TestVerbsInADeepFolder(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 10, Seed: 3})
	alone := must(t, "", "orders", "--json", "--dir", s.dir)
	deep := filepath.Join(t.TempDir(), strings.Repeat("deep/", 40))
	if err := os.MkdirAll(filepath.Dir(deep), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(s.dir, deep); err != nil {
		t.Fatal(err)
	}
	syncing(t, deep)
	if got := must(t, "", "orders", "--json", "--dir", deep); got != alone {
		t.Errorf("%s", got)
	}
}

func TestManyVerbsAtOnce(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 300, Seed: 3})
	alone := must(t, "", "orders", "--json", "--dir", s.dir)
	syncing(t, s.dir)
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			args := []string{"orders", "--json", "--dir", s.dir}
			switch i {
			case 0:
				args = []string{"sync", "--once", "--dir", s.dir}
			case 1:
				args = []string{"catalog", "import", filepath.Join(s.dir, "goods.csv"), "--dir", s.dir}
			}
			if end := runProgram(t, "", args...); end.code != 0 || i > 1 && end.stdout != alone {
				t.Errorf("%v: exit code %d, %d bytes, %s", args, end.code, len(end.stdout), end.stderr)
			}
		})
	}
	all.Wait()
}

// Whoever has read enough, such as head, ends the verb and nothing else.
func TestReaderHasEnough(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 2000, Seed: 3})
	syncing(t, s.dir)
	cmd := program(t, "orders", "--json", "--dir", s.dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if lines := bufio.NewScanner(out); !lines.Scan() {
		t.Fatal(lines.Err())
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("a verb nobody listens to ended well")
	}
	if n := len(listOrders(t, s.dir)); n != 2000 {
		t.Errorf("%d orders", n)
	}
}

// A verb that is being done ends with whoever asked for it, and with the program that does it, and says so.
func TestVerbBrokenOff(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 10, Seed: 3})
	asked, left := make(chan struct{}), make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
		left <- struct{}{}
	}))
	defer silent.Close()
	settings := filepath.Join(s.dir, "packbench.toml")
	right, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(settings, bytes.ReplaceAll(right, []byte(s.server.URL), []byte(silent.URL)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		caller, holder os.Signal
		code           int
		says           string
	}{
		"the caller is killed":      {syscall.SIGKILL, nil, -1, ""},
		"the caller is interrupted": {os.Interrupt, nil, 1, "was stopped before it was done"},
		"the program is told":       {nil, syscall.SIGTERM, 1, "was closed before this was done"},
		"the program is killed":     {nil, syscall.SIGKILL, 1, "ended or stopped answering before this was done"},
	} {
		t.Run(name, func(t *testing.T) {
			holder := converse(t, "--printer", "file:"+t.TempDir(), "--dir", s.dir)
			holder.scan("nothing-of-ours")
			cmd := program(t, "sync", "--once", "--dir", s.dir)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			<-asked
			ending := cmd.Process
			signal := c.caller
			if c.holder != nil {
				ending, signal = holder.cmd.Process, c.holder
			}
			if err := ending.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if c.holder == syscall.SIGTERM { // it ends once its scans have ended
				if err := holder.in.Close(); err != nil {
					t.Fatal(err)
				}
			}
			<-left
			if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != c.code || !strings.Contains(stderr.String(), c.says) {
				t.Errorf("exit code %d, %q", cmd.ProcessState.ExitCode(), stderr.String())
			}
			if c.holder == nil { // and the program works on
				if got := holder.scan("nothing-of-ours"); got.Outcome != "unknown_code" {
					t.Errorf("%+v", got)
				}
			}
			_ = holder.in.Close() // it may have ended already
			_ = holder.cmd.Wait()
			if n := len(listOrders(t, s.dir)); n != 10 {
				t.Errorf("%d orders afterwards", n)
			}
		})
	}
}

// A program of another version does nothing for this one.
func TestAnotherVersion(t *testing.T) {
	dir := t.TempDir()
	files, err := store.Open(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	door, err := doorway.Open(dir, doorway.Host{Version: "v9.9.9", Verb: "window"}, func(context.Context, doorway.Call, doorway.Streams) int {
		t.Error("a program of another version did a verb")
		return 0
	}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	end := runProgram(t, "", "orders", "--dir", dir)
	if end.code != 1 || end.stdout != "" || !strings.Contains(end.stderr, "Another version of Packbench has the folder") || !strings.Contains(end.stderr, "v9.9.9") {
		t.Errorf("exit code %d, %q", end.code, end.stderr)
	}
	if err := door.Close(); err != nil {
		t.Error(err)
	}
}

// overheard stands before a program's socket and keeps all that passes.
type overheard struct {
	mu    sync.Mutex
	bytes bytes.Buffer
}

func (o *overheard) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.bytes.Write(b)
}

func (o *overheard) text() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.bytes.String()
}

func (o *overheard) stand(t *testing.T, dir string) {
	t.Helper()
	socket, behind := filepath.Join(dir, doorway.SocketName), filepath.Join(dir, "behind.sock")
	if err := os.Rename(socket, behind); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			visitor, err := listener.Accept()
			if err != nil {
				return
			}
			host, err := net.Dial("unix", behind)
			if err != nil {
				t.Error(err)
				return
			}
			carry := func(to, from net.Conn) {
				_, _ = io.Copy(io.MultiWriter(o, to), from) // written down before it arrives; whichever side ends ends both
				_ = to.Close()
			}
			go carry(host, visitor)
			go carry(visitor, host)
		}
	}()
}

func TestNoSecretAtTheSocket(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 10, Seed: 3})
	syncing(t, s.dir)
	heard := &overheard{}
	heard.stand(t, s.dir)
	must(t, "", "orders", "--json", "--dir", s.dir)
	must(t, "", "sync", "--once", "--dir", s.dir)
	s.server.Close()
	if end := runProgram(t, "", "sync", "--once", "--dir", s.dir); end.code != 1 {
		t.Errorf("exit code %d", end.code)
	}
	text := heard.text()
	if !strings.Contains(text, `"orders","--json"`) || !strings.Contains(text, "order_id") || !strings.Contains(text, "platform.unreachable") {
		t.Fatalf("the test hears nothing: %q", text)
	}
	c := s.sandbox.Credentials()
	for _, secret := range []string{c.AppSecret, c.AccessToken, c.RefreshToken, "sign=", "cipher"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q went over the socket", secret)
		}
	}
}
