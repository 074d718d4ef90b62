package scale

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/testkit"
	"packbench/printer/link"
)

// At a serial line: each protocol's scale is heard, and one whose plug is pulled is heard again where it comes back.
func TestAScaleAtASerialLine(t *testing.T) {
	telegram := map[Protocol]string{
		SICS: "S S      0.%03d kg\r\n", Toledo: "\x0200.%03d\r", NCI: "\n0000.%03dkg\r\n00\r\x03", AND: "ST,GS,+  0.%03dkg\r\n",
	}
	for _, protocol := range Protocols {
		t.Run(string(protocol), func(t *testing.T) {
			t.Parallel() // it mostly waits for the scale to be looked for
			port := filepath.Join(t.TempDir(), "scale")
			words := make(chan string, 100)
			ctx, stop := context.WithCancel(t.Context())
			done := make(chan struct{})
			go func() {
				defer close(done)
				Reader{
					Setup: Setup{Protocol: protocol}, Log: slog.New(slog.DiscardHandler),
					Open: func() (Port, error) {
						opened, err := link.OpenPort(link.Line{Port: port, Baud: 9600})
						if err != nil {
							return nil, order.Trouble(err, "scale.absent")
						}
						return opened, nil
					},
					Show: func(r order.Reading) { words <- fmt.Sprint(r.Load, " ", r.Grams) }, Tell: func(s order.Said) { words <- s.Key },
				}.Run(ctx)
			}()
			defer func() { stop(); <-done }()
			next := func(want string) {
				t.Helper()
				select {
				case word := <-words:
					if word != want {
						t.Fatalf("heard %q, want %q", word, want)
					}
				case <-time.After(30 * time.Second):
					t.Fatalf("nothing was heard, want %q", want)
				}
			}
			next("scale.absent")
			for grams := 500; grams < 503; grams++ {
				line := testkit.NewPty(t)
				if err := os.Symlink(line.Name(), port); err != nil {
					t.Fatal(err)
				}
				go answer(t, line, protocol, fmt.Sprintf(telegram[protocol], grams))
				next("scale.ready")
				next(fmt.Sprint("settled ", grams))
				if err := os.Remove(port); err != nil {
					t.Fatal(err)
				}
				line.Unplug()
				next(" 0")
				next("scale.gone")
			}
		})
	}
}

// answer is a scale on which a parcel lies, until it is unplugged.
func answer(t *testing.T, line *testkit.Pty, protocol Protocol, telegram string) {
	for buffer := make([]byte, 64); ; {
		if protocol == AND {
			time.Sleep(50 * time.Millisecond) // it sends twenty times a second
		} else if _, err := line.Far.Read(buffer); err != nil {
			return
		}
		if _, err := line.Far.WriteString(telegram); err != nil {
			if !errors.Is(err, os.ErrClosed) {
				t.Error(err)
			}
			return
		}
	}
}
