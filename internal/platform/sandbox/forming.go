package sandbox

import (
	"fmt"
	"slices"
	"strconv"
)

// form makes a parcel with an id that no package has had.
func (s *Sandbox) form(shopID string) *parcel {
	p := s.parcel(s.newPackageID(), shopID)
	p.formed = s.now().Unix()
	return p
}

// newPackageID is an id that no package has had.
func (s *Sandbox) newPackageID() string {
	for {
		s.numbered++
		digits, err := strconv.ParseUint(derived("package", s.numbered)[:12], 16, 64)
		if err != nil {
			continue // never: they are hex digits
		}
		id := strconv.Itoa(1158000000000000000 + s.numbered*100_000_007 + int(digits%90_000_000))
		if s.parcels[id] == nil {
			return id
		}
	}
}

// wrap puts units of an order into one package, out of those they were in. Of a package that holds nothing of the order any more,
// cancelled lines come along, so that nothing names it.
func wrap(o object, units []unit, packageID string) {
	pin(o)
	left := map[string]bool{}
	for _, u := range units {
		left[u.object.text("package_id")] = true
		u.object["package_id"], u.object["package_status"] = packageID, "TO_FULFILL"
		if parts := u.line.list("sub_item_info"); len(parts) > 0 {
			wrapBundle(u.line, parts)
		}
	}
	for _, u := range unitsOf(o) {
		delete(left, u.object.text("package_id"))
	}
	for _, line := range linesAndParts(o) {
		if id := line.text("package_id"); id != "" && left[id] {
			line["package_id"] = packageID
		}
	}
	listPackages(o)
}

// linesAndParts are all lines of an order and all parts of its bundles, cancelled or not.
func linesAndParts(o object) []object {
	var all []object
	for _, line := range o.list("line_items") {
		all = append(append(all, line), line.list("sub_item_info")...)
	}
	return all
}

// pin writes into each unit the package it lies in, which only the order may name.
func pin(o object) {
	for _, u := range unitsOf(o) {
		if id := u.packageID(); id != "" {
			u.object["package_id"] = id
		}
	}
}

// wrapBundle lets a bundle name the package of its parts where that is one, and none where they are in several.
func wrapBundle(line object, parts []object) {
	id := ""
	for i, part := range slices.DeleteFunc(parts, func(part object) bool { return !alive(part) }) {
		if i > 0 && part.text("package_id") != id {
			id = ""
			break
		}
		id = part.text("package_id")
	}
	if id == "" {
		delete(line, "package_id")
		delete(line, "package_status")
		return
	}
	line["package_id"], line["package_status"] = id, "TO_FULFILL"
}

// listPackages writes an order's list of packages: those that its units lie in.
func listPackages(o object) {
	var ids []any
	seen := map[string]bool{}
	for _, u := range unitsOf(o) {
		if id := u.object.text("package_id"); id != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, object{"id": id})
		}
	}
	o["packages"] = ids
}

// reform gives a parcel's content a new package id; the old one is unknown from then on. One whose shipment is arranged gets a
// new tracking number and label with it, unless the number is the seller's own. It is an error once a carrier has it.
func (s *Sandbox) reform(p *parcel, shopID string) error {
	parts, err := s.open(p)
	if err != nil {
		return err
	}
	at := parts.stage()
	if at > arranged {
		return fmt.Errorf("package %s cannot be formed anew: stage %d", p.id, at)
	}
	anew := s.form(shopID)
	id, formed := anew.id, anew.formed
	*anew = *p
	anew.id, anew.formed, anew.orders = id, formed, nil
	if anew.tracking != "" {
		s.trackings[anew.tracking] = anew
	}
	if at == arranged && !parts.bySeller() {
		anew.tracking = ""
		s.track(anew)
		anew.readyAt = s.clock().Add(s.labelDelay)
	}
	for _, o := range parts.orders {
		rename(o, p.id, anew, at == arranged)
		if err := s.change(shopID, o); err != nil {
			return err
		}
	}
	return nil
}

// rename writes a parcel's new id, and its new number where its shipment is arranged, over the old id.
func rename(o object, old string, anew *parcel, numbered bool) {
	for _, p := range o.list("packages") {
		if p.id() == old {
			p["id"] = anew.id
		}
	}
	for _, line := range linesAndParts(o) {
		if line.text("package_id") != old {
			continue
		}
		line["package_id"] = anew.id
		if numbered && alive(line) {
			line["tracking_number"] = anew.tracking
		}
	}
	if numbered && len(packageIDs(o)) == 1 {
		o["tracking_number"] = anew.tracking
		for _, u := range unitsOf(o) {
			if u.text("tracking_number") != "" {
				u.object["tracking_number"] = anew.tracking
			}
		}
	}
}
