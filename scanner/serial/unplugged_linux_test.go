package serial

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/testkit"
	"packbench/scanner/listen"
)

// heard is what a listener said, a word at a time: "=CODE" or the key of a sentence.
type heard struct {
	t    *testing.T
	said chan string
}

func (h heard) next() string {
	h.t.Helper()
	select {
	case word := <-h.said:
		return word
	case <-time.After(30 * time.Second):
		h.t.Fatal("nothing more was heard")
		return ""
	}
}

// until skips the sentence that the scanner is looked for, and takes what is wanted.
func (h heard) until(want string) {
	h.t.Helper()
	word := h.next()
	for word == "scanner.absent" && want != word {
		word = h.next()
	}
	if word != want {
		h.t.Fatalf("heard %s, want %s", word, want)
	}
}

// A scanner sends code after code as fast as its line takes them, and its plug is pulled between and within codes: every whole code arrives once and
// in order, none is split or doubled, and each half is said. `make soak` does it with 10,000.
func TestNoCodeIsLostOrHalvedByAPulledPlug(t *testing.T) {
	t.Parallel() // it mostly waits for the scanner to be looked for
	count := 500
	if os.Getenv("PACKBENCH_SOAK") == "1" {
		count = 10_000
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	dice := rand.New(rand.NewPCG(seed, 0))
	port := filepath.Join(t.TempDir(), "scanner")
	h := heard{t, make(chan string, 2*count)}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		listen.Scanner{
			Name: "left", Open: At("left", address(t, "serial:"+port)).Open, Now: time.Now, Log: slog.New(slog.DiscardHandler),
			Scan: func(s order.Scan) { h.said <- "=" + s.Code }, Tell: func(s order.Said) { h.said <- s.Key },
		}.Run(ctx)
	}()
	defer func() { stop(); <-done }()

	ends := []string{"\r", "\n", "\r\n", "\t", "\x03"}
	pulls, halves, said := 0, 0, 0
	for sent := 0; sent < count; pulls++ {
		line := testkit.NewPty(t)
		if err := os.Symlink(line.Name(), port); err != nil {
			t.Fatal(err)
		}
		h.until("scanner.ready")
		end := ends[dice.IntN(len(ends))]
		var stream []byte
		var want []string
		for range min(1+dice.IntN(50), count-sent) {
			code := fmt.Sprintf("JX%05d%0*d", sent, 1+dice.IntN(30), sent)
			stream, want, sent = append(append(stream, code...), end...), append(want, "="+code), sent+1
		}
		half := dice.IntN(2) == 0 && sent < count
		if half {
			stream, halves = append(stream, "BROKEN-OFF"[:1+dice.IntN(10)]...), halves+1
		}
		for rest := stream; len(rest) > 0; {
			piece := rest[:1+dice.IntN(min(len(rest), 200))]
			if _, err := line.Far.Write(piece); err != nil {
				t.Fatal(err)
			}
			rest = rest[len(piece):]
		}
		var got []string
		for range want {
			got = append(got, h.next())
		}
		if !slices.Equal(got, want) {
			t.Fatalf("after %d pulls: heard %q, want %q", pulls, got, want)
		}
		if sent == count {
			break
		}
		line.WaitRead(t)
		if err := os.Remove(port); err != nil {
			t.Fatal(err)
		}
		line.Unplug()
		word := h.next()
		if half && word == "scanner.half" { // a half that the system had not passed on yet went with the plug
			said++
			word = h.next()
		}
		if word != "scanner.gone" {
			t.Fatalf("after %d pulls: heard %s", pulls, word)
		}
	}
	t.Logf("%d codes, %d pulls, %d of them within a code, of which %d were seen", count, pulls, halves, said)
	if said == 0 && halves > 3 {
		t.Error("no half was said")
	}
	select {
	case word := <-h.said:
		t.Errorf("more was heard: %s", word)
	case <-time.After(200 * time.Millisecond):
	}
}
