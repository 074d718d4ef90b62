package sandbox

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReadScenario(t *testing.T) {
	got, err := ReadScenario(strings.NewReader(`{"seed":7,"entries":[
		{"what":"rate_429","call":"POST /order/*","from":3,"to":6,"retry_after":"2s"},
		{"what":"cancel_request","order":"#3","at":"2026-11-20T09:00:00Z","reason":"x"},
		{"what":"label_delay","by":"1m30s","every":2,"after":"1h","for":"10m"}]}`))
	at := now.Add(time.Hour)
	want := Scenario{Seed: 7, Entries: []Entry{
		{What: "rate_429", Call: "POST /order/*", From: 3, To: 6, RetryAfter: Duration(2 * time.Second)},
		{What: "cancel_request", Order: "#3", At: &at, Reason: "x"},
		{What: "label_delay", By: Duration(90 * time.Second), Every: 2, After: Duration(time.Hour), For: Duration(10 * time.Minute)},
	}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestBadScenariosAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		`[`:              "scenario: unexpected",
		`{"entires":[]}`: `unknown field "entires"`,
		`{"entries":[{"what":"cut"},{"what":"flood"}]}`:                         "entry 2 (flood): nobody knows this",
		`{"entries":[{"what":"cut","nht":2}]}`:                                  `entry 1: json: unknown field "nht"`,
		`{"entries":[{"what":"cut","after":"soon"}]}`:                           `entry 1: time: invalid duration`,
		`{"entries":[{"what":"slow"}]}`:                                         "entry 1 (slow): by says how much",
		`{"entries":[{"what":"slow","by":"-1s"}]}`:                              "entry 1 (slow): by is below 0",
		`{"entries":[{"what":"error"}]}`:                                        "entry 1 (error): code is missing",
		`{"entries":[{"what":"cut","from":3,"to":2}]}`:                          "to is before from",
		`{"entries":[{"what":"cut","probability":2}]}`:                          "probability",
		`{"entries":[{"what":"cut","times":-1}]}`:                               "a count is below 0",
		`{"entries":[{"what":"cut","order":"any"}]}`:                            "only an act chooses",
		`{"entries":[{"what":"collect"}]}`:                                      "entry 1 (collect): it says neither",
		`{"entries":[{"what":"collect","order":"#0"}]}`:                         "not #1 or a later one",
		`{"entries":[{"what":"cancel","order":"#1","role":"ME"}]}`:              "role is none of",
		`{"entries":[{"what":"cancel","order":"#1","answered":true}]}`:          "answered is for acts at a call",
		`{"entries":[{"what":"cut","after":"1s","at":"2026-11-20T09:00:00Z"}]}`: "both at and after",
	} {
		if _, err := ReadScenario(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	_, err := New(Options{Orders: 3, Scenario: &Scenario{Entries: []Entry{{What: "cut"}, {What: "cancel", Order: "#4"}}}})
	if err == nil || !strings.Contains(err.Error(), "entry 2 (cancel): there is no order #4, only 3") {
		t.Errorf("an order that is not there: %v", err)
	}
	_, err = New(Options{Orders: 3, Scenario: &Scenario{Entries: []Entry{{What: "cancel", Order: "12"}}}})
	if err == nil || !strings.Contains(err.Error(), "entry 1 (cancel): there is no order 12") {
		t.Errorf("an order that is not there: %v", err)
	}
}

func TestPatterns(t *testing.T) {
	const ship = "/fulfillment/202309/packages/1153/ship"
	for said, want := range map[string]bool{
		"*": true, "POST *": true, "post *": true, "* *": true, "GET *": false, "POST " + ship: true, "POST /fulfillment/*/packages/*/ship": true,
		"POST /fulfillment/*/packages/ship": false, "/fulfillment/*": true, "*ship": true, "*shi": false, "*/1153/*": true, "/order/*": false,
		"POST *packages*packages*": false, "/fulfillment": false,
	} {
		if got := patternOf(said).matches("POST", ship); got != want {
			t.Errorf("%s: %v", said, got)
		}
	}
}

func TestFaultFlags(t *testing.T) {
	for said, want := range map[string]Entry{
		"clock_skew":        {What: "clock_skew", By: Duration(10 * time.Minute)},
		"clock_skew=-90s":   {What: "clock_skew", By: Duration(-90 * time.Second)},
		"rate_429=3s":       {What: "rate_429", Every: 5, RetryAfter: Duration(3 * time.Second)},
		"error=21008044":    {What: "error", Every: 7, Code: 21008044},
		"html_503=2":        {What: "html_503", Every: 2},
		"cancel_request":    {What: "cancel_request", Order: "any"},
		"cancel_request=#2": {What: "cancel_request", Order: "#2"},
		"scope_missing=x":   {What: "scope_missing", Call: "/fulfillment/*", Scope: "x"},
	} {
		got, err := FaultOf(said)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", said, err, diff)
		}
	}
	for _, said := range []string{"flood", "slow=soon", "error=x", "error=0", "cut=-1", "collect=#0", "slow=-1s"} {
		if e, err := FaultOf(said); err == nil || !strings.Contains(err.Error(), strings.SplitN(said, "=", 2)[0]) {
			t.Errorf("%s: %+v, %v", said, e, err)
		}
	}
	for _, name := range Faults() {
		if e, err := FaultOf(name); err != nil || e.What != name {
			t.Errorf("%s alone: %v", name, err)
		}
	}
}

// A random scenario can be written down and read again, and is the same for the same seed.
func TestRandomScenarios(t *testing.T) {
	met := map[string]bool{}
	for seed := range int64(300) {
		s := RandomScenario(seed)
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ReadScenario(bytes.NewReader(text))
		if diff := cmp.Diff(s, again); err != nil || diff != "" {
			t.Fatalf("seed %d: %v\n%s", seed, err, diff)
		}
		if diff := cmp.Diff(s, RandomScenario(seed)); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
		for _, e := range s.Entries {
			met[e.What] = true
			if !kinds[e.What].act && e.Times == 0 {
				t.Errorf("seed %d: %s never ends", seed, e.What)
			}
		}
	}
	for _, name := range Faults() {
		if !met[name] && !slices.Contains([]string{"scope_missing", "release", "silent", "undeliverable"}, name) {
			t.Errorf("%s is in no random scenario", name)
		}
	}
	for _, e := range RandomScenario(3, "11", "22").Entries {
		if kinds[e.What].act && e.Order != "11" && e.Order != "22" {
			t.Errorf("%+v is on another order", e)
		}
	}
}
