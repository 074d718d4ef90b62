package link

// broken tells of a label that broke off on a device, until another has gone out behind it.
type broken struct {
	end []byte // see Resyncer; empty where nothing is to be written
	off bool
}

// ahead is what goes out before the next label.
func (b *broken) ahead() []byte {
	if !b.off {
		return nil
	}
	return b.end
}
