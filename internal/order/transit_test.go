package order_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"packbench/internal/order"
)

var phrases = order.Phrases{
	order.NewPhrase(order.Announced, "en", []string{"label created"}, nil),
	order.NewPhrase(order.TakenByCarrier, "en", []string{"picked up"}, []string{"will be"}),
	order.NewPhrase(order.OutForDelivery, "en", []string{"out for delivery"}, nil),
	order.NewPhrase(order.BroughtToBuyer, "en", []string{"delivered"}, nil),
	order.NewPhrase(order.Undeliverable, "en", []string{"can't be delivered"}, nil),
	order.NewPhrase(order.BroughtToBuyer, "zh", []string{"已签收"}, nil),
}

func TestTransit(t *testing.T) {
	noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	at := func(hours int, text string) order.TrackingEvent {
		return order.TrackingEvent{At: noon.Add(time.Duration(hours) * time.Hour), Text: text}
	}
	nodes := func(all ...order.Node) (n order.Nodes) {
		for _, node := range all {
			n = n.With(node)
		}
		return n
	}
	hour := func(h int) time.Time { return noon.Add(time.Duration(h) * time.Hour) }
	for name, test := range map[string]struct {
		events []order.TrackingEvent
		want   order.Transit
	}{
		"nothing":                             {nil, order.Transit{}},
		"announced is no scan of the carrier": {[]order.TrackingEvent{at(0, "Label created")}, order.Transit{Nodes: nodes(order.Announced)}},
		"the first and the last word": {[]order.TrackingEvent{at(0, "Label created"), at(1, "Picked up"), at(9, "Somewhere")},
			order.Transit{First: hour(1), Last: hour(9), Nodes: nodes(order.Announced, order.TakenByCarrier)}},
		"what is not known is a word": {[]order.TrackingEvent{at(3, "Somewhere")}, order.Transit{First: hour(3), Last: hour(3)}},
		"a word without a time": {[]order.TrackingEvent{{Text: "Picked up"}, at(2, "Somewhere")},
			order.Transit{First: hour(2), Last: hour(2), Nodes: nodes(order.TakenByCarrier)}},
		"failed": {[]order.TrackingEvent{at(1, "Picked up"), at(9, "It can't be delivered"), at(10, "It can't be delivered")}, // fits two nodes' words
			order.Transit{First: hour(1), Last: hour(10), Nodes: nodes(order.TakenByCarrier)}},
	} {
		if diff := cmp.Diff(test.want, order.TransitOf(test.events, phrases)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	careful := append(phrases[:3:3], order.NewPhrase(order.BroughtToBuyer, "en", []string{"has been delivered"}, nil), phrases[4])
	failed := []order.TrackingEvent{at(1, "Picked up"), at(9, "It can’t be delivered"), at(10, "It can't be delivered")}
	if got := order.TransitOf(failed, careful); !got.FailedAt.Equal(hour(9)) { // the days to file a request run from the first
		t.Errorf("failed at %v", got.FailedAt)
	}
	for _, cure := range []string{"Out for delivery", "It has been delivered"} {
		if got := order.TransitOf(append(failed, at(20, cure)), careful); !got.FailedAt.IsZero() {
			t.Errorf("%s: failed at %v", cure, got.FailedAt)
		}
	}
	again := append(failed, at(20, "Out for delivery"), at(30, "It can't be delivered"))
	if got := order.TransitOf(again, careful); !got.FailedAt.Equal(hour(30)) {
		t.Errorf("failed again at %v", got.FailedAt)
	}
}

func TestNodesAreWordsOfTheirOwn(t *testing.T) {
	for text, want := range map[string]order.Node{
		"Undelivered":               "",
		"delivered":                 order.BroughtToBuyer,
		"DELIVERED.":                order.BroughtToBuyer,
		"redelivered, delivered":    order.BroughtToBuyer,
		"已签收delivered":              order.BroughtToBuyer,
		"快件已签收了":                    order.BroughtToBuyer,
		"It will be picked up":      "",
		"picked   up":               order.TakenByCarrier,
		"picked up, delivered":      "",
		"delivered after picked up": "",
	} {
		if node, known := phrases.NodeOf(text); node != want || known != (want != "") {
			t.Errorf("%q is %q, want %q", text, node, want)
		}
	}
}

// Of two orders in one parcel the order in which they are told of does not count.
func TestTwoOrdersOfAParcel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) order.Transit {
			at := func(what string) time.Time {
				if hours := rapid.IntRange(0, 5).Draw(t, name+what); hours > 0 {
					return time.Unix(int64(hours)*3600, 0)
				}
				return time.Time{}
			}
			return order.Transit{First: at("first"), Last: at("last"), FailedAt: at("failed"), Nodes: order.Nodes(rapid.IntRange(0, 255).Draw(t, name))}
		}
		a, b := draw("a"), draw("b")
		if diff := cmp.Diff(a.And(b), b.And(a)); diff != "" {
			t.Fatal(diff)
		}
		if a.And(a) != a || a.And(order.Transit{}) != a {
			t.Fatalf("%+v changed", a)
		}
	})
}
