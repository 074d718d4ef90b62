package order

import (
	"cmp"
	"slices"
	"strings"
)

// What can happen to packing material. SKU is the material, as the catalogue's column box names it.
const (
	MaterialUsed EventKind = "material_used" // its code was scanned for the parcel, or a person said that the one proposed was taken
	MaterialBack EventKind = "material_back" // it was not used after all
)

// Material is packing material that a parcel takes.
type Material struct {
	Code string `json:"code"`
	// Pieces are how many pieces were in the box when it was scanned.
	Pieces int `json:"pieces"`
}

// withMaterials is the work once an event has happened, as far as it is about packing material.
func (w Work) withMaterials(e Event) Work {
	switch e.Kind {
	case MaterialUsed:
		w.Materials = append(w.Materials[:len(w.Materials):len(w.Materials)], Material{Code: e.SKU, Pieces: len(w.Taken)})
	case MaterialBack:
		w.Materials = w.Materials[:max(0, len(w.Materials)-1)]
	case PutBack:
		w.Materials = nil
	}
	return w
}

// Boxes are the materials that the catalogue proposes for the pieces in the box, each once.
func (w Work) Boxes() (boxes []string) {
	for _, piece := range w.Taken {
		if piece.Box != "" && !slices.Contains(boxes, piece.Box) {
			boxes = append(boxes, piece.Box)
		}
	}
	return boxes
}

// materialFinding tells that no packing material was scanned where the catalogue proposes some.
func materialFinding(w Work) (Finding, bool) {
	boxes := w.Boxes()
	return Finding{Said: Say("check.packing_material", "box", strings.Join(boxes, ", "))}, len(boxes) > 0 && len(w.Materials) == 0
}

// MaterialCount is how much of a packing material was used.
type MaterialCount struct {
	Code    string
	Used    int
	Parcels int // how many parcels took it
}

// MaterialCounts counts packing material among events, the most used first.
func MaterialCounts(events []Event) []MaterialCount {
	type use struct {
		code   string
		parcel ParcelKey
	}
	uses := map[use]int{}
	for _, e := range events {
		switch e.Kind {
		case MaterialUsed:
			uses[use{e.SKU, e.Parcel}]++
		case MaterialBack:
			uses[use{e.SKU, e.Parcel}]--
		}
	}
	byCode := map[string]MaterialCount{}
	for u, n := range uses {
		if n == 0 {
			continue
		}
		c := byCode[u.code]
		byCode[u.code] = MaterialCount{Code: u.code, Used: c.Used + n, Parcels: c.Parcels + 1}
	}
	var all []MaterialCount
	for _, c := range byCode {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b MaterialCount) int { return cmp.Or(cmp.Compare(b.Used, a.Used), cmp.Compare(a.Code, b.Code)) })
	return all
}
