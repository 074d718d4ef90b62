package catalogue

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"packbench/internal/order"
)

// mostUnzipped bounds what an xlsx file may unfold to, and inMemory of how much of a part it is read in memory; a larger one goes through a file of the
// system's temporary folder.
const (
	mostUnzipped = 1 << 30
	inMemory     = 32 << 20
)

// readSheets reads the first sheet that has the header of a catalogue in its first row with anything in it.
func readSheets(data []byte) (found Found, err error) {
	if err := whole(data); err != nil {
		return Found{}, order.Trouble(err, "catalogue.broken")
	}
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostUnzipped, UnzipXMLSizeLimit: inMemory})
	if err != nil {
		return Found{}, order.Trouble(err, "catalogue.broken")
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	for _, sheet := range file.GetSheetList() {
		rows, err := openSheet(file, sheet)
		if err != nil {
			return Found{}, order.Trouble(err, "catalogue.broken")
		}
		header, _, err := rows.next()
		if _, missing := order.HeaderOf(header); missing == "" && err == nil {
			given := false
			goods, err := order.ReadGoods(bounded(func() ([]string, int, error) {
				if !given {
					given = true
					return header, rows.line, nil
				}
				return rows.next()
			}))
			return Found{Goods: goods, Sheet: sheet}, errors.Join(err, rows.Close())
		}
		if err := rows.Close(); err != nil {
			return Found{}, order.Trouble(err, "catalogue.broken")
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return Found{}, order.Trouble(err, "catalogue.broken")
		}
	}
	return Found{}, order.Trouble(nil, "catalogue.no_sheet", "columns", strings.Join(order.CatalogueColumns, ", "))
}

// whole tells what is wrong with the parts of an xlsx file that hold cells: the library takes a part that breaks off for one that ends there.
func whole(data []byte) error {
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	unfolded := uint64(0)
	for _, part := range packed.File {
		if unfolded += min(part.UncompressedSize64, mostUnzipped+1); unfolded > mostUnzipped {
			return errors.New("it unfolds to more than " + strconv.Itoa(mostUnzipped>>20) + " MB")
		}
	}
	for _, part := range packed.File {
		name := strings.ToLower(part.Name)
		if !strings.HasSuffix(name, ".xml") || !strings.HasPrefix(name, "xl/") {
			continue
		}
		content, err := part.Open()
		if err != nil {
			return err
		}
		if err := wellFormed(content); err != nil {
			return errors.Join(err, content.Close())
		}
		if err := content.Close(); err != nil {
			return err
		}
	}
	return nil
}

func wellFormed(r io.Reader) error {
	decoder := xml.NewDecoder(r)
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// sheet is a sheet that is read row by row, twice side by side: as it is kept and as it is shown. Only both together tell a date from a number.
type sheet struct {
	kept, shown *excelize.Rows
	line        int
	at          map[int]bool // the places of the columns that are understood, once the header was read
	from1904    bool         // days are counted from 1904 (ECMA-376 part 1, 18.2.28, date1904)
}

func openSheet(file *excelize.File, name string) (*sheet, error) {
	kept, err := file.Rows(name)
	if err != nil {
		return nil, err
	}
	shown, err := file.Rows(name)
	if err != nil {
		return nil, errors.Join(err, kept.Close())
	}
	props, err := file.GetWorkbookProps()
	if err != nil {
		return nil, errors.Join(err, kept.Close(), shown.Close())
	}
	return &sheet{kept: kept, shown: shown, from1904: props.Date1904 != nil && *props.Date1904}, nil
}

func (s *sheet) Close() error { return errors.Join(s.kept.Close(), s.shown.Close()) }

// next is the next row with anything in it.
func (s *sheet) next() ([]string, int, error) {
	for s.kept.Next() && s.shown.Next() {
		if s.line++; s.line > mostRows {
			return nil, s.line, order.Trouble(nil, "catalogue.too_many", "rows", mostRows, "cells", mostCells)
		}
		kept, err := s.kept.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, s.line, order.Trouble(err, "catalogue.broken")
		}
		shown, err := s.shown.Columns()
		if err != nil {
			return nil, s.line, order.Trouble(err, "catalogue.broken")
		}
		if len(kept) == 0 {
			continue
		}
		cells, err := s.cells(kept, shown)
		return cells, s.line, err
	}
	return nil, s.line, errors.Join(io.EOF, s.kept.Error(), s.shown.Error())
}

