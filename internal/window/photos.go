package window

import (
	"log/slog"
	"os"
	"path/filepath"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/ui/kit"
)

// photos loads the pictures a screen asks for beside the loop that draws it. Until one is there the screen shows the SKU in its
// place. want and label belong to the main goroutine; run is the worker.
type photos struct {
	dir    string
	log    *slog.Logger
	ready  map[any]*kit.Photo // by pictureFiles, or by *page.Page; nil while loading and where it cannot be loaded
	wanted chan any
	loaded func(key any, photo *kit.Photo) // called by the worker
	paper  *page.Page                      // the label shown last
}

// photosKept bounds how many pictures stay in memory; the largest needs about 10 MB.
const photosKept = 24

func newPhotos(dir string, log *slog.Logger, loaded func(any, *kit.Photo)) *photos {
	return &photos{dir: dir, log: log, ready: map[any]*kit.Photo{}, wanted: make(chan any, photosKept), loaded: loaded}
}

// pictureFiles are the files an article has a picture in: the seller's own counts first, then the platform's.
type pictureFiles struct{ own, kept string }

// good is the photo of an article, nil while there is none to show.
func (p *photos) good(article order.Article) *kit.Photo {
	files := pictureFiles{p.path(article.OwnPicture()), p.path(article.Kept)}
	if files == (pictureFiles{}) {
		return nil
	}
	return p.get(files)
}

// path is where a file lies that is named from the bench's folder on, unless its name is absolute.
func (p *photos) path(name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(p.dir, name)
}

// label is the photo of a page.
func (p *photos) label(drawn *page.Page) *kit.Photo {
	if drawn != p.paper { // a label is looked at while its parcel is open, and never again
		delete(p.ready, p.paper)
		p.paper = drawn
	}
	if drawn == nil {
		return nil
	}
	return p.get(drawn)
}

func (p *photos) get(key any) *kit.Photo {
	if photo, asked := p.ready[key]; asked {
		return photo
	}
	select {
	case p.wanted <- key:
		if len(p.ready) >= photosKept {
			clear(p.ready)
		}
		p.ready[key] = nil
	default: // asked again at the next drawing
	}
	return nil
}

// run loads what is wanted until done is closed.
func (p *photos) run(done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		case key := <-p.wanted:
			if photo := p.load(key); photo != nil {
				p.loaded(key, photo)
			}
		}
	}
}

func (p *photos) load(key any) *kit.Photo {
	switch key := key.(type) {
	case *page.Page:
		return kit.NewPhoto(key)
	case pictureFiles:
		if photo := p.read(key.own); photo != nil {
			return photo
		}
		return p.read(key.kept)
	}
	return nil
}

func (p *photos) read(path string) *kit.Photo {
	if path == "" {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		p.log.Warn("a picture was not read", "error", err)
		return nil
	}
	photo, err := kit.ReadPhoto(filepath.Base(path), data)
	if err != nil {
		p.log.Warn("a picture was not understood", "error", err)
	}
	return photo
}
