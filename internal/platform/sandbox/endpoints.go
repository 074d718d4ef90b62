package sandbox

import "net/http"

// endpoints are all calls that bear on packing (platform API 3.0).
func (s *Sandbox) endpoints() []endpoint {
	get := func(path string, serve func(call) (any, *refusal)) endpoint {
		return endpoint{http.MethodGet, path, true, serve}
	}
	post := func(path string, serve func(call) (any, *refusal)) endpoint {
		return endpoint{http.MethodPost, path, true, serve}
	}
	return []endpoint{
		{http.MethodGet, "/authorization/202309/shops", false, s.listShops},

		post("/order/202309/orders/search", s.searchOrders),
		get("/order/202309/orders", s.orderDetail),
		get("/order/202507/orders", s.orderDetail),

		post("/fulfillment/202309/packages/search", s.searchPackages),
		get("/fulfillment/202309/packages/{package_id}", s.packageDetail),
		get("/fulfillment/202309/packages/{package_id}/handover_time_slots", s.packageSlots),
		post("/fulfillment/202309/packages/{package_id}/ship", s.ship),
		post("/fulfillment/202309/packages/ship", s.batchShip),
		get("/fulfillment/202309/packages/{package_id}/shipping_documents", s.shippingDocument),
		post("/fulfillment/202309/packages/{package_id}/shipping_info/update", s.packageShippingInfo),

		get("/fulfillment/202309/combinable_packages/search", s.searchCombinable),
		post("/fulfillment/202309/packages/combine", s.combine),
		post("/fulfillment/202309/packages/{package_id}/uncombine", s.uncombine),
		get("/fulfillment/202309/orders/split_attributes", s.splitAttributes),
		post("/fulfillment/202309/orders/{order_id}/split", s.split),

		get("/fulfillment/202309/orders/{order_id}/tracking", s.tracking),
		post("/fulfillment/202309/orders/{order_id}/shipping_info/update", s.orderShippingInfo),
		post("/fulfillment/202309/orders/{order_id}/packages", s.markAsShipped),
		post("/fulfillment/202309/packages", s.createPackage),
		post("/fulfillment/202512/packages", s.createPackages),
		post("/fulfillment/202309/orders/{order_id}/shipping_services/query", s.shippingServices),
		get("/fulfillment/202309/orders/{order_id}/handover_time_slots", s.orderSlots),
		post("/fulfillment/202309/packages/schedule", s.schedule),

		get("/logistics/202309/warehouses", s.warehouses),
		get("/logistics/202309/warehouses/{warehouse_id}/delivery_options", s.deliveryOptions),
		get("/logistics/202309/delivery_options/{delivery_option_id}/shipping_providers", s.shippingProviders),

		post("/return_refund/202309/cancellations/search", s.searchCancellations),
		post("/return_refund/202602/cancellations/search", s.searchCancellations),
		post("/return_refund/202309/cancellations/{cancel_id}/approve", s.approve),
		post("/return_refund/202309/cancellations/{cancel_id}/reject", s.reject),
		post("/return_refund/202309/cancellations", s.cancelOrderCall),
		post("/return_refund/202602/cancellations", s.cancelOrderCall),
		get("/return_refund/202309/reject_reasons", s.rejectReasonsCall),
		get("/return_refund/202309/orders/{order_id}/aftersale_eligibility", s.aftersaleEligibility),
		post("/return_refund/202309/returns/search", s.searchReturns),
	}
}
