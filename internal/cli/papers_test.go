package cli

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/label"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/platform/sandbox"
	"packbench/internal/testkit"
	"packbench/printer/ipp"
)

// codesOn are the codes on a picture, as zbarimg reads them.
func codesOn(t *testing.T, folder, file string) []string {
	t.Helper()
	path := filepath.Join(folder, file)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	return testkit.ReadCodes(t, path)
}

// A wave's pick list goes into files: a picture a page for a printer of labels, one document for an office's. Totes that were given stand on it.
func TestAPickListIsWritten(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 4})
	made := read[waveLine](t, p.must("", &WaveMake{Most: 20, Waves: 1, JSON: true}))[0]
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	tote := order.Slot{Code: "TOTE-17"}
	if err := errors.Join(bench.Store.Append([]order.Event{
		{At: time.Now(), Kind: order.SlotAdded, Slot: tote}, {At: time.Now(), Kind: order.Slotted, Parcel: made.PackageIDs[0], Slot: tote},
	}), bench.Close()); err != nil {
		t.Fatal(err)
	}
	slotted := 0
	for _, pick := range read[PickStop](t, p.must("", &WavePick{Wave: made.Wave, JSON: true})) {
		for _, slot := range pick.Slots {
			if slot.Slot != tote.Code || !slices.Contains(pick.PackageIDs, made.PackageIDs[0]) {
				t.Errorf("%+v", pick)
			}
			slotted += slot.Pieces
		}
	}
	if slotted == 0 {
		t.Error("no piece goes into the tote")
	}
	folder := filepath.Join(t.TempDir(), "papers")
	pages := read[paperLine](t, p.must("", &WavePick{Wave: made.Wave, OnPaper: OnPaper{To: folder, Size: "100x150"}}))
	for i, one := range pages {
		if codes := codesOn(t, folder, one.File); !slices.Equal(codes, []string{made.Wave}) || one.Page != i+1 || one.Of != len(pages) || one.Sheet != pickList {
			t.Errorf("%+v: %q", one, codes)
		}
	}
	if len(pages) < 2 {
		t.Errorf("%d pages", len(pages))
	}
	whole := read[paperLine](t, p.must("", &WavePick{Wave: made.Wave, OnPaper: OnPaper{To: folder, Size: "210x297"}}))
	if len(whole) != 1 || whole[0].Of < 1 || !strings.HasSuffix(whole[0].File, ".pdf") {
		t.Fatalf("%+v", whole)
	}
	document, err := os.ReadFile(filepath.Join(folder, whole[0].File))
	if err != nil {
		t.Fatal(err)
	}
	labels := (&Bench{dir: p.dir}).Labels()
	t.Cleanup(func() { _ = labels.Close(context.Background()) }) // the test is over
	drawn, err := labels.MakeAll(t.Context(), document, page.Size{WidthMM: 210, HeightMM: 297}, 203)
	if err != nil || len(drawn) != whole[0].Of {
		t.Fatalf("%d pages of %d, %v", len(drawn), whole[0].Of, err)
	}
	if codes := label.Codes(drawn[0]); len(codes) != 1 || codes[0].Text != made.Wave {
		t.Errorf("%v", codes)
	}
}

func TestAPaperGoesToOnePlace(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 4})
	made := read[waveLine](t, p.must("", &WaveMake{Most: 2, Waves: 1, JSON: true}))[0]
	occupied := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(occupied, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		key string
		on  OnPaper
	}{
		{"usage.paper", OnPaper{To: "x", Print: true, Size: "100x150"}}, {"paper.folder", OnPaper{To: occupied, Size: "100x150"}},
		{"usage.size", OnPaper{To: t.TempDir(), Size: "4x6"}}, {"usage.size", OnPaper{To: t.TempDir(), Size: "5000x5000"}}, {"usage.size", OnPaper{To: t.TempDir(), Size: "NaNxNaN"}},
	} {
		if end := p.run("", &WavePick{Wave: made.Wave, OnPaper: c.on}); end.code == ExitDone || !strings.Contains(end.stderr, c.key) {
			t.Errorf("%s: %+v", c.key, end)
		}
	}
}

// Pictures of goods are read in every form sellers have them in; what is none is told to the log and not to the picker.
func TestPicturesOfGoods(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 10, Seed: 4})
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bench.Close() }() // the test is over
	var file bytes.Buffer
	if err := png.Encode(&file, page.New(30, 20, 203)); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"a.png": file.String(), "b.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#000"/></svg>`, "c.png": "none",
	} {
		if err := os.WriteFile(filepath.Join(p.dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	picture := func(path string) bool { return bench.picture(order.Article{Good: order.Good{Picture: path}}) != nil }
	if !picture("a.png") || !picture(filepath.Join(p.dir, "a.png")) {
		t.Error("a PNG was not read")
	}
	if drawn := bench.picture(order.Article{Good: order.Good{Picture: "b.svg"}}); drawn == nil {
		t.Error("a drawing was not read")
	} else if r, _, _, a := drawn.At(200, 200).RGBA(); r != 0 || a != 0xffff {
		t.Errorf("the drawing's middle is %d, %d", r, a)
	}
	if bench.picture(order.Article{Good: order.Good{Picture: "c.png"}, Kept: "a.png"}) == nil || bench.picture(order.Article{Good: order.Good{Picture: "https://x/y.png"}, Kept: "a.png"}) == nil {
		t.Error("the platform's picture was not read")
	}
	if picture("c.png") || picture("gone.png") || picture("") || picture("https://example.com/a.png") {
		t.Error("there is a picture where there is none")
	}
}

// On a queue of the print service A4 goes out as one PDF.
func TestAPickListGoesToAnOfficePrinter(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 4})
	made := read[waveLine](t, p.must("", &WaveMake{Most: 20, Waves: 1, JSON: true}))[0]
	var sent [][]byte
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		operation, asked, _, document, err := ipp.Parse(body)
		if err != nil || r.URL.Path != "/printers/office" {
			t.Errorf("%s, %v", r.URL.Path, err)
		}
		answer := []ipp.Attribute{ipp.Number(ipp.Integer, "job-id", 1), ipp.Number(ipp.Enum, "job-state", ipp.JobCompleted)}
		switch operation {
		case ipp.GetPrinter:
			answer = []ipp.Attribute{ipp.Number(ipp.Enum, "printer-state", 3), ipp.Yes("printer-is-accepting-jobs")}
		case ipp.GetJobs:
			answer = nil
		case ipp.SendDocument:
			if format := asked.Text("document-format"); format != "application/pdf" {
				t.Errorf("sent as %s", format)
			}
			sent = append(sent, document)
		}
		if _, err := w.Write(ipp.Answer(0, 2, answer)); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(service.Close)
	t.Setenv("CUPS_SERVER", strings.TrimPrefix(service.URL, "http://"))
	lines := read[paperLine](t, p.must("", &WavePick{Wave: made.Wave, OnPaper: OnPaper{Print: true, Printer: "cups:office", Size: "210x297"}}))
	if len(lines) != 1 || lines[0].State != order.Sent || len(sent) != 1 || !bytes.HasPrefix(sent[0], []byte("%PDF")) {
		t.Errorf("%+v, %d documents", lines, len(sent))
	}
}
