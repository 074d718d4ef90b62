package sandbox

import "net/url"

// packageFilter is the body of Search Package (platform API 3.5).
type packageFilter struct {
	Status        string `json:"package_status"`
	CreatedFrom   int64  `json:"create_time_ge"`
	CreatedBefore *int64 `json:"create_time_lt"`
	UpdatedFrom   int64  `json:"update_time_ge"`
	UpdatedBefore *int64 `json:"update_time_lt"`
}

// searchable are the states a search may ask for. There is none for packages that wait: they are found without a state.
var searchable = map[string]bool{"": true, "PROCESSING": true, "FULFILLING": true, "COMPLETED": true, "CANCELLED": true}

// packageRow is what a search sorts and filters by, known without reading the orders.
type packageRow struct {
	parcel                 *parcel
	created, updated, paid int64
	stage                  stage
}

func (f packageFilter) holds(r packageRow) bool {
	return (f.Status == "" || f.Status == coarseStatus(r.stage)) &&
		r.created >= f.CreatedFrom && (f.CreatedBefore == nil || r.created < *f.CreatedBefore) &&
		r.updated >= f.UpdatedFrom && (f.UpdatedBefore == nil || r.updated < *f.UpdatedBefore)
}

// coarseStatus is a parcel's package_status (platform API 3.5), with the blank that Get Package Detail writes.
func coarseStatus(at stage) string {
	switch at {
	case cancelled:
		return "CANCELLED"
	case arranged:
		return "PROCESSING"
	case collected:
		return "FULFILLING"
	case delivered:
		return "COMPLETED"
	}
	return "TO FULFILL"
}

// searchPackages is Search Package (platform API 3.5).
func (s *Sandbox) searchPackages(c call) (any, *refusal) {
	query := c.URL.Query()
	size, refused := pageSize(query, 50)
	if refused != nil {
		return nil, refused
	}
	at, descending, refused := packageSorting(query)
	if refused != nil {
		return nil, refused
	}
	after, refused := pageToken(query)
	if refused != nil {
		return nil, refused
	}
	var wanted packageFilter
	if refused := readBody(c, &wanted); refused != nil {
		return nil, refused
	}
	if !searchable[wanted.Status] {
		return nil, invalid("Invalid package_status.")
	}
	var found []packageRow
	for _, p := range s.parcels {
		if row := s.rowOf(p); p.shop == c.shop && wanted.holds(row) {
			found = append(found, row)
		}
	}
	rows, next := pageOf(found, after, size, at, descending)
	packages := []object{}
	for _, row := range rows {
		shown, refused := s.listedPackage(row)
		if refused != nil {
			return nil, refused
		}
		packages = append(packages, shown)
	}
	return listAnswer("packages", packages, len(found), next), nil
}

func packageSorting(query url.Values) (at func(packageRow) place, descending bool, refused *refusal) {
	by := func(packageRow) int64 { return 0 }
	switch query.Get("sort_field") {
	case "", "create_time":
		by = func(r packageRow) int64 { return r.created }
	case "update_time":
		by = func(r packageRow) int64 { return r.updated }
	case "order_pay_time":
		by = func(r packageRow) int64 { return r.paid }
	default:
		return nil, false, invalid("Invalid sort_field.")
	}
	descending, refused = sortOrder(query, true)
	return func(r packageRow) place { return place{by(r), r.parcel.id} }, descending, refused
}

func (s *Sandbox) rowOf(p *parcel) packageRow {
	row := packageRow{parcel: p, stage: cancelled}
	row.created, row.updated = s.datesOf(p)
	for _, id := range p.orders {
		r := s.orders[id]
		row.paid = max(row.paid, r.paid)
		for _, part := range r.shares {
			if part.packageID == p.id {
				row.stage = min(row.stage, part.stage)
			}
		}
	}
	return row
}

// listedPackage is a package as a search shows it.
func (s *Sandbox) listedPackage(row packageRow) (object, *refusal) {
	parts, err := s.open(row.parcel)
	if err != nil {
		return nil, internal()
	}
	orders := []object{}
	for _, id := range row.parcel.orders {
		orders = append(orders, object{"id": id})
	}
	shown := object{
		"id": row.parcel.id, "status": coarseStatus(row.stage), "orders": orders, "order_line_item_ids": idsOf(parts.units),
		"create_time": row.created, "update_time": row.updated, "tracking_number": row.parcel.tracking,
	}
	if row.parcel.tracking != "" {
		shown["shipping_provider_id"], shown["shipping_provider_name"] = row.parcel.carrier.ID, row.parcel.carrier.Name
	}
	return shown, nil
}
