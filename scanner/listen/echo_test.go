package listen_test

import (
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/scanner/listen"
)

func TestEveryScanHasOneEcho(t *testing.T) {
	start := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	at := func(ms int, code string) order.Scan {
		return order.Scan{Code: code, At: start.Add(time.Duration(ms) * time.Millisecond)}
	}
	for name, test := range map[string]struct {
		heard []order.Scan
		typed []order.Scan
		echo  []bool
	}{
		"the same code":                        {[]order.Scan{at(0, "690")}, []order.Scan{at(3, "690")}, []bool{true}},
		"the keyboard first":                   {[]order.Scan{at(9, "690")}, []order.Scan{at(0, "690")}, []bool{true}},
		"one echo a scan":                      {[]order.Scan{at(0, "690")}, []order.Scan{at(3, "690"), at(6, "690")}, []bool{true, false}},
		"two reads, two echoes":                {[]order.Scan{at(0, "690"), at(400, "690")}, []order.Scan{at(401, "690"), at(403, "690")}, []bool{true, true}},
		"a window that stood still":            {[]order.Scan{at(0, "690")}, []order.Scan{at(900, "690")}, []bool{true}},
		"long after":                           {[]order.Scan{at(0, "690")}, []order.Scan{at(1100, "690")}, []bool{false}},
		"another layout":                       {[]order.Scan{at(0, "JX-1")}, []order.Scan{at(2, "JX)&")}, []bool{true}},
		"another scanner in the same moment":   {[]order.Scan{at(0, "690")}, []order.Scan{at(2, "4006381")}, []bool{false}},
		"another scanner a little later":       {[]order.Scan{at(0, "690")}, []order.Scan{at(300, "691")}, []bool{false}},
		"nothing was heard":                    {nil, []order.Scan{at(0, "690")}, []bool{false}},
		"the right one of two of equal length": {[]order.Scan{at(0, "690"), at(20, "691")}, []order.Scan{at(25, "691"), at(26, "690")}, []bool{true, true}},
	} {
		var echo listen.Echo
		for _, s := range test.heard {
			echo.Hear(s)
		}
		for i, s := range test.typed {
			if got := echo.Is(s); got != test.echo[i] {
				t.Errorf("%s: scan %d is an echo: %v", name, i, got)
			}
		}
	}
}
