package mirror

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

const callPicture = "GET /tos-sandbox-i/{name}"

// Each picture is fetched once, made small, and shown where the catalogue has none of its own.
func TestPicturesAreKept(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Orders: 30, Seed: 3, Pictures: picturesHere})
	m.sync()
	own := m.sandbox.Goods()[0]
	own.Picture = "mine.png"
	if err := m.store.ImportGoods(append(m.sandbox.Goods()[1:], own)); err != nil {
		t.Fatal(err)
	}
	wanted, err := m.store.PicturesWanted()
	if err != nil || len(wanted) < 10 {
		t.Fatalf("%d, %v", len(wanted), err)
	}
	for range 2 {
		if err := m.Pictures(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := m.sandbox.Calls(callPicture); got != len(wanted) {
		t.Errorf("%d calls for %d pictures", got, len(wanted))
	}
	all, err := m.store.Articles()
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, article := range all {
		same, err := m.store.Article(article.SKU)
		if err != nil || same.Kept != article.Kept {
			t.Errorf("%+v, %+v, %v", article, same, err)
		}
		if article.Kept == "" {
			continue
		}
		shown++
		path := filepath.Join(m.dir, article.Kept)
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatal(info, err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if size, kind, err := image.DecodeConfig(bytes.NewReader(data)); err != nil || kind != "jpeg" || size.Width != pictureSide || size.Height != pictureSide {
			t.Errorf("%s %+v, %v", kind, size, err)
		}
	}
	if shown != len(wanted) {
		t.Errorf("%d of %d are shown", shown, len(wanted))
	}
	if gone, err := m.store.Purge(time.Now().Add(89*24*time.Hour), true); err != nil || gone.Pictures != 0 {
		t.Errorf("%+v, %v", gone, err)
	}
	if gone, err := m.store.Purge(time.Now().Add(92*24*time.Hour), false); err != nil || gone.Pictures != shown {
		t.Errorf("%+v, %v", gone, err)
	}
	if left, err := os.ReadDir(filepath.Join(m.dir, "pictures", "platform")); err != nil || len(left) != 0 {
		t.Errorf("%v, %v", left, err)
	}
}

// One that cannot be had is not asked for again and again; a host that is down ends the round.
func TestPicturesInVain(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Orders: 30, Seed: 3, Pictures: "http://127.0.0.1:1"})
	m.sync()
	if err := m.Pictures(t.Context()); err == nil || order.AsProblem(err).Key != "platform.unreachable" {
		t.Errorf("%v", err)
	}
	m = newMirrored(t, sandbox.Options{Orders: 30, Seed: 3, Pictures: "https://evil.test"})
	m.sync()
	asked := 0
	gone := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { asked++; http.NotFound(w, r) })
	m.stand.Store(&gone)
	if err := m.Pictures(t.Context()); err != nil || asked != 0 || len(m.inVain) == 0 {
		t.Errorf("%v, %d asked", err, asked)
	}
}

func TestSmallerPictures(t *testing.T) {
	picture := image.NewNRGBA(image.Rect(0, 0, 1600, 100))
	picture.SetNRGBA(0, 0, color.NRGBA{255, 0, 0, 0}) // all of it lets through
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	small, err := smaller(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	decoded, kind, err := image.Decode(bytes.NewReader(small))
	if err != nil || kind != "jpeg" || decoded.Bounds().Size() != image.Pt(640, 40) {
		t.Fatal(kind, err)
	}
	if r, g, b, _ := decoded.At(5, 5).RGBA(); min(r, g, b) < 0xf000 {
		t.Error("what lets through is not white", r, g, b)
	}
	vast := bytes.Clone(out.Bytes()) // says that it is 60,000 × 60,000
	binary.BigEndian.PutUint32(vast[16:], 60_000)
	binary.BigEndian.PutUint32(vast[20:], 60_000)
	for name, data := range map[string][]byte{"vast": vast, "cut": out.Bytes()[:60], "text": []byte("<html>"), "nothing": nil} {
		if _, err := smaller(data); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
