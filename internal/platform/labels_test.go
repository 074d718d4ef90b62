package platform_test

import (
	"math"
	"testing"

	"packbench/internal/order"
	"packbench/internal/platform"
)

func TestShippingServices(t *testing.T) {
	s := stubbed(t)
	s.data(`{"order_id":"5","shipping_services":[{"id":288233559123860015,"name":"UPS First","price":"5","currency":"USD","earliest_delivery_days":3,
		"is_default":true,"shipping_provider_name":"UPS","shipping_provider_id":"288"},{"id":"2","name":"USPS","price":"4.20","currency":"USD","is_default":"false"}]}`)
	services, err := s.ShippingServices(t.Context(), s.shop, platform.Parcelling{
		OrderID: "5", LineIDs: []string{"51"}, Weight: platform.Weight{Value: 650, Unit: platform.Gram},
		Size: platform.Size{Length: 12.5, Width: 8, Height: 0.04, Unit: platform.Inch}, ServiceID: "2",
	})
	same(t, err, []platform.ShippingService{
		{ID: "288233559123860015", Name: "UPS First", Price: "5", Currency: "USD", Default: true, Provider: "UPS"},
		{ID: "2", Name: "USPS", Price: "4.20", Currency: "USD"},
	}, services)
	s.want("POST /fulfillment/202309/orders/5/shipping_services/query", nil,
		`{"order_line_item_ids":["51"],"weight":{"value":"650","unit":"GRAM"},"dimension":{"length":"12.5","width":"8","height":"0.04","unit":"INCH"}}`)
	s.data(`{}`)
	if _, err := s.ShippingServices(t.Context(), s.shop, platform.Parcelling{OrderID: "5"}); err != nil {
		t.Error(err)
	}
	s.want("POST /fulfillment/202309/orders/5/shipping_services/query", nil, `{}`)
	s.refuses("36009003") // a question may be asked again
	if _, err := s.ShippingServices(t.Context(), s.shop, platform.Parcelling{OrderID: "5"}); platform.ReactionTo(err) != platform.Retry || len(s.asked) != 4 {
		t.Errorf("%v after %d questions", err, len(s.asked))
	}
}

func TestMeasures(t *testing.T) {
	s := stubbed(t)
	for _, p := range []platform.Parcelling{
		{Weight: platform.Weight{Value: 1}}, {Weight: platform.Weight{Value: 0, Unit: platform.Gram}}, {Weight: platform.Weight{Value: -1, Unit: platform.Pound}},
		{Weight: platform.Weight{Value: math.NaN(), Unit: platform.Gram}}, {Weight: platform.Weight{Value: math.Inf(1), Unit: platform.Gram}},
		{Weight: platform.Weight{Value: 1, Unit: platform.Inch}}, {Size: platform.Size{Length: 1, Width: 1, Unit: platform.Centimetre}},
		{Size: platform.Size{Length: 1, Width: 1, Height: 1, Unit: "MM"}},
	} {
		p.OrderID = "5"
		_, err := s.ShippingServices(t.Context(), s.shop, p)
		s.wantNothing(err, "platform.bad_measure")
		_, err = s.CreatePackage(t.Context(), s.shop, p)
		s.wantNothing(err, "platform.bad_measure")
		_, err = s.CombinedPackage(t.Context(), s.shop, []string{"5", "6"}, p)
		s.wantNothing(err, "platform.bad_measure")
	}
}

func TestCreatePackage(t *testing.T) {
	const answer = `{"order_id":"5","order_line_item_ids":["51"],"package_id":"77","create_time":1793253660,
		"shipping_service_info":{"id":"2","name":"USPS","price":"4.20","currency":"USD","shipping_provider_id":"9","shipping_provider_name":"USPS"}}`
	want := platform.Created{PackageID: "77", LineIDs: []string{"51"},
		Service: platform.ShippingService{ID: "2", Name: "USPS", Price: "4.20", Currency: "USD", Provider: "USPS"}}
	s := stubbed(t)
	p := platform.Parcelling{OrderID: "5", LineIDs: []string{"51"}, Weight: platform.Weight{Value: 1.2, Unit: platform.Pound}, ServiceID: "2"}
	s.data(answer)
	created, err := s.CreatePackage(t.Context(), s.shop, p)
	same(t, err, want, created)
	s.want("POST /fulfillment/202309/packages", nil,
		`{"order_id":"5","order_line_item_ids":["51"],"weight":{"value":"1.2","unit":"POUND"},"shipping_service_id":"2"}`)

	s.data(answer)
	created, err = s.CombinedPackage(t.Context(), s.shop, []string{"5", "6"}, p)
	same(t, err, want, created)
	s.want("POST /fulfillment/202512/packages", nil,
		`{"ship_type":"3","order_list_ids":["5","6"],"weight":{"value":"1.2","unit":"POUND"},"shipping_service_id":"2"}`)

	// A label may have been bought: whoever asked looks first.
	for _, data := range []string{`{}`, `{"package_id":{}}`} {
		s.data(data)
		_, err = s.CreatePackage(t.Context(), s.shop, p)
		wantProblem(t, err, "platform.outcome_unknown", platform.UnknownOutcome)
	}
	s.refuses("11001027")
	_, err = s.CreatePackage(t.Context(), s.shop, p)
	wantRefusal(t, err, 11001027, "platform.outcome_unknown", platform.UnknownOutcome)
	s.refuses("21022025")
	_, err = s.CreatePackage(t.Context(), s.shop, p)
	wantRefusal(t, err, 21022025, "platform.label_bought", platform.AlreadyShipped)
	if len(s.asked) != 1 {
		t.Errorf("bought %d times", len(s.asked))
	}
	s.data(answer)
	_, err = s.CreatePackage(t.Context(), s.shop, platform.Parcelling{})
	s.wantNothing(err, "platform.unsent")
	_, err = s.CombinedPackage(t.Context(), s.shop, nil, p)
	s.wantNothing(err, "platform.unsent")
}

