package link

import "testing"

func TestWhereThePrintServiceIs(t *testing.T) {
	for server, base := range map[string]string{
		"": "http://localhost:631", "office": "http://office:631", "office:8631": "http://office:8631", "office:8631/version=1.1": "http://office:8631",
		"[::1]:631": "http://[::1]:631", "/run/cups/cups.sock": "http://localhost",
	} {
		if got := newPrintService(server).base; got != base {
			t.Errorf("%q is %s, want %s", server, got, base)
		}
	}
}
