package platform_test

import (
	"context"
	"testing"

	"packbench/internal/platform"
)

// calls are all calls about a shop, and whether they change something.
func calls(s *stub) map[string]struct {
	write bool
	do    func(ctx context.Context) error
} {
	type call = struct {
		write bool
		do    func(ctx context.Context) error
	}
	const reads, writes = false, true
	shop := s.shop
	lines := []string{"51"}
	return map[string]call{
		"SearchOrders": {reads, func(ctx context.Context) error { _, err := s.SearchOrders(ctx, shop, platform.Search{}); return err }},
		"Orders":       {reads, func(ctx context.Context) error { _, err := s.Orders(ctx, shop, []string{"5"}); return err }},
		"Package":      {reads, func(ctx context.Context) error { _, err := s.Package(ctx, shop, "1"); return err }},
		"SearchPackages": {reads, func(ctx context.Context) error {
			_, err := s.SearchPackages(ctx, shop, platform.PackageSearch{})
			return err
		}},
		"Ship": {writes, func(ctx context.Context) error { return s.Ship(ctx, shop, platform.Shipment{PackageID: "1"}) }},
		"ShipBatch": {writes, func(ctx context.Context) error {
			failed, err := s.ShipBatch(ctx, shop, []platform.Shipment{{PackageID: "1"}, {PackageID: "2"}})
			if failed != nil {
				s.t.Errorf("failures beside an error: %v", failed)
			}
			return err
		}},
		"HandoverSlots":      {reads, func(ctx context.Context) error { _, err := s.HandoverSlots(ctx, shop, "1"); return err }},
		"OrderHandoverSlots": {reads, func(ctx context.Context) error { _, err := s.OrderHandoverSlots(ctx, shop, "5", lines); return err }},
		"ScheduleHandover": {writes, func(ctx context.Context) error {
			_, err := s.ScheduleHandover(ctx, shop, platform.Appointment{OrderID: "5"})
			return err
		}},
		"MarkShipped": {writes, func(ctx context.Context) error {
			_, err := s.MarkShipped(ctx, shop, platform.Marking{OrderID: "5", Tracking: "T", ProviderID: "9"})
			return err
		}},
		"UpdatePackageTracking": {writes, func(ctx context.Context) error { return s.UpdatePackageTracking(ctx, shop, "1", "T", "9") }},
		"UpdateOrderTracking":   {writes, func(ctx context.Context) error { return s.UpdateOrderTracking(ctx, shop, "5", "T", "9") }},
		"ShippingServices": {reads, func(ctx context.Context) error {
			_, err := s.ShippingServices(ctx, shop, platform.Parcelling{OrderID: "5"})
			return err
		}},
		"CreatePackage": {writes, func(ctx context.Context) error {
			_, err := s.CreatePackage(ctx, shop, platform.Parcelling{OrderID: "5"})
			return err
		}},
		"CombinedPackage": {writes, func(ctx context.Context) error {
			_, err := s.CombinedPackage(ctx, shop, []string{"5", "6"}, platform.Parcelling{})
			return err
		}},
		"SplitAttributes": {reads, func(ctx context.Context) error { _, err := s.SplitAttributes(ctx, shop, []string{"5"}); return err }},
		"Split": {writes, func(ctx context.Context) error {
			_, err := s.Split(ctx, shop, "5", []platform.SplitGroup{{ID: "a", LineIDs: lines}, {ID: "b", LineIDs: []string{"52"}}})
			return err
		}},
		"CombinablePackages": {reads, func(ctx context.Context) error { _, err := s.CombinablePackages(ctx, shop, ""); return err }},
		"Combine": {writes, func(ctx context.Context) error {
			_, failed, err := s.Combine(ctx, shop, []platform.Combination{{ID: "700"}})
			if failed != nil {
				s.t.Errorf("failures beside an error: %v", failed)
			}
			return err
		}},
		"Uncombine":         {writes, func(ctx context.Context) error { _, err := s.Uncombine(ctx, shop, "1", []string{"5"}); return err }},
		"Tracking":          {reads, func(ctx context.Context) error { _, err := s.Tracking(ctx, shop, "5"); return err }},
		"Warehouses":        {reads, func(ctx context.Context) error { _, err := s.Warehouses(ctx, shop); return err }},
		"DeliveryOptions":   {reads, func(ctx context.Context) error { _, err := s.DeliveryOptions(ctx, shop, "701"); return err }},
		"ShippingProviders": {reads, func(ctx context.Context) error { _, err := s.ShippingProviders(ctx, shop, "7091"); return err }},
		"ShippingDocument": {reads, func(ctx context.Context) error {
			_, err := s.ShippingDocument(ctx, shop, "1", platform.DocumentRequest{})
			return err
		}},
		"SearchCancellations": {reads, func(ctx context.Context) error {
			_, err := s.SearchCancellations(ctx, shop, platform.CancellationSearch{})
			return err
		}},
		"ApproveCancellation":  {writes, func(ctx context.Context) error { return s.ApproveCancellation(ctx, shop, "40", "k") }},
		"RejectCancellation":   {writes, func(ctx context.Context) error { return s.RejectCancellation(ctx, shop, "40", "k", "r", "") }},
		"RejectReasons":        {reads, func(ctx context.Context) error { _, err := s.RejectReasons(ctx, shop, "40", ""); return err }},
		"CancelOrder":          {writes, func(ctx context.Context) error { _, _, err := s.CancelOrder(ctx, shop, "5", "r", nil); return err }},
		"AftersaleEligibility": {reads, func(ctx context.Context) error { _, err := s.AftersaleEligibility(ctx, shop, "5"); return err }},
		"SearchReturns": {reads, func(ctx context.Context) error {
			_, err := s.SearchReturns(ctx, shop, platform.ReturnSearch{})
			return err
		}},
	}
}

// What changes something is sent once whatever happens, and where the answer says nothing of it, nobody takes it for a no. What only reads
// is asked again where that may help.
func TestReadsAndWrites(t *testing.T) {
	for name := range calls(stubbed(t)) {
		t.Run(name, func(t *testing.T) {
			s := stubbed(t)
			call := calls(s)[name]
			for _, c := range []struct {
				says                 string
				ofARead, ofAWrite    platform.Reaction
				readsSent, writeSent int
			}{
				{`{"code":36009033,"message":"no"}`, platform.AskPerson, platform.AskPerson, 1, 1},
				{`{"code":36009007,"message":"timed out"}`, platform.Retry, platform.UnknownOutcome, 4, 1},
				{`{"code":36009003,"message":"internal"}`, platform.Retry, platform.Retry, 4, 1},
				{`<html>Welcome to Free WiFi`, platform.AskPerson, platform.UnknownOutcome, 1, 1},
				{`{"data":{}}`, platform.AskPerson, platform.UnknownOutcome, 1, 1},
			} {
				s.says, s.asked = c.says, nil
				reaction, sent := c.ofARead, c.readsSent
				if call.write {
					reaction, sent = c.ofAWrite, c.writeSent
				}
				err := call.do(t.Context())
				if got := platform.ReactionTo(err); got != reaction || len(s.asked) != sent {
					t.Errorf("%s: %q after %d requests, want %q after %d (%v)", c.says, got, len(s.asked), reaction, sent, err)
				}
			}
			if err := call.do(expired(t)); platform.ReactionTo(err) != platform.Retry {
				t.Errorf("nothing was sent, but %q", platform.ReactionTo(err))
			}
		})
	}
}
