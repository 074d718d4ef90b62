package main

import (
	"strings"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/paper"
	"packbench/scanner"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/scannersetup"
)

// trialStory is a view of the test of scanners.
type trialStory struct {
	name string
	page scannersetup.Model
}

func (s trialStory) title() string { return s.name }

func (s trialStory) on(v view) fyne.CanvasObject {
	v.trial.Render(s.page)
	v.trying.Render(frame.Model{
		Page: frame.PageSettings, Now: now, Platform: frame.PlatformLive, HeardAt: now, Printer: frame.PrinterReady, ScannerSeen: true,
		Strip: frame.Strip{Meaning: order.Say("scannersetup.strip"), Next: order.Say("scannersetup.strip.next")},
	})
	return v.trying.Object()
}

// testCodes are the codes that are scanned. That one cannot be drawn is a broken build.
func testCodes() (codes [scannersetup.Codes]scannersetup.Code) {
	for i, text := range scanner.TestCodes {
		bars, err := paper.ScannerBars(text)
		if err != nil {
			panic(err)
		}
		codes[i] = scannersetup.Code{Bars: bars, Text: strings.ReplaceAll(text, "\x1d", "<GS>")}
	}
	return codes
}

// trialStories are the views of the test of scanners.
func trialStories() []trialStory {
	line := func(tone kit.Tone, key string) scannersetup.Line {
		return scannersetup.Line{Tone: tone, Said: order.Say(key)}
	}
	scan := func(gap float64, ending string, tone kit.Tone, key string) scannersetup.Scan {
		return scannersetup.Scan{GapMS: gap, Ending: ending, Verdict: line(tone, key)}
	}
	begin := trialStory{"trial", scannersetup.Model{Scanners: []scannersetup.Scanner{
		{Name: "left", State: line(kit.Calm, "scannersetup.there")}, {Name: "right", State: line(kit.Bad, "scannersetup.absent")},
		{Name: "USB", State: line(kit.Calm, "scannersetup.heard")}, {Name: "Honeywell 1900", Digit: 1, State: line(kit.Told, "scannersetup.found")},
	}}}
	half := begin
	half.name, half.page.Device = "trial-layout", "USB"
	half.page.Scans = []scannersetup.Scan{scan(2.13, "CR", kit.Bad, "scannersetup.short.qwertz"), scan(2.4, "CR", kit.Bad, "scannersetup.short.caps_lock")}
	half.page.Verdict = []scannersetup.Line{line(kit.Bad, "scanners.found.qwertz"), line(kit.Bad, "scanners.found.caps_lock")}
	well := begin
	well.name, well.page.Device, well.page.Keep = "trial-well", "Honeywell 1900", true
	well.page.Scans = []scannersetup.Scan{
		scan(0.31, "CR LF", kit.Calm, "scannersetup.short.well"), scan(0.28, "CR LF", kit.Calm, "scannersetup.short.well"), scan(0.3, "CR LF", kit.Loud, "scannersetup.short.separators"),
	}
	well.page.Verdict = []scannersetup.Line{line(kit.Calm, "scanners.well"), line(kit.Loud, "scanners.found.separators")}
	well.page.Done = scannersetup.Line{Tone: kit.Told, Said: order.Say("scannersetup.keep.what", "name", "Honeywell 1900")}
	return []trialStory{begin, half, well}
}
