package virtual_test

import (
	"context"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"packbench/internal/page"
	"packbench/internal/virtual"
	"packbench/printer/escpos"
	"packbench/printer/state"
	"packbench/printer/tspl"
	"packbench/printer/zpl"
)

// The machines say what they are in the words that our languages read.
func TestMachinesSayWhatTheyAre(t *testing.T) {
	for lang, c := range map[string]struct {
		machine drawing
		ask     string
		read    func([]byte) (state.Identity, error)
		want    state.Identity
	}{
		"zpl": {virtual.ZPL{DPI: 300, Medium: page.Label}, zpl.AskIdentity, zpl.Identity,
			state.Identity{Model: "VIRTUAL", Firmware: "V1.0", DotsPerMM: 12, MemoryKB: 8192}},
		"escpos": {virtual.ESCPOS{DPI: 203, Medium: page.Label}, escpos.AskIdentity, escpos.Identity, state.Identity{Model: "VIRTUAL"}},
		"tspl": {virtual.TSPL{DPI: 203, Medium: page.Label}, tspl.AskIdentity, func(answer []byte) (state.Identity, error) {
			id, _, err := tspl.Identity(answer)
			return id, err
		}, state.Identity{Model: "VIRTUAL"}},
	} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			ended <- c.machine.Serve(ctx, listener, func(int, *page.Page) error { return errors.New("a question is no label") })
		}()
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, c.ask); err != nil {
			t.Fatal(err)
		}
		answer := make([]byte, 100)
		n, err := conn.Read(answer) // machines write an answer at once
		if err != nil {
			t.Fatalf("%s: %v", lang, err)
		}
		if got, err := c.read(answer[:n]); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v, want %+v", lang, got, err, c.want)
		}
		stop()
		if err := errors.Join(conn.Close(), <-ended); err != nil {
			t.Errorf("%s: %v", lang, err)
		}
	}
}
