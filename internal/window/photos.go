package window

import (
	"log/slog"
	"os"
	"path/filepath"

	"packbench/internal/page"
	"packbench/ui/kit"
)

// photos loads the pictures a screen asks for beside the loop that draws it. Until one is there the screen shows the SKU in its
// place. want and label belong to the main goroutine; run is the worker.
type photos struct {
	dir    string
	log    *slog.Logger
	ready  map[any]*kit.Photo // by path, or by *page.Page; nil while loading and where it cannot be loaded
	wanted chan any
	loaded func(key any, photo *kit.Photo) // called by the worker
	paper  *page.Page                      // the label shown last
}

// photosKept bounds how many pictures stay in memory; the largest needs about 10 MB.
const photosKept = 24

func newPhotos(dir string, log *slog.Logger, loaded func(any, *kit.Photo)) *photos {
	return &photos{dir: dir, log: log, ready: map[any]*kit.Photo{}, wanted: make(chan any, photosKept), loaded: loaded}
}

// good is the photo of an article, nil while there is none to show. path is relative to the bench's folder unless it is absolute.
func (p *photos) good(path string) *kit.Photo {
	if path == "" {
		return nil
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(p.dir, path)
	}
	return p.get(path)
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
	case string:
		data, err := os.ReadFile(key)
		if err != nil {
			p.log.Warn("a picture was not read", "error", err)
			return nil
		}
		photo, err := kit.ReadPhoto(filepath.Base(key), data)
		if err != nil {
			p.log.Warn("a picture was not understood", "error", err)
		}
		return photo
	}
	return nil
}
