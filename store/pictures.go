package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// pictureFolder holds the platform's pictures of articles. Beside it a seller may keep their own.
var pictureFolder = filepath.Join("pictures", "platform")

// pictureName is the file of the picture at an address: what an address is signed with changes, and which host it is on; its path does not.
func pictureName(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Path == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(u.Path))
	return hex.EncodeToString(sum[:16]) + ".jpg"
}

// PicturesWanted are the addresses of pictures of ordered articles that are not kept, and that the catalogue has no picture of its own for.
func (s *Store) PicturesWanted() (addresses []string, err error) {
	kept, err := s.picturesKept()
	if err != nil {
		return nil, s.trouble("look for pictures", err)
	}
	err = s.view(func(cache, journal *bolt.Tx) error {
		return cache.Bucket(bucketSKUs).ForEach(func(sku, _ []byte) error {
			sold, err := get[soldAs](cache, bucketSKUs, sku)
			name := pictureName(sold.Picture)
			if err != nil || name == "" || kept[name] {
				return err
			}
			good, err := get[order.Good](journal, bucketGoods, sku)
			if err == nil && good.OwnPicture() == "" {
				kept[name] = true
				addresses = append(addresses, sold.Picture)
			}
			return err
		})
	})
	return addresses, s.trouble("look for pictures", err)
}

// picturesKept are the files of pictures.
func (s *Store) picturesKept() (map[string]bool, error) {
	entries, err := os.ReadDir(s.path(pictureFolder))
	kept := make(map[string]bool, len(entries))
	for _, entry := range entries {
		kept[entry.Name()] = true
	}
	return kept, err
}

// KeepPicture keeps the picture that lies at an address, readable by this user alone.
func (s *Store) KeepPicture(address string, picture []byte) error {
	name := pictureName(address)
	if name == "" {
		return order.Trouble(nil, "store.failed", "folder", s.dir)
	}
	return s.trouble("keep a picture", writeWhole(filepath.Join(s.path(pictureFolder), name), func(file *os.File) error {
		_, err := file.Write(picture)
		return err
	}, nil))
}

// picturesToGo are the pictures of articles that no order read of late has.
func (s *Store) picturesToGo(now time.Time) (names []string, err error) {
	kept, err := s.picturesKept()
	if err != nil || len(kept) == 0 {
		return nil, err
	}
	since := daysOf(now.Add(-keptPicture))
	err = s.cache.View(func(cache *bolt.Tx) error {
		return cache.Bucket(bucketSKUs).ForEach(func(sku, _ []byte) error {
			sold, err := get[soldAs](cache, bucketSKUs, sku)
			if sold.Day > since {
				delete(kept, pictureName(sold.Picture))
			}
			return err
		})
	})
	for name := range kept {
		names = append(names, name)
	}
	return names, err
}

func (s *Store) dropPictures(names []string) error {
	var failed []error
	for _, name := range names {
		if err := os.Remove(filepath.Join(s.path(pictureFolder), name)); err != nil && !isMissing(err) {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}
