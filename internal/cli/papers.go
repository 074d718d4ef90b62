package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/settings"
	"packbench/internal/setup"
	"packbench/internal/spool"
	"packbench/printer/link"
)

// OnPaper is where papers of ours go: to the printer of labels, or into files.
type OnPaper struct {
	Print   bool   `help:"Print it on the printer of labels."`
	To      string `placeholder:"DIR" help:"Write it into a folder: a picture a page, or a PDF where the paper is wider than a label, such as A4."`
	Printer string `placeholder:"URI" help:"With --print: printer address; without it the configured one. cups:NAME gets A4 as PDF: any office printer."`
	Size    string `default:"100x150" help:"The paper in millimetres, width x height; 210x297 is A4."`
	DPI     int    `name:"dpi" enum:"0,203,300" default:"0" help:"The resolution: 203 or 300. Without it the printer's, and 300 in a PDF."`
}

// asked tells whether papers are wanted.
func (v *OnPaper) asked() bool { return v.Print || v.To != "" }

// paperLine tells what became of a page of a paper, or of all of them where they are one file.
type paperLine struct {
	Sheet     setup.Sheet      `json:"sheet"`
	Wave      string           `json:"wave,omitempty"`
	Wall      string           `json:"wall,omitempty"`
	Handover  string           `json:"handover_sheet,omitempty"`
	PackageID order.ParcelKey  `json:"package_id,omitempty"`
	Page      int              `json:"page,omitempty"`
	Of        int              `json:"of"`
	State     order.LabelState `json:"state,omitempty"`
	File      string           `json:"file,omitempty"`
}

// drawing is a paper that is to be drawn: what it is of, and how.
type drawing struct {
	line paperLine
	draw func(size page.Size, dpi int) ([]*page.Page, error)
}

// file is how the files of a paper are called.
func (d drawing) file() string {
	name := string(d.line.Sheet)
	if of := cmp.Or(string(d.line.PackageID), d.line.Wave, d.line.Wall, d.line.Handover); of != "" {
		name = of + "-" + name
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) || r < ' ' { // what names of files cannot hold on one system or another
			return '-'
		}
		return r
	}, name)
}

// put brings papers where they are wanted. It fails with usage.paper where that is nowhere or in two places, and with paper.run_goes where papers would lie between
// the labels of a run.
func (v *OnPaper) put(e *Environment, bench *Bench, papers []drawing) error {
	switch {
	case v.Print == (v.To != ""):
		return order.Trouble(nil, "usage.paper")
	case v.Print:
		return v.print(e, bench, papers)
	}
	return v.write(e, papers)
}

// notBetween keeps papers from between the labels of a run.
func (b *Bench) notBetween() error {
	run, err := b.Store.OpenRun()
	if err == nil && run.State == order.RunGoing {
		err = order.Trouble(nil, "paper.run_goes", "run", run.ID)
	}
	return err
}

// print prints papers one after the other, once all are drawn.
func (v *OnPaper) print(e *Environment, bench *Bench, papers []drawing) (err error) {
	if err := bench.notBetween(); err != nil {
		return err
	}
	uri, o, err := (&Print{Printer: v.Printer, Size: v.Size, DPI: v.DPI}).options(e)
	if err != nil {
		return err
	}
	if queue, isQueue := strings.CutPrefix(uri, "cups:"); isQueue && o.Medium.WidthMM > widestLabel {
		return v.documents(e, queue, o.Medium, papers)
	}
	drawn := make([][]*page.Page, len(papers))
	for i, p := range papers {
		if drawn[i], err = p.draw(o.Medium, o.DPI); err != nil {
			return err
		}
	}
	device, leave, err := bench.printerFor(uri, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	for i, pages := range drawn {
		for n, one := range pages {
			if state, err := spool.Send(e.Context, device, device.Encode(one), func() error { return nil }); state != order.Sent {
				return err
			}
			line := papers[i].line
			line.Page, line.Of, line.State = n+1, len(pages), order.Sent
			if err := e.Line(line); err != nil {
				return err
			}
		}
	}
	return nil
}

// documents prints papers on the office printer of a queue, each as a document.
func (v *OnPaper) documents(e *Environment, queue string, size page.Size, papers []drawing) (err error) {
	office := link.CUPSPapers(queue, link.DefaultStall)
	defer func() { err = errors.Join(err, office.Close()) }()
	for _, p := range papers {
		pages, err := p.draw(size, cmp.Or(v.DPI, officeDPI))
		if err != nil {
			return err
		}
		files, err := filesOf(e, size, true, pages)
		if err != nil {
			return err
		}
		if _, err := office.Send(e.Context, files[0]); err != nil {
			return err
		}
		line := p.line
		line.Of, line.State = len(pages), order.Sent
		if err := e.Line(line); err != nil {
			return err
		}
	}
	return nil
}

// officeDPI is the resolution of a document.
const officeDPI = 300

// widestLabel is how wide in millimetres the paper of a printer of labels is at most: heads of 4 inches print 104.
const widestLabel = 120

// write writes papers into a folder. Nobody else may read the files: a buyer's note may stand in them.
func (v *OnPaper) write(e *Environment, papers []drawing) error {
	size, err := paperSize(v.Size)
	if err != nil {
		return err
	}
	s, err := settings.Load(e.Dir)
	if err != nil {
		return err
	}
	folder, err := e.Path(v.To)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return order.Trouble(err, "paper.folder", "folder", v.To)
	}
	office := size.WidthMM > widestLabel
	dpi := cmp.Or(v.DPI, s.Printer.DPI, 203)
	if office {
		dpi = cmp.Or(v.DPI, officeDPI)
	}
	for _, p := range papers {
		pages, err := p.draw(size, dpi)
		if err != nil {
			return err
		}
		line := p.line
		line.Of = len(pages)
		files, err := filesOf(e, size, office, pages)
		if err != nil {
			return err
		}
		for n, file := range files {
			line.File = p.file() + ".pdf"
			if !office {
				line.Page, line.File = n+1, fmt.Sprintf("%s-%d.png", p.file(), n+1)
			}
			if err := os.WriteFile(filepath.Join(folder, line.File), file, 0o600); err != nil {
				return order.Trouble(err, "paper.folder", "folder", v.To)
			}
			if err := e.Line(line); err != nil {
				return err
			}
		}
	}
	return nil
}

// filesOf are the pages of a paper as pictures, or as one document for an office printer.
func filesOf(e *Environment, size page.Size, office bool, pages []*page.Page) (files [][]byte, err error) {
	var file bytes.Buffer
	if office {
		err = paper.PDF(&file, size, pages, e.Now())
		return [][]byte{file.Bytes()}, err
	}
	for _, one := range pages {
		var file bytes.Buffer
		if err := paper.PNG(&file, one); err != nil {
			return nil, err
		}
		files = append(files, file.Bytes())
	}
	return files, nil
}
