package acceptance

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
	"packbench/store"
)

// arrangeLine is a line of arrange --json.
type arrangeLine struct {
	PackageID string `json:"package_id"`
	Outcome   string `json:"outcome"`
	Tracking  string `json:"tracking_number"`
	Reason    string `json:"reason"`
	Message   string `json:"message"`
	Next      string `json:"next"`
}

// outboxLine is a line of outbox --json.
type outboxLine struct {
	ID        string `json:"id"`
	PackageID string `json:"package_id"`
	Kind      string `json:"kind"`
	State     string `json:"state"`
	Reason    string `json:"reason"`
	Message   string `json:"message"`
	Next      string `json:"next"`
}

// linesOf reads an object a line.
func linesOf[T any](t testing.TB, text string) []T {
	t.Helper()
	var all []T
	for line := range strings.Lines(text) {
		var one T
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		all = append(all, one)
	}
	return all
}

// asked is a line of what sandbox --record writes.
type asked struct {
	Method, Path string
	Query        map[string]string
	Body         struct {
		Packages  []struct{ ID string }
		PageToken string `json:"page_token"`
	}
	Status int
	Faults []string
}

// readRecord reads what a sandbox was asked. The line being written is left out.
func readRecord(t testing.TB, name string) []asked {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	whole := bytes.LastIndexByte(text, '\n') + 1
	return linesOf[asked](t, string(text[:whole]))
}

