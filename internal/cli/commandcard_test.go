package cli

import (
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
	"packbench/internal/platform/sandbox"
	"packbench/internal/testkit"
	"packbench/internal/words"
	"packbench/printer"
	"packbench/store"
)

// The codes of the card that was printed do at the bench what stands beside them, in both languages and on A4 too.
func TestCommandCard(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3, LabelDelay: time.Millisecond})
	card := Print{Commands: true, Size: "100x150", Printer: "file:" + p.labels, DPI: 203}
	if err := card.Validate(); err != nil {
		t.Fatal(err)
	}
	if lines := read[sheetLine](t, p.must("", &card)); len(lines) != 1 || lines[0].Sheet != commandCard || lines[0].State != order.Sent || p.printed() != 1 {
		t.Fatalf("%+v, %d printed", lines, p.printed())
	}
	files, err := store.Open(p.dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	installation, err := files.Installation()
	if err := errors.Join(err, files.Close()); err != nil {
		t.Fatal(err)
	}
	say := func(c order.Command) string { return order.CommandCode(installation, c) }
	for _, language := range words.Languages {
		for _, size := range []page.Size{{WidthMM: 210, HeightMM: 297}, page.Label} {
			e := p.environment()
			if e.Tongue, err = words.In(language); err != nil {
				t.Fatal(err)
			}
			drawn, err := drawCard(e, printer.Options{Medium: size, DPI: 203}, installation)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "card.png")
			file, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(png.Encode(file, drawn), file.Close()); err != nil {
				t.Fatal(err)
			}
			codes := testkit.ReadCodes(t, path)
			for _, c := range order.Commands {
				if !slices.Contains(codes, say(c)) {
					t.Errorf("%s, %v: %s is not in %q", language, size, say(c), codes)
				}
			}
		}
	}
	two := p.waiting(2)
	parcel, items := string(two[0].Packages[0].PackageID), p.scansOf(two[0])
	end, lines := p.pack(say(order.SayNext), parcel, say(order.SayNext), parcel, items[0], say(order.SayUndo), items[0], "@100ms "+items[0],
		say(order.SayNext), say(order.SayDone), "pb00000000U", parcel, say(order.SayHelp), say("4"), parcel, say(order.SayShort), say("1"))
	want := []packing.Outcome{"nothing_asked", "opened", "let_go", "opened", "taken", "undone", "taken", "repeat",
		"needs_person", "put_back", "unknown_code", "opened", "needs_person", "parked", "opened", "needs_person", "parked"}
	var got []packing.Outcome
	for _, l := range lines {
		got = append(got, l.Outcome)
	}
	if end.code != ExitNeedsPerson || !slices.Equal(got, want) {
		t.Errorf("exit code %d, %v\n%s", end.code, got, end.stderr)
	}
	for _, wrong := range []Print{{Commands: true, Test: true}, {Commands: true, Files: []string{"x.pdf"}}} {
		if wrong.Validate() == nil {
			t.Errorf("%+v is taken", wrong)
		}
	}
}
