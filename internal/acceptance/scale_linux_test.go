package acceptance

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
	"packbench/internal/scale"
	"packbench/internal/settings"
	"packbench/internal/testkit"
)

// benchScale is a scale at a serial line that answers whenever it is asked.
type benchScale struct {
	t    *testing.T
	line *testkit.Pty

	mu    sync.Mutex
	grams int
	told  int // how often it said so
	heard *sync.Cond
}

func newBenchScale(t *testing.T) *benchScale {
	s := &benchScale{t: t, line: testkit.NewPty(t)}
	s.heard = sync.NewCond(&s.mu)
	go func() {
		for buffer := make([]byte, 16); ; {
			if _, err := s.line.Far.Read(buffer); err != nil {
				return
			}
			s.mu.Lock()
			telegram := fmt.Sprintf("\n%08.3fkg\r\n00\r\x03", float64(s.grams)/1000)
			s.told++
			s.heard.Broadcast()
			s.mu.Unlock()
			if _, err := s.line.Far.WriteString(telegram); err != nil {
				return
			}
		}
	}()
	return s
}

// lies puts something on the scale and waits until the program knows: it asks again once it has taken an answer in.
func (s *benchScale) lies(grams int) {
	s.t.Helper()
	late := time.AfterFunc(30*time.Second, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.told = -1
		s.heard.Broadcast()
	})
	defer late.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.grams, s.told = grams, 0
	for s.told >= 0 && s.told < 2 {
		s.heard.Wait()
	}
	if s.told < 0 {
		s.t.Fatal("the scale is not asked")
	}
}

// The first three parcels of one kind tell what the fourth should weigh: it stops with both figures, goes once it weighs what it should, and a scale that is
// pulled keeps nobody from packing.
func TestParcelsOnTheScale(t *testing.T) {
	t.Parallel() // it mostly waits for the scale to be asked
	var orders []string
	for n := 1; n <= 5; n++ {
		orders = append(orders, given(n, "71", "", ""))
	}
	s := newShop(t, sandbox.Options{LabelDelay: time.Millisecond, Data: []byte(`{"shops":[{"id":"71","region":"MY"}],"orders":[` + strings.Join(orders, ",") + `]}`)})
	on := newBenchScale(t)
	port := filepath.Join(t.TempDir(), "scale")
	if err := os.Symlink(on.line.Name(), port); err != nil {
		t.Fatal(err)
	}
	if err := settings.Update(s.dir, func(set *settings.Settings) error {
		set.Scale = settings.Scale{URI: "serial:" + port, Protocol: scale.NCI}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if line := scaleLine(t, runProgram(t, "", "doctor", "--json", "--dir", s.dir).stdout); line.State != "ok" || !strings.Contains(line.Message, "0 g") {
		t.Errorf("%+v", line)
	}

	cmd := program(t, "pack", "--scans", "-", "--printer", newTape(t).uri(), "--dir", s.dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewReader(out)
	scan := func(want string, lines ...string) outcome {
		t.Helper()
		var last outcome
		for _, line := range lines {
			if _, err := io.WriteString(in, line+"\n"); err != nil {
				t.Fatal(err)
			}
			text, err := answers.ReadString('\n')
			if err != nil {
				t.Fatalf("%s: %v\n%s", line, err, said.String())
			}
			last = outcomes(t, text)[0]
		}
		if last.Outcome != want {
			t.Fatalf("%s came to %+v, want %s", lines[len(lines)-1], last, want)
		}
		return last
	}
	packed := func(n int) { scan("taken", fmt.Sprint("115300000000000000", n), s.codes["TEE"]) }
	for i, grams := range []int{500, 510, 495} {
		packed(i + 1)
		on.lies(grams)
		if o := scan("confirmed", "label"); !strings.Contains(o.Message, fmt.Sprint(grams, " g")) {
			t.Errorf("%+v", o)
		}
	}
	packed(4)
	on.lies(400)
	if o := scan("weight_off", "label"); !strings.Contains(o.Message, "400 g") || !strings.Contains(o.Message, "501 g") || !strings.Contains(o.Message, "101 g too light") {
		t.Errorf("%+v", o)
	}
	if line := scaleLine(t, runProgram(t, "", "doctor", "--json", "--dir", s.dir).stdout); line.State != "ok" || !strings.Contains(line.Message, "400 g") {
		t.Errorf("beside the open bench: %+v", line)
	}
	on.lies(505)
	scan("confirmed", "label")
	packed(5)
	if err := os.Remove(port); err != nil {
		t.Fatal(err)
	}
	on.line.Unplug()
	for late := time.Now().Add(30 * time.Second); scaleLine(t, runProgram(t, "", "doctor", "--json", "--dir", s.dir).stdout).State != "bad"; {
		if time.Now().After(late) {
			t.Fatal("nobody misses the scale")
		}
	}
	if o := scan("confirmed", "label"); !strings.Contains(o.Message, "went without its weight") {
		t.Errorf("%+v", o)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	if got := strings.Split(strings.TrimSpace(said.String()), "\n"); !slices.Contains(got, "packbench: The scale answers") || !strings.Contains(said.String(), "The scale is unplugged") {
		t.Errorf("%q", got)
	}
	if got := must(t, "", "history", "1153000000000000004", "--dir", s.dir); !strings.Contains(got, "weight found off: 400 g, like parcels 501 g") ||
		!strings.Contains(got, "confirmed: 505 g, like parcels 501 g") {
		t.Error(got)
	}
}

// scaleLine is what the doctor says of the scale.
func scaleLine(t *testing.T, stdout string) (found struct{ Check, State, Message string }) {
	t.Helper()
	for _, line := range linesOf[struct{ Check, State, Message string }](t, stdout) {
		if line.Check == "scale" {
			found = line
		}
	}
	return found
}
