package acceptance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/boombuler/barcode/code128"
)

// BenchmarkFiftyLabels is a print run as a person sees it (design 5): 50 different PDF labels to ZPL at 203 dpi, read back, the
// whole program. Beside it stands the chain of filters that CUPS runs, a process a file and as many at once, on the same
// files.
func BenchmarkFiftyLabels(b *testing.B) {
	home := b.TempDir()
	files, numbers := fiftyLabels(b, home)
	ours := func(out string) time.Duration {
		began := time.Now()
		said := must(b, "", append([]string{"print", "--printer", "file:" + out, "--lang", "zpl", "--dpi", "203", "--dir", home}, files...)...)
		took := time.Since(began)
		var n int
		for line := range strings.Lines(said) {
			var sent struct{ Codes []string }
			if err := json.Unmarshal([]byte(line), &sent); err != nil || !slices.Contains(sent.Codes, numbers[n]) {
				b.Fatalf("label %d: %v, read back %v", n, err, sent.Codes)
			}
			n++
		}
		if n != len(files) {
			b.Fatalf("%d labels", n)
		}
		return took
	}
	ours(filepath.Join(home, "first")) // PDFium is compiled, once an installation
	peer := cupsChain(b, home)
	var mine, theirs time.Duration
	var ourBytes, theirBytes int64
	for n := range b.N {
		out := filepath.Join(home, fmt.Sprint(n))
		mine += ours(out)
		ourBytes = sizeOf(b, out)
		if peer != nil {
			took, size := peer(files)
			theirs += took
			theirBytes = size
		}
	}
	runs := float64(b.N)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(mine.Seconds()/runs, "s/50-labels")
	b.ReportMetric(float64(ourBytes)/50, "B/label")
	if peer != nil {
		b.ReportMetric(theirs.Seconds()/runs, "cups-s/50-labels")
		b.ReportMetric(float64(theirBytes)/50, "cups-B/label")
		b.ReportMetric(theirs.Seconds()/mine.Seconds(), "times-as-fast")
	}
}

// sizeOf is how many bytes the files in a folder have.
func sizeOf(b *testing.B, folder string) (size int64) {
	b.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		b.Fatal(err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			b.Fatal(err)
		}
		size += info.Size()
	}
	return size
}

// fiftyLabels writes the sample labels, each with bars of its own at the foot, and gives the numbers those carry.
func fiftyLabels(b *testing.B, folder string) (files, numbers []string) {
	b.Helper()
	samples, err := filepath.Glob("../label/testdata/*.pdf")
	if err != nil || len(samples) == 0 {
		b.Fatalf("%d samples, %v", len(samples), err)
	}
	for n := range 50 {
		sample, err := os.ReadFile(samples[n%len(samples)])
		if err != nil {
			b.Fatal(err)
		}
		number := fmt.Sprintf("JX2%011d", n)
		file := filepath.Join(folder, number+".pdf")
		if err := os.WriteFile(file, numbered(b, sample, number), 0o600); err != nil {
			b.Fatal(err)
		}
		files, numbers = append(files, file), append(numbers, number)
	}
	return files, numbers
}

var (
	pageObject   = regexp.MustCompile(`(\d+) 0 obj\s`)
	pageContents = regexp.MustCompile(`/Contents (\d+) 0 R`)
	trailerRoot  = regexp.MustCompile(`/Root (\d+) 0 R`)
	trailerSize  = regexp.MustCompile(`/Size (\d+)`)
	previousXref = regexp.MustCompile(`startxref\s+(\d+)`)
)

