package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"packbench/assets"
	"packbench/internal/order"
)

// TrackingFile is the file in a bench's folder that changes what carriers' words mean.
const TrackingFile = "tracking.toml"

// trackingFile is how such a file is written; assets/tracking.toml says what is what.
type trackingFile struct {
	Nodes []struct {
		Node     order.Node `toml:"node"`
		Language string     `toml:"language"`
		Says     []string   `toml:"says"`
		Unless   []string   `toml:"unless"`
	} `toml:"node"`
}

// LoadPhrases reads what carriers' words mean: what the program brings, and over it the file TrackingFile in a folder, if there is one: of a node in a language the
// file's phrases take the place of the program's. A file that cannot be understood, in whatever part, is the Problem tracking.unreadable: nothing of it is heeded, and the
// program's phrases come with the error.
func LoadPhrases(dir string) (order.Phrases, error) {
	phrases, err := addPhrases(nil, assets.Tracking)
	if err != nil {
		return nil, order.Trouble(err, "tracking.unreadable", "file", "assets/tracking.toml", "why", err.Error())
	}
	path := filepath.Join(dir, TrackingFile)
	own, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return phrases, nil
	}
	changed := phrases
	if err == nil {
		changed, err = addPhrases(slices.Clone(phrases), string(own))
	}
	if err != nil {
		return phrases, order.Trouble(err, "tracking.unreadable", "file", path, "why", err.Error())
	}
	return changed, nil
}

// addPhrases reads one file over what was read before.
func addPhrases(p order.Phrases, text string) (order.Phrases, error) {
	var file trackingFile
	meta, err := toml.Decode(text, &file)
	if err != nil {
		return nil, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("unknown key %s", unknown[0])
	}
	for i, n := range file.Nodes {
		empty := func(phrase string) bool { return strings.TrimSpace(phrase) == "" }
		switch {
		case !slices.Contains(order.AllNodes, n.Node):
			return nil, fmt.Errorf("node %d: no node is called %q", i+1, n.Node)
		case n.Language == "":
			return nil, fmt.Errorf("node %d: it takes a language such as en", i+1)
		case slices.ContainsFunc(n.Says, empty) || slices.ContainsFunc(n.Unless, empty):
			return nil, fmt.Errorf("node %d: a phrase is empty", i+1)
		}
		p = append(slices.DeleteFunc(p, func(known order.Phrase) bool { return known.Node == n.Node && known.Language == n.Language }),
			order.NewPhrase(n.Node, n.Language, n.Says, n.Unless))
	}
	return p, nil
}
