package acceptance

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
)

// given is an order of the sandbox's data: one piece in a package of its own, in a shop of a market, with what else is said of it and of its line.
func given(id int, shop, order, line string) string {
	return fmt.Sprintf(`{"shop_id":%q,"id":"58000000000000000%d","status":"AWAITING_SHIPMENT","fulfillment_type":"FULFILLMENT_BY_SELLER",
		"shipping_type":"TIKTOK","is_on_hold_order":true,"create_time":1793250000,"paid_time":1793250001,"update_time":179325000%d,
		"packages":[{"id":"115300000000000000%d"}],%s"line_items":[{"id":"59000000000000000%d","sku_id":"17","seller_sku":"TEE","product_name":"Tee",
		"display_status":"AWAITING_SHIPMENT","package_id":"115300000000000000%d",%s"sku_name":""}]}`, shop, id, id, id, order, id, id, line)
}

// What is wrong with a parcel before its label is said, asked or refused by what the data has it, through the program.
func TestChecksBeforeTheLabel(t *testing.T) {
	s := newShop(t, sandbox.Options{LabelDelay: time.Millisecond, Data: []byte(`{"shops":[{"id":"71","region":"MY"},{"id":"72","region":"GB"}],"orders":[` +
		strings.Join([]string{
			given(1, "71", `"recipient_address":{"name":"王小明","postal_code":"5000","full_address":"吉隆坡, 样板路 1"},`, ""),
			given(2, "72", "", ""),
			given(3, "71", "", `"is_dangerous_good":true,`),
			given(5, "71", "", ""),
			given(4, "71", `"recipient_address":{"name":"王**","postal_code":"5***","full_address":"Malaysia, 吉****"},`, ""),
		}, ",") + `]}`)})
	printed := newTape(t)
	pack := func(lines ...string) []outcome {
		t.Helper()
		return outcomes(t, runProgram(t, strings.Join(lines, "\n")+"\n", "pack", "--scans", "-", "--printer", printed.uri(), "--dir", s.dir).stdout)
	}
	said := func(all []outcome) (words []string) {
		for _, o := range all {
			words = append(words, o.Outcome)
		}
		return words
	}
	tee := s.codes["TEE"]

	warned := pack("1153000000000000001", tee, "label")
	if !slices.Equal(said(warned), []string{"opened", "taken", "confirmed"}) ||
		!strings.Contains(warned[0].Message, "Latin") || !strings.Contains(warned[0].Message, "postcode") || strings.Contains(warned[0].Message, "王") {
		t.Errorf("%+v", warned)
	}
	if end := runProgram(t, "", "arrange", "1153000000000000002", "--dir", s.dir); end.code != 3 || !strings.Contains(end.stdout+end.stderr, "QR") {
		t.Errorf("arranged in one go: code %d, %s %s", end.code, end.stdout, end.stderr)
	}
	for _, waiting := range linesOf[struct{ ID, Kind string }](t, runProgram(t, "", "outbox", "--json", "--dir", s.dir).stdout) {
		if waiting.Kind == "arrange" {
			must(t, "", "outbox", "--drop", waiting.ID, "--dir", s.dir)
		}
	}
	blocked := pack("1153000000000000002")
	if !slices.Equal(said(blocked), []string{"not_packable"}) || !strings.Contains(blocked[0].Message, "QR") {
		t.Errorf("%+v", blocked)
	}
	masked := pack("1153000000000000004", tee, "label")
	if !slices.Equal(said(masked), []string{"opened", "taken", "confirmed"}) || strings.Contains(masked[0].Message, "⚠") {
		t.Errorf("%+v", masked)
	}

	own := "[[rule]]\nmarket = \"MY\"\ncheck = \"hazmat_label\"\nseverity = \"confirm\"\nsource = \"our carrier\"\n[platform_qr]\nGB = \"QR-1\"\n"
	if err := os.WriteFile(filepath.Join(s.dir, "checks.toml"), []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	asked := pack("1153000000000000003", tee, "label", "ok", "label")
	if !slices.Equal(said(asked), []string{"opened", "taken", "needs_person", "accepted", "confirmed"}) || !strings.Contains(asked[2].Message, "hazmat") {
		t.Errorf("%+v", asked)
	}
	scanned := pack("1153000000000000002", tee, "ok", "QR-1", "label")
	if !slices.Equal(said(scanned), []string{"opened", "taken", "needs_person", "accepted", "confirmed"}) {
		t.Errorf("%+v", scanned)
	}

	edit(t, filepath.Join(s.dir, "packbench.toml"), "[bench]\n", "[bench]\n  supervisors = [\"BADGE-1\"]\n")
	own = "[handover]\nMY = \"DROP_OFF\"\n[[prefix]]\nmarket = \"MY\"\nbegins = [\"WS\"]\n" // the sandbox has PICKUP, and numbers of another carrier
	if err := os.WriteFile(filepath.Join(s.dir, "checks.toml"), []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	allowed := pack("1153000000000000005", tee, "wait", "ok", "BADGE-1", "wait", "BADGE-1", "label")
	if !slices.Equal(said(allowed), []string{"opened", "taken", "needs_person", "accepted", "accepted", "confirmed"}) ||
		!strings.Contains(allowed[2].Message, "does not begin") {
		t.Errorf("%+v", allowed)
	}

	if err := os.WriteFile(filepath.Join(s.dir, "checks.toml"), []byte("[[rule]]\nmarket = \"UK\"\ncheck = \"qr\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if end := runProgram(t, "", "pack", "--scans", "-", "--printer", printed.uri(), "--dir", s.dir); end.code != 1 || !strings.Contains(end.stderr, "no check is called") {
		t.Errorf("code %d, %s", end.code, end.stderr)
	}
}
