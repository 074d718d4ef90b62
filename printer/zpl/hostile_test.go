package zpl_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/words"
	"packbench/printer/zpl"
)

// harms make a hostile file, some of them out of a good one.
var harms = []struct {
	name string
	make func(r *rand.Rand, good []byte) []byte
}{
	{"truncated", func(r *rand.Rand, good []byte) []byte { return good[:r.IntN(len(good))] }},
	{"bits flipped", func(r *rand.Rand, good []byte) []byte {
		good = bytes.Clone(good)
		for range 1 + r.IntN(50) {
			good[r.IntN(len(good))] ^= 1 << r.IntN(8)
		}
		return good
	}},
	{"a piece twice", func(r *rand.Rand, good []byte) []byte {
		at := r.IntN(len(good))
		return append(bytes.Clone(good[:at]), good[r.IntN(at+1):]...)
	}},
	{"a command slipped in", func(r *rand.Rand, good []byte) []byte {
		slipped := []string{"^JUS", "~JR", "~JA", "^IDR:*.*", "^DFR:A", "^KN1", "! U1 do \"x\"", "^PQ99", "\x05", "^CC/", "^NC1", "~DYE:A,B,P,1,1,x", "^JZN", "^HH"}
		at := bytes.IndexByte(good[1:], '^') + 1
		return append(append(bytes.Clone(good[:at]), slipped[r.IntN(len(slipped))]...), good[at:]...)
	}},
	{"a picture that lies about its size", func(r *rand.Rand, _ []byte) []byte {
		sizes := []string{"0", "-1", "1", "99999999", "2147483648", "99999999999999999999", "", "x", "1e9"}
		size := func() string { return sizes[r.IntN(len(sizes))] }
		return fmt.Appendf(nil, "^XA^FO0,0^GF%s,%s,%s,%s,%s^FS^XZ", []string{"A", "B", "C", "", "Z"}[r.IntN(5)], size(), size(), size(), strings.Repeat("z", 1<<r.IntN(16)))
	}},
	{"a picture from nowhere", func(r *rand.Rand, _ []byte) []byte {
		return fmt.Appendf(nil, "~DGR:A.GRF,%d,%d,%s^XA^XGR:A.GRF,1,1^FS^XZ", r.Uint32(), r.IntN(3), strings.Repeat("zF:,!", 1<<r.IntN(20)))
	}},
	{"endless labels", func(r *rand.Rand, _ []byte) []byte { return bytes.Repeat([]byte("^XA^FDx^FS^XZ\n"), 1<<r.IntN(20)) }},
	{"labels in labels", func(r *rand.Rand, _ []byte) []byte { return bytes.Repeat([]byte("^XA"), 1<<r.IntN(22)) }},
	{"endless commands", func(r *rand.Rand, _ []byte) []byte {
		return []byte("^XA" + strings.Repeat([]string{"^FS", "^FX", "^FO0,0", "^A0N,1,1", "^GB9,9"}[r.IntN(5)], 1<<r.IntN(22)) + "^XZ")
	}},
	{"half a command after the other", func(r *rand.Rand, _ []byte) []byte {
		return []byte("^XA" + strings.Repeat([]string{"^", "~", "^^", "^~"}[r.IntN(4)], 1<<r.IntN(22)))
	}},
	{"blank", func(r *rand.Rand, _ []byte) []byte {
		return []byte("^XA" + strings.Repeat([]string{" ", "\r\n", "\x00", "\ufeff"}[r.IntN(4)], 1<<r.IntN(22)) + "^XZ")
	}},
	{"a vast file", func(r *rand.Rand, good []byte) []byte {
		return append(bytes.Clone(good), bytes.Repeat([]byte(" "), r.IntN(48)<<20)...)
	}},
	{"anything", func(r *rand.Rand, _ []byte) []byte {
		file := make([]byte, 1<<r.IntN(18))
		for i := range file {
			file[i] = byte(r.Uint32())
		}
		return append([]byte("^XA"), file...)
	}},
}

// A hundred hostile files: each passes or is refused by name, in one sentence in each language, soon and without much memory; and what passes
// is nothing but labels that pass by themselves.
func TestHostileFiles(t *testing.T) {
	drawn := page.New(800, 1200, 203)
	for x := range 800 {
		drawn.Set(x, x)
	}
	outcomes := map[string]int{}
	var slowest time.Duration
	for n := range 100 {
		random := rand.New(rand.NewPCG(4, uint64(n)))
		good := zpl.Encode(drawn, zpl.Settings{Encoding: []zpl.Encoding{zpl.ACS, zpl.Hex, zpl.Z64}[n%3]})
		harm := harms[n%len(harms)]
		hostile := harm.make(random, good)
		began := time.Now()
		labels, err := zpl.Check(hostile)
		took := time.Since(began)
		if slowest = max(slowest, took); took > 2*time.Second {
			t.Errorf("%d (%s, %d bytes): %v", n, harm.name, len(hostile), took)
		}
		outcome := "passed"
		var problem *order.Problem
		if errors.As(err, &problem) {
			outcome = problem.Key
			for _, language := range words.Languages {
				tongue, err := words.In(language)
				if err != nil {
					t.Fatal(err)
				}
				if sentence := tongue.Say(problem.Said); sentence == problem.Key || strings.ContainsAny(sentence, "\n<>") {
					t.Errorf("%s in %s: %q", problem.Key, language, sentence)
				}
			}
		} else if err != nil {
			t.Errorf("%d (%s, %d bytes): %v", n, harm.name, len(hostile), err)
		}
		for _, label := range labels {
			if again, err := zpl.Check(label); err != nil || len(again) != 1 || !bytes.Equal(again[0], label) {
				t.Errorf("%d (%s): a label of it does not pass alone: %v", n, harm.name, err)
			}
		}
		outcomes[harm.name+": "+outcome]++
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	if memory.Sys > 400<<20 {
		t.Errorf("this process has %d MB", memory.Sys>>20)
	}
	t.Logf("slowest %v, %d MB, %v", slowest, memory.Sys>>20, outcomes)
}
