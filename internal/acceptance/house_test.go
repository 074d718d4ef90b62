package acceptance

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// floors are the rooms of the house from the ground up: a room imports only rooms of lower floors. Tests may import anything.
var floors = [][]string{
	{"internal/order", "internal/page", "internal/doorway", "internal/label/fit", "assets", "scanner", "printer/state", "printer/medium",
		"printer/ipp", "printer/ieee1284"},
	{"internal/scale", "internal/calendar"},
	{"internal/words", "internal/packing", "internal/wave", "internal/catalogue", "internal/settings", "internal/rules", "internal/platform", "internal/paper", "printer/zpl", "printer/escpos", "printer/tspl",
		"printer/link", "scanner/wedge", "scanner/listen",
		"internal/label/pdfium"},
	{"internal/label", "internal/handover", "internal/platform/sandbox", "internal/virtual", "internal/people", "internal/mail", "internal/report", "printer", "store",
		"scanner/keyhook", "scanner/serial", "scanner/evdev"},
	{"internal/mirror", "internal/spool", "printer/guess"},
	{"internal/station", "internal/setup"},
	{"ui/clock", "ui/sound"},
	{"ui/kit"},
	{"ui/seen", "ui/ask", "ui/filter"},
	{"ui/demoprinter", "ui/frame", "ui/goods", "ui/handover", "ui/orders", "ui/overdue", "ui/pack", "ui/people", "ui/pick", "ui/printersetup", "ui/printrun", "ui/scannersetup", "ui/settings", "ui/shift", "ui/signin",
		"ui/rules", "ui/wall"},
	{"internal/cli", "ui/shots"},
	{"internal/window"},
	{""}, // main
}

func floorOf(room string) int {
	return slices.IndexFunc(floors, func(rooms []string) bool { return slices.Contains(rooms, room) })
}

// imports lists, for each of our packages, what it imports.
func imports(t *testing.T, format string) map[string][]string {
	t.Helper()
	list := exec.Command("go", "list", "-tags", "ci", "-f", "{{.ImportPath}} {{join "+format+" \" \"}}", "packbench/...")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		found[strings.TrimPrefix(strings.TrimPrefix(words[0], "packbench"), "/")] = words[1:]
	}
	return found
}

func TestImportsRunOneWay(t *testing.T) {
	for room, imported := range imports(t, ".Imports") {
		if room == "internal/testkit" || room == "internal/acceptance" || strings.HasSuffix(room, "linktest") {
			continue // for tests only
		}
		here := floorOf(room)
		if here < 0 {
			t.Errorf("%s stands on no floor", room)
			continue
		}
		for _, path := range imported {
			other, ours := strings.CutPrefix(path, "packbench/")
			if !ours {
				continue
			}
			if floorOf(other) >= here || floorOf(other) < 0 {
				t.Errorf("%s imports %s", room, other)
			}
		}
	}
}

func TestWhoKnowsWhat(t *testing.T) {
	deps := imports(t, ".Deps")
	direct := imports(t, ".Imports")
	for _, room := range []string{"internal/order", "internal/page"} {
		for _, path := range deps[room] {
			if strings.Contains(path, ".") || strings.HasPrefix(path, "packbench/") {
				t.Errorf("%s needs %s: it is to need the standard library only", room, path)
			}
		}
	}
	for room, imported := range direct {
		for _, path := range imported {
			if path == "fyne.io/fyne/v2/app" && room != "" {
				t.Errorf("%s imports %s: only main may, because it brings OpenGL", room, path)
			}
			if strings.HasPrefix(room, "ui/") && slices.Contains([]string{"packbench/store", "packbench/printer", "packbench/internal/platform"}, path) {
				t.Errorf("%s imports %s: screens are told what to show", room, path)
			}
			if strings.HasSuffix(path, "internal/testkit") {
				t.Errorf("%s imports %s, which is for tests", room, path)
			}
		}
	}
	for _, path := range direct["internal/packing"] {
		if !slices.Contains([]string{"slices", "time", "packbench/internal/order"}, path) {
			t.Errorf("packing imports %s: rules are functions over values", path)
		}
	}
}
