package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"packbench/internal/label"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/settings"
	"packbench/internal/spool"
	"packbench/printer"
	"packbench/printer/medium"
	"packbench/printer/zpl"
)

// Print prints label documents.
type Print struct {
	Files   []string `arg:"" optional:"" name:"FILE" help:"PDF, PNG or ZPL."`
	Printer string   `placeholder:"URI" help:"Printer address; without it the configured one."`
	Lang    string   `enum:"zpl,escpos,tspl," default:"" help:"The printer's language: zpl, escpos or tspl. Without it the configured one."`
	DPI     int      `name:"dpi" enum:"0,203,300" default:"0" help:"The printer's resolution: 203 or 300. Without it the configured one."`
	Size    string   `default:"100x150" help:"The label in millimetres, width x height."`

	Test      bool   `help:"Print a test page in place of files; what a scanner is to read on it is written as its token."`
	Calibrate bool   `help:"Print a page that shows how far off the printer prints, and how wide: the figures for right_mm, down_mm and head_dots in the settings."`
	Commands  bool   `help:"Print the card of commands of this bench: done, undo, next parcel, park, print again, missing, help. Also on A4: --size 210x297."`
	Token     string `placeholder:"CODE" help:"With --test: what the codes of the page hold; without it a new one each time."`
	Scanned   string `placeholder:"CODE" help:"With --test and --token: print nothing, and tell whether this is a scan of that page."`
}

// Served tells that a program that has the folder open does it, on the printer that program has open.
func (v *Print) Served() bool { return true }

