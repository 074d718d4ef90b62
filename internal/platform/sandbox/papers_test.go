package sandbox

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	printerzpl "packbench/printer/zpl"
)

// download fetches a document by its link.
func (s *Sandbox) download(t *testing.T, link string) (body []byte, media string) {
	t.Helper()
	address, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address.RequestURI(), nil))
	if w.Code != http.StatusOK {
		t.Fatalf("HTTP %d", w.Code)
	}
	return w.Body.Bytes(), w.Header().Get("Content-Type")
}

var pages = regexp.MustCompile(`/Type /Page\b`)

func TestDocuments(t *testing.T) {
	for name, test := range map[string]struct {
		shop, query string
		code        int
		media       string
		pages       int
		box         string
	}{
		"label":           {shopMY, "document_type=SHIPPING_LABEL", 0, "application/pdf", 1, "297.64 419.53"},
		"label, A5":       {shopMY, "document_type=SHIPPING_LABEL&document_size=A5", 0, "application/pdf", 1, "419.53 595.28"},
		"slip":            {shopMY, "document_type=PACKING_SLIP&document_size=A6", 0, "application/pdf", 1, "297.64 419.53"},
		"both":            {shopMY, "document_type=SHIPPING_LABEL_AND_PACKING_SLIP", 0, "application/pdf", 2, "297.64 419.53"},
		"hazmat":          {shopMY, "document_type=HAZMAT_LABEL&document_size=A6", 0, "application/pdf", 1, "595.28 841.89"},
		"picture":         {shopMY, "document_type=SHIPPING_LABEL_PICTURE&document_format=ZPL", 0, "image/png", 0, ""},
		"invoice":         {shopBRs, "document_type=INVOICE_LABEL", 0, "application/pdf", 1, "297.64 419.53"},
		"invoice in MY":   {shopMY, "document_type=INVOICE_LABEL", 21008106, "", 0, ""},
		"ZPL in BR":       {shopBRs, "document_type=SHIPPING_LABEL&document_format=ZPL", 0, "text/plain; charset=utf-8", 0, ""},
		"both as ZPL":     {shopBRs, "document_type=SHIPPING_LABEL_AND_PACKING_SLIP&document_format=ZPL", 0, "text/plain; charset=utf-8", 0, ""},
		"ZPL in MY":       {shopMY, "document_type=SHIPPING_LABEL&document_format=ZPL", 21001001, "", 0, ""},
		"hazmat as ZPL":   {shopBRs, "document_type=HAZMAT_LABEL&document_format=ZPL", 21001001, "", 0, ""},
		"no type":         {shopMY, "", 36009004, "", 0, ""},
		"other type":      {shopMY, "document_type=PICK_LIST", 36009004, "", 0, ""},
		"other size":      {shopMY, "document_type=SHIPPING_LABEL&document_size=0", 36009004, "", 0, ""},
		"other format":    {shopMY, "document_type=SHIPPING_LABEL&document_format=EPL", 36009004, "", 0, ""},
		"period":          {shopMY, "document_type=SHIPPING_LABEL&shipping_period=DEFAULT", 0, "application/pdf", 1, ""},
		"last mile":       {shopMY, "document_type=SHIPPING_LABEL&shipping_period=LAST_MILE", 21001001, "", 0, ""},
		"last mile, CB":   {`{"id":"71","region":"MY","seller_type":"CROSS_BORDER"}`, "document_type=SHIPPING_LABEL&shipping_period=LAST_MILE", 0, "application/pdf", 1, ""},
		"no such period":  {shopMY, "document_type=SHIPPING_LABEL&shipping_period=NOON", 36009004, "", 0, ""},
		"package of none": {shopMY, "document_type=SHIPPING_LABEL&nothing=x", 0, "application/pdf", 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			order := changed(t, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A", "B"), `"sku_id":"17A"`, `"is_dangerous_good":true,"sku_id":"17A"`)
			s := givenShops(t, test.shop, order)
			if code, _ := s.post(t, "71", "/fulfillment/202309/packages/9/ship", "", "{}"); code != 0 {
				t.Fatal(code)
			}
			code, data := s.get(t, "71", "/fulfillment/202309/packages/9/shipping_documents", test.query)
			if code != test.code {
				t.Fatalf("code %d, want %d", code, test.code)
			}
			if code != 0 {
				return
			}
			body, media := s.download(t, data.text("doc_url"))
			again, _ := s.download(t, data.text("doc_url"))
			if media != test.media || !bytes.Equal(body, again) || data.text("tracking_number") == "" {
				t.Errorf("%s, %v", media, data)
			}
			tracking := data.text("tracking_number")
			switch media {
			case "application/pdf":
				if got := len(pages.FindAll(body, -1)); got != test.pages || !bytes.Contains(body, []byte("/MediaBox [0 0 "+test.box)) {
					t.Errorf("%d pages, want %d of %s", got, test.pages, test.box)
				}
			case "image/png":
				readPicture(t, body, tracking)
			default:
				labels, err := printerzpl.Check(body)
				if want := strings.Count(test.query, "_LABEL") + strings.Count(test.query, "SLIP"); err != nil || len(labels) != want {
					t.Errorf("%d labels, want %d: %v", len(labels), want, err)
				}
				if !bytes.Contains(body, []byte("^BCN,175,N,N,N,A^FD"+tracking+"^FS")) {
					t.Errorf("no bars of %s in %s", tracking, body)
				}
			}
		})
	}
}

