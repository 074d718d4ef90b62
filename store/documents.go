package store

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
)

// labelFolder holds the platform's label documents, each under the SHA-256 of its bytes. They name buyers: this user alone may read them.
const labelFolder = "labels"

// photoFolder holds pictures of signed hand-over sheets, in the same way. They name no buyer, and go with their sheets.
const photoFolder = "photos"

// KeepDocument keeps a label document and returns its SHA-256. It is on the disk when the method returns.
func (s *Store) KeepDocument(document []byte) (string, error) {
	name, err := s.keep(labelFolder, document)
	return name, s.trouble("keep a label document", err)
}

// Document is a kept label document. It is nil where the file is missing or is not what was kept.
func (s *Store) Document(name string) ([]byte, error) {
	document, err := s.kept(labelFolder, name)
	return document, s.trouble("read a label document", err)
}

// KeepPhoto keeps a picture of a signed hand-over sheet and returns its SHA-256. It is on the disk when the method returns.
func (s *Store) KeepPhoto(photo []byte) (string, error) {
	name, err := s.keep(photoFolder, photo)
	return name, s.trouble("keep a photo", err)
}

// Photo is a kept picture of a signed hand-over sheet. It is nil where the file is missing or is not what was kept.
func (s *Store) Photo(name string) ([]byte, error) {
	photo, err := s.kept(photoFolder, name)
	return photo, s.trouble("read a photo", err)
}

func (s *Store) keep(folder string, document []byte) (string, error) {
	sum := sha256.Sum256(document)
	name := hex.EncodeToString(sum[:])
	path := filepath.Join(s.dir, folder, name)
	if have, err := os.ReadFile(path); err == nil && sha256.Sum256(have) == sum {
		return name, nil
	}
	return name, writeWhole(path, func(file *os.File) error {
		_, err := file.Write(document)
		return err
	}, nil)
}

func (s *Store) kept(folder, name string) ([]byte, error) {
	document, err := os.ReadFile(filepath.Join(s.dir, folder, name))
	if isMissing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(document); hex.EncodeToString(sum[:]) != name {
		return nil, nil
	}
	return document, nil
}
