package link

import "time"

// session is one opened handle, what it says, and the label it is in the middle of.
type session struct {
	handle
	ear   *ear
	ended chan struct{} // closed when the device is gone
	known chan struct{} // closed when nothing more is heard, and it is known whether the device is gone
	shut  func() error

	label     []byte    // that stopped in the middle; nil where none did
	at        int       // how much of it was written
	rest      []byte    // of a question that the device did not take whole
	unsettled bool      // something was written that the system may still hold
	free      time.Time // when the line will have carried everything written
}

// The system takes a device that goes away in steps: what it says ends first. So it is asked for a while whether the device is gone.
const (
	goneLooks = 20
	goneLook  = 10 * time.Millisecond
)

// listen throws away what the printer says between questions. When the device goes, it is given back at once: while a dead port is open, the
// replugged printer gets another name (printing facts 3).
func (s *session) listen() {
	defer close(s.known)
	s.ear.hear() // a printer that only listens ends it too; what happened is asked below
	for range goneLooks {
		if _, err := s.Held(); err != nil {
			close(s.ended)
			_ = s.shut() // the device is gone already
			return
		}
		time.Sleep(goneLook)
	}
}

// isOver tells whether the device is gone. The system is asked itself, as the goroutine that reads may not have run yet.
func (s *session) isOver() bool {
	select {
	case <-s.ended:
		return true
	default:
		_, err := s.Held()
		return err != nil
	}
}

// taken is how much of an unfinished label the device has: never all, and not nothing if anything was written.
func (s *session) taken(size int) int {
	if s.at == 0 {
		return 0
	}
	held, err := s.Held()
	if err != nil || held < 1 {
		held = 0
	}
	return min(max(s.at-held, 1), size-1)
}
