package catalogue

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"packbench/internal/order"
)

// Encoding is how the characters of a text are written.
type Encoding string

// The encodings that are understood. Excel writes GBK as CSV on a Chinese computer, and UTF-16 as Unicode text.
const (
	UTF8  Encoding = "UTF-8"
	UTF16 Encoding = "UTF-16"
	GBK   Encoding = "GBK"
)

// byteOrderMark is what spreadsheets put before UTF-8.
const byteOrderMark = "\uFEFF"

func readText(data []byte) (Found, error) {
	text, encoding, err := decode(data)
	if err != nil {
		return Found{}, err
	}
	goods, err := order.ReadGoods(bounded(textRows(text, separator(text))))
	return Found{Goods: goods, Encoding: encoding}, err
}

// decode finds out how a text is written. What is not UTF-8 is taken for GB 18030, of which GBK is a part, as long as every character of it is one.
func decode(data []byte) (text []byte, encoding Encoding, err error) {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		text, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		encoding = UTF16
	} else if utf8.Valid(data) {
		return bytes.TrimPrefix(data, []byte(byteOrderMark)), UTF8, nil
	} else {
		text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		encoding = GBK
	}
	if at := bytes.ContainsRune(text, utf8.RuneError); err != nil || at {
		return nil, "", order.Trouble(err, "catalogue.encoding", "line", lineOfFirstWrong(data))
	}
	return text, encoding, nil
}

// lineOfFirstWrong is the line with the first byte that is no UTF-8.
func lineOfFirstWrong(data []byte) int {
	line := 1
	for len(data) > 0 {
		char, size := utf8.DecodeRune(data)
		if char == utf8.RuneError && size == 1 {
			break
		}
		if char == '\n' {
			line++
		}
		data = data[size:]
	}
	return line
}

// separator is what parts the cells: with which the header has the most of the columns.
func separator(text []byte) rune {
	best, most := ',', 0
	for _, candidate := range []rune{',', ';', '\t'} {
		header, _, err := textRows(text, candidate)()
		if err != nil {
			continue
		}
		if at, _ := order.HeaderOf(header); len(at) > most {
			best, most = candidate, len(at)
		}
	}
	return best
}

func textRows(text []byte, separator rune) order.Rows {
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comma = separator
	columns := 0
	return func() ([]string, int, error) {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil, 0, err
		}
		line, _ := reader.FieldPos(0)
		if columns == 0 {
			columns = len(cells)
		}
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, csv.ErrFieldCount):
			return nil, line, order.Trouble(err, "catalogue.line", "line", line, "why", order.Say("catalogue.why.cells", "cells", len(cells), "columns", columns))
		case errors.As(err, &wrong):
			return nil, wrong.StartLine, order.Trouble(err, "catalogue.line", "line", wrong.StartLine, "why", order.Say("catalogue.why.quotes"))
		}
		return cells, line, err
	}
}

// WriteCSV writes goods as text that Read reads, in UTF-8 with commas.
func WriteCSV(w io.Writer, goods []order.Good) error {
	out := csv.NewWriter(w)
	return errors.Join(out.WriteAll(order.TableOf(goods)), out.Error())
}

// WriteMarkedCSV is WriteCSV with the byte order mark before it, without which spreadsheets take Chinese for something else.
func WriteMarkedCSV(w io.Writer, goods []order.Good) error {
	if _, err := io.Copy(w, strings.NewReader(byteOrderMark)); err != nil {
		return err
	}
	return WriteCSV(w, goods)
}
