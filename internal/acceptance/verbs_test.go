package acceptance

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
	"packbench/internal/testkit"
	"packbench/store"
)

// startSandbox starts the sandbox verb and waits until it listens.
func startSandbox(t testing.TB, args ...string) {
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
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatalf("the sandbox said nothing: %v", lines.Err())
	}
	var said struct{ Listening string }
	if err := json.Unmarshal(lines.Bytes(), &said); err != nil || !strings.HasPrefix(said.Listening, "http://127.0.0.1:") {
		t.Fatalf("the sandbox said %q", lines.Text())
	}
}

// The main job: fifty parcels from the shop to a confirmed label, and each label, drawn and read by programs we did not write, names its own parcel.
func TestFiftyParcels(t *testing.T) { packParcels(t, 50, newTape(t)) }

// packParcels packs parcels one after the other, looks at each label that came to the printer, and gives the parcels' tracking numbers in their order.
func packParcels(t *testing.T, count int, printer *tape) (numbers []string) {
	t.Helper()
	dir := t.TempDir()
	goods := filepath.Join(dir, "goods.csv")
	startSandbox(t, "--orders", "200", "--seed", "7", "--catalog", goods, "--write-settings", dir)
	must(t, "", "catalog", "import", goods, "--dir", dir)
	must(t, "", "sync", "--once", "--dir", dir)

	codes := readCatalogue(t, goods)
	var scans strings.Builder
	sizes := map[int]int{}
	var chosen []listed
	for _, o := range listOrders(t, dir) {
		if o.Status != "AWAITING_SHIPMENT" || len(chosen) == count {
			continue
		}
		chosen = append(chosen, o)
		sizes[o.pieces()]++
		fmt.Fprintln(&scans, o.Packages[0].PackageID)
		for _, code := range itemsOf(o, codes) {
			fmt.Fprintln(&scans, code)
		}
		fmt.Fprintln(&scans, "label")
	}
	for n := 1; n <= 6; n++ {
		if sizes[n] == 0 && count == 50 {
			t.Errorf("no parcel of %d pieces among %v", n, sizes)
		}
	}
	list := filepath.Join(dir, "scans.txt")
	if err := os.WriteFile(list, []byte(scans.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	confirmed := map[string]string{}
	for _, o := range outcomes(t, must(t, "", "pack", "--scans", list, "--printer", printer.uri(), "--dir", dir)) {
		switch o.Outcome {
		case "confirmed":
			confirmed[o.PackageID] = o.Scan
		case "opened", "taken":
		default:
			t.Errorf("%+v", o)
		}
	}
	t.Logf("%d parcels packed in %s", count, time.Since(began).Round(time.Millisecond))
	if len(chosen) != count || len(confirmed) != count || printer.labels() != count {
		t.Fatalf("%d orders, %d confirmed, %d labels", len(chosen), len(confirmed), printer.labels())
	}
	must(t, "", "sync", "--once", "--dir", dir)
	tracking := map[string]string{}
	for _, o := range listOrders(t, dir) {
		for _, p := range o.Packages {
			if _, mine := confirmed[p.PackageID]; mine {
				tracking[p.PackageID] = p.Tracking
				if p.State != "confirmed" || o.Status != "AWAITING_COLLECTION" {
					t.Errorf("order %s is %s, its parcel %s", o.OrderID, o.Status, p.State)
				}
			}
		}
	}
	pictures := testkit.RenderZPL(t, printer.all(), 203)
	if len(pictures) != count {
		t.Fatalf("%d pictures", len(pictures))
	}
	for i, o := range chosen { // labels come in the order of the parcels
		want := tracking[o.Packages[0].PackageID]
		if read := testkit.ReadCodes(t, pictures[i]); want == "" || !slices.Contains(read, want) {
			t.Errorf("label %d says %q, its parcel's tracking number is %q", i+1, read, want)
		}
		numbers = append(numbers, want)
	}
	return numbers
}

func TestKillAfterThreeOfFive(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3})
	o := s.waiting(5)
	items := s.items(o)
	printer := newTape(t)
	c := converse(t, "--printer", printer.uri(), "--dir", s.dir)
	c.scan(o.Packages[0].PackageID)
	for _, item := range items[:3] {
		if got := c.scan(item); got.Outcome != "taken" {
			t.Fatalf("%+v", got)
		}
	}
	c.kill()
	all := outcomes(t, must(t, items[3]+"\n"+items[4]+"\nlabel\n", "pack", "--scans", "-", "--printer", printer.uri(), "--dir", s.dir))
	if len(all) != 3 || all[0].Outcome != "taken" || all[0].Message != "4 of 5 in, 1 more" || all[2].Outcome != "confirmed" {
		t.Fatalf("%+v", all)
	}
	if s.shipped(o) != 1 || printer.labels() != 1 {
		t.Errorf("shipped %d times, printed %d times", s.shipped(o), printer.labels())
	}
}

