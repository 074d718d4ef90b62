package link

// broken tells of a label that broke off on a device, until another has gone out behind it.
type broken struct {
	end []byte // see Resyncer; empty where nothing is to be written
	off bool
}

// doubtful tells that a question might become a part of a label.
func (b *broken) doubtful() bool { return b.off && len(b.end) > 0 }

// ahead is what goes out before the next label.
func (b *broken) ahead() []byte {
	if !b.off {
		return nil
	}
	return b.end
}