// Run prints the files in their order and ends at the first that cannot be printed; or a sheet of ours in their place.
func (v *Print) Run(e *Environment) (err error) {
	if v.Test || v.Calibrate {
		return v.sheet(e)
	}
	if v.Commands {
		return v.card(e)
	}
	if e.Bench == nil {
		// A document is a megabyte of garbage. Collecting it more rarely saves a twentieth of the time; 30 MB more are held until the verb ends.
		defer debug.SetGCPercent(debug.SetGCPercent(400))
	}
	device, leave, err := v.device(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	labels := (&Bench{dir: e.Dir}).Labels()
	defer func() { err = errors.Join(err, labels.Close(context.WithoutCancel(e.Context))) }()
	labels.Warm(e.Context)
	ctx, stop := context.WithCancel(e.Context)
	defer stop()
	for made := range v.made(ctx, e, device, labels) {
		if err := (<-made).send(e, device); err != nil {
			return err
		}
	}
	return nil
}

// made has the files made into labels on all cores, a few ahead of the printer, and gives them in their order.
func (v *Print) made(ctx context.Context, e *Environment, device *printer.Printer, labels *label.Maker) <-chan chan labelled {
	// Twice as many as are drawn at once: while a slow one is awaited the quick ones behind it go on.
	ahead := make(chan chan labelled, 2*runtime.NumCPU())
	go func() {
		defer close(ahead)
		for _, file := range v.Files {
			made := make(chan labelled, 1)
			select {
			case ahead <- made:
			case <-ctx.Done():
				return
			}
			go func() { made <- labelledFrom(ctx, e, device, labels, file) }()
		}
	}()
	return ahead
}

// smallest is the smallest side of a label in millimetres: whoever asks for 4x6 means inches. largest is the largest, well within page.MaxDots at 300 dpi.
const smallest, largest = 20, 1500

func (v *Print) device(e *Environment) (p *printer.Printer, leave func() error, err error) {
	uri, o, err := v.options(e)
	if err != nil {
		return nil, nil, err
	}
	return e.Bench.printerFor(uri, o)
}

// options are the address of the printer and how to print there, as the flags and the settings say.
func (v *Print) options(e *Environment) (uri string, o printer.Options, err error) {
	s, err := settings.Load(e.Dir)
	if err != nil {
		return "", o, err
	}
	size, err := paperSize(v.Size)
	if err != nil {
		return "", o, err
	}
	uri, lang, dpi := v.Printer, v.Lang, v.DPI
	if folder, isFile := strings.CutPrefix(uri, "file:"); isFile && folder != "" {
		if folder, err = e.Path(folder); err != nil {
			return "", o, err
		}
		uri = "file:" + folder
	}
	if uri == "" {
		uri = s.Printer.URI
	}
	if uri == "" {
		return "", o, order.Trouble(nil, "printer.none")
	}
	if lang == "" {
		lang = s.Printer.Lang
	}
	if dpi == 0 {
		dpi = s.Printer.DPI
	}
	o = PrinterOptions(s.Printer, uri, size)
	if lang != s.Printer.Lang {
		o.Setup = printer.Setup{} // in the steps of another language
	}
	o.Lang, o.DPI = lang, dpi
	return uri, o, nil
}

// paperSize reads a size such as 100x150 in millimetres; it fails with usage.size.
func paperSize(text string) (size page.Size, err error) {
	within := func(mm float64) bool { return mm >= smallest && mm <= largest } // not a number is neither
	if n, err := fmt.Sscanf(text, "%gx%g", &size.WidthMM, &size.HeightMM); n != 2 || err != nil || !within(size.WidthMM) || !within(size.HeightMM) {
		return size, order.Trouble(err, "usage.size", "size", text)
	}
	return size, nil
}

// PrinterOptions are the options of the printer at an address for labels of a size: the configured language and resolution, and how to print
// where it is the configured printer.
func PrinterOptions(p settings.Printer, uri string, size page.Size) printer.Options {
	o := printer.Options{Lang: p.Lang, DPI: p.DPI, Medium: size}
	if uri == p.URI {
		o.Setup = printer.Setup{
			Darkness: p.Darkness, Speed: p.Speed, Tracking: medium.Tracking(p.Tracking), GapMM: p.GapMM, Taking: medium.Taking(p.Taking),
			RightMM: p.RightMM, DownMM: p.DownMM, HeadDots: p.HeadDots, Encoding: zpl.Encoding(p.Encoding), Answers: p.Answers,
		}
	}
	return o
}

// sentLine tells how far a file's labels came, and what a scanner will find on them.
type sentLine struct {
	File   string           `json:"file"`
	Labels int              `json:"labels"`
	State  order.LabelState `json:"state"`
	Codes  []string         `json:"codes,omitempty"`
}

// labelled is a file in the printer's language.
type labelled struct {
	file  string
	jobs  [][]byte
	codes []string
	err   error
}

func labelledFrom(ctx context.Context, e *Environment, device *printer.Printer, labels *label.Maker, file string) labelled {
	l := labelled{file: file}
	reading, err := e.OpenFile(file, "print.unreadable")
	if err != nil {
		l.err = err
		return l
	}
	document, err := readWhole(reading)
	if err = errors.Join(err, reading.Close()); err != nil {
		l.err = order.Trouble(err, "print.unreadable", "file", file)
		return l
	}
	l.jobs, l.codes, l.err = jobsOf(ctx, device, labels, document)
	return l
}

// readWhole reads a file into memory for as much as it holds now, or anything else as it comes.
func readWhole(r io.Reader) ([]byte, error) {
	var whole bytes.Buffer
	if file, isFile := r.(*os.File); isFile {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			whole.Grow(int(min(info.Size(), 1<<30)) + bytes.MinRead)
		}
	}
	_, err := whole.ReadFrom(r)
	return whole.Bytes(), err
}

// send prints the file's labels.
func (l labelled) send(e *Environment, device *printer.Printer) error {
	if l.err != nil {
		return l.err
	}
	for _, job := range l.jobs {
		state, err := spool.Send(e.Context, device, job, func() error { return nil })
		if state != order.Sent {
			return err
		}
	}
	return e.Line(sentLine{File: filepath.Base(l.file), Labels: len(l.jobs), State: order.Sent, Codes: l.codes})
}

// jobsOf are the labels a document comes to, in the printer's language, and the codes read back from what was drawn.
func jobsOf(ctx context.Context, device *printer.Printer, labels *label.Maker, document []byte) (jobs [][]byte, codes []string, err error) {
	if start := bytes.TrimLeft(document, " \t\r\n\ufeff"); bytes.HasPrefix(start, []byte("^XA")) || bytes.HasPrefix(start, []byte("~DG")) {
		if device.Lang() != printer.ZPL {
			return nil, nil, order.Trouble(nil, "print.other_language", "lang", device.Lang())
		}
		jobs, err = zpl.Check(document)
		return jobs, nil, err
	}
	pages, err := labels.MakeAll(ctx, document, device.Medium(), device.DPI())
	if err != nil {
		return nil, nil, err
	}
	for _, drawn := range pages {
		jobs = append(jobs, device.Encode(drawn))
		for _, code := range label.Codes(drawn) {
			codes = append(codes, code.Text)
		}
	}
	return jobs, codes, nil
}
