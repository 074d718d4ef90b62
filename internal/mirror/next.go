package mirror

import (
	"packbench/internal/order"
	"packbench/internal/platform"
)

// Passes tells whether a failure may pass by itself: the platform was not reached, is busy, or asks for patience.
func Passes(err error) bool { return platform.ReactionTo(err) == platform.Retry }

// NextAct is what a person does about a request that is parked, told from why it is.
func NextAct(why order.Said) order.Said {
	if act, known := acts[why.Key]; known {
		return act
	}
	return order.Say("next.try_again")
}

// acts are what to do by the reason of a parked request. What is not listed can be tried again once its cause is gone.
var acts = map[string]order.Said{
	"platform.cancelled":       order.Say("next.put_back"),
	"refused.cancelled":        order.Say("next.put_back"),
	"platform.cancel_pending":  order.Say("next.answer_buyer"),
	"refused.cancel_requested": order.Say("next.answer_buyer"),
	"platform.on_hold":         order.Say("next.wait"),
	"refused.on_hold":          order.Say("next.wait"),
	"refused.unpaid":           order.Say("next.wait"),
	"platform.frozen":          order.Say("next.wait"),
	"platform.already_shipped": order.Say("next.compare"),
	"refused.elsewhere":        order.Say("next.compare"),
	"refused.collected":        order.Say("next.compare"),
	"platform.delivered":       order.Say("next.compare"),
	"platform.label_too_late":  order.Say("next.compare"),
	"refused.reformed":         order.Say("next.scan_order"),
	"platform.not_ours":        order.Say("next.scan_order"),
	"platform.platform_packs":  order.Say("next.drop"),
	"refused.platform_packs":   order.Say("next.drop"),
	"refused.other_warehouse":  order.Say("next.drop"),
	"refused.seller_ships":     order.Say("next.own_carrier"),
	"platform.seller_ships":    order.Say("next.own_carrier"),
	"platform.address_or_size": order.Say("next.seller_center"),
	"platform.invoice_missing": order.Say("next.seller_center"),
	"refused.invoice_missing":  order.Say("next.seller_center"),
	"platform.must_split":      order.Say("next.seller_center"),
	"platform.pickup_slot":     order.Say("next.seller_center"),
	"platform.carrier_refused": order.Say("next.seller_center"),
	"split.refused":            order.Say("next.not_split"),
	"split.bundle":             order.Say("next.not_split"),
	"platform.no_split":        order.Say("next.not_split"),
	"platform.regroup":         order.Say("next.not_split"),
	"platform.name_units":      order.Say("next.not_split"),
	"platform.combined":        order.Say("next.not_split"),
	"platform.reject_reason":   order.Say("next.answer_again"),
	"platform.tracking_number": order.Say("next.new_number"),
}
