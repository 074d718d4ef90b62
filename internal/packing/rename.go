package packing

import "packbench/internal/order"

// isOpen tells whether a key is the open parcel's, be it the one it had before the platform gave it a package id.
func (m *move) isOpen(key order.ParcelKey) bool {
	return key != "" && (key == m.s.Parcel.Key || key == m.s.was)
}

// rename notes that the open parcel, known by another key until now, has the platform's package id.
func (m *move) rename(was order.ParcelKey) {
	if was == "" || was == m.s.Parcel.Key {
		return
	}
	m.s.was = was
	m.record(order.Renamed, func(e *order.Event) { e.Was = was })
}

// ours is a parcel as this bench may treat it: another warehouse's is not for it, whatever the platform lets one do with it.
func (m *move) ours(p order.Parcel) order.Parcel {
	p = m.ownCarriers(p)
	other := m.s.Warehouse != "" && p.WarehouseID != "" && p.WarehouseID != m.s.Warehouse
	if other && p.Standing.Packable() {
		p.Standing = order.OtherWarehouse
	}
	return m.checked(p)
}

// recorded takes in what somebody else journalled about the open parcel, such as the outbox.
func (m *move) recorded(e order.Event) {
	m.renamedBy(e)
	m.splitRecorded(e)
	if m.isOpen(e.Parcel) {
		m.s.Work = m.s.Work.After(e)
		m.s.Work.Parcel = m.s.Parcel.Key
		if m.s.Phase == LabelScan && m.s.Work.Label.State == order.NoLabel && e.Kind != order.LabelVoided { // its print run left it out
			m.carryOn()
		}
		m.uploadRecorded()
		m.answerRecorded(e)
	}
}
