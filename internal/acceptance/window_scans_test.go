//go:build window

package acceptance

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
)

// decided are the codes of all scans the bench decided, in their order, as the program logged them, and how many came to each outcome.
func (d *desk) decided() (codes []string, came map[string]int) {
	d.t.Helper()
	logs, err := filepath.Glob(filepath.Join(d.dir, "logs", "packbench*.log"))
	if err != nil || len(logs) != 1 {
		d.t.Fatal(logs, err)
	}
	data, err := os.ReadFile(logs[0])
	if err != nil {
		d.t.Fatal(err)
	}
	came = map[string]int{}
	for line := range bytes.Lines(data) {
		var entry struct{ Msg, Code, Outcome string }
		if json.Unmarshal(line, &entry) == nil && entry.Msg == "scan" && entry.Code != "" {
			codes = append(codes, entry.Code)
			came[entry.Outcome]++
		}
	}
	return codes, came
}

// stall keeps the window from doing anything for a while, as a slow driver or a swapped-out computer does.
// A busy machine makes it longer: it gives how long it was.
func (d *desk) stall(length time.Duration) time.Duration {
	d.t.Helper()
	began := time.Now()
	if err := d.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		d.t.Fatal(err)
	}
	time.Sleep(length)
	if err := d.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		d.t.Fatal(err)
	}
	return time.Since(began)
}

// Thousands of scans as fast as a keyboard wedge types them, without a pause between one and the next, while questions open and close, the window stalls for
// 300 ms in the middle of a code, the focus wanders over the fields and buttons of the settings, and the shops are read: the bench decides every one of them, whole, once
// and in order.
func TestWindowManyScans(t *testing.T) {
	scans := 500
	if os.Getenv("PACKBENCH_SOAK") != "" {
		scans = 10_000
	}
	s := newShop(t, sandbox.Options{Orders: 300, Seed: 4})
	random := rand.New(rand.NewPCG(4, 2))
	var codes []string // what a packer can scan here: parcels, goods, and what means nothing
	for _, o := range listOrders(t, s.dir) {
		if o.Status == "AWAITING_SHIPMENT" && len(o.Packages) == 1 && o.pieces() > 2 {
			codes = append(codes, o.Packages[0].PackageID)
		}
	}
	for _, barcode := range s.codes {
		codes = append(codes, barcode)
	}
	slices.Sort(codes)
	codes = append(codes, "4999999999996", "1Z999AA10123456784")
	headless := built
	built = os.Getenv("PACKBENCH_BINARY") // a verb done by the window is asked for by the same build
	t.Cleanup(func() { built = headless })
	d := openDesk(t, s, "zh_CN.UTF-8")
	began := time.Now()
	var typed []string
	stalls, wanders, questions, reads := 0, 0, 0, 0
	disturbed := map[int]string{} // by the number of the next scan
	read := make(chan ended, 1)
	read <- ended{}
	for len(typed) < scans {
		burst := make([]string, min(1+random.IntN(12), scans-len(typed)))
		for i := range burst {
			burst[i] = codes[random.IntN(len(codes))]
		}
		typed = append(typed, burst...)
		var keys []string
		for _, code := range burst {
			keys = append(keys, "type", "--delay", "2", "--args", "1", code, "key", "--delay", "2", "Return")
		}
		typing := exec.Command("xdotool", keys...)
		typing.Env = append(os.Environ(), "DISPLAY="+d.screen.display)
		if err := typing.Start(); err != nil {
			t.Fatal(err)
		}
		switch random.IntN(8) {
		case 0:
			time.Sleep(time.Duration(random.IntN(300)) * time.Millisecond)
			disturbed[len(typed)-len(burst)] += " a stall of " + d.stall(300*time.Millisecond).String()
			stalls++
		case 1:
			select {
			case end := <-read:
				if end.code != 0 {
					t.Errorf("sync: %+v", end)
				}
				go func() { read <- runProgram(t, "", "sync", "--once", "--dir", s.dir) }()
				reads++
			default: // the one before is still under way
			}
		}
		if err := typing.Wait(); err != nil {
			t.Fatal(err)
		}
		switch random.IntN(4) {
		case 0: // the settings, and on to one of its fields or buttons
			keys := append([]string{"key", "F8"}, slices.Repeat([]string{"Tab"}, random.IntN(14))...)
			d.screen.run("xdotool", keys...)
			disturbed[len(typed)] += " " + strings.Join(keys[1:], " ")
			wanders++
		case 1: // shall it be put aside? Any scan goes on with it
			d.screen.run("xdotool", "key", "F11")
			questions++
		case 2: // and yes, mostly, where it was asked
			d.screen.run("xdotool", "key", "F11", "F10")
			questions++
		}
	}
	took := time.Since(began)
	if end := <-read; end.code != 0 {
		t.Errorf("sync: %+v", end)
	}
	var got []string
	var came map[string]int
	for quiet := time.Now(); len(got) < len(typed) && time.Since(quiet) < 15*time.Second; time.Sleep(50 * time.Millisecond) {
		before := len(got)
		if got, came = d.decided(); len(got) > before {
			quiet = time.Now()
		}
	}
	for i, code := range typed {
		if i >= len(got) || got[i] != code {
			d.screen.shot("many-scans-lost")
			for before := max(0, i-12); before <= i; before++ {
				if disturbed[before] != "" {
					t.Logf("from scan %d on, disturbed by%s", before, disturbed[before])
				}
			}
			t.Fatalf("scan %d of %d was %s; decided was %v, before it %v", i, len(typed), code, got[i:min(i+3, len(got))], typed[max(0, i-3):i])
		}
	}
	if len(got) != len(typed) {
		t.Errorf("%d decided, %d scanned: %v", len(got), len(typed), got[len(typed):])
	}
	if blank(d.screen.shot("many-scans")) {
		t.Error("the screen is blank")
	}
	d.close()
	t.Logf("%d scans in %v: %d stalls, %d walks of the focus, %d questions, %d readings of the shops; %v", len(typed), took, stalls, wanders, questions, reads, came)
}
