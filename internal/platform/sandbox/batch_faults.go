package sandbox

import (
	"cmp"
	"encoding/json"
	"slices"
)

// carryOut lets an endpoint serve a call, without the packages of a batch that are to fail.
func (e *encounter) carryOut(to endpoint, c call) (any, *refusal) {
	if e.failing == nil {
		return to.serve(c)
	}
	body, failed, err := e.failing.takeOut(c.body)
	if err != nil || len(failed) == 0 {
		return to.serve(c)
	}
	c.body = body
	data, refused := any(object{}), (*refusal)(nil)
	if body != nil {
		data, refused = to.serve(c)
	}
	if refused != nil {
		return nil, refused
	}
	raw, err := json.Marshal(data)
	if err != nil {
		return nil, refuse(36009003, "Internal error.")
	}
	answer, err := readObject(raw)
	if err != nil {
		return nil, refuse(36009003, "Internal error.")
	}
	errors, _ := answer["errors"].([]any)
	for _, id := range failed {
		errors = append(errors, object{
			"code": cmp.Or(e.failing.Code, kinds["batch_fail"].usual.Code), "message": cmp.Or(e.failing.Message, plannedFailure), "detail": object{"package_id": id},
		})
	}
	answer["errors"] = errors
	return answer, nil
}

// takeOut takes the packages that are to fail out of a batch. The rest is nil where nothing is left.
func (f *running) takeOut(batch []byte) (rest []byte, failed []string, err error) {
	body, err := readObject(batch)
	if err != nil {
		return nil, nil, err
	}
	items, _ := body["packages"].([]any)
	count := f.Count
	if count == 0 && len(f.Packages) == 0 {
		count = len(items)
	}
	var left []any
	for _, item := range items {
		p, _ := asObject(item)
		if slices.Contains(f.Packages, p.id()) || len(f.Packages) == 0 && len(failed) < count {
			failed = append(failed, p.id())
			continue
		}
		left = append(left, item)
	}
	if len(left) == 0 {
		return nil, failed, nil
	}
	body["packages"] = left
	rest, err = body.write()
	return rest, failed, err
}
