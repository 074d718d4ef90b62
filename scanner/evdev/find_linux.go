package evdev

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"packbench/scanner"
)

// Find lists the input devices that can type codes, those that are likely scanners first.
func Find() ([]Found, error) { return findIn("/dev/input", "/sys/class/input") }

func findIn(dev, class string) ([]Found, error) {
	devices, err := filepath.Glob(filepath.Join(class, "event*", "device"))
	if err != nil {
		return nil, err
	}
	var sure, others []Found
	for _, device := range devices {
		said := map[string]string{"name": "", "uniq": "", "id/vendor": "", "id/product": "", "capabilities/key": ""}
		for file := range said {
			if said[file], err = systemSays(filepath.Join(device, file)); err != nil {
				return nil, err
			}
		}
		if !canType(said["capabilities/key"]) {
			continue
		}
		id := scanner.Identity{VendorID: strings.ToUpper(said["id/vendor"]), ProductID: strings.ToUpper(said["id/product"]), SerialNumber: said["uniq"]}
		event := filepath.Join(dev, filepath.Base(filepath.Dir(device)))
		found := Found{Name: said["name"], Path: lasting(dev, event), USB: id, Likely: Likely(said["name"], id)}
		if found.Likely {
			sure = append(sure, found)
		} else {
			others = append(others, found)
		}
	}
	return append(sure, others...), nil
}

// systemSays reads one of the system's short answers; empty where it gives none, or the device has just gone.
func systemSays(file string) (string, error) {
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(b)), err
}

// lasting is the name udev gives a device by what it says of itself, which stays when it is plugged in again; its own where there is none.
func lasting(dev, event string) string {
	links, err := filepath.Glob(filepath.Join(dev, "by-id", "*"))
	if err != nil {
		return event
	}
	for _, link := range links {
		if at, err := filepath.EvalSymlinks(link); err == nil && at == event {
			return link
		}
	}
	return event
}
