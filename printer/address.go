package printer

import (
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/printer/link"
)

// forms are the addresses that can be written, for people to read.
const forms = "serial:PORT?baud=9600&flow=none, usb:PORT, cups:QUEUE, spooler:NAME, tcp:HOST:PORT, file:DIR"

// open makes the link an address names, for labels in a language. Nothing is opened or dialled yet.
func open(uri, lang string) (link.Link, error) {
	kind, rest, _ := strings.Cut(uri, ":")
	if rest == "" {
		return nil, badAddress(uri)
	}
	switch kind {
	case "tcp":
		address := strings.TrimPrefix(rest, "//")
		if !isHostPort(address) {
			return nil, badAddress(uri)
		}
		return link.TCP(address, link.DefaultStall), nil
	case "file":
		return link.File(pathOf(rest), lang, time.Now), nil
	case "serial":
		line, ok := lineOf(rest)
		if !ok {
			return nil, badAddress(uri)
		}
		return link.Serial(line, link.DefaultStall), nil
	case "usb":
		return link.USB(pathOf(rest), link.DefaultStall), nil
	case "cups":
		if strings.Contains(rest, "/") {
			return nil, badAddress(uri)
		}
		return link.CUPS(rest, link.DefaultStall), nil
	case "spooler":
		return link.Spooler(rest), nil
	}
	return nil, badAddress(uri)
}

// isNetwork tells a printer to which, by --printer's word, nothing but labels goes unless somebody says that it answers.
func isNetwork(uri string) bool { return strings.HasPrefix(uri, "tcp:") }

// isFolder tells a printer whose labels become files, which nobody but the disk has to take.
func isFolder(uri string) bool { return strings.HasPrefix(uri, "file:") }

func badAddress(uri string) error {
	return order.Trouble(nil, "printer.address", "address", uri, "forms", forms)
}

// pathOf takes file:///DIR, as desktops write it, for file:/DIR.
func pathOf(rest string) string {
	if strings.HasPrefix(rest, "///") {
		return rest[2:]
	}
	return rest
}

func isHostPort(address string) bool {
	host, port, err := net.SplitHostPort(address)
	if err != nil || host == "" || strings.ContainsAny(host, " /") {
		return false
	}
	n, err := strconv.Atoi(port)
	return err == nil && n >= 1 && n <= 65535
}

const (
	defaultBaud = 9600 // what label printers are shipped with
	slowest     = 300  // bits a second: a label would take an hour and more below
	fastest     = 20_000_000
)

// lineOf reads PORT?baud=N&flow=KIND.
func lineOf(rest string) (line link.Line, ok bool) {
	port, query, _ := strings.Cut(pathOf(rest), "?")
	said, err := url.ParseQuery(query)
	if err != nil || port == "" {
		return line, false
	}
	line = link.Line{Port: port, Baud: defaultBaud, Flow: link.FlowNone}
	for name, values := range said {
		switch value := values[len(values)-1]; name {
		case "baud":
			if line.Baud, err = strconv.Atoi(value); err != nil || line.Baud < slowest || line.Baud > fastest {
				return line, false
			}
		case "flow":
			switch line.Flow = link.Flow(value); line.Flow {
			case link.FlowNone, link.FlowXonXoff, link.FlowRTSCTS:
			default:
				return line, false
			}
		default:
			return line, false
		}
	}
	return line, true
}
