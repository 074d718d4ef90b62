package main

import (
	"fyne.io/fyne/v2"

	"packbench/ui/demoprinter"
	"packbench/ui/kit"
)

// machineStory is a view of the demo's printer, which stands in a window of its own.
type machineStory struct {
	name string
	pane demoprinter.Model
}

func (s machineStory) title() string { return s.name }

func (s machineStory) size() fyne.Size { return fyne.NewSize(360, 720) }

func (s machineStory) on(v view) fyne.CanvasObject {
	v.machine.Render(s.pane)
	return v.machine.Object()
}

// machineStories are all views of the demo's printer.
func machineStories(p map[string]*kit.Photo) []machineStory {
	keys := demoprinter.Keys{Pull: "L", Paper: "P", Head: "H", Power: "O"}
	return []machineStory{
		{"machine", demoprinter.Model{Last: p["label"], Out: 24, Paper: true, Closed: true, Power: true, Keys: keys}},
		{"machine-paper", demoprinter.Model{Last: p["label"], Half: true, Out: 24, Closed: true, Power: true, Keys: keys}},
		{"machine-off", demoprinter.Model{Out: 24, Paper: true, Keys: keys}},
	}
}
