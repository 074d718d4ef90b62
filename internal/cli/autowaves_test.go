package cli

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
)

// at does a verb some time from now.
func (p *place) at(later time.Duration, v verb) ended {
	p.t.Helper()
	var out, said strings.Builder
	e := p.environment()
	e.Stdout, e.Stderr, e.Now = &out, &said, func() time.Time { return time.Now().Add(later) }
	return ended{e.Finish(v.Run(e)), out.String(), said.String()}
}

func (p *place) rules(rules ...settings.AutoWave) {
	p.t.Helper()
	if err := settings.Update(p.dir, func(s *settings.Settings) error { s.AutoWaves = rules; return nil }); err != nil {
		p.t.Fatal(err)
	}
}

func TestRulesMakeWavesInTheirTime(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	if out := p.must("", &WaveAuto{}); !strings.Contains(out, "No rule") {
		t.Errorf("without a rule: %s", out)
	}
	p.must("", &FilterSave{Name: "singles", Words: []string{"pieces:1"}})
	p.rules(settings.AutoWave{Name: "ones", Filter: "filter:singles", Most: 3, EveryMin: 30}, settings.AutoWave{Name: "never", Filter: "pieces:1", Most: 50, Least: 50})
	made := read[waveLine](t, p.must("", &WaveAuto{JSON: true}))
	if len(made) != 1 || made[0].Rule != "ones" || made[0].Filter != "pieces:1" || made[0].Parcels != 3 || made[0].Pieces != 3 {
		t.Fatalf("%+v", made)
	}
	for later, want := range map[time.Duration]int{0: 0, 29 * time.Minute: 0} {
		if again := read[waveLine](t, p.at(later, &WaveAuto{JSON: true}).stdout); len(again) != want {
			t.Errorf("after %s: %+v", later, again)
		}
	}
	if again := read[waveLine](t, p.at(30*time.Minute, &WaveAuto{JSON: true}).stdout); len(again) != 1 || slices.Contains(made[0].PackageIDs, again[0].PackageIDs[0]) {
		t.Errorf("%+v", again)
	}
	if again := read[waveLine](t, p.at(31*time.Minute, &WaveAuto{Now: true, JSON: true}).stdout); len(again) != 1 {
		t.Errorf("now: %+v", again)
	}
}

// The program that has the folder open makes them by itself, by its own clock.
func TestAnOpenBenchMakesWavesByRule(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	p.rules(settings.AutoWave{Name: "ones", Filter: "pieces:1", Most: 3, EveryMin: 30})
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); bench.keepMaking(ctx, time.Millisecond) }()
	for {
		waves, err := bench.Store.OpenWaves()
		if err != nil {
			t.Fatal(err)
		}
		if len(waves) > 0 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	stop()
	<-ended
	bench.makeDue(t.Context())
	if waves, err := bench.Store.OpenWaves(); err != nil || len(waves) != 1 || waves[0].Rule != "ones" {
		t.Errorf("%+v, %v", waves, err)
	}
	bench.keepMaking(t.Context(), 0) // a bench that reads no shops makes none, and does not wait
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestParcelsJoinAndLeaveWaves(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	made := read[waveLine](t, p.must("", &WaveMake{Filter: []string{"pieces:1"}, Most: 5, Waves: 2, JSON: true}))
	first, second := made[0], made[1]
	out := read[changeLine](t, p.must("", &WaveRemove{Wave: second.Wave, Parcels: []string{string(second.PackageIDs[0])}, JSON: true}))
	if len(out) != 1 || out[0].Outcome != "left" {
		t.Fatalf("%+v", out)
	}
	end := p.run("", &WaveAdd{Wave: first.Wave, Parcels: []string{string(second.PackageIDs[0]), string(second.PackageIDs[1]), "nowhere"}, JSON: true})
	in := read[changeLine](t, end.stdout)
	if end.code != ExitNeedsPerson || len(in) != 3 || in[0].Outcome != "joined" || in[1].Reason != "wave.join.taken" || in[2].Reason != "refused.unknown_code" || in[2].Message == "" {
		t.Fatalf("%+v", end)
	}
	listed := read[waveLine](t, p.must("", &WaveList{JSON: true}))
	if !slices.Equal(listed[0].PackageIDs, append(first.PackageIDs, second.PackageIDs[0])) || !slices.Equal(listed[1].PackageIDs, second.PackageIDs[1:]) {
		t.Errorf("%+v", listed)
	}
	begun := first.PackageIDs[0]
	for _, pick := range read[PickStop](t, p.must("", &WavePick{Wave: first.Wave, JSON: true})) {
		if slices.Contains(pick.PackageIDs, begun) {
			p.pack(string(begun), p.barcodes[pick.SKU])
		}
	}
	if end := p.run("", &WaveRemove{Wave: first.Wave, Parcels: []string{string(begun)}, JSON: true}); end.code != ExitNeedsPerson || !strings.Contains(end.stdout, "wave.leave.begun") {
		t.Errorf("%+v", end)
	}
	var rest []string
	for _, key := range second.PackageIDs[1:] {
		rest = append(rest, string(key))
	}
	p.must("", &WaveRemove{Wave: second.Wave, Parcels: rest})
	if end := p.run("", &WaveAdd{Wave: second.Wave, Parcels: rest}); end.code == ExitDone || !strings.Contains(end.stderr, "wave.unknown") {
		t.Errorf("a wave that all left: %+v", end)
	}
}

// A wave that is made label-first has its labels here before anybody picks; one of such a rule has them asked for.
func TestLabelFirst(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	made := read[waveLine](t, p.must("", &WaveMake{Filter: []string{"pieces:1"}, Most: 3, Waves: 1, LabelFirst: true, JSON: true}))
	p.rules(settings.AutoWave{Name: "ones", Filter: "pieces:1", Most: 2, LabelFirst: true})
	ruled := read[waveLine](t, p.must("", &WaveAuto{JSON: true}))
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	defer bench.Close()
	for _, key := range made[0].PackageIDs {
		if known, _, err := bench.Store.Parcel(key); err != nil || !known.Work.Arranged || known.Work.Document == "" {
			t.Errorf("%s: %+v, %v", key, known.Work, err)
		}
	}
	for _, key := range ruled[0].PackageIDs {
		if known, _, err := bench.Store.Parcel(key); err != nil || !has(known.Work.Requests, order.Arrange) || !has(known.Work.Requests, order.FetchLabel) {
			t.Errorf("%s: %+v, %v", key, known.Work.Requests, err)
		}
	}
}
