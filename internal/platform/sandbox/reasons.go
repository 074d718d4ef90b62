package sandbox

import (
	"slices"
	"strings"
)

// The languages this platform speaks in its reasons.
const (
	english = "en"
	chinese = "zh"
)

// languageOf is the language of a locale such as zh-CN; English where it is none of ours.
func languageOf(locale string) string {
	if strings.HasPrefix(strings.ToLower(locale), chinese) {
		return chinese
	}
	return english
}

// defaultBuyerReason is the reason of a request that came along without one.
const defaultBuyerReason = "ecom_order_to_ship_canceled_reason_no_longer_needed"

// reasonTexts are the texts of reasons by their keys: those of cancellations as the samples and platform API 3.9 have them, and
// those of rejections. The texts are this sandbox's own.
var reasonTexts = map[string]map[string]string{
	defaultBuyerReason: {english: "No longer needed", chinese: "不再需要"},
	"ecom_order_to_ship_canceled_reason_wrong_address": {english: "Delivery address is wrong", chinese: "收货地址有误"},
	"ecom_order_to_ship_canceled_reason_better_price":  {english: "Better price available", chinese: "有更优惠的价格"},
	"system_cancel_order_reason_shipping_timeout":      {english: "Automatically cancelled due to shipping time out", chinese: "超时未发货，系统自动取消"},
	"system_cancel_order_reason_collection_timeout":    {english: "Automatically cancelled due to collection time out", chinese: "超时未揽收，系统自动取消"},
	"seller_cancel_reason_out_of_stock":                {english: "Out of stock", chinese: "缺货"},
	"seller_cancel_reason_wrong_price":                 {english: "Pricing error", chinese: "价格有误"},
	reasonUndeliverable:                                {english: "Unable to deliver to buyer address", chinese: "无法送达买家地址"},
	reasonBuyerAsked:                                   {english: "Buyer requested cancellation", chinese: "买家要求取消"},
	rejectInvalid:                                      {english: "Invalid reason for cancellation", chinese: "取消原因不成立"},
	rejectDelivered:                                    {english: "Product has been delivered", chinese: "商品已送达"},
	rejectBuyerAgreed:                                  {english: "Buyer agreed not to cancel", chinese: "买家同意不取消"},
	rejectPacked:                                       {english: "Product has been packed", chinese: "商品已打包"},
	rejectCarrierHasIt:                                 {english: "The carrier cannot stop the parcel", chinese: "物流商无法拦截包裹"},
}

// reasonText is what a reason is called in a language; a key that is not known is its own text. Keys of the UK carry a suffix.
func reasonText(key, language string) string {
	if text := reasonTexts[strings.TrimSuffix(key, "_uk")][language]; text != "" {
		return text
	}
	return key
}

// reasonKey is the key of a reason that came as a text.
func reasonKey(text, role string) string {
	for key, texts := range reasonTexts {
		for _, known := range texts {
			if known == text {
				return key
			}
		}
	}
	if role == byPlatform {
		return "system_cancel_order_reason_shipping_timeout"
	}
	if text != "" {
		return text
	}
	return defaultBuyerReason
}

const (
	reasonUndeliverable = "seller_cancel_paid_reason_address_not_deliver"
	reasonBuyerAsked    = "seller_cancel_paid_reason_buyer_requested_cancellation"
)

// cancelReasons are a seller's reasons to cancel a paid order (platform API 3.9, Cancel Order).
func cancelReasons(shop shop) []string {
	reasons := []string{"seller_cancel_reason_out_of_stock", "seller_cancel_reason_wrong_price"}
	if !slices.Contains(southEastAsia, shop.Region) { // gone there since 2025-08-31
		reasons = append(reasons, reasonUndeliverable)
	}
	if shop.Region == "US" || shop.Region == "MX" {
		reasons = append(reasons, reasonBuyerAsked)
	}
	return suffixed(shop.Region, reasons)
}

const (
	rejectInvalid      = "order_manage_list_action_respond_popup_reject_reason_invalid_cancellation_reason"
	rejectDelivered    = "order_manage_list_action_respond_popup_reject_reason_delivered"
	rejectBuyerAgreed  = "order_manage_list_action_respond_popup_reject_reason_buyer_agree"
	rejectPacked       = "seller_reject_apply_product_has_been_packed"
	rejectCarrierHasIt = "system_cancel_failed_due_to_tts"
)

// rejectReasons are a seller's reasons to reject a buyer's request (platform API 3.9, Reject).
func rejectReasons(region string) []string {
	reasons := suffixed(region, []string{rejectInvalid, rejectDelivered, rejectBuyerAgreed})
	reasons = append(reasons, rejectPacked)
	if region == "ID" {
		reasons = append(reasons, rejectCarrierHasIt)
	}
	return reasons
}

// suffixed puts the UK's suffix behind reasons.
func suffixed(region string, reasons []string) []string {
	if region != "GB" {
		return reasons
	}
	var all []string
	for _, reason := range reasons {
		all = append(all, reason+"_uk")
	}
	return all
}
