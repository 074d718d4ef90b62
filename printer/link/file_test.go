package link_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"packbench/printer/link"
	"packbench/printer/link/linktest"
)

// content is what all label files hold, in the order of their names. What else lies there is a mistake.
func content(t *testing.T, dir string) []byte {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var all []byte
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) != ".zpl" {
			t.Errorf("%s was left behind", entry.Name())
		}
		b, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	return all
}

var second = time.Date(2026, 11, 22, 1, 39, 0, 0, time.UTC)

func TestFileKeepsToTheDemandsOnLinks(t *testing.T) {
	linktest.Run(t, func(t *testing.T) linktest.Device {
		dir := filepath.Join(t.TempDir(), "made", "by the link")
		return linktest.Device{
			Link:     link.File(dir, "zpl", func() time.Time { return second }),
			Received: func(t *testing.T, _ int) []byte { return content(t, dir) },
			Vanish: func() { // a file stands where the folder was
				if err := os.RemoveAll(dir); err != nil {
					t.Error(err)
				}
				if err := os.WriteFile(dir, nil, 0o600); err != nil {
					t.Error(err)
				}
			},
			GoneKeys: []string{"printer.folder"},
		}
	})
}

func TestFilesAreNamedInTheOrderOfSending(t *testing.T) {
	dir := t.TempDir()
	now := second
	send := func(l link.Link, label string) {
		t.Helper()
		if _, err := l.Send(t.Context(), []byte(label)); err != nil {
			t.Fatal(err)
		}
	}
	l := link.File(dir, "zpl", func() time.Time { return now })
	send(l, "1")
	send(l, "2")
	now = now.Add(time.Second)
	send(l, "3")
	now = now.Add(-time.Hour) // the clock is set back
	send(l, "4")
	now = second.Add(time.Second)
	send(link.File(dir, "zpl", func() time.Time { return now }), "5") // another run in the same second
	if got := string(content(t, dir)); got != "12345" {
		t.Errorf("in the order of their names: %q", got)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	want := []string{"20261122-013900-0001.zpl", "20261122-013900-0002.zpl", "20261122-013901-0001.zpl", "20261122-013901-0002.zpl", "20261122-013901-0003.zpl"}
	if !slices.Equal(names, want) {
		t.Errorf("named %v, want %v", names, want)
	}
}
