package window

import (
	"cmp"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/station"
	"packbench/ui/ask"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// photoFile is a file that may be the picture of a signed sheet.
type photoFile struct {
	path string
	at   time.Time // when it was changed last
}

// photoEndings are how the names of pictures of signed sheets end.
var photoEndings = []string{".jpg", ".jpeg", ".png", ".pdf"}

// attachPhoto keeps the picture at a path with a sheet: of a folder, such as that of a telephone, the newest one. It fails with handover.no_file and handover.photo.
func (w *Window) attachPhoto(sheet, path string) error {
	path = strings.TrimPrefix(strings.Trim(path, `"'`), "file://")
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		var found []photoFile
		if found, err = picturesIn(path); len(found) > 0 {
			path = found[0].path
		} else if err == nil {
			err = os.ErrNotExist
		}
	}
	if err != nil {
		return order.Trouble(err, "handover.no_file", "file", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return order.Trouble(err, "handover.no_file", "file", path)
	}
	defer file.Close()
	photo, err := io.ReadAll(io.LimitReader(file, station.LargestPhoto+1))
	if err != nil {
		return order.Trouble(err, "handover.no_file", "file", path)
	}
	return w.bench.AttachPhoto(sheet, photo)
}

// picturesIn are the pictures in a folder, the one that was changed last first.
func picturesIn(folder string) (found []photoFile, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || entry.IsDir() || !slices.Contains(photoEndings, strings.ToLower(filepath.Ext(entry.Name()))) {
			continue // it went away meanwhile, or is none
		}
		found = append(found, photoFile{filepath.Join(folder, entry.Name()), info.ModTime()})
	}
	slices.SortFunc(found, func(a, b photoFile) int { return cmp.Or(b.at.Compare(a.at), strings.Compare(a.path, b.path)) })
	return found, nil
}

// photoFolders are where pictures are looked for: the folder that is typed, or where pictures and downloads lie.
func photoFolders(typed string) []string {
	if typed = strings.Trim(typed, `"'`); typed != "" {
		if info, err := os.Stat(typed); err == nil && !info.IsDir() {
			typed = filepath.Dir(typed)
		}
		return []string{typed}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return nil // then a path is typed
	}
	return []string{filepath.Join(home, "Pictures"), filepath.Join(home, "Downloads"), filepath.Join(home, "Desktop")}
}

// lookForPictures offers the newest pictures for a signed copy.
func (w *Window) lookForPictures() {
	p := &w.shelf
	folders := photoFolders(strings.TrimSpace(p.Typed()))
	w.window.Canvas().Unfocus()
	w.beside(&p.acting, func(context.Context) func() {
		var found []photoFile
		for _, folder := range folders {
			in, err := picturesIn(folder)
			if err != nil && !os.IsNotExist(err) {
				w.log.Warn("a folder of pictures was not read", "error", err)
			}
			found = append(found, in...)
		}
		slices.SortStableFunc(found, func(a, b photoFile) int { return b.at.Compare(a.at) })
		return func() {
			if p.step != atPhoto {
				return // left meanwhile
			}
			if p.pictures = found[:min(len(found), photosOffered)]; len(p.pictures) == 0 {
				w.tellShelf(kit.Loud, order.Say("shelfpage.pictures.none", "folders", strings.Join(folders, ", ")))
				return
			}
			p.step = atPictures
		}
	})
}

// whichPicture asks which of the newest pictures is that of the signed sheet.
func (w *Window) whichPicture() ask.Question {
	p := &w.shelf
	q := ask.Question{Title: order.Say("shelfpage.pictures", "sheet", p.sheet), Text: order.Say("shelfpage.pictures.text"), Acts: []ask.Act{{Key: leaveKey, Word: order.Say("shelfpage.act.back")}}}
	for i, one := range p.pictures {
		at := clock.Moment(w.environment.Tongue, one.at.Local(), w.environment.Now().Local())
		q.Choices = append(q.Choices, ask.Act{Key: strconv.Itoa(i + 1), Word: order.Say("unit.pair", "a", at, "b", endOf(filepath.Base(one.path)))})
	}
	return q
}

// photosOffered is how many pictures are offered: so many names stand side by side.
const photosOffered = 4

// endOf is a file's name, of a long one the end: telephones count there.
func endOf(name string) string {
	const most = 20
	runes := []rune(name)
	if len(runes) <= most {
		return name
	}
	return "…" + string(runes[len(runes)-most:])
}

// pressOnPictures does what a key does while a picture is chosen.
func (w *Window) pressOnPictures(key string) {
	p := &w.shelf
	n, err := strconv.Atoi(key)
	switch {
	case key == leaveKey:
		p.step = atPhoto
	case err == nil && n >= 1 && n <= len(p.pictures):
		p.step = atPhoto
		p.Fill(p.pictures[n-1].path)
		w.keepTyped()
	default:
		w.frame.Key(key)
	}
}