// numbered adds bars to a page by an incremental update (ISO 32000-1 7.5.6): 1 point a module, on white, at the foot.
func numbered(b *testing.B, pdf []byte, number string) []byte {
	b.Helper()
	bars, err := code128.Encode(number)
	if err != nil {
		b.Fatal(err)
	}
	drawing := "Q q 1 g 20 8 " + fmt.Sprint(bars.Bounds().Dx()+20) + " 34 re f 0 g "
	for x := range bars.Bounds().Dx() {
		if r, _, _, _ := bars.At(x, 0).RGBA(); r == 0 {
			drawing += fmt.Sprintf("%d 12 1 26 re ", 30+x)
		}
	}
	drawing += "f Q"
	last := func(of *regexp.Regexp) string {
		all := of.FindAllSubmatch(pdf, -1)
		if len(all) == 0 {
			b.Fatalf("no %v", of)
		}
		return string(all[len(all)-1][1])
	}
	contents := pageContents.FindSubmatchIndex(pdf)
	if contents == nil {
		b.Fatal("no page")
	}
	before := pageObject.FindAllSubmatchIndex(pdf[:contents[0]], -1)
	begin := before[len(before)-1]
	end := contents[1] + bytes.Index(pdf[contents[1]:], []byte("endobj"))
	var size int
	if _, err := fmt.Sscan(last(trailerSize), &size); err != nil {
		b.Fatal(err)
	}
	sheet := fmt.Sprintf("%s/Contents [%d 0 R %s 0 R %d 0 R]%s", pdf[begin[0]:contents[0]], size, pdf[contents[2]:contents[3]], size+1, pdf[contents[1]:end])
	out := append(bytes.Clone(pdf), '\n')
	var offsets [3]int
	for i, object := range []string{
		sheet + "endobj\n",
		fmt.Sprintf("%d 0 obj\n<</Length 1>>stream\nq\nendstream\nendobj\n", size),
		fmt.Sprintf("%d 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n", size+1, len(drawing), drawing),
	} {
		offsets[i] = len(out)
		out = append(out, object...)
	}
	xref := len(out)
	return fmt.Appendf(out, "xref\n%s 1\n%010d 00000 n \n%d 2\n%010d 00000 n \n%010d 00000 n \ntrailer\n<</Size %d/Root %s 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n",
		pdf[begin[2]:begin[3]], offsets[0], size, offsets[1], offsets[2], size+2, last(trailerRoot), last(previousXref), xref)
}

// cupsChain gives what runs the same files through CUPS's own filters to its own ZPL driver, nil where they are not installed.
func cupsChain(b *testing.B, home string) func(files []string) (time.Duration, int64) {
	b.Helper()
	filter, err := exec.LookPath("cupsfilter")
	if err != nil {
		filter = "/usr/sbin/cupsfilter"
	}
	const drivers = "/usr/share/cups/drv/sample.drv"
	for _, needed := range []string{filter, drivers, "/usr/lib/cups/filter/rastertolabel"} {
		if _, err := os.Stat(needed); err != nil {
			b.Logf("no peer: %v (Debian: cups, cups-filters, cups-ppdc)", err)
			return nil
		}
	}
	if out, err := exec.Command("ppdc", "-d", home, drivers).CombinedOutput(); err != nil {
		b.Logf("no peer: ppdc: %v %s", err, out)
		return nil
	}
	return func(files []string) (time.Duration, int64) {
		began := time.Now()
		var wait sync.WaitGroup
		var mu sync.Mutex
		var size int64
		slots := make(chan struct{}, runtime.NumCPU())
		for _, file := range files {
			slots <- struct{}{}
			wait.Go(func() {
				defer func() { <-slots }()
				out, err := exec.Command(filter, "-e", "-p", filepath.Join(home, "zebra.ppd"), "-i", "application/pdf", "-m", "printer/foo", "-o", "PageSize=w288h432", file).Output()
				if err != nil || !bytes.Contains(out, []byte("^XA")) {
					b.Errorf("cupsfilter: %v, %d bytes", err, len(out))
				}
				mu.Lock()
				size += int64(len(out))
				mu.Unlock()
			})
		}
		wait.Wait()
		return time.Since(began), size
	}
}