func TestDocumentRequests(t *testing.T) {
	const answer = `{"doc_url":"https://labels.example/x","tracking_number":"T1"}`
	s := stubbed(t)
	for _, c := range []struct {
		request platform.DocumentRequest
		market  order.Market
		query   map[string]string
	}{
		{platform.DocumentRequest{}, "MY", map[string]string{"document_type": "SHIPPING_LABEL", "document_size": "A6", "document_format": "PDF"}},
		{platform.DocumentRequest{Type: platform.PackingSlip, Size: platform.SizeA5}, "MY",
			map[string]string{"document_type": "PACKING_SLIP", "document_size": "A5", "document_format": "PDF"}},
		{platform.DocumentRequest{Type: platform.LabelAndSlip, Format: platform.FormatPDF, Period: platform.LastMile}, "MY",
			map[string]string{"document_type": "SHIPPING_LABEL_AND_PACKING_SLIP", "document_size": "A6", "document_format": "PDF", "shipping_period": "LAST_MILE"}},
		{platform.DocumentRequest{Type: platform.ShippingLabelPicture}, "MY", map[string]string{"document_type": "SHIPPING_LABEL_PICTURE"}},
		{platform.DocumentRequest{Type: platform.HazmatLabel}, "US", map[string]string{"document_type": "HAZMAT_LABEL", "document_format": "PDF"}},
		{platform.DocumentRequest{Type: platform.InvoiceLabel}, "BR", map[string]string{"document_type": "INVOICE_LABEL", "document_format": "PDF"}},
		{platform.DocumentRequest{Format: platform.FormatZPL}, "BR", map[string]string{"document_type": "SHIPPING_LABEL", "document_format": "ZPL"}},
		{platform.DocumentRequest{Format: platform.FormatZPL}, "MX", map[string]string{"document_type": "SHIPPING_LABEL", "document_format": "ZPL"}},
		{platform.DocumentRequest{Format: platform.FormatZPL}, "", map[string]string{"document_type": "SHIPPING_LABEL", "document_format": "ZPL"}},
	} {
		s.data(answer)
		shop := s.shop
		shop.Market = c.market
		document, err := s.ShippingDocument(t.Context(), shop, "1", c.request)
		same(t, err, platform.Document{URL: "https://labels.example/x", Tracking: "T1"}, document)
		s.want("GET /fulfillment/202309/packages/1/shipping_documents", c.query, "")
	}
}

func TestDocumentsThereAreNot(t *testing.T) {
	s := stubbed(t)
	for _, r := range []platform.DocumentRequest{
		{Type: "LABEL"}, {Size: "A4"}, {Size: "0"}, {Format: "PNG"}, {Period: "FIRST_MILE"}, {Format: platform.FormatZPL}, // in MY
		{Type: platform.ShippingLabelPicture, Format: platform.FormatPDF}, {Type: platform.ShippingLabelPicture, Format: platform.FormatZPL},
		{Type: platform.ShippingLabelPicture, Size: platform.SizeA6}, {Type: platform.HazmatLabel, Size: platform.SizeA6},
		{Type: platform.InvoiceLabel, Size: platform.SizeA5},
	} {
		_, err := s.ShippingDocument(t.Context(), s.shop, "1", r)
		s.wantNothing(err, "platform.no_such_document")
	}
	brazil := s.shop
	brazil.Market = "BR"
	_, err := s.ShippingDocument(t.Context(), brazil, "1", platform.DocumentRequest{Format: platform.FormatZPL, Size: platform.SizeA5})
	s.wantNothing(err, "platform.no_such_document")
}
