package packing

import (
	"slices"

	"packbench/internal/order"
)

// WhyNotLearn says why a code must not become a barcode of an article; the zero Said: it may. c is all that the code means already. With shared it may be
// the barcode of other articles too: whoever scans it is asked which is meant.
func WhyNotLearn(code string, c order.Candidates, sku string, shared bool) order.Said {
	others := slices.DeleteFunc(slices.Clone(c.SKUs), func(other string) bool { return other == sku })
	switch {
	case c.Command != "":
		return order.Say("learn.command")
	case c.Badge.Badge != "":
		return order.Say("learn.badge")
	case len(c.Parcels)+len(c.Waybills)+len(c.Replaced) > 0:
		return order.Say("learn.parcel")
	case len(c.NumberIn) > 0:
		return order.Say("learn.serial")
	case c.Else:
		return order.Say("learn.names_else")
	case len(c.Cases) > 0:
		return order.Say("learn.case", "case", c.Cases[0].String())
	case len(others) < len(c.SKUs) && code != sku:
		return order.Say("learn.already", "sku", sku)
	case len(others) > 0 && !shared:
		return order.Say("learn.other", "sku", others[0])
	case c.Material != "" && len(c.SKUs) == 0:
		return order.Say("learn.material", "material", c.Material)
	case code == "":
		return order.Say("learn.no_barcode")
	}
	return order.Said{}
}
