//go:build window

package acceptance

import (
	"bytes"
	"net"
	"os/exec"
	"slices"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
)

// BenchmarkLane is how long a packer of single pieces waits (design 5, last piece → first label byte, page ready), in a real window: from the Enter of a wedge's scan of an
// article until the first byte of the most urgent parcel's label is read at the other end of a TCP connection that stands. The wave's labels are here.
func BenchmarkLane(b *testing.B) {
	for _, tool := range []string{"Xvfb", "xdotool"} {
		if _, err := exec.LookPath(tool); err != nil {
			b.Skip("there is no display to look at: ", err)
		}
	}
	s := newShop(b, sandbox.Options{Orders: 300, Seed: 5})
	paper := newFirstBytes(b)
	must(b, "", "wave", "make", "pieces:1", "--force", "--dir", s.dir)
	w := linesOf[waveSaid](b, must(b, "", "wave", "list", "--json", "--dir", s.dir))[0]
	must(b, "", "arrange", "--wave", w.Wave, "--dir", s.dir)
	codes := map[string]string{} // parcel → its article's barcode
	tracking := map[string]string{}
	for _, o := range listOrders(b, s.dir) {
		for _, p := range o.Packages {
			if slices.Contains(w.PackageIDs, p.PackageID) {
				codes[p.PackageID], tracking[p.PackageID] = s.codes[p.Lines[0].SellerSKU], p.Tracking
			}
		}
	}
	d := openDeskOn(b, s, newScreen(b), "en_US.UTF-8", "--printer", "tcp:"+paper.Addr().String())
	hands := keyboardOn(b, d.screen)
	hands("type --delay 2 %s", w.Wave)
	hands("key --delay 0 Return")
	time.Sleep(20 * time.Second) // fifty labels are drawn
	var took []time.Duration
	for b.Loop() {
		for n := range min(30, len(w.PackageIDs)) {
			code := codes[w.PackageIDs[n]]
			hands("type --delay 2 %s", code)
			time.Sleep(100 * time.Millisecond)
			paper.expect()
			began := time.Now()
			hands("key --delay 0 Return")
			select {
			case at := <-paper.first:
				took = append(took, at.Sub(began))
			case <-time.After(10 * time.Second):
				b.Fatalf("no label after %s: %v", code, d.outcomes())
			}
			time.Sleep(time.Second)
			hands("type --delay 2 %s", tracking[d.open(b)])
			hands("key --delay 0 Return")
			time.Sleep(time.Second) // the done parcel's green band
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1e3, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1e3, "p95-ms")
	b.ReportMetric(0, "ns/op") // the pauses are in it
	done := 0
	for _, outcome := range d.outcomes() {
		if outcome == "confirmed" {
			done++
		}
	}
	if done != len(took) {
		b.Fatalf("%d of %d parcels were confirmed: %v", done, len(took), d.outcomes())
	}
}

// open is the parcel whose label went out last.
func (d *desk) open(b *testing.B) string {
	b.Helper()
	for _, o := range listOrders(b, d.shop.dir) {
		for _, p := range o.Packages {
			if p.State == "label_sent" {
				return p.PackageID
			}
		}
	}
	b.Fatal("no label went out")
	return ""
}

// firstBytes is a printer that takes all bytes at once, and tells when the first label after expect begins.
type firstBytes struct {
	net.Listener
	first  chan time.Time
	waited chan struct{}
}

func newFirstBytes(b *testing.B) *firstBytes {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	f := &firstBytes{Listener: listener, first: make(chan time.Time, 1), waited: make(chan struct{}, 1)}
	b.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := f.Accept()
			if err != nil {
				return
			}
			go f.take(conn)
		}
	}()
	return f
}

func (f *firstBytes) expect() { f.waited <- struct{}{} }

func (f *firstBytes) take(conn net.Conn) {
	defer conn.Close()
	some := make([]byte, 64<<10)
	for {
		n, err := conn.Read(some)
		if at := time.Now(); bytes.Contains(some[:n], []byte("^XA")) {
			select {
			case <-f.waited:
				f.first <- at
			default:
			}
		}
		if err != nil {
			return
		}
	}
}
