package order

import (
	"slices"
	"testing"
)

func TestMaterialCounts(t *testing.T) {
	used := func(parcel ParcelKey, code string) Event { return Event{Kind: MaterialUsed, Parcel: parcel, SKU: code} }
	got := MaterialCounts([]Event{
		used("P1", "S"), used("P2", "S"), used("P2", "S"), used("P1", "TAPE"), used("P3", "L"), {Kind: MaterialBack, Parcel: "P3", SKU: "L"}, {Kind: Taken, SKU: "S"},
	})
	if want := []MaterialCount{{"S", 3, 2}, {"TAPE", 1, 1}}; !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
