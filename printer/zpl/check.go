package zpl

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"packbench/internal/order"
)

// allowed are the commands a foreign label may hold: those that draw, and those that describe the label they stand in.
// All that stores, deletes, configures, asks, restarts or changes the language itself is not here.
var allowed = setOf(`
	XA XZ FX
	FO FT FS FD FV FB FH FW FR FP FC FN SN SF TB
	A@ CF CI
	BY B0 B1 B2 B3 B4 B5 B7 B8 B9 BA BB BC BD BE BF BI BJ BK BL BM BO BP BQ BR BS BT BU BX BZ
	GB GC GD GE GF GS XG
	PW LL LH LS LT LR PQ PR PO PM MC MD MM MN MT`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

const (
	// maxFile is the largest file taken, in bytes; a label in plain hexadecimal has 0.5 MB at 300 dpi.
	maxFile = 20 << 20
	// mostLabels is how many labels of one file are printed, as many as of any document.
	mostLabels = 50
	// mostCommands bounds the time a file takes; a label drawn with lines, text and codes has some hundred.
	mostCommands = 100_000
)

// Check looks through a file of foreign ZPL and gives its labels, each with what stands before it (pictures sent with ~DG), to be
// sent as they are. Only drawing passes, one copy a label: a file is no way to reconfigure a printer or to empty a roll.
// It fails with an *order.Problem: zpl.command_forbidden (blank command), zpl.copies (copies), zpl.many_labels (most), zpl.not_labels, label.too_large.
func Check(file []byte) ([][]byte, error) {
	if len(file) > maxFile {
		return nil, order.Trouble(fmt.Errorf("%d bytes", len(file)), "label.too_large")
	}
	file = bytes.TrimPrefix(file, []byte("\ufeff")) // a mark that editors on Windows put before text
	s := scanner{rest: file}
	var labels [][]byte
	start, inside := 0, false
	for commands := 0; ; commands++ {
		c, err := s.next()
		if err != nil {
			return nil, err
		}
		if commands > mostCommands {
			return nil, order.Trouble(fmt.Errorf("more than %d commands", mostCommands), "label.too_large")
		}
		if c.name == "" {
			break
		}
		switch {
		case c.name == "~DG":
		case c.name[0] == '~' || !c.isAllowed():
			return nil, forbidden(c.name)
		case c.name == "^XA":
			if inside {
				return nil, notLabels("^XA at %d inside a label", c.at)
			}
			inside = true
		case !inside:
			return nil, notLabels("%s at %d outside of a label", c.name, c.at)
		case c.name == "^XZ":
			if len(labels) == mostLabels {
				return nil, order.Trouble(nil, "zpl.many_labels", "most", mostLabels)
			}
			labels = append(labels, bytes.TrimSpace(file[start:c.end]))
			start, inside = c.end, false
		case c.name == "^PQ":
			if err := oneCopy(string(c.data)); err != nil {
				return nil, err
			}
		}
	}
	if inside {
		return nil, notLabels("the last label has no end")
	}
	if len(bytes.TrimSpace(file[start:])) > 0 {
		return nil, notLabels("data after the last label")
	}
	if len(labels) == 0 {
		return nil, notLabels("no label")
	}
	return labels, nil
}

func forbidden(command string) error {
	return order.Trouble(nil, "zpl.command_forbidden", "command", command)
}

func notLabels(format string, args ...any) error {
	return order.Trouble(fmt.Errorf(format, args...), "zpl.not_labels")
}

// oneCopy refuses ^PQ with a quantity or replicates other than one. ^PQ quantity,pause,replicates,override.
func oneCopy(data string) error {
	values := strings.Split(data, ",")
	for i, once := range map[int][]string{0: {"", "1"}, 2: {"", "0", "1"}} {
		if i >= len(values) {
			continue
		}
		value := strings.TrimSpace(values[i])
		if n, err := strconv.Atoi(value); err == nil {
			value = strconv.Itoa(n) // 01 is 1
		}
		if !slices.Contains(once, value) {
			return order.Trouble(nil, "zpl.copies", "copies", value)
		}
	}
	return nil
}

// command is one command of the file: its prefix and name in capitals, its data, and where it stands.
type command struct {
	name    string // ^XA, ~DG, ^A for every font; empty at the end of the file
	data    []byte
	at, end int // offsets in the file
}

// isAllowed takes the name without its prefix. A font command is ^A and any letter or digit.
func (c command) isAllowed() bool {
	name := c.name[1:]
	return allowed[name] || len(name) == 2 && name[0] == 'A' && isLetterOrDigit(name[1])
}

func isLetterOrDigit(b byte) bool { return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' }

// scanner walks through the commands of a file. The data of a command ends at the next ^ or ~; only ^GF in binary can hold
// these as data, and says how many bytes it has.
type scanner struct {
	rest []byte
	at   int
}

// next gives the next command, one without name at the end of the file.
func (s *scanner) next() (command, error) {
	blank := len(s.rest) - len(bytes.TrimLeft(s.rest, " \t\r\n"))
	s.advance(blank)
	if len(s.rest) == 0 {
		return command{}, nil
	}
	if s.rest[0] != '^' && s.rest[0] != '~' {
		if bytes.HasPrefix(s.rest, []byte("! U")) { // Zebra's SGD and CPCL
			return command{}, forbidden("! U")
		}
		return command{}, notLabels("data at %d that belongs to no command", s.at)
	}
	if len(s.rest) < 3 {
		return command{}, notLabels("half a command at %d", s.at)
	}
	c := command{name: strings.ToUpper(string(s.rest[:3])), at: s.at}
	for _, b := range []byte(c.name[1:]) {
		if b <= ' ' || b > '~' {
			return command{}, notLabels("an unreadable command at %d", s.at)
		}
	}
	s.advance(3)
	length, err := s.dataLength(c.name)
	if err != nil {
		return command{}, err
	}
	c.data = s.rest[:length]
	s.advance(length)
	c.end = s.at
	if c.name == "^XA" || c.name == "^XZ" {
		if len(bytes.TrimSpace(c.data)) > 0 {
			return command{}, notLabels("data after %s at %d", c.name, c.at)
		}
		c.end = c.at + 3
	}
	return c, nil
}

func (s *scanner) advance(n int) {
	s.rest = s.rest[n:]
	s.at += n
}

// dataLength is the length of the data that follows a command's name.
func (s *scanner) dataLength(name string) (int, error) {
	if name == "^GF" {
		if length, binary, err := s.binaryLength(); binary || err != nil {
			return length, err
		}
	}
	length := bytes.IndexAny(s.rest, "^~")
	if length < 0 {
		length = len(s.rest)
	}
	for i, b := range s.rest[:length] {
		// STX, ETX, RS and US are other ways to write ^XA, ^XZ, ^ and ~, and ENQ asks the printer for its state.
		if b < ' ' && b != '\r' && b != '\n' && b != '\t' || b == 0x7f {
			return 0, forbidden(fmt.Sprintf("0x%02X (%s, %d)", b, name, s.at+i))
		}
	}
	return length, nil
}

// binaryLength is the length of the data of ^GFB and ^GFC: "B,bytes sent,bytes of the picture,bytes a row," and the bytes.
func (s *scanner) binaryLength() (length int, binary bool, err error) {
	const longestHead = 64
	head := s.rest[:min(len(s.rest), longestHead)]
	if len(head) == 0 || !strings.ContainsRune("BbCc", rune(head[0])) {
		return 0, false, nil
	}
	fields := bytes.SplitN(head, []byte(","), 5)
	if len(fields) < 5 {
		return 0, false, notLabels("a damaged picture at %d", s.at)
	}
	count, err := strconv.Atoi(strings.TrimSpace(string(fields[1])))
	start := len(head) - len(fields[4])
	if err != nil || count < 0 || count > len(s.rest)-start {
		return 0, false, notLabels("a picture at %d is cut short", s.at)
	}
	return start + count, true, nil
}
