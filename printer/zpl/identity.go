package zpl

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"packbench/printer/state"
)

// AskIdentity is what a printer is sent to say what it is: ~HI (Host Identification).
const AskIdentity = "~HI\r\n"

// Identity reads what came after AskIdentity ("ZPL II Programming Guide", ~HI), between STX and ETX, which some clones leave out:
//
//	ZD421-300dpi,V84.20.18Z,12,8192KB,0    model, firmware, dots per millimetre, memory; options follow
//
// It fails with io.ErrUnexpectedEOF where the answer has not ended, with ErrNoAnswer where none has begun, and otherwise where it is no such answer.
func Identity(answer []byte) (state.Identity, error) {
	for len(answer) > 0 {
		text, rest, whole := frame(answer)
		if text == nil {
			text, rest, whole = bytes.Cut(bytes.TrimLeft(answer, " \r\n"), []byte("\n"))
		}
		fields := strings.Split(string(text), ",")
		switch {
		case !whole && len(bytes.TrimSpace(text)) == 0:
			return state.Identity{}, ErrNoAnswer
		case !whole:
			return state.Identity{}, io.ErrUnexpectedEOF
		case len(fields) == 4 || len(fields) == 5:
			return identity(fields)
		}
		answer = rest // something else that the printer said
	}
	return state.Identity{}, ErrNoAnswer
}

func identity(fields []string) (state.Identity, error) {
	id := state.Identity{Model: state.Words([]byte(fields[0])), Firmware: state.Words([]byte(fields[1]))}
	var err error
	if id.DotsPerMM, err = strconv.Atoi(strings.TrimSpace(fields[2])); err != nil || id.DotsPerMM < 1 || id.DotsPerMM > 99 || id.Model == "" {
		return state.Identity{}, fmt.Errorf("a head of %.10q dots/mm in a %.20q", fields[2], fields[0])
	}
	memory, _ := strings.CutSuffix(strings.TrimSpace(fields[3]), "KB")
	if kb, err := strconv.ParseUint(memory, 10, 31); err == nil { // nobody decides anything by it
		id.MemoryKB = int(kb)
	}
	return id, nil
}
