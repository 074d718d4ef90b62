package station

import "sync"

// mailbox holds messages for the loop until it takes them. Posting never waits: neither a scanner nor an effect may ever be held up, and
// no scan may be lost, however long the loop is at the disk.
type mailbox struct {
	ready chan struct{} // holds a token while there is something to take

	mu       sync.Mutex // guards messages
	messages []any
}

func newMailbox() *mailbox { return &mailbox{ready: make(chan struct{}, 1)} }

func (m *mailbox) post(message any) {
	m.mu.Lock()
	m.messages = append(m.messages, message)
	m.mu.Unlock()
	select {
	case m.ready <- struct{}{}:
	default: // the loop knows already
	}
}

func (m *mailbox) take() []any {
	m.mu.Lock()
	defer m.mu.Unlock()
	messages := m.messages
	m.messages = nil
	return messages
}
