package acceptance

import (
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
)

// Parcels that the seller ships leave by scans alone, in a market where the package is there and in one where the number makes it: the platform knows
// their numbers, no label is printed, and a number that was used or that the platform refuses holds the parcel.
func TestTheSellersOwnCarrier(t *testing.T) {
	s := newShop(t, sandbox.Options{LabelDelay: time.Millisecond, Data: []byte(`{"shops":[{"id":"71","region":"MY"},{"id":"72","region":"US"}],"orders":[` +
		strings.Join([]string{
			bySeller(given(1, "71", "", "")), bySeller(given(2, "71", "", "")), bySeller(withoutPackage(given(3, "72", "", ""))),
		}, ",") + `]}`)})
	carriers := map[string]string{}
	for _, c := range linesOf[struct {
		Market string
		ID     string `json:"carrier_id"`
	}](t, must(t, "", "carriers", "--json", "--dir", s.dir)) {
		carriers[c.Market] = c.ID
	}
	printed := newTape(t)
	pack := func(market string, lines ...string) (words []string, all []outcome) {
		t.Helper()
		args := []string{"pack", "--scans", "-", "--printer", printed.uri(), "--dir", s.dir}
		if market != "" {
			args = append(args, "--own-carrier", carriers[market])
		}
		all = outcomes(t, runProgram(t, strings.Join(lines, "\n")+"\n", args...).stdout)
		for _, o := range all {
			words = append(words, o.Outcome)
		}
		return words, all
	}
	tee := s.codes["TEE"]

	words, all := pack("", "1153000000000000001")
	if !slices.Equal(words, []string{"not_packable"}) || !strings.Contains(all[0].Message, "no carrier is chosen") {
		t.Errorf("no carrier is chosen: %+v", all)
	}
	words, all = pack("MY", "1153000000000000001", tee, tee, "ok", "MYOWN000001", "MYOWN000001")
	if !slices.Equal(words, []string{"opened", "taken", "wrong_label", "needs_person", "accepted", "confirmed"}) {
		t.Errorf("%+v", all)
	}
	words, all = pack("MY", "1153000000000000002", tee, "MYOWN000001", "MYOWN000002", "MYOWN000003", "MYOWN000002")
	if !slices.Equal(words, []string{"opened", "taken", "wrong_label", "accepted", "wrong_label", "confirmed"}) || !strings.Contains(all[2].Message, "another parcel") {
		t.Errorf("%+v", all)
	}
	// The carrier of another market: the platform refuses, the parcel is held, and stands so at the next start. The right carrier frees it.
	words, all = pack("MY", "580000000000000003", tee, "USOWN000001", "no number")
	if !slices.Equal(words, []string{"opened", "taken", "accepted", "wrong_label"}) {
		t.Errorf("%+v", all)
	}
	words, all = pack("US", "ok", "USOWN000002", "USOWN000002")
	if !slices.Equal(words, []string{"needs_person", "accepted", "confirmed"}) || !strings.Contains(all[0].Message, "not taken") {
		t.Errorf("%+v", all)
	}

	must(t, "", "sync", "--once", "--dir", s.dir)
	got := map[string]string{}
	for _, o := range listOrders(t, s.dir) {
		got[o.OrderID] = o.Packages[0].State + " " + o.Packages[0].Tracking
	}
	for id, want := range map[string]string{
		"580000000000000001": "confirmed MYOWN000001", "580000000000000002": "confirmed MYOWN000002", "580000000000000003": "confirmed USOWN000002",
	} {
		if got[id] != want {
			t.Errorf("order %s: %s, want %s", id, got[id], want)
		}
	}
	for _, book := range s.sandbox.Books().Parcels {
		if len(book.Arranged) != 1 {
			t.Errorf("%s was arranged %d times", book.PackageID, len(book.Arranged))
		}
	}
	if n := len(printed.all()); n != 0 {
		t.Errorf("%d bytes were printed", n)
	}
	if end := runProgram(t, "", "run", "--ready", "--printer", printed.uri(), "--dir", s.dir); !strings.Contains(end.stderr, "run.empty") || len(printed.all()) != 0 {
		t.Errorf("a run found something to print: %+v", end)
	}
}

func bySeller(o string) string { return strings.Replace(o, `"TIKTOK"`, `"SELLER"`, 1) }

func withoutPackage(o string) string {
	o = strings.Replace(o, `"packages":[{"id":"1153000000000000003"}],`, "", 1)
	return strings.Replace(o, `"package_id":"1153000000000000003",`, "", 1)
}
