package packing

import (
	"slices"
	"time"
)

// handBetween is how soon a hand can be back at a code after it read another one. A scanner that has two codes in view reads them by turns and
// forgets its own pause meanwhile; it is back well within that pause (printing facts 5: 0.5 s, a scanner's own between two equal codes).
const handBetween = 500 * time.Millisecond

// reach is how long after a scan the same code can still be a double read: shorter where the same scanner read another code since.
func (m *move) reach(window time.Duration, before recentScan) time.Duration {
	between := slices.ContainsFunc(m.s.recent, func(r recentScan) bool {
		return r.device == before.device && r.code != before.code && r.at.After(before.at)
	})
	if between {
		return min(window, handBetween)
	}
	return window
}

// refusedTwice makes a repeat of a refusal that a double read brings a second time. It is not loud twice, and the packer goes on reading why.
func (m *move) refusedTwice(in Scanned) {
	now := m.turn.Outcome
	if now == "" || slices.Contains(m.s.recent, recentScan{code: in.Code, device: in.Device, at: in.At}) { // it waits, or was accepted
		return
	}
	said := m.turn.Said
	for _, r := range m.s.recent {
		gap := in.At.Sub(r.at)
		same := r.refused == now && r.code == in.Code && r.device == in.Device && len(m.turn.Events)+len(m.turn.Effects) == 0
		if same && gap >= 0 && gap < m.reach(m.s.doubleReadOf(in.Device).Full, r) {
			m.tellOf(m.turn.Parcel, Repeat, said)
			break
		}
	}
	m.remember()
	m.s.recent[len(m.s.recent)-1].refused = now
}
