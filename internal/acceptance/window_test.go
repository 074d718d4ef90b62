//go:build window

package acceptance

import (
	"bufio"
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
	"packbench/internal/testkit"
)

// screen is a display of its own.
type screen struct {
	t       testing.TB
	display string
}

func newScreen(t testing.TB, more ...string) *screen {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	server := exec.Command("Xvfb", append(more, "-displayfd", "3", "-screen", "0", "1280x720x24", "+extension", "GLX", "-nolisten", "tcp",
		"-noreset")...) // or it starts anew whenever nobody is connected, as between two calls of xdotool
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill() // nothing of it is kept
		_ = server.Wait()
	})
	if err := write.Close(); err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(read).ReadString('\n') // a server that cannot write its whole line ends
	if err != nil {
		t.Fatal(err)
	}
	return &screen{t, ":" + strings.TrimSpace(number)}
}

func (s *screen) run(name string, args ...string) []byte {
	s.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("%s %v: %v", name, args, err)
	}
	return out
}

// scan types a code as a scanner does: 2 ms a key, Enter at the end.
func (s *screen) scan(code string) {
	s.t.Helper()
	s.run("xdotool", "type", "--delay", "2", code)
	s.run("xdotool", "key", "Return")
}

// shot takes a picture of the screen. With PACKBENCH_SHOTS set it is kept there to be looked at.
func (s *screen) shot(name string) image.Image {
	s.t.Helper()
	data := s.run("import", "-window", "root", "png:-")
	if folder := os.Getenv("PACKBENCH_SHOTS"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name+".png"), data, 0o644); err != nil {
			s.t.Fatal(err)
		}
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		s.t.Fatal(err)
	}
	return picture
}

// desk is the program's window on a shop.
type desk struct {
	*shop
	screen *screen
	cmd    *exec.Cmd
	said   bytes.Buffer
	heard  int // outcomes seen so far
}

func openDesk(t testing.TB, s *shop, locale string) *desk {
	t.Helper()
	return openDeskOn(t, s, newScreen(t), locale)
}

// openDeskOn opens the window on a display that is there already.
func openDeskOn(t testing.TB, s *shop, on *screen, locale string, flags ...string) *desk {
	t.Helper()
	binary := os.Getenv("PACKBENCH_BINARY")
	if binary == "" {
		t.Fatal("PACKBENCH_BINARY does not name the program: run make test")
	}
	d := &desk{shop: s, screen: on, cmd: exec.Command(binary, append([]string{"--dir", s.dir}, flags...)...)}
	home := t.TempDir()
	d.cmd.Env = append(os.Environ(), "DISPLAY="+d.screen.display, "LC_ALL="+locale, "FYNE_SCALE=1", "FYNE_DISABLE_DPI_DETECTION=1", "XDG_CONFIG_HOME="+home)
	d.cmd.Stderr = &d.said
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = d.cmd.Process.Kill() // it has ended by itself where the test went well
		if t.Failed() {
			t.Logf("the program said: %s", d.said.String())
		}
	})
	d.heard = len(d.outcomes())
	await(t, "the window", func() bool {
		find := exec.Command("xdotool", "search", "--onlyvisible", "--name", "Packbench|打包台")
		find.Env = append(os.Environ(), "DISPLAY="+d.screen.display)
		out, err := find.Output()
		if err != nil {
			return false
		}
		d.screen.run("xdotool", "windowfocus", strings.Fields(string(out))[0])
		return true
	})
	await(t, "the first picture", func() bool { return !blank(d.screen.shot("starting")) })
	return d
}

// blank tells whether a picture shows nothing: fewer than fifty colours.
func blank(picture image.Image) bool {
	colours := map[any]bool{}
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y += 3 {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			colours[picture.At(x, y)] = true
		}
	}
	return len(colours) < 50
}

// outcomes are those of all scans, as the program logged them.
func (d *desk) outcomes() []string {
	data, err := os.ReadFile(filepath.Join(d.dir, "logs", "packbench.log"))
	if err != nil && !os.IsNotExist(err) {
		d.t.Fatal(err)
	}
	var found []string
	for line := range bytes.Lines(data) {
		var entry struct{ Msg, Outcome string }
		if json.Unmarshal(line, &entry) == nil && entry.Msg == "scan" {
			found = append(found, entry.Outcome)
		}
	}
	return found
}