// mostUrgent are the packages that a bench on such a sandbox would arrange first, and the order of each.
func mostUrgent(t *testing.T, o sandbox.Options, most int) (packages []string, orders map[string]string) {
	t.Helper()
	s := newShop(t, o)
	files, err := store.Open(s.dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	waiting, _, err := files.Waiting(most, "")
	if err != nil || len(waiting) != most {
		t.Fatalf("%d packages wait, %v", len(waiting), err)
	}
	orders = map[string]string{}
	for _, known := range waiting {
		packages = append(packages, string(known.Key))
		orders[string(known.Key)] = known.OrderIDs[0]
	}
	return packages, orders
}

// Of 500 packages arranged in batches of 50, seven cannot be, each for another reason, and the platform is in trouble meanwhile: it is too busy for the third batch, does
// not answer the fifth although it does it, and fails at the seventh. 493 are arranged, seven are listed with what to do, and nothing is asked for twice
// that might have been done.
func TestFiveHundredInBatches(t *testing.T) {
	t.Parallel()
	const orders, seed, most, batch = 900, 21, 500, 50
	now := time.Now().Truncate(time.Second)
	packages, orderOf := mostUrgent(t, sandbox.Options{Orders: orders, Seed: seed, Now: func() time.Time { return now }}, most)
	at := func(batchNo int) string { return packages[(batchNo-1)*batch+17] }
	const ship = "POST /fulfillment/*/packages/ship"
	planned := map[string]struct {
		reason string
		entry  map[string]any
	}{
		at(1):  {"platform.cancelled", map[string]any{"what": "cancel", "call": ship, "nth": 1}},
		at(2):  {"platform.cancel_pending", map[string]any{"what": "cancel_request", "call": ship, "nth": 2}},
		at(4):  {"platform.address_or_size", map[string]any{"what": "batch_fail", "code": 11021010, "times": 1}},
		at(6):  {"platform.already_shipped", map[string]any{"what": "ship_elsewhere", "call": ship, "nth": 6}},
		at(7):  {"platform.pickup_slot", map[string]any{"what": "batch_fail", "code": 21011053}}, // once the batch comes again
		at(8):  {"platform.invoice_missing", map[string]any{"what": "batch_fail", "code": 21004006}},
		at(10): {"platform.must_split", map[string]any{"what": "batch_fail", "code": 11006013}},
	}
	entries := []map[string]any{
		{"what": "rate_429", "call": ship, "nth": 3, "retry_after": "2s"},
		{"what": "lost_after", "call": ship, "nth": 5},
		{"what": "html_503", "call": ship, "nth": 7},
	}
	for id, plan := range planned {
		plan.entry["package"] = id
		if plan.entry["what"] == "batch_fail" {
			plan.entry["packages"] = []string{id}
		}
		entries = append(entries, plan.entry)
	}
	dir := t.TempDir()
	scenario, record := filepath.Join(dir, "scenario.json"), filepath.Join(dir, "record.jsonl")
	writeJSON(t, scenario, map[string]any{"entries": entries})
	startSandbox(t, "--orders", fmt.Sprint(orders), "--seed", fmt.Sprint(seed), "--now", now.Format(time.RFC3339), "--label-delay", "1ms",
		"--scenario", scenario, "--record", record, "--write-settings", dir)
	must(t, "", "sync", "--once", "--dir", dir)

	end := runProgram(t, "", "arrange", "--ready", "--most", fmt.Sprint(most), "--json", "--dir", dir)
	if end.code != 3 {
		t.Fatalf("exit code %d\n%s", end.code, end.stderr)
	}
	arranged, tracking := map[string]bool{}, map[string]bool{}
	parked := map[string]arrangeLine{}
	for _, line := range linesOf[arrangeLine](t, end.stdout) {
		switch {
		case line.Outcome == "arranged" && line.Tracking != "" && line.Reason+line.Message+line.Next == "":
			arranged[line.PackageID], tracking[line.Tracking] = true, true
		case line.Outcome == "parked" && line.Message != "" && line.Next != "" && line.Message != line.Next:
			parked[line.PackageID] = line
		default:
			t.Errorf("%+v", line)
		}
	}
	if len(arranged) != most-7 || len(tracking) != most-7 || len(parked) != 7 {
		t.Errorf("%d arranged with %d tracking numbers, %d parked", len(arranged), len(tracking), len(parked))
	}
	sentences, acts := map[string]bool{}, map[string]bool{}
	for id, plan := range planned {
		sentences[parked[id].Message], acts[parked[id].Next] = true, true
		if parked[id].Reason != plan.reason {
			t.Errorf("%s: %s, want %s", id, parked[id].Reason, plan.reason)
		}
	}
	if len(sentences) != 7 || len(acts) < 4 {
		t.Errorf("seven reasons are told in %d ways: %q, with %d things to do: %q", len(sentences), slices.Collect(maps.Keys(sentences)), len(acts), slices.Collect(maps.Keys(acts)))
	}

	nothingRepeated(t, readRecord(t, record), packages, orderOf)
	documents(t, dir, most-7)

	listing := func(language string) map[string]outboxLine {
		t.Helper()
		cmd := program(t, "outbox", "--json", "--dir", dir)
		cmd.Env = append(cmd.Env, "LC_ALL="+language)
		var stdout bytes.Buffer
		cmd.Stdout = &stdout
		if err := cmd.Run(); err == nil || cmd.ProcessState.ExitCode() != 3 {
			t.Errorf("outbox: %v", err)
		}
		first := map[string]outboxLine{}
		for _, line := range linesOf[outboxLine](t, stdout.String()) {
			if line.Kind == "arrange" {
				first[line.PackageID] = line
			}
		}
		return first
	}
	english, chinese := listing("en_US.UTF-8"), listing("zh_CN.UTF-8")
	for id := range planned {
		e, c := english[id], chinese[id]
		if e.State != "parked" || e.Reason != parked[id].Reason || e.Message != parked[id].Message || e.Next != parked[id].Next {
			t.Errorf("arrange says %+v, outbox %+v", parked[id], e)
		}
		if c.ID != e.ID || c.Reason != e.Reason || c.Message == e.Message || c.Next == e.Next || !strings.ContainsFunc(c.Message, isHan) || !strings.ContainsFunc(c.Next, isHan) {
			t.Errorf("English %+v, Chinese %+v", e, c)
		}
	}
	if len(english) != 7 || len(chinese) != 7 {
		t.Errorf("%d and %d are listed", len(english), len(chinese))
	}

	answerTheBuyer(t, dir, orderOf[at(2)])

	// An address has been put right: that one can go; the others are given up, but for that of the buyer whose cancellation was accepted: it went by itself.
	mended := at(4)
	if end := runProgram(t, "", "outbox", "--again", english[mended].ID, "--json", "--dir", dir); end.code != 3 || strings.Contains(end.stdout, english[mended].ID) {
		t.Errorf("tried again: exit code %d\n%s%s", end.code, end.stdout, end.stderr)
	}
	got := linesOf[arrangeLine](t, must(t, "", "arrange", mended, "--json", "--dir", dir))
	if len(got) != 1 || got[0].Outcome != "arranged" || got[0].Tracking == "" {
		t.Errorf("%+v", got)
	}
	documents(t, dir, most-6)
	drop := []string{"outbox", "--json", "--dir", dir}
	for id, line := range english {
		if id != mended && id != at(2) {
			drop = append(drop, "--drop", line.ID)
		}
	}
	if left := must(t, "", drop...); left != "" {
		t.Errorf("left in the outbox: %s", left)
	}
}

// Asked again and again for a few, arrange takes the next ones, the most urgent first, and those arranged already do not count among them.
func TestArrangeAFewAtATime(t *testing.T) {
	s := newShop(t, sandbox.Options{Orders: 60, Seed: 3})
	files, err := store.Open(s.dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	waiting, _, err := files.Waiting(10, "")
	if err := errors.Join(err, files.Close()); err != nil || len(waiting) != 10 {
		t.Fatalf("%d packages wait, %v", len(waiting), err)
	}
	for i, first := range []int{0, 4, 8} {
		most := []string{"4", "4", "2"}[i]
		got := linesOf[arrangeLine](t, must(t, "", "arrange", "--ready", "--most", most, "--no-labels", "--json", "--dir", s.dir))
		for j, want := range waiting[first:min(10, first+4)] {
			if j >= len(got) || got[j].PackageID != string(want.Key) || got[j].Outcome != "arranged" {
				t.Fatalf("%d: %+v, want %s", i, got, want.Key)
			}
		}
	}
}

// What could not be put to the platform in the time that was given is told as waiting, and is done later.
func TestArrangeWhileThePlatformIsAway(t *testing.T) {
	t.Parallel()
	s := newShop(t, sandbox.Options{Orders: 20, Seed: 3, LabelDelay: time.Millisecond})
	key := s.waiting(1).Packages[0].PackageID
	settings := filepath.Join(s.dir, "packbench.toml")
	edit(t, settings, `base_url = "`+s.server.URL, `base_url = "http://127.0.0.1:1`)
	end := runProgram(t, "", "arrange", key, "--within", "100ms", "--json", "--dir", s.dir)
	if got := linesOf[arrangeLine](t, end.stdout); end.code != 3 || len(got) != 1 || got[0].Outcome != "waiting" || end.stderr != "" {
		t.Errorf("exit code %d, %+v, %q", end.code, got, end.stderr)
	}
	edit(t, settings, `base_url = "http://127.0.0.1:1`, `base_url = "`+s.server.URL)
	if got := linesOf[arrangeLine](t, must(t, "", "arrange", key, "--json", "--dir", s.dir)); len(got) != 1 || got[0].Outcome != "arranged" {
		t.Errorf("%+v", got)
	}
}

// A package that the platform makes others of just before its shipment is asked for is told as parked, and never as arranged.
func TestArrangeWhatIsMadeAnew(t *testing.T) {
	scenario := sandbox.Scenario{Entries: []sandbox.Entry{{What: "reform", Call: "GET /order/*/orders", Nth: 1}}}
	s := newShop(t, sandbox.Options{Orders: 20, Seed: 3, LabelDelay: time.Millisecond, Scenario: &scenario})
	key := s.waiting(1).Packages[0].PackageID
	end := runProgram(t, "", "arrange", key, "--json", "--dir", s.dir)
	got := linesOf[arrangeLine](t, end.stdout)
	if end.code != 3 || len(got) != 1 || got[0].PackageID != key || got[0].Outcome != "parked" || got[0].Reason != "refused.reformed" || got[0].Next == "" {
		t.Errorf("exit code %d, %+v, %q", end.code, got, end.stderr)
	}
	for _, line := range linesOf[outboxLine](t, runProgram(t, "", "outbox", "--json", "--dir", s.dir).stdout) {
		if line.Kind == "arrange" {
			must(t, "", "outbox", "--drop", line.ID, "--dir", s.dir)
		}
	}
}

// What cannot be arranged as it stands is told with what to do, if there is anything; never to try again what was not tried.
func TestArrangeWhatCannotBe(t *testing.T) {
	s := newShop(t, sandbox.Options{Mix: sandbox.MixFull, Orders: 120, Seed: 4})
	own, _ := chosen(t, listOrders(t, s.dir), "MY", "seller_ships")
	end := runProgram(t, "", "arrange", "nothing-of-ours", own, "--json", "--dir", s.dir)
	got := linesOf[arrangeLine](t, end.stdout)
	if end.code != 3 || len(got) != 2 || got[0].Outcome != "excluded" || got[0].Reason != "refused.unknown_code" || got[0].Next != "" ||
		got[1].Outcome != "excluded" || got[1].Reason != "refused.seller_ships" || got[1].Next == "" {
		t.Errorf("exit code %d, %+v, %q", end.code, got, end.stderr)
	}
}

// answerTheBuyer does what the parked request of an order asks for. Neither that request nor the others stand in the way of the answer.
func answerTheBuyer(t *testing.T, dir, orderID string) {
	t.Helper()
	must(t, "", "sync", "--once", "--dir", dir)
	type wish struct {
		CancelID string `json:"cancel_id"`
		OrderID  string `json:"order_id"`
	}
	for _, w := range linesOf[wish](t, must(t, "", "cancellations", "--json", "--dir", dir)) {
		if w.OrderID == orderID {
			if said := must(t, "", "cancellations", "--accept", w.CancelID, "--dir", dir); !strings.Contains(said, "Accepted: order "+orderID) {
				t.Errorf("accepted, it said %q", said)
			}
		}
	}
	must(t, "", "sync", "--once", "--dir", dir)
	all := listOrders(t, dir)
	if i := slices.IndexFunc(all, func(o listed) bool { return o.OrderID == orderID }); all[i].Status != "CANCELLED" {
		t.Errorf("the buyer's order is %+v", all[i])
	}
}

func isHan(r rune) bool { return r >= '一' && r <= '鿿' }

// nothingRepeated holds what a platform was asked to the rule that shipment of a package is asked for again only where the platform said it did nothing, or was read since.
func nothingRepeated(t *testing.T, record []asked, packages []string, orderOf map[string]string) {
	t.Helper()
	did, times := map[string]int{}, map[string]int{} // by package: requests carried out, requests
	unknown := map[string]bool{}                     // packages of which nobody knows, until their order is read
	lost, batches := 0, 0
	for _, call := range record {
		if strings.HasPrefix(call.Path, "/order/") && call.Query["ids"] != "" && call.Status == 200 && len(call.Faults) == 0 {
			for id := range unknown {
				if slices.Contains(strings.Split(call.Query["ids"], ","), orderOf[id]) {
					delete(unknown, id)
				}
			}
		}
		if call.Method != "POST" || !strings.HasSuffix(call.Path, "/packages/ship") {
			continue
		}
		batches++
		struck := func(fault string) bool { return slices.Contains(call.Faults, fault) }
		for _, p := range call.Body.Packages {
			times[p.ID]++
			if unknown[p.ID] {
				t.Errorf("%s was asked for again before anybody looked what had become of it", p.ID)
			}
			if struck("html_503") || struck("lost_after") {
				unknown[p.ID] = true
			}
			if !struck("html_503") && !struck("rate_429") {
				did[p.ID]++
			}
		}
		if struck("lost_after") {
			lost += len(call.Body.Packages)
		}
	}
	again := 0
	for _, id := range packages {
		if did[id] != 1 {
			t.Errorf("%s was put to the platform %d times", id, did[id])
		}
		again += times[id] - 1
	}
	if len(times) != len(packages) || lost != 50 || again != 100 || batches != 12 {
		t.Errorf("%d packages asked for in %d batches, %d of them without an answer; %d asked for again, want the 50 that met the 429 and the 50 that met the 503", len(times), batches, lost, again)
	}
}

// documents checks that a folder keeps so many different label documents.
func documents(t *testing.T, dir string, want int) {
	t.Helper()
	files, err := os.ReadDir(filepath.Join(dir, "labels"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		document, err := os.Open(filepath.Join(dir, "labels", file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if begins, err := bufio.NewReader(document).Peek(5); err != nil || string(begins) != "%PDF-" {
			t.Errorf("%s begins with %q, %v", file.Name(), begins, err)
		}
		if err := document.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(files) != want {
		t.Errorf("%d label documents, want %d", len(files), want)
	}
}

func writeJSON(t testing.TB, name string, value any) {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
}
