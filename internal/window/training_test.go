package window

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/people"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/words"
	"packbench/ui/seen"
	screen "packbench/ui/settings"
)

// ownFolder is the folder of a bench at work: connected to a live shop, with people, a scanner and a printer.
func ownFolder(t *testing.T) (dir string, own settings.Settings) {
	t.Helper()
	dir = t.TempDir()
	own = settings.Default()
	own.Language, own.Theme, own.Silent = "zh-Hans", "dark", true
	own.Bench = settings.Bench{Name: "7", Packer: "An", Warehouse: "736", Supervisors: []string{"S-0"}, PIN: true, LockAfter: 9, OwnCarrier: "c1"}
	own.Platform.AppKey, own.Platform.AppSecret, own.Platform.AccessToken, own.Platform.RefreshToken = "live-key", "live-secret", "live-access", "live-refresh"
	own.Printer = settings.Printer{URI: "file:" + filepath.Join(t.TempDir(), "out"), Lang: "zpl", DPI: 300, Darkness: 9}
	own.Scanners = []settings.Scanner{{Name: "till", URI: "wedge"}}
	if err := settings.Save(dir, own); err != nil {
		t.Fatal(err)
	}
	if err := people.Update(dir, func(r people.Roster) (people.Roster, error) {
		return r.Add(people.Person{Name: "Mei", Badge: "S-1", Role: people.Supervisor}, "2468")
	}); err != nil {
		t.Fatal(err)
	}
	return dir, own
}

// contents are all files of a folder, by name.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	if err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all[path] = string(data)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// A training bench leaves the bench's own folder as it was and nothing behind, also while that bench is at work.
func TestATrainingBenchTouchesNothing(t *testing.T) {
	dir, _ := ownFolder(t)
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	e := environment(t, dir)
	working, err := cli.OpenBench(e)
	if err != nil {
		t.Fatal(err)
	}
	defer working.Close()
	before := contents(t, dir)
	for _, onPaper := range []bool{false, true} {
		if err := RunTraining(test.NewTempApp(t), e, onPaper, nil); err != nil {
			t.Fatal(err)
		}
	}
	for path, text := range contents(t, dir) {
		if before[path] != text && !strings.Contains(path, "backups") { // the working bench's own copy of the day
			t.Errorf("%s has changed", path)
		}
	}
	left, err := os.ReadDir(temporary)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		if strings.HasPrefix(entry.Name(), "packbench-training-") {
			t.Errorf("%s is left behind", entry.Name())
		}
	}
	if e.Dir != dir {
		t.Error("the environment is the training bench's")
	}
}

// The seller's own goods are sold at a training bench, with their pictures.
func TestATrainingBenchSellsTheSellersGoods(t *testing.T) {
	goods := pictured([]order.Good{{SKU: "MUG", Name: "Mug", Barcodes: []string{"690"}, Picture: "mug.png"}, {SKU: "CAP", Picture: "/pictures/cap.png"}}, "/bench")
	if goods[0].Picture != filepath.Join("/bench", "mug.png") || goods[1].Picture != "/pictures/cap.png" {
		t.Errorf("%+v", goods)
	}
	shop, err := sandbox.New(sandbox.Options{Orders: 5, Seed: demoSeed, Goods: goods})
	if err != nil {
		t.Fatal(err)
	}
	for _, good := range shop.Goods() {
		if good.SKU != "MUG" && good.SKU != "CAP" {
			t.Errorf("%s is sold too", good.SKU)
		}
	}
}

func environment(t *testing.T, dir string) *cli.Environment {
	t.Helper()
	tongue, err := words.In(words.English)
	if err != nil {
		t.Fatal(err)
	}
	return &cli.Environment{Context: t.Context(), Stdout: io.Discard, Stderr: io.Discard, Dir: dir, Now: time.Now, Tongue: tongue}
}

// What a training bench is lent holds neither the shop nor a secret of it, and its platform is this computer.
func TestWhatATrainingBenchIsLent(t *testing.T) {
	_, own := ownFolder(t)
	for _, onPaper := range []bool{false, true} {
		e := environment(t, t.TempDir())
		shop, err := sandbox.New(sandbox.Options{Orders: 3, Seed: 1, Across: acrossTraining})
		if err != nil {
			t.Fatal(err)
		}
		platform, err := localPort()
		if err != nil {
			t.Fatal(err)
		}
		bench, err := stageBench(e, shop, platform, platform, stage{training: true, onPaper: onPaper, configure: func(s *settings.Settings) { lend(own, s, onPaper) }})
		if err != nil {
			t.Fatal(err)
		}
		s := bench.Settings
		if s.Language != "zh-Hans" || s.Theme != "dark" || !s.Silent || s.Bench.Name != "7" || !s.Bench.PIN || s.Bench.LockAfter != 9 || s.Bench.Warehouse != "" || len(s.Scanners) != 1 {
			t.Errorf("%+v", s)
		}
		if !strings.HasPrefix(s.Platform.BaseURL, "http://127.0.0.1:") || !strings.HasPrefix(s.Platform.AuthURL, "http://127.0.0.1:") || s.Platform.SecretsIn != settings.InFile {
			t.Errorf("the platform is %s, %s", s.Platform.BaseURL, s.Platform.AuthURL)
		}
		if got := s.Printer; onPaper && got != own.Printer || !onPaper && (!strings.HasPrefix(got.URI, "tcp:127.0.0.1:") || got.DPI != 300) {
			t.Errorf("on paper %v: %+v", onPaper, got)
		}
		for path, text := range contents(t, e.Dir) {
			for _, secret := range []string{"live-key", "live-secret", "live-access", "live-refresh"} {
				if strings.Contains(text, secret) {
					t.Errorf("%s holds %s", filepath.Base(path), secret)
				}
			}
		}
		if err := bench.Close(); err != nil {
			t.Error(err)
		}
		platform.Close()
	}
}

// Every page says that it is for training, and no shop can be connected there.
func TestATrainingBenchSaysSo(t *testing.T) {
	w := newSettings(t)
	w.options.Training = true
	for _, key := range []string{"F1", "F3", "F8"} {
		w.press(key)
		work(w)
		w.draw()
		if shown := seen.Texts(w.frame.Object()); !strings.Contains(shown, "TRAINING – nothing is sent to the platform") || !strings.Contains(shown, "练习：不会发给平台") {
			t.Errorf("%s leads to a page that does not say so:\n%s", key, shown)
		}
	}
	_, bench := w.entries()
	w.form.Fill(screen.Login{AppKey: "k", AppSecret: "s", Code: "c"}, bench)
	w.press(screen.ConnectKey)
	if len(w.errands) != 0 || w.form.connection.Said.Key != "training.connect" {
		t.Errorf("%+v", w.form.connection)
	}
	if w.setTitle(); !strings.Contains(w.window.Title(), "TRAINING") {
		t.Errorf("the window is called %q", w.window.Title())
	}
	w.options.Training = false
	w.draw()
	if strings.Contains(seen.Texts(w.frame.Object()), "TRAINING") {
		t.Error("a bench at work says that it is for training")
	}
}