// want scans a code, waits for its outcome, and until the screen shows something else than before.
func (d *desk) want(code, outcome, picture string) {
	d.t.Helper()
	before := d.screen.shot(picture)
	d.screen.scan(code)
	await(d.t, "the outcome of "+code, func() bool { return len(d.outcomes()) > d.heard })
	all := d.outcomes()
	if got := all[d.heard]; got != outcome {
		d.t.Fatalf("%s came to %s, want %s", code, got, outcome)
	}
	d.heard++
	var after image.Image
	await(d.t, "a new picture after "+code, func() bool {
		after = d.screen.shot(picture)
		return !same(before, after)
	})
	if blank(after) {
		d.t.Errorf("%s: the screen is blank", picture)
	}
}

// same tells whether the strip at the foot of two pictures, where every scan is answered, is alike but for its clock.
func same(a, b image.Image) bool {
	for y := 630; y < 715; y++ {
		for x := 0; x < 900; x++ {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

// close ends the program as the system does and checks that it went well.
func (d *desk) close() {
	d.t.Helper()
	if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		d.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- d.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			d.t.Errorf("the window ended with %v: %s", err, d.said.String())
		}
	case <-time.After(15 * time.Second):
		d.t.Errorf("the window did not end")
	}
}

// order reads one order anew.
func (s *shop) order(id string) listed {
	s.t.Helper()
	must(s.t, "", "sync", "--once", "--dir", s.dir)
	for _, o := range listOrders(s.t, s.dir) {
		if o.OrderID == id {
			return o
		}
	}
	s.t.Fatalf("no order %s", id)
	return listed{}
}

// printed waits for the n-th label file and returns it.
func printed(t *testing.T, folder string, n int) string {
	t.Helper()
	var files []string
	await(t, "label "+strconv.Itoa(n), func() bool {
		var err error
		if files, err = filepath.Glob(filepath.Join(folder, "*.zpl")); err != nil {
			t.Fatal(err)
		}
		return len(files) >= n
	})
	if len(files) != n {
		t.Fatalf("%d labels, want %d", len(files), n)
	}
	return files[n-1]
}

// trackingOn reads the tracking number off a label file.
func trackingOn(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range testkit.ReadCodes(t, testkit.RenderZPL(t, data, 203)[0]) {
		if strings.HasPrefix(code, "JMX") && !strings.ContainsAny(code, " |/;") {
			return code
		}
	}
	t.Fatal("no tracking number can be read off the label")
	return ""
}

func TestWindow(t *testing.T) {
	for name, locale := range map[string]string{"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"} {
		t.Run(name, func(t *testing.T) { packInWindow(t, name, locale) })
	}
}

// packInWindow packs one parcel as a packer does, with a wrong item on the way.
func packInWindow(t *testing.T, name, locale string) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3, LabelDelay: 200 * time.Millisecond})
	folder := filepath.Join(s.dir, "printed") // where a bench on a sandbox prints unless told otherwise
	o := s.waiting(3)
	items := s.items(o)
	wrong := ""
	for sku, code := range s.codes {
		if strings.HasPrefix(sku, "TEE-") && !strings.Contains(strings.Join(items, " "), code) {
			wrong = code
		}
	}
	d := openDesk(t, s, locale)
	d.screen.shot(name + "-1-idle")
	d.want(o.Packages[0].PackageID, "opened", name+"-2-open")
	d.want(items[0], "taken", name+"-3-half")
	d.want(wrong, "wrong_item", name+"-4-wrong")
	time.Sleep(time.Second) // two equal pieces are scanned by a hand
	d.want(items[1], "taken", name+"-5-right-again")
	time.Sleep(time.Second)
	d.want(items[2], "taken", name+"-6-complete")
	tracking := trackingOn(t, printed(t, folder, 1))
	await(t, "the label's picture", func() bool { return !blank(d.screen.shot(name + "-7-label-to-scan")) })
	d.want(items[2], "wrong_label", name+"-8-wrong-label")
	d.want(tracking, "confirmed", name+"-9-done")
	d.close()
	got := s.order(o.OrderID)
	if got.Status != "AWAITING_COLLECTION" || got.Packages[0].State != "confirmed" || got.Packages[0].Tracking != tracking || s.shipped(o) != 1 {
		t.Errorf("%+v, shipped %d times", got, s.shipped(o))
	}
}

// A window that is killed in the middle of a parcel goes on with it.
func TestWindowKilled(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3})
	folder := filepath.Join(s.dir, "printed") // where a bench on a sandbox prints unless told otherwise
	o := s.waiting(2)
	items := s.items(o)
	d := openDesk(t, s, "en_US.UTF-8")
	d.want(o.Packages[0].PackageID, "opened", "killed-1")
	d.want(items[0], "taken", "killed-2")
	if err := d.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := d.cmd.Wait(); err == nil {
		t.Fatal("a killed window ended well")
	}
	d = openDesk(t, s, "en_US.UTF-8")
	d.want(items[1], "taken", "killed-3-again")
	tracking := trackingOn(t, printed(t, folder, 1))
	d.want(tracking, "confirmed", "killed-4-done")
	d.close()
}

