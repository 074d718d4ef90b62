package report

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// longestCell is how many characters a cell holds (Excel's specifications and limits).
const longestCell = 32_767

// The formats of cells (ECMA-376 part 1, 18.8.30): @ is text.
const (
	asText   = 49
	asMoment = "yyyy-mm-dd hh:mm:ss"
)

// sheetPart is where in the file the library writes its first sheet.
const sheetPart = "xl/worksheets/sheet1.xml"

// writeXLSX writes a table as a spreadsheet. The library makes all of it but the rows: it keeps 16 MB of a sheet in memory before it thinks of a file. They go row by row
// straight into the sheet's part, so that a large table needs no more memory than a small one.
func writeXLSX(w io.Writer, t Table) (err error) {
	file := excelize.NewFile()
	defer func() { err = errors.Join(err, file.Close()) }()
	styles, err := head(file, t)
	if err != nil {
		return err
	}
	rows := &rowWriter{table: t, styles: styles}
	file.ZipWriter = func(io.Writer) excelize.ZipWriter { return &spliced{Writer: zip.NewWriter(w), rows: rows} }
	err = file.Write(io.Discard) // all of it goes through the writer above
	switch {
	case rows.failed != nil: // the library does not pass on what a part says
		return rows.failed
	case err == nil && !rows.done:
		return errors.New("the sheet has no place for rows")
	}
	return err
}

// head makes the sheet with its first row, and gives the style of each column's cells.
func head(file *excelize.File, t Table) (styles []int, err error) {
	const sheet = "Sheet1"
	text, err := file.NewStyle(&excelize.Style{NumFmt: asText})
	if err != nil {
		return nil, err
	}
	format := asMoment
	moment, err := file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return nil, err
	}
	bold, err := file.NewStyle(&excelize.Style{NumFmt: asText, Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	for i, c := range t.Columns {
		styles = append(styles, map[Kind]int{Text: text, Moment: moment}[c.Kind])
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		if err := errors.Join(file.SetColWidth(sheet, name, name, c.Width), file.SetColStyle(sheet, name, styles[i]),
			file.SetCellStr(sheet, name+"1", t.Headings[i]), file.SetCellStyle(sheet, name+"1", name+"1", bold)); err != nil {
			return nil, err
		}
	}
	return styles, file.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// spliced is a zip file into whose sheet rows are written behind those that the library made.
type spliced struct {
	*zip.Writer
	rows *rowWriter
}

// Create begins a part of the file.
func (s *spliced) Create(name string) (io.Writer, error) {
	part, err := s.Writer.Create(name)
	if err != nil || name != sheetPart {
		return part, err
	}
	return &splice{to: part, rows: s.rows}, nil
}

// splice passes a sheet on, with the rows before the end of its data.
type splice struct {
	to   io.Writer
	rows *rowWriter
}

var endOfRows = []byte("</sheetData>")

// Write takes the whole sheet: the library writes a part in one go.
func (s *splice) Write(part []byte) (int, error) {
	at := bytes.Index(part, endOfRows)
	if at < 0 {
		return s.to.Write(part)
	}
	if n, err := s.to.Write(part[:at]); err != nil {
		return n, err
	}
	if s.rows.failed = s.rows.write(s.to); s.rows.failed != nil {
		return at, s.rows.failed
	}
	n, err := s.to.Write(part[at:])
	return at + n, err
}

// rowWriter writes the rows of a table as a sheet has them (ECMA-376 part 1, 18.3.1.73).
type rowWriter struct {
	table  Table
	styles []int
	done   bool
	failed error
}

func (r *rowWriter) write(to io.Writer) error {
	out := bufio.NewWriterSize(to, 64<<10)
	names := make([]string, len(r.table.Columns))
	for i := range names {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		names[i] = name
	}
	line := 1
	err := r.table.Rows(func(row []Cell) error {
		line++
		number := strconv.Itoa(line)
		put(out, `<row r="`, number, `">`)
		for i, cell := range row {
			if err := r.cell(out, names[i]+number, i, cell); err != nil {
				return err
			}
		}
		put(out, `</row>`)
		return nil
	})
	r.done = true
	if err != nil {
		return err
	}
	return out.Flush()
}

// put writes texts; out remembers the first error until it is flushed.
func put(out *bufio.Writer, texts ...string) {
	for _, text := range texts {
		_, _ = out.WriteString(text)
	}
}

// cell writes a cell of a column; one that says nothing is left out.
func (r *rowWriter) cell(out *bufio.Writer, place string, column int, cell Cell) error {
	style := strconv.Itoa(r.styles[column])
	switch kind := r.table.Columns[column].Kind; {
	case kind == Moment && cell.At.IsZero(), kind != Moment && cell.Text == "":
		return nil
	case kind == Moment:
		put(out, `<c r="`, place, `" s="`, style, `"><v>`, serial(cell.At.In(r.table.Zone)), `</v></c>`)
		return nil
	case kind == Number:
		put(out, `<c r="`, place, `"><v>`, cell.Text, `</v></c>`)
		return nil
	}
	put(out, `<c r="`, place, `" s="`, style, `" t="inlineStr"><is><t xml:space="preserve">`)
	if err := xml.EscapeText(out, []byte(shortened(cell.Text))); err != nil {
		return err
	}
	put(out, `</t></is></c>`)
	return nil
}

// shortened is as much of a text as a cell holds.
func shortened(text string) string {
	if len(text) <= longestCell {
		return text
	}
	cut := longestCell
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut]
}

// dayZero is the day 0 of spreadsheets, as all of them count since 1900-03-01 (ECMA-376 part 1, 18.17.4.1).
var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// serial is a moment as a spreadsheet counts it: days, as the clock on the wall showed it.
func serial(at time.Time) string {
	wall := time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, time.UTC)
	return strconv.FormatFloat(wall.Sub(dayZero).Seconds()/(24*3600), 'f', -1, 64)
}
