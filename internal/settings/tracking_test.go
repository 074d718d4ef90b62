package settings

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"packbench/internal/order"
)

// What carriers say in the markets' languages is of the node it tells of, and what is said otherwise is of none.
func TestWhatCarriersSay(t *testing.T) {
	phrases, err := LoadPhrases(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]order.Node{
		"Seller has prepared your parcel; waiting for the carrier.":    order.Announced,
		"Your parcel has been picked up by our logistics partner.":     order.TakenByCarrier,
		"Export customs clearance completed.":                          order.ExportCustoms,
		"Your parcel has arrived in the destination country.":          order.Entry,
		"Your parcel is OUT FOR DELIVERY":                              order.OutForDelivery,
		"Your parcel has been delivered.":                              order.BroughtToBuyer,
		"Delivery can’t be completed. Please contact customer service": order.Undeliverable,
		"Delivery attempt failed: nobody at home":                      order.Attempted,
		"【深圳】快件已揽收":                                                    order.TakenByCarrier,
		"包裹已到达目的国马来西亚":                                                 order.Entry,
		"出口清关完成":                                                       order.ExportCustoms,
		"快递员正在派送":                                                      order.OutForDelivery,
		"已签收，签收人：本人":                                                   order.BroughtToBuyer,
		"无法派送，请联系客服":                                                   order.Undeliverable,
		"Paket telah diambil oleh kurir":                               order.TakenByCarrier,
		"Kurir sedang mengantar paket":                                 order.OutForDelivery,
		"Bungkusan telah dihantar kepada penerima":                     order.BroughtToBuyer,
		"Giao hàng thành công":                                         order.BroughtToBuyer,
		"จัดส่งไม่สำเร็จ":                                              order.Attempted,
		"กำลังนำส่งพัสดุ":                                              order.OutForDelivery,
		"Objeto saiu para entrega ao destinatário":                     order.OutForDelivery,
		"El paquete ha sido entregado":                                 order.BroughtToBuyer,
		"Die Sendung wurde erfolgreich zugestellt.":                    order.BroughtToBuyer,
		"Die Sendung konnte nicht zugestellt werden":                   order.Attempted,
		"Votre colis a été livré":                                      order.BroughtToBuyer,
		"Il pacco è in consegna":                                       order.OutForDelivery,
		"集荷しました":                                                       order.TakenByCarrier,
		"Arrived at sorting centre":                                    "",
		"Your parcel has been delivered to the sorting centre.":        "",
		"Your parcel has not been delivered":                           "",
		"Your parcel will be picked up by the carrier tomorrow":        "",
		"Estimated to have arrived in destination country soon":        "",
		"预计明天已送达":                                                      "",
		"":                                                             "",
	} {
		if node, known := phrases.NodeOf(text); node != want || known != (want != "") {
			t.Errorf("%q is %q, want %q", text, node, want)
		}
	}
}

func TestABenchsOwnPhrases(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) (order.Phrases, error) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, TrackingFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return LoadPhrases(dir)
	}
	own, err := write("[[node]]\nnode = \"delivered\"\nlanguage = \"en\"\nsays = [\"left with the neighbour\"]\n")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]order.Node{
		"Left with the neighbour":  order.BroughtToBuyer,
		"Your parcel is delivered": "", // the file's phrases took the place of the program's
		"has been delivered":       "",
		"已签收":                      order.BroughtToBuyer, // another language's stay
	} {
		if node, _ := own.NodeOf(text); node != want {
			t.Errorf("%q is %q, want %q", text, node, want)
		}
	}
	for name, text := range map[string]string{
		"not TOML":           "[[",
		"an unknown node":    "[[node]]\nnode = \"lost\"\nlanguage = \"en\"\n",
		"an unknown key":     "[[node]]\nnode = \"failed\"\nlanguage = \"en\"\nsay = [\"x\"]\n",
		"no language":        "[[node]]\nnode = \"failed\"\nsays = [\"x\"]\n",
		"an empty phrase":    "[[node]]\nnode = \"failed\"\nlanguage = \"en\"\nsays = [\" \"]\n",
		"an empty exemption": "[[node]]\nnode = \"failed\"\nlanguage = \"en\"\nsays = [\"x\"]\nunless = [\"\"]\n",
	} {
		phrases, err := write(text)
		if problem := order.AsProblem(err); err == nil || problem.Key != "tracking.unreadable" {
			t.Errorf("%s: %v", name, err)
		}
		if node, _ := phrases.NodeOf("has been delivered"); node != order.BroughtToBuyer {
			t.Errorf("%s: the program's own phrases are gone", name)
		}
	}
}

// Phrases are looked for in every event of every order on its way: a few thousand an hour in a large shop.
func BenchmarkNodeOf(b *testing.B) {
	phrases, err := LoadPhrases(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	for b.Loop() {
		phrases.NodeOf("Your parcel has departed from the sorting centre in Kuala Lumpur and goes to Johor Bahru.")
	}
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "events/s")
}