func TestKillBetweenShipAndPrint(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3, LabelDelay: 2 * time.Second})
	o := s.waiting(2)
	printer := newTape(t)
	c := converse(t, "--printer", printer.uri(), "--dir", s.dir)
	c.scan(o.Packages[0].PackageID)
	for _, item := range s.items(o) {
		c.scan(item)
	}
	for s.shipped(o) == 0 {
		time.Sleep(5 * time.Millisecond)
	}
	c.kill()
	if printer.labels() != 0 {
		t.Fatal("printed before the label was ready")
	}
	all := outcomes(t, must(t, "wait\nlabel\n", "pack", "--scans", "-", "--printer", printer.uri(), "--dir", s.dir))
	if got := last(t, all); got.Outcome != "confirmed" || got.PackageID != o.Packages[0].PackageID {
		t.Fatalf("%+v", all)
	}
	if s.shipped(o) > 1 || printer.labels() != 1 {
		t.Errorf("shipped %d times, printed %d times", s.shipped(o), printer.labels())
	}
}

// A kill at any moment of a run neither ships nor prints a parcel twice, and loses no accepted scan.
func TestKillAnywhere(t *testing.T) {
	kills := 12
	if os.Getenv("PACKBENCH_SOAK") != "" {
		kills = 150
	}
	if testing.Short() {
		kills = 3
	}
	s := newShop(t, sandbox.Options{Orders: 400, Seed: 11, LabelDelay: 40 * time.Millisecond})
	printer := newTape(t)
	var waiting []listed
	for _, o := range listOrders(t, s.dir) {
		if o.Status == "AWAITING_SHIPMENT" {
			waiting = append(waiting, o)
		}
	}
	for i := range kills {
		o := waiting[i]
		before := printer.labels()
		c := converse(t, "--printer", printer.uri(), "--dir", s.dir)
		c.say(o.Packages[0].PackageID)
		for _, item := range s.items(o) {
			c.say(item)
		}
		c.say("label")
		time.Sleep(time.Duration(60+(i*37)%240) * time.Millisecond)
		c.kill()
		s.finish(t, o, printer, before)
		if n := s.shipped(o); n != 1 {
			t.Errorf("kill %d: shipped %d times", i, n)
		}
		if n := printer.labels() - before; n != 1 {
			t.Errorf("kill %d: printed %d labels", i, n)
		}
	}
}

// finish packs a parcel to its end, however far it has come, as a packer would who looks at the screen and at the printer: where no label has come
// out the answer is yes, print it; then the parcel, its pieces and its label are scanned. What is no longer due is refused and counts for nothing.
func (s *shop) finish(t *testing.T, o listed, printer *tape, before int) {
	t.Helper()
	c := converse(t, "--printer", printer.uri(), "--dir", s.dir)
	defer c.in.Close()
	c.scan("no-such-code") // answered once nothing is under way any more
	if printer.labels() == before {
		c.scan("ok")
	} else if c.scan("label").Outcome == "confirmed" {
		return
	}
	scans := append([]string{o.Packages[0].PackageID}, s.items(o)...)
	for _, scan := range append(scans, "label") {
		if got := c.scan(scan); got.Outcome == "confirmed" || got.Message == "This parcel is already packed and confirmed. Scan another one" {
			return
		}
	}
	t.Errorf("order %s was not confirmed", o.OrderID)
}

