package zpl

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"packbench/printer/state"
)

// Ask is what a printer is sent to say how it is: ~HS (Host Status Return) and ~HQES (Host Query, Error Status). It stands outside of labels.
// Zebra's printers answer ~HS only while nothing is wrong with paper, ribbon, head or temperature (printing facts 2), so that silence after
// labels went out is no "ready".
const Ask = "~HS~HQES\r\n"

const stx, etx = 2, 3

// Status reads what came after Ask: the three lines of ~HS, the answer to ~HQES, or both in either order, with anything else that printers say
// between them. Each question that is not answered leaves the other's answer to stand alone. It fails with io.ErrUnexpectedEOF where an answer has
// begun and not ended, and more may come, with ErrNoAnswer where there is no answer in it, and otherwise where no manual explains it.
func Status(answer []byte) (state.State, error) {
	host, hostErr := hostStatus(answer)
	errs, errsErr := errorStatus(answer)
	switch {
	case hostErr != nil && !errors.Is(hostErr, ErrNoAnswer):
		return state.State{}, fmt.Errorf("~HS: %w", hostErr)
	case errsErr != nil && !errors.Is(errsErr, ErrNoAnswer):
		return state.State{}, fmt.Errorf("~HQES: %w", errsErr)
	case hostErr != nil && errsErr != nil:
		return state.State{}, ErrNoAnswer
	}
	return host.And(errs), nil
}

// ErrNoAnswer says that what a printer said holds no answer, nor the beginning of one.
var ErrNoAnswer = errors.New("no answer")

// Whole tells that both questions of Ask have been answered, so that nothing more will come. Not every printer answers both.
func Whole(answer []byte) bool {
	_, host := hostStatus(answer)
	_, errs := errorStatus(answer)
	return host == nil && errs == nil
}

// hostStatus reads ~HS ("ZPL II Programming Guide", ~HS): three strings, each from STX to ETX CR LF.
//
//	aaa,b,c,dddd,eee,f,g,h,iii,j,k,l    b paper out, c paused, eee formats waiting, f buffer full, j RAM corrupt, k too cold, l too hot
//	mmm,n,o,p,q,r,s,t,uuuuuuuu,v,www    o head up, p ribbon out, t label waits to be taken, u labels left in the batch
//	xxxx,y                              password, static RAM there
func hostStatus(answer []byte) (state.State, error) {
	var lines [][]string
	for len(lines) < 3 {
		text, rest, whole := frame(answer)
		switch {
		case !whole && len(lines) == 0 && (text == nil || isQuery(text)):
			return state.State{}, ErrNoAnswer
		case !whole:
			return state.State{}, io.ErrUnexpectedEOF
		case !isQuery(text):
			lines = append(lines, strings.Split(string(text), ","))
		}
		answer = rest
	}
	if len(lines[0]) != 12 || len(lines[1]) != 11 || len(lines[2]) != 2 {
		return state.State{}, fmt.Errorf("lines of %d, %d and %d values", len(lines[0]), len(lines[1]), len(lines[2]))
	}
	s := state.State{Told: true}
	for _, flag := range []struct {
		line, at int
		means    state.Condition
	}{
		{0, 1, state.PaperOut}, {0, 2, state.Paused}, {0, 5, state.BufferFull}, {0, 9, state.Faulty}, {0, 10, state.TooCold}, {0, 11, state.Overheated},
		{1, 2, state.HeadOpen}, {1, 3, state.RibbonOut}, {1, 7, state.LabelInWay},
	} {
		switch value := lines[flag.line][flag.at]; value {
		case "0":
		case "1":
			s.Now |= flag.means
		default:
			return state.State{}, fmt.Errorf("value %d of line %d is %.10q", flag.at+1, flag.line+1, value)
		}
	}
	for _, count := range []string{lines[0][4], lines[1][8]} {
		n, err := strconv.ParseUint(count, 10, 31)
		if err != nil {
			return state.State{}, fmt.Errorf("a count of %.10q", count)
		}
		s.Held += int(n)
	}
	if s.Held > 0 || lines[0][7] == "1" { // h: a format is on its way in
		s.Now |= state.Busy
	}
	return s, nil
}

// frame is what stands between the first STX and its ETX, and what follows. Without an ETX it is what has come so far, nil without an STX.
func frame(answer []byte) (text, rest []byte, whole bool) {
	_, after, found := bytes.Cut(answer, []byte{stx})
	if !found {
		return nil, nil, false
	}
	return bytes.Cut(after, []byte{etx})
}

// isQuery tells the answer to ~HQES, which some printers frame too, by its words: ~HS answers in digits.
func isQuery(text []byte) bool { return bytes.ContainsAny(text, ":ERSTU") }

// errorStatus reads ~HQES ("ZPL II Programming Guide", ~HQ, error and warning flags):
//
//	ERRORS:         1 00000000 00000005
//	WARNINGS:       0 00000000 00000000
//
// The second number of 8 hexadecimal digits holds the flags; warnings keep no printer from printing.
func errorStatus(answer []byte) (state.State, error) {
	const head = "ERRORS:"
	start := bytes.Index(answer, []byte(head))
	if start < 0 {
		return state.State{}, ErrNoAnswer
	}
	line, _, whole := bytes.Cut(answer[start+len(head):], []byte("\n"))
	if !whole {
		return state.State{}, io.ErrUnexpectedEOF
	}
	fields := strings.Fields(string(line))
	if len(fields) != 3 || fields[0] != "0" && fields[0] != "1" {
		return state.State{}, fmt.Errorf("%.40q", line)
	}
	var groups [2]uint64
	for i := range groups {
		n, err := strconv.ParseUint(fields[i+1], 16, 32)
		if err != nil {
			return state.State{}, fmt.Errorf("flags %.20q", fields[i+1])
		}
		groups[i] = n
	}
	s := errorFlags(groups[1])
	s.Unknown |= groups[0] << 32
	if fields[0] == "1" && s.Now == 0 && s.Unknown == 0 {
		s.Now = state.Faulty // it says that there is an error, and not which
	}
	return s, nil
}

// errorFlags reads the flags of ~HQES' first group. Those above bit 11 belong to the kiosk printer KR403, but for "paused".
func errorFlags(flags uint64) state.State {
	s := state.State{Told: true, Held: state.HeldUnknown}
	for _, flag := range []struct {
		bits  uint64
		means state.Condition
	}{
		{0x1, state.PaperOut}, {0x2, state.RibbonOut}, {0x4, state.HeadOpen}, {0x8, state.CutterFault},
		{0x10 | 0x20, state.Overheated},                     // head, motor
		{0x40 | 0x80 | 0x100 | 0x200, state.Faulty},         // head element, head detection, firmware settings, head thermistor
		{0x1000 | 0x2000 | 0x4000 | 0x8000, state.PaperJam}, // retract, presenter, feed, paper path
		{0x10000, state.Paused},
		{0x20000, state.PaperJam},         // retracting took too long
		{0x40000 | 0x80000, state.Faulty}, // the black mark is not found
	} {
		if flags&flag.bits != 0 {
			s.Now |= flag.means
		}
		flags &^= flag.bits
	}
	s.Unknown = flags
	return s
}
