package sandbox

import (
	"cmp"
	"io"
	"maps"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"
)

func skew(_ *Sandbox, f *running, e *encounter) { e.skew += time.Duration(f.By) }

func slow(_ *Sandbox, f *running, e *encounter) { e.slow += time.Duration(f.By) }

func cut(_ *Sandbox, _ *running, e *encounter) { e.cut = true }

func garbage(_ *Sandbox, _ *running, e *encounter) { e.garbage = true }

func loseAnswer(_ *Sandbox, _ *running, e *encounter) { e.lose = true }

func loseCall(_ *Sandbox, _ *running, e *encounter) { e.lose, e.unheard = true, true }

func batchFail(_ *Sandbox, f *running, e *encounter) { e.failing = f }

// refused makes an encounter answer with a refusal.
func (e *encounter) refused(s *Sandbox, r *refusal) {
	e.instead = func(w http.ResponseWriter) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.write(w, nil, r)
	}
}

// tooMany is the gateway's 429; whether the platform sends Retry-After is not known (platform API 4.4).
func tooMany(s *Sandbox, f *running, e *encounter) {
	e.refused(s, &refusal{36009002, http.StatusTooManyRequests, "Too many requests."})
	if f.RetryAfter <= 0 {
		return
	}
	answer := e.instead
	e.instead = func(w http.ResponseWriter) {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(time.Duration(f.RetryAfter).Seconds()))))
		answer(w)
	}
}

// overload is what stands before the gateway when it is too busy (platform API 4.4).
func overload(_ *Sandbox, _ *running, e *encounter) {
	e.instead = func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusServiceUnavailable)
		// The only way to fail is a client that has gone.
		_, _ = io.WriteString(w, "<html><head><title>503 Service Temporarily Unavailable</title></head>"+
			"<body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>\n")
	}
}

func linkExpired(_ *Sandbox, _ *running, e *encounter) {
	e.instead = func(w http.ResponseWriter) {
		http.Error(w, linkRefused, http.StatusForbidden)
	}
}

// plannedFailure is the message of a failure that has none of its own.
const plannedFailure = "A planned failure."

func anyError(s *Sandbox, f *running, e *encounter) {
	e.refused(s, refuse(f.Code, cmp.Or(f.Message, plannedFailure)))
}

// scopeMissing refuses for a scope; the platform's HTTP status for that is not known (platform API 4.2).
func scopeMissing(s *Sandbox, f *running, e *encounter) {
	e.refused(s, &refusal{105005, http.StatusUnauthorized,
		"Access denied. The scope " + cmp.Or(f.Scope, "seller.fulfillment.basic") + " is missing."})
}

func expireToken(s *Sandbox, _ *running, _ *encounter) { s.credentials.AccessExpires = s.clock() }

// addresses rewrites the buyers' addresses in an answer.
func addresses(s *Sandbox, f *running, e *encounter, rewrite func(object)) {
	s.falsify(f, e, func(item object) bool {
		a := item.child("recipient_address")
		rewrite(a)
		return len(a) > 0
	})
}

// masked hides what the platform hides of an address (platform API 3.3, Masking).
func maskAddresses(s *Sandbox, f *running, e *encounter) {
	addresses(s, f, e, func(a object) {
		for key, value := range a {
			if text, is := value.(string); is && key != "region_code" {
				a[key] = mask(text)
			}
		}
		for _, d := range a.list("district_info") {
			if level := d.text("address_level"); level == "L3" || level == "L4" {
				d["address_name"] = mask(d.text("address_name"))
			}
		}
	})
}

func mask(text string) string {
	for _, first := range text {
		return string(first) + "****"
	}
	return ""
}

func emptyAddresses(s *Sandbox, f *running, e *encounter) {
	addresses(s, f, e, emptyAddress)
}

// emptyAddress leaves of an address what it has before an order may be packed (platform API 3.3, Masking).
func emptyAddress(a object) {
	for key, value := range a {
		if _, is := value.(string); is {
			a[key] = ""
		}
	}
	delete(a, "district_info")
}

// unknownEnum answers with a value and with fields that no documentation has.
func unknownEnum(s *Sandbox, f *running, e *encounter) {
	field := cmp.Or(f.Field, "order_type")
	var spoil func(any) bool
	spoil = func(v any) (spoiled bool) {
		if list, is := v.([]any); is {
			for _, item := range list {
				spoiled = spoil(item) || spoiled
			}
			return spoiled
		}
		o, is := asObject(v)
		if !is {
			return false
		}
		for key, value := range o {
			if _, text := value.(string); key == field && text {
				o[key], spoiled = "VALUE_OF_TOMORROW", true
			} else {
				spoiled = spoil(value) || spoiled
			}
		}
		return spoiled
	}
	s.falsify(f, e, func(item object) bool {
		spoiled := spoil(map[string]any(item))
		item["field_of_tomorrow"] = object{"n": []any{1, 2.5, nil}}
		return spoiled
	})
}

// falsify rewrites the orders and the package of an answer that an entry is about, and remembers whose truth was hidden.
func (s *Sandbox) falsify(f *running, e *encounter, rewrite func(object) bool) {
	ids := s.idsOf(f.Entry)
	e.rewrites = append(e.rewrites, func(data object) {
		items := data.list("orders")
		if _, one := data["package_id"]; one {
			items = []object{data}
		}
		for _, item := range items {
			of := append(packageIDs(item), item.id(), item.text("package_id"))
			for _, o := range item.list("orders") {
				of = append(of, o.id())
			}
			if len(ids) > 0 && !slices.ContainsFunc(of, func(id string) bool { return slices.Contains(ids, id) }) {
				continue
			}
			if !rewrite(item) {
				continue
			}
			for _, id := range of {
				if s.orders[id] != nil {
					s.falsified[id] = true
				}
			}
		}
	})
}

// pageLists are the names under which a page has its items.
var pageLists = []string{"orders", "packages", "cancellations", "returns", "combinable_packages"}

// repeatItems lets a page begin with the last items of the page before.
func repeatItems(s *Sandbox, _ *running, e *encounter) {
	const repeated = 2
	e.rewrites = append(e.rewrites, func(data object) {
		for _, name := range pageLists {
			items, is := data[name].([]any)
			if !is {
				continue
			}
			key := e.shop + " " + e.path
			before := s.pages[key]
			s.pages[key] = items[max(0, len(items)-repeated):]
			if e.page != "" {
				data[name] = append(slices.Clone(before), items...)
			}
		}
	})
}

// yesterday lets a search end with orders as they were before their last change.
func yesterday(s *Sandbox, f *running, e *encounter) {
	const most = 5
	e.rewrites = append(e.rewrites, func(data object) {
		items, _ := data["orders"].([]any)
		old := slices.DeleteFunc(slices.SortedFunc(maps.Values(s.earlier), func(a, b *record) int {
			return b.place(true).compare(a.place(true))
		}), func(r *record) bool { return r.shop != e.shop || f.Order != "" && f.Order != r.ID })
		for _, r := range old[:min(most, len(old))] {
			if o, err := readObject(r.old); err == nil {
				items = append(items, map[string]any(o))
			}
		}
		data["orders"] = items
	})
}