func TestTroublesSayWhatToDo(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3})
	printer := newTape(t)
	o := s.waiting(1)
	scans := o.Packages[0].PackageID + "\n" + s.items(o)[0] + "\nlabel\n"
	settings := filepath.Join(s.dir, "packbench.toml")
	right, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	set := func(t *testing.T, from, to string) {
		t.Helper()
		if !strings.Contains(string(right), from) {
			t.Fatalf("%q is not in the settings", from)
		}
		if err := os.WriteFile(settings, []byte(strings.Replace(string(right), from, to, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	away := nobody.Addr().String()
	if err := nobody.Close(); err != nil {
		t.Fatal(err)
	}
	pack := []string{"pack", "--scans", "-", "--dir", s.dir, "--printer"}
	for _, c := range []struct {
		name, from, to string
		args           []string
		says           string
	}{
		{"wrong secret, sync", "app_secret = \"", "app_secret = \"x", []string{"sync", "--once", "--dir", s.dir}, "platform.wrong_secret"},
		{"platform unreachable, sync", s.server.URL, "http://" + away, []string{"sync", "--once", "--dir", s.dir}, "platform.unreachable"},
		{"wrong secret, pack", "app_secret = \"", "app_secret = \"x", append(pack, printer.uri()), "platform.wrong_secret"},
		{"platform unreachable, pack", s.server.URL, "http://" + away, append(pack, printer.uri()), "platform.unreachable"},
		{"printer absent", "", "", append(pack, "tcp:"+away), "printer.absent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set(t, c.from, c.to)
			end := runProgram(t, scans, c.args...)
			if end.code != 1 || !strings.Contains(end.stderr, "["+c.says) || strings.Contains(end.stderr, "packbench: "+c.says) {
				t.Errorf("exit code %d, said %q", end.code, end.stderr)
			}
			if n := s.shipped(o); n != 0 {
				t.Errorf("shipped %d times", n)
			}
		})
	}
	if err := os.WriteFile(settings, right, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Run("nothing was lost", func(t *testing.T) {
		all := outcomes(t, must(t, "label\n", append(pack, printer.uri())...))
		if got := last(t, all); got.Outcome != "confirmed" || s.shipped(o) != 1 || printer.labels() != 1 {
			t.Errorf("%+v, shipped %d times, %d labels", all, s.shipped(o), printer.labels())
		}
	})
}

func TestGarbageForAPDF(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3})
	printer := newTape(t)
	o := s.waiting(1)
	s.garble.Store(true)
	scans := o.Packages[0].PackageID + "\n" + s.items(o)[0] + "\nlabel\n"
	end := runProgram(t, scans, "pack", "--scans", "-", "--dir", s.dir, "--printer", printer.uri())
	if end.code != 1 || !strings.Contains(end.stderr, "[label.") || printer.labels() != 0 {
		t.Fatalf("exit code %d, %d labels, said %q", end.code, printer.labels(), end.stderr)
	}
	s.garble.Store(false)
	all := outcomes(t, must(t, "ok\nlabel\n", "pack", "--scans", "-", "--dir", s.dir, "--printer", printer.uri()))
	if got := last(t, all); got.Outcome != "confirmed" || s.shipped(o) != 1 || printer.labels() != 1 {
		t.Errorf("%+v, shipped %d times, %d labels", all, s.shipped(o), printer.labels())
	}
}

// A program that has the folder open and lets nobody in, such as one that is just starting.
func TestFolderInUse(t *testing.T) {
	dir := t.TempDir()
	files, err := store.Open(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	began := time.Now()
	end := runProgram(t, "", "orders", "--dir", dir)
	if took := time.Since(began); end.code != 1 || !strings.Contains(end.stderr, "Another Packbench works in the folder") || took > 2*time.Second {
		t.Errorf("exit code %d after %s: %s", end.code, took, end.stderr)
	}
}

func TestWrongUsage(t *testing.T) {
	for _, args := range [][]string{{"pack"}, {"nonsense"}, {"orders", "--nonsense"}, {"print", "x.pdf", "--printer", "pigeon:grey", "--dir", t.TempDir()}} {
		if end := runProgram(t, "", args...); end.code != 2 || end.stderr == "" {
			t.Errorf("%v: exit code %d, %q", args, end.code, end.stderr)
		}
	}
}

func TestUnfinishedNeedsAPerson(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3})
	o := s.waiting(2)
	end := runProgram(t, o.Packages[0].PackageID+"\n", "pack", "--scans", "-", "--printer", "file:"+t.TempDir(), "--dir", s.dir)
	if end.code != 3 {
		t.Errorf("exit code %d: %s", end.code, end.stderr)
	}
}

// A label that did not come out well is printed again for a reason, once; the second time takes a supervisor. A new label is fetched.
func TestPrintAgain(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 12, Seed: 5, LabelDelay: time.Millisecond})
	edit(t, filepath.Join(s.dir, "packbench.toml"), "[bench]\n", fmt.Sprintf("[bench]\nsupervisors = [%q]\n", badge))
	printer := newTape(t)
	o := s.waiting(1)
	c := converse(t, "--printer", printer.uri(), "--dir", s.dir)
	for _, step := range []struct{ line, outcome string }{
		{o.Packages[0].PackageID, "opened"}, {s.items(o)[0], "taken"}, {"again", "needs_person"}, {"ok", "needs_person"}, {"again torn", "needs_person"},
		{"again jammed", "accepted"}, {"again lost", "needs_person"}, {"no-badge", "needs_person"}, {badge, "accepted"},
		{"new label", "accepted"}, {"label", "confirmed"},
	} {
		if got := c.scan(step.line); got.Outcome != step.outcome {
			t.Fatalf("%s: %+v, want %s", step.line, got, step.outcome)
		}
	}
	if err := c.in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := printer.labels(); n != 4 {
		t.Errorf("%d labels", n)
	}
	history := must(t, "", "history", o.Packages[0].PackageID, "--json", "--dir", s.dir)
	for _, said := range []string{`"reason":"jammed"`, `"code":"` + badge + `","reason":"lost"`, `"reason":"replaced"`} {
		if !strings.Contains(history, said) {
			t.Errorf("%s is not in the journal:\n%s", said, history)
		}
	}
}
