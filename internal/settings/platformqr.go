package settings

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/BurntSushi/toml"

	"packbench/internal/order"
)

// platformQRFile lists the platform's QR labels that were imported, platformQRFolder holds their documents.
const (
	platformQRFile   = "platform-qr.toml"
	platformQRFolder = "platform-qr"
)

// PlatformQR is a QR label of the platform's own that was imported: of which market or shop, what a scanner reads from it, and how large it comes out in mm.
type PlatformQR struct {
	Of     string  `toml:"of"`
	Code   string  `toml:"code"`
	Width  float64 `toml:"width_mm"`
	Height float64 `toml:"height_mm"`
}

// path is where the document lies.
func (q PlatformQR) path(dir string) string { return filepath.Join(dir, platformQRFolder, q.Of) }

// PlatformQRs are the QR labels that were imported into a bench's folder, by market or shop.
func PlatformQRs(dir string) ([]PlatformQR, error) {
	path := filepath.Join(dir, platformQRFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var file struct {
		Labels []PlatformQR `toml:"label"`
	}
	if err == nil {
		_, err = toml.Decode(string(text), &file)
	}
	if err != nil {
		return nil, order.Trouble(err, "checks.unreadable", "file", path, "why", err.Error())
	}
	return file.Labels, nil
}

// ImportPlatformQR keeps a QR label's document in a bench's folder, in the place of one of the same market or shop.
func ImportPlatformQR(dir string, label PlatformQR, document []byte) error {
	known, err := PlatformQRs(dir)
	if err != nil {
		return err
	}
	byOf := map[string]PlatformQR{}
	for _, q := range append(known, label) {
		byOf[q.Of] = q
	}
	var file struct {
		Labels []PlatformQR `toml:"label"`
	}
	for _, of := range slices.Sorted(maps.Keys(byOf)) {
		file.Labels = append(file.Labels, byOf[of])
	}
	var text bytes.Buffer
	path := filepath.Join(dir, platformQRFile)
	err = toml.NewEncoder(&text).Encode(file)
	if err == nil {
		err = os.MkdirAll(filepath.Join(dir, platformQRFolder), 0o700)
	}
	if err == nil {
		err = WriteWhole(label.path(dir), document)
	}
	if err == nil {
		err = WriteWhole(path, text.Bytes())
	}
	if err != nil {
		return order.Trouble(err, "settings.unwritable", "file", path)
	}
	return nil
}

// addPlatformQRs has the checks know the imported labels. What a bench's own file of checks says they read wins.
func addPlatformQRs(c *order.Checks, dir string) error {
	labels, err := PlatformQRs(dir)
	for _, q := range labels {
		if c.QR[q.Of] == "" {
			c.QR[q.Of] = q.Code
		}
		c.QRLabels[q.Of] = q.path(dir)
	}
	return err
}
