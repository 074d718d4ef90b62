package platform

import (
	"context"
	"net/http"

	"packbench/internal/order"
)

// MaxBatch is the most packages ShipBatch sends in one call. The platform documents no maximum; 20 to 50 is what its readers
// advise (platform API 3.6).
const MaxBatch = 50

// ShipBatch arranges shipment of at most MaxBatch packages in one call, sent once (platform API 3.6, Batch Ship Packages).
//
// failed holds, by package id, only those that failed, each with an error ReactionTo understands: what is not in it was
// arranged. An error is the whole call's: nothing is known of any package but what ReactionTo says of it. An answer that
// lists a package that was not asked for, or a failure without a package, cannot be trusted about the others either; it is
// such an error, with the reaction UnknownOutcome: read each package first.
func (c *Client) ShipBatch(ctx context.Context, shop order.Shop, shipments []Shipment) (failed map[string]error, err error) {
	if len(shipments) == 0 {
		return nil, nil
	}
	if len(shipments) > MaxBatch {
		return nil, unsent("%d packages in one batch", len(shipments))
	}
	var body struct {
		Packages []wireShipment `json:"packages"`
	}
	asked := map[string]bool{}
	for _, s := range shipments {
		if !isID(s.PackageID) {
			return nil, order.Trouble(nil, "platform.no_package")
		}
		if asked[s.PackageID] {
			return nil, unsent("a package twice in one batch")
		}
		asked[s.PackageID] = true
		w, err := s.wire()
		if err != nil {
			return nil, err
		}
		w.ID = s.PackageID
		body.Packages = append(body.Packages, w)
	}
	r := request{method: http.MethodPost, path: "/fulfillment/202309/packages/ship", shop: &shop, body: body, write: true, id: new(string)}
	var data struct {
		Errors []wireFailure `json:"errors"`
	}
	if err := c.call(ctx, r, &data); err != nil {
		return nil, err
	}
	return c.failures(r, data.Errors, func(id string) bool { return asked[id] })
}

// wireFailure is one of the failures an answer lists although its code is 0 (platform API 3.6, 4.1).
type wireFailure struct {
	Code    whole `json:"code"`
	Message text  `json:"message"`
	Detail  struct {
		PackageID text `json:"package_id"`
	} `json:"detail"`
}

// failures are the failures of an answer by package id. A list that names what was not asked for is garbled.
func (c *Client) failures(r request, listed []wireFailure, asked func(id string) bool) (map[string]error, error) {
	failed := map[string]error{}
	for _, f := range listed {
		id := string(f.Detail.PackageID)
		if !asked(id) {
			return nil, r.garbled("a failure of what was not asked for")
		}
		if failed[id] == nil { // the first word counts
			failed[id] = c.refusal(r, http.StatusOK, int(f.Code), string(f.Message), *r.id).problem(0)
		}
	}
	return failed, nil
}