const shopBRs = `{"id":"71","region":"BR"}`

// readPicture reads both codes of a label's picture.
func readPicture(t *testing.T, body []byte, tracking string) {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if got := picture.Bounds().Size(); got != (image.Point{X: 1600, Y: 2255}) {
		t.Errorf("%v pixels", got)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	if bars, err := oned.NewCode128Reader().Decode(bitmap, nil); err != nil || bars.GetText() != tracking {
		t.Errorf("bars %v, %v; want %s", bars, err, tracking)
	}
	if code, err := qrcode.NewQRCodeReader().Decode(bitmap, nil); err != nil || !strings.Contains(code.GetText(), "|"+tracking+"|") {
		t.Errorf("QR %v, %v", code, err)
	}
}

func TestDocumentsByState(t *testing.T) {
	fast := func(order string) string {
		return strings.Replace(order, `"update_time"`, `"fulfillment_priority_level":200,"update_time"`, 1)
	}
	for name, test := range map[string]struct {
		shop, order, kind string
		code              int
	}{
		"waits":                {shopMY, anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A"), labelKind, 21023035},
		"waits, fast":          {shopMY, fast(anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A")), labelKind, 0},
		"picture, fast":        {shopMY, fast(anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A")), pictureKind, 21023035},
		"fast, elsewhere":      {shopBRs, fast(anOrder("71", "1", "AWAITING_SHIPMENT", "9", "A")), labelKind, 21023035},
		"on hold, fast":        {shopMY, fast(anOrder("71", "1", "ON_HOLD", "9", "A")), labelKind, 21023035},
		"collected":            {shopMY, anOrder("71", "1", "IN_TRANSIT", "9", "A"), slipKind, 21042102},
		"cancelled":            {shopMY, anOrder("71", "1", "CANCELLED", "9", "A"), labelKind, 21023059},
		"by seller":            {shopMY, bySellerOrder(t, anOrder("71", "1", "AWAITING_COLLECTION", "9", "A")), labelKind, 21008017},
		"not dangerous":        {shopMY, anOrder("71", "1", "AWAITING_COLLECTION", "9", "A"), hazmatKind, 21008109},
		"platform's own house": {shopMY, changed(t, anOrder("71", "1", "AWAITING_COLLECTION", "9", "A"), "BY_SELLER", "BY_TIKTOK"), labelKind, 21008043},
		"invoice wanted": {shopBRs, changed(t, anOrder("71", "1", "AWAITING_COLLECTION", "9", "A"), `"update_time"`,
			`"need_upload_invoice":"NEED_INVOICE","update_time"`), invoiceKind, 21004006},
	} {
		t.Run(name, func(t *testing.T) {
			s := givenShops(t, test.shop, test.order)
			if code, _ := s.get(t, "71", "/fulfillment/202309/packages/9/shipping_documents", "document_type="+test.kind); code != test.code {
				t.Errorf("code %d, want %d", code, test.code)
			}
		})
	}
	s := givenShops(t, shopMY, askedOrder(t, "71", "1", "AWAITING_COLLECTION", now.Unix()))
	if code, _ := s.get(t, "71", "/fulfillment/202309/packages/91/shipping_documents", "document_type=SHIPPING_LABEL"); code != 21021010 {
		t.Errorf("with a request: %d", code)
	}
}

// Whatever stands on a label, nothing of it becomes a command.
func TestZPLKeepsTextsInTheirFields(t *testing.T) {
	l := sampleLabel()
	l.to, l.orders = "^XZ ~JR _5E \\ ^FS", []string{"1", "2", "3"}
	l.items = []item{{sku: "^XA", name: "Bola de Natal ação", count: 2}}
	file, err := zpl(bothKind, l)
	if err != nil {
		t.Fatal(err)
	}
	if labels, err := printerzpl.Check(file); err != nil || len(labels) != 2 {
		t.Errorf("%d labels, %v in %s", len(labels), err, file)
	}
	if !bytes.Contains(file, []byte("ação")) {
		t.Errorf("letters are lost: %s", file)
	}
	l.tracking = "单号"
	if _, err := zpl(labelKind, l); err == nil {
		t.Error("a number that no bars can show was written")
	}
}