// cells are the texts of a row. What stands in columns that are not understood may be anything.
func (s *sheet) cells(kept, shown []string) ([]string, error) {
	if s.at == nil {
		at, _ := order.HeaderOf(kept)
		s.at = map[int]bool{}
		for _, i := range at {
			s.at[i] = true
		}
		return kept, nil
	}
	cells := make([]string, len(kept))
	for i := range kept {
		if !s.at[i] {
			continue
		}
		as := kept[i]
		if i < len(shown) {
			as = shown[i]
		}
		why := order.Said{}
		if cells[i], why = s.text(kept[i], as); why.Key != "" {
			return nil, order.Trouble(nil, "catalogue.line", "line", s.line, "why", why)
		}
	}
	return cells, nil
}

// exactDigits is how many digits of a number a spreadsheet keeps (ECMA-376 part 1, 18.3.1.96: an IEEE double).
const exactDigits = 15

// text is what a cell says, kept one way and shown another; or why it says nothing that can be trusted. A number comes back in its digits, with the
// zeros before it that its format shows.
func (s *sheet) text(kept, shown string) (string, order.Said) {
	if isFault(kept) {
		return "", order.Say("catalogue.why.fault", "value", kept)
	}
	number, err := strconv.ParseFloat(kept, 64)
	if err != nil || kept == shown {
		return kept, order.Said{} // a text, or a number without a format of its own
	}
	if day, is := s.dayShown(number, shown); is {
		return "", order.Say("catalogue.why.date", "day", day.Format(time.DateOnly))
	}
	digits := strconv.FormatFloat(number, 'g', exactDigits, 64)
	if exact, err := strconv.ParseFloat(digits, 64); err == nil && exact < 1e15 {
		digits = strconv.FormatFloat(exact, 'f', -1, 64)
	}
	if value, err := strconv.ParseUint(shown, 10, 64); err == nil && float64(value) == number {
		return shown, order.Said{}
	}
	return digits, order.Said{}
}

// isFault tells whether a cell holds what a spreadsheet puts where a formula failed (ECMA-376 part 1, 18.17.3).
func isFault(cell string) bool {
	switch cell {
	case "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!":
		return true
	}
	return false
}

// dayShown tells whether a number is shown as the day it counts to: nobody types the day's number, so a spreadsheet made a date of something else, such as
// of the bin 3-5.
func (s *sheet) dayShown(number float64, shown string) (day time.Time, is bool) {
	day, err := excelize.ExcelDateToTime(number, s.from1904)
	if err != nil || number < 1 {
		return time.Time{}, false
	}
	if _, err := strconv.ParseFloat(strings.NewReplacer(",", "", "%", "").Replace(shown), 64); err == nil {
		return time.Time{}, false
	}
	numbers := strings.FieldsFunc(shown, func(r rune) bool { return r < '0' || r > '9' })
	has := func(value int) bool {
		for _, n := range numbers {
			if got, err := strconv.Atoi(n); err == nil && (got == value || got == value%100 && len(n) == 2) {
				return true
			}
		}
		return false
	}
	month := has(int(day.Month())) || strings.Contains(shown, day.Format("Jan"))
	return day, month && (has(day.Day()) || has(day.Year())) && len(numbers) < 7
}

// WriteXLSX writes goods as a spreadsheet that Read reads. All cells are texts but for weight and stock, and so is what is typed below: a spreadsheet does not
// round the barcodes then.
func WriteXLSX(w io.Writer, goods []order.Good) (err error) {
	file := excelize.NewFile()
	defer func() { err = errors.Join(err, file.Close()) }()
	const sheet = "catalogue"
	if err := file.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	const asText = 49 // the format @ (ECMA-376 part 1, 18.8.30)
	text, err := file.NewStyle(&excelize.Style{NumFmt: asText})
	if err != nil {
		return err
	}
	bold, err := file.NewStyle(&excelize.Style{NumFmt: asText, Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	out, err := file.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	table := order.TableOf(goods)
	for i, name := range table[0] {
		if !isCount(name) {
			if err := out.SetColStyle(i+1, i+1, text); err != nil {
				return err
			}
		}
	}
	if err := errors.Join(out.SetColWidth(1, len(table[0]), 18), out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})); err != nil {
		return err
	}
	for line, row := range table {
		cells := make([]any, len(row))
		for i, value := range row {
			cells[i] = excelize.Cell{StyleID: text, Value: value}
			if line == 0 {
				cells[i] = excelize.Cell{StyleID: bold, Value: value}
			} else if n, err := strconv.Atoi(value); err == nil && isCount(table[0][i]) {
				cells[i] = n
			}
		}
		if err := out.SetRow("A"+strconv.Itoa(line+1), cells); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return file.Write(w)
}

// isCount tells whether a column holds a count.
func isCount(column string) bool { return column == "weight_g" || column == "stock" }
