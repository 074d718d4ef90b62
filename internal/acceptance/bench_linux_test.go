package acceptance

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// BenchmarkSyncProcess is what IT sees of a first reading of 15,000 orders (design 5): the whole program's sync, against the sandbox as another process.
func BenchmarkSyncProcess(b *testing.B) {
	const orders = 15_000
	home := b.TempDir()
	record := filepath.Join(home, "record.jsonl")
	startSandbox(b, "--orders", fmt.Sprint(orders), "--seed", "1", "--record", record, "--write-settings", filepath.Join(home, "connected"))
	connected, err := os.ReadFile(filepath.Join(home, "connected", "packbench.toml"))
	if err != nil {
		b.Fatal(err)
	}
	var seconds, perOrder, again float64
	var peak int
	for n := range b.N {
		dir := filepath.Join(home, fmt.Sprint(n))
		if err := os.Mkdir(dir, 0o700); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "packbench.toml"), connected, 0o600); err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		said, most := watched(b, "sync", "--once", "--dir", dir)
		seconds += time.Since(began).Seconds()
		if said != fmt.Sprintf("%d changed orders read\n", orders) {
			b.Fatalf("%q", said)
		}
		peak = max(peak, most)
		cache, err := os.Stat(filepath.Join(dir, "cache.db"))
		if err != nil {
			b.Fatal(err)
		}
		perOrder += float64(cache.Size()) / orders
		before := len(readRecord(b, record))
		must(b, "", "sync", "--once", "--dir", dir)
		again += float64(len(readRecord(b, record)) - before)
	}
	runs := float64(b.N)
	b.ReportMetric(seconds/runs, "s/sync")
	b.ReportMetric(float64(peak)/1e6, "peak-anon-MB")
	b.ReportMetric(perOrder/runs, "cache-B/order")
	b.ReportMetric(again/runs, "calls/second-sync")
	b.ReportMetric(0, "ns/op") // the second run's time is in it
}

// watched runs the program to its end and gives what it said and the most anonymous memory it had, in bytes, looked at every 5 ms.
func watched(b *testing.B, args ...string) (stdout string, peak int) {
	b.Helper()
	cmd := program(b, args...)
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	ticks := time.NewTicker(5 * time.Millisecond)
	defer ticks.Stop()
	for {
		select {
		case err := <-ended:
			if err != nil || peak == 0 {
				b.Fatalf("%v, %d bytes seen", err, peak)
			}
			return out.String(), peak
		case <-ticks.C:
			peak = max(peak, anonymous(b, cmd))
		}
	}
}

// anonymous is a process's anonymous memory in bytes; 0 where it has ended.
func anonymous(b *testing.B, cmd *exec.Cmd) int {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if said, is := strings.CutPrefix(line, "RssAnon:"); is {
			kb, err := strconv.Atoi(strings.Fields(said)[0])
			if err != nil {
				b.Fatal(err)
			}
			return kb << 10
		}
	}
	return 0
}