// Verbs are done by the window as long as it is open, and what they change shows on its screen.
func TestWindowServesVerbs(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3})
	alone := must(t, "", "orders", "--json", "--dir", s.dir)
	o := s.waiting(2)
	headless := built
	built = os.Getenv("PACKBENCH_BINARY") // another build may be another version
	t.Cleanup(func() { built = headless })
	d := openDesk(t, s, "zh_CN.UTF-8")
	if got := must(t, "", "orders", "--json", "--dir", s.dir); got != alone {
		t.Errorf("%s", got)
	}
	must(t, "", "sync", "--once", "--dir", s.dir)
	d.want(o.Packages[0].PackageID, "opened", "verbs-1")
	d.want("4999999999996", "unknown_code", "verbs-2")
	goods := filepath.Join(s.dir, "more.csv")
	row := "seller_sku,barcodes,name,bin,weight_g,stock,picture\n" + o.Packages[0].Lines[0].SellerSKU + ",4999999999996,x,,1,1,\n"
	if err := os.WriteFile(goods, []byte(row), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "", "catalog", "import", goods, "--dir", s.dir)
	d.want("4999999999996", "taken", "verbs-3")
	end := runProgram(t, "", "pack", "--scans", "-", "--dir", s.dir)
	if end.code != 1 || !strings.Contains(end.stderr, "has its packer already") {
		t.Errorf("exit code %d, %q", end.code, end.stderr)
	}
	end = runProgram(t, "", "sync", "--dir", s.dir)
	if end.code != 1 || !strings.Contains(end.stderr, "The window on the folder") {
		t.Errorf("exit code %d, %q", end.code, end.stderr)
	}
	d.close()
	if got := s.order(o.OrderID); got.Packages[0].State != "packing" {
		t.Errorf("%+v", got)
	}
}

// keys presses keys one after the other, as a hand does.
func (s *screen) keys(names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.run("xdotool", "key", name)
		time.Sleep(50 * time.Millisecond)
	}
}

// words types as a hand does.
func (s *screen) words(text string) {
	s.t.Helper()
	s.run("xdotool", "type", "--delay", "70", text)
}

// A shop is connected and the bench settled with the keyboard alone; a scan into a field leaves no trace in it and opens its parcel.
func TestWindowSettings(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3})
	o := s.waiting(2)
	s.dir = t.TempDir() // a bench nobody has connected yet
	file := filepath.Join(s.dir, "packbench.toml")
	text := "[platform]\nbase_url = \"" + s.server.URL + "\"\nauth_url = \"" + s.server.URL + "\"\nsecrets = \"file\"\n" +
		"[printer]\nuri = \"file:" + filepath.Join(s.dir, "printed") + "\"\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	written := func(line string) func() bool {
		return func() bool {
			data, err := os.ReadFile(file)
			return err == nil && strings.Contains(string(data), line+"\n")
		}
	}
	c := s.sandbox.Credentials()
	d := openDesk(t, s, "en_US.UTF-8")
	d.screen.keys("F8", "Tab")
	d.screen.words(c.AppKey)
	d.screen.keys("Tab")
	d.screen.run("xdotool", "type", "--delay", "2", c.AppSecret) // a program that fills it in
	d.screen.keys("Tab")
	d.screen.words("https://example.test/landing?code=" + c.AuthCode + "&state=1")
	d.screen.shot("settings-1-entered")
	d.screen.keys("F9")
	await(t, "the shop in the settings", written(`  app_key = "`+c.AppKey+`"`))
	d.screen.shot("settings-2-connected")
	if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := d.cmd.Wait(); err == nil { // it was opened without a shop, which is what it ends with
		t.Error("the window on a bench without a shop ended well")
	}
	d = openDesk(t, s, "en_US.UTF-8")
	d.screen.keys("F8", "Tab", "Tab", "Tab", "Tab", "Tab") // the packer
	d.screen.words("Mei ")
	time.Sleep(time.Second) // a hand that typed takes the scanner
	d.want(o.Packages[0].PackageID, "opened", "settings-3-scanned")
	d.screen.keys("F8", "Tab", "Tab", "Tab", "Tab", "Tab", "End")
	d.screen.words("Li")
	d.screen.keys("F10")
	await(t, "the packer in the settings", written(`  packer = "Mei Li"`))
	d.screen.shot("settings-4-saved")
	d.close()
}
