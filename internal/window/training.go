package window

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/people"
	"packbench/internal/settings"
)

// RunTraining opens the window as a training bench: with the scanners, the language and the people of the bench in the environment's folder, on a sandbox shop of
// its own in a folder of its own, which is thrown away afterwards. Nothing of the bench's own folder is opened but its settings, which are read and never
// written: no parcel, no authorization and no journal of it is within reach. Labels are drawn by a printer that is simulated, or with onPaper printed by the
// bench's own with TRAINING across each. goods are what the shop sells, so that what lies on the shelves can be scanned; without any the sandbox has its own.
func RunTraining(app fyne.App, e *cli.Environment, onPaper bool, goods []order.Good) (err error) {
	own, err := settings.Load(e.Dir)
	if err != nil {
		return ShowProblem(app, e, err)
	}
	if onPaper && own.Printer.URI == "" {
		return order.Trouble(nil, "printer.none")
	}
	folder, err := os.MkdirTemp("", "packbench-training-")
	if err != nil {
		return order.Trouble(err, "store.folder", "folder", os.TempDir())
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	for _, name := range []string{people.FileName, settings.ChecksFile} {
		if err := copyInto(folder, filepath.Join(e.Dir, name)); err != nil {
			return err
		}
	}
	apart := *e
	apart.Dir, apart.DirSaid = folder, true
	return runStage(app, &apart, stage{
		training: true, onPaper: onPaper, goods: pictured(goods, e.Dir), scanners: own.Scanners, configure: func(s *settings.Settings) { lend(own, s, onPaper) },
	})
}

// pictured are goods whose pictures are found from every folder: those named without one lie in the bench's own.
func pictured(goods []order.Good, dir string) []order.Good {
	found := slices.Clone(goods)
	for i, good := range found {
		if good.Picture != "" && !strings.Contains(good.Picture, "://") && !filepath.IsAbs(good.Picture) {
			found[i].Picture = filepath.Join(dir, good.Picture)
		}
	}
	return found
}

// lend puts into the settings of a training bench what it shares with a bench: neither shop nor warehouse, nor any secret.
func lend(own settings.Settings, s *settings.Settings, onPaper bool) {
	s.Language, s.Theme, s.Silent, s.Scanners = own.Language, own.Theme, own.Silent, own.Scanners
	b := own.Bench
	s.Bench = settings.Bench{Name: b.Name, Packer: b.Packer, Supervisors: b.Supervisors, PIN: b.PIN, LockAfter: b.LockAfter}
	if s.Printer.DPI = own.Printer.DPI; onPaper {
		s.Printer = own.Printer
	}
}

// copyInto copies a file into a folder, readable by this user alone; one that is not there is not missed.
func copyInto(folder, path string) error {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = settings.WriteWhole(filepath.Join(folder, filepath.Base(path)), data)
	}
	if err != nil {
		return order.Trouble(err, "store.folder", "folder", folder)
	}
	return nil
}

// setTitle names the window: a training bench among the windows of a desktop, too.
func (w *Window) setTitle() {
	tongue := w.environment.Tongue
	title := tongue.Text("frame.brand")
	if w.options.Training {
		title = tongue.Text("training.title", "name", title)
	}
	w.window.SetTitle(title)
}
