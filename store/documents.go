package store

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
)

// labelFolder holds the platform's label documents, each under the SHA-256 of its bytes. They name buyers: this user alone may read them.
const labelFolder = "labels"

// KeepDocument keeps a label document and returns its SHA-256. It is on the disk when the method returns.
func (s *Store) KeepDocument(document []byte) (string, error) {
	sum := sha256.Sum256(document)
	name := hex.EncodeToString(sum[:])
	path := filepath.Join(s.dir, labelFolder, name)
	if have, err := os.ReadFile(path); err == nil && sha256.Sum256(have) == sum {
		return name, nil
	}
	return name, s.trouble("keep a label document", writeWhole(path, func(file *os.File) error {
		_, err := file.Write(document)
		return err
	}, nil))
}

// Document is a kept label document. It is nil where the file is missing or is not what was kept.
func (s *Store) Document(name string) ([]byte, error) {
	document, err := os.ReadFile(filepath.Join(s.dir, labelFolder, name))
	if isMissing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, s.trouble("read a label document", err)
	}
	if sum := sha256.Sum256(document); hex.EncodeToString(sum[:]) != name {
		return nil, nil
	}
	return document, nil
}
