package acceptance

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"packbench/printer/ipp"
)

// The queues of the print service are offered by the names people gave them, with the address to print at.
func TestPrintersAreListed(t *testing.T) {
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		queue := []ipp.Attribute{ipp.Text(ipp.Name, "printer-name", "zebra"), ipp.Text(ipp.Name, "printer-info", "Bench 3")}
		if _, err := w.Write(ipp.Answer(0, 4, queue)); err != nil {
			t.Error(err)
		}
	}))
	defer service.Close()
	t.Setenv("CUPS_SERVER", strings.TrimPrefix(service.URL, "http://"))
	type line struct{ Name, URI string }
	var found []line
	for text := range strings.Lines(must(t, "", "printers", "--json", "--dir", t.TempDir())) {
		var one line
		if err := json.Unmarshal([]byte(text), &one); err != nil {
			t.Fatalf("%v in %q", err, text)
		}
		found = append(found, one)
	}
	if !slices.Contains(found, line{"Bench 3 (zebra)", "cups:zebra"}) {
		t.Errorf("found %+v", found)
	}
	if table := must(t, "", "printers", "--dir", t.TempDir()); !strings.HasPrefix(table, "PRINTER") || !strings.Contains(table, "cups:zebra") {
		t.Errorf("said %q", table)
	}
}
