package cli

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

func TestWavesAreMadeWalkedAndUndone(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	made := read[waveLine](t, p.must("", &WaveMake{Filter: []string{"pieces:1"}, Most: 5, Waves: 2, JSON: true}))
	if len(made) != 2 || made[0].Parcels != 5 || made[0].Pieces != 5 || made[0].Shape != order.FastLane && made[0].Shape != order.Bulk || made[0].State != "open" ||
		made[0].Wave != order.WaveID(time.Now(), 1) || made[1].Wave != order.WaveID(time.Now(), 2) {
		t.Fatalf("%+v", made)
	}
	if listed := read[waveLine](t, p.must("", &WaveList{JSON: true})); len(listed) != 2 || !slices.Equal(listed[1].PackageIDs, made[1].PackageIDs) || listed[1].Filter != "pieces:1" {
		t.Fatalf("%+v", listed)
	}
	picks := read[PickStop](t, p.must("", &WavePick{Wave: made[0].Wave, JSON: true}))
	pieces := 0
	for i, pick := range picks {
		pieces += pick.Pieces
		if len(pick.PackageIDs) != pick.Pieces || pick.SKU == "" || i > 0 && pick.Bin == picks[i-1].Bin && pick.SKU == picks[i-1].SKU {
			t.Errorf("%+v", pick)
		}
	}
	if pieces != 5 {
		t.Errorf("%d pieces to pick", pieces)
	}
	p.must("", &WaveUndo{Wave: made[0].Wave})
	again := read[waveLine](t, p.must("", &WaveMake{Filter: []string{"pieces:1"}, Most: 5, Waves: 1, JSON: true}))
	if len(again) != 1 || again[0].Wave != order.WaveID(time.Now(), 3) || !slices.Equal(again[0].PackageIDs, made[0].PackageIDs) {
		t.Errorf("%+v", again)
	}
	p.pack(string(made[1].PackageIDs[0]), p.barcodes[read[PickStop](t, p.must("", &WavePick{Wave: made[1].Wave, JSON: true}))[0].SKU])
	if all := read[waveLine](t, p.must("", &WaveList{All: true, JSON: true})); len(all) != 3 || all[0].State != "undone" {
		t.Errorf("%+v", all)
	}
	for problem, v := range map[string]verb{
		"wave.unknown": &WaveUndo{Wave: "W0"}, "wave.filter": &WaveMake{Filter: []string{"colour:red"}, Most: 5}, "usage.wave": &WaveMake{Most: 51},
	} {
		if end := p.run("", v); end.code == ExitDone || !strings.Contains(end.stderr, problem) {
			t.Errorf("%s: %+v", problem, end)
		}
	}
}

// Stock that is not enough leaves parcels out, unless somebody forces them in.
func TestWavesTakeNoMoreThanThereIs(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	found, err := bench.Store.Find(func(f *order.Facts) bool { return f.Pickable(time.Now()) }, 0, 1)
	if err != nil || found.Count < 2 {
		t.Fatal(found, err)
	}
	unwaved := found.Facts
	none := unwaved[0].SKUs[0]
	if err := bench.Store.ImportGoods([]order.Good{{SKU: none, Barcodes: []string{"690"}, Name: "gone"}}); err != nil {
		t.Fatal(err)
	}
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}
	end := p.run("", &WaveMake{Most: 50, JSON: true})
	if end.code != ExitNeedsPerson || !strings.Contains(end.stdout, `"short":["`+none+`"`) {
		t.Fatalf("%+v", end)
	}
	if strings.Contains(strings.SplitN(end.stdout, "\n", 2)[0], string(unwaved[0].Key)) {
		t.Error("it is in the wave")
	}
	forced := p.must("", &WaveMake{Most: 50, Force: true, JSON: true})
	if !strings.Contains(forced, string(unwaved[0].Key)) {
		t.Error("it is not in the wave although it was forced")
	}
}

// A wave is arranged and its labels are printed in the order in which it is packed.
func TestAWaveIsArrangedAndLabelled(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 4})
	made := read[waveLine](t, p.must("", &WaveMake{Most: 6, Waves: 1, JSON: true}))[0]
	arranged := read[arrangeLine](t, p.must("", &Arrange{Wave: made.Wave, Labels: true, Within: time.Minute, JSON: true}))
	if len(arranged) != 6 || arranged[0].Outcome != "arranged" {
		t.Fatalf("%+v", arranged)
	}
	end := p.run("", &PrintRun{Wave: made.Wave, Most: 50, Printer: "file:" + p.labels, JSON: true})
	var keys []order.ParcelKey
	for line := range strings.Lines(end.stdout) {
		if strings.Contains(line, `"label"`) {
			keys = append(keys, read[runLine](t, line)[0].PackageID)
		}
	}
	if !slices.Equal(keys, made.PackageIDs) {
		t.Errorf("printed %v, want %v: %+v", keys, made.PackageIDs, end)
	}
	if end := p.run("", &PrintRun{Wave: "W0", Most: 50, Printer: "file:" + p.labels}); end.code == ExitDone || !strings.Contains(end.stderr, "wave.unknown") {
		t.Errorf("%+v", end)
	}
	if end := p.run("", &Arrange{Wave: made.Wave, Ready: true}); end.code == ExitDone || !strings.Contains(end.stderr, "usage.arrange") {
		t.Errorf("%+v", end)
	}
}

func TestAPickListIsPrinted(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 4})
	made := read[waveLine](t, p.must("", &WaveMake{Most: 20, Waves: 1, JSON: true}))[0]
	pages := read[paperLine](t, p.must("", &WavePick{Wave: made.Wave, OnPaper: OnPaper{Print: true, Printer: "file:" + p.labels, Size: "100x150"}}))
	files, err := os.ReadDir(p.labels)
	if err != nil || len(files) != len(pages) || len(pages) == 0 || pages[0].State != order.Sent {
		t.Errorf("%d files of %+v, %v", len(files), pages, err)
	}
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(bench.Store.Append([]order.Event{{At: time.Now(), Kind: order.RunMade, Run: "R1", Parcels: made.PackageIDs}}), bench.Close()); err != nil {
		t.Fatal(err)
	}
	if end := p.run("", &WavePick{Wave: made.Wave, OnPaper: OnPaper{Print: true, Printer: "file:" + p.labels, Size: "100x150"}}); end.code == ExitDone || !strings.Contains(end.stderr, "paper.run_goes") {
		t.Errorf("between the labels of a run: %+v", end)
	}
}
