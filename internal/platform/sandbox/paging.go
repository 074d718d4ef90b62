package sandbox

import (
	"net/url"
	"slices"
)

// pageToken reads where the page before ended; nil is the beginning.
func pageToken(query url.Values) (*place, *refusal) {
	token := query.Get("page_token")
	if token == "" {
		return nil, nil
	}
	p, ok := placeOf(token)
	if !ok {
		return nil, invalid("Invalid page_token.")
	}
	return &p, nil
}

// pageOf sorts all rows by their places and gives the page behind one, with the token of the next page where there is one.
func pageOf[T any](all []T, after *place, size int, at func(T) place, descending bool) (page []T, next string) {
	sign := 1
	if descending {
		sign = -1
	}
	slices.SortFunc(all, func(a, b T) int { return sign * at(a).compare(at(b)) })
	first := 0
	if after != nil {
		first = len(all)
		if i := slices.IndexFunc(all, func(row T) bool { return sign*at(row).compare(*after) > 0 }); i >= 0 {
			first = i
		}
	}
	last := min(first+size, len(all))
	if last < len(all) {
		next = at(all[last-1]).token()
	}
	return all[first:last], next
}

// listAnswer is the data of a search.
func listAnswer[T any](name string, page []T, total int, next string) object {
	if page == nil {
		page = []T{}
	}
	data := object{name: page, "total_count": total}
	if next != "" {
		data["next_page_token"] = next
	}
	return data
}

// sortOrder reads in which order a search is wanted, and what it is where nothing is said.
func sortOrder(query url.Values, usually bool) (descending bool, refused *refusal) {
	switch query.Get("sort_order") {
	case "":
		return usually, nil
	case "ASC":
		return false, nil
	case "DESC":
		return true, nil
	}
	return false, invalid("Invalid sort_order.")
}
