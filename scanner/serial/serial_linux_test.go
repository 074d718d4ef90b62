package serial

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/testkit"
	"packbench/printer/link"
	"packbench/scanner"
)

// usb is a port of a USB device.
func usb(path, serial string) link.Found {
	return link.Found{URI: "serial:" + path + "?baud=9600", VendorID: "0C2E", ProductID: "0206", Serial: serial}
}

func address(t *testing.T, uri string) scanner.Address {
	t.Helper()
	at, ok := scanner.ParseAddress(uri)
	if !ok {
		t.Fatal(uri)
	}
	return at
}

// opens opens the place on the given ports and tells whose port it got, or which problem.
func opens(t *testing.T, p *Place, pty map[string]*testkit.Pty, ports ...link.Found) string {
	t.Helper()
	p.ports = func() ([]link.Found, error) { return ports, nil }
	port, err := p.Open()
	if err != nil {
		return order.AsProblem(err).Key
	}
	defer port.Close()
	for name, line := range pty {
		if _, err := line.Far.Write([]byte(name + "\r")); err != nil {
			t.Fatal(err)
		}
	}
	if err := port.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 10)
	n, err := port.Read(b)
	if err != nil || n < 2 {
		t.Fatal(n, err)
	}
	return string(b[:1])
}

func TestAScannerIsFoundWhereverItIs(t *testing.T) {
	a, b := testkit.NewPty(t), testkit.NewPty(t)
	at := func(p *testkit.Pty, serial string) link.Found { return usb(p.Name(), serial) }
	plain := link.Found{URI: "serial:" + a.Name() + "?baud=9600"}
	lines := map[string]*testkit.Pty{"a": a, "b": b}
	type step struct {
		ports []link.Found
		want  string
	}
	for name, c := range map[string]struct {
		uri   string
		steps []step
	}{
		"by port, no USB":        {"serial:" + a.Name(), []step{{[]link.Found{plain}, "a"}, {[]link.Found{plain, at(b, "S1")}, "a"}}},
		"by port, not listed":    {"serial:" + a.Name(), []step{{nil, "a"}}},
		"by port, comes back":    {"serial:" + a.Name(), []step{{[]link.Found{at(a, "S1")}, "a"}, {nil, "scanner.absent"}, {[]link.Found{at(b, "S1")}, "b"}}},
		"another took its name":  {"serial:" + a.Name(), []step{{[]link.Found{at(a, "S1")}, "a"}, {[]link.Found{at(a, "S2"), at(b, "S1")}, "b"}, {[]link.Found{at(a, "S2")}, "scanner.absent"}}},
		"twins, by port":         {"serial:" + a.Name(), []step{{[]link.Found{at(a, ""), at(b, "")}, "a"}, {[]link.Found{at(a, ""), at(b, "")}, "a"}}},
		"a twin stays":           {"serial:" + a.Name() + "gone", []step{{[]link.Found{at(a, ""), at(b, "")}, "scanner.absent"}}},
		"by vendor and product":  {"serial:usb:0c2e:0206", []step{{[]link.Found{at(a, "S1")}, "a"}, {[]link.Found{at(b, "S2")}, "b"}, {[]link.Found{at(a, ""), at(b, "")}, "scanner.several"}}},
		"by serial number":       {"serial:usb:0c2e:0206:S2", []step{{[]link.Found{at(a, "S1"), at(b, "S2")}, "b"}, {[]link.Found{at(a, "S2"), at(b, "S1")}, "a"}, {[]link.Found{at(a, "S1")}, "scanner.absent"}}},
		"no port":                {"serial:/dev/null", []step{{nil, "scanner.no_port"}}},
		"there is nothing there": {"serial:/dev/nothing", []step{{nil, "scanner.absent"}}},
	} {
		p := At("left", address(t, c.uri))
		for i, s := range c.steps {
			if got := opens(t, p, lines, s.ports...); got != s.want {
				t.Errorf("%s, step %d: %s, want %s", name, i+1, got, s.want)
			}
			drain(t, lines)
		}
	}
}

// drain makes the lines quiet again.
func drain(t *testing.T, lines map[string]*testkit.Pty) {
	t.Helper()
	for _, line := range lines {
		line.Drain(t)
	}
}

func TestALastingNameIsThePortItself(t *testing.T) {
	a, b := testkit.NewPty(t), testkit.NewPty(t)
	byID := filepath.Join(t.TempDir(), "by-id")
	if err := os.Symlink(a.Name(), byID); err != nil {
		t.Fatal(err)
	}
	lines := map[string]*testkit.Pty{"a": a, "b": b}
	p := At("left", address(t, "serial:"+a.Name()))
	if got := opens(t, p, lines, usb(byID, ""), usb(b.Name(), "")); got != "a" || p.known.VendorID != "0C2E" {
		t.Errorf("%s, %s", got, fmt.Sprint(p.known))
	}
}
