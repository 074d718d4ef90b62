package virtual

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"sync"
)

// line is one connection to the machine.
type line struct {
	io.ReadWriteCloser
	at      plug // nil where it was attached by itself
	answers chan []byte
	over    bool // with the machine's mu held; nothing more comes or goes
}

// readAtOnce is what a machine takes off a line before it looks at it.
const readAtOnce = 4 << 10

// answersHeld is how many answers a machine keeps for somebody who does not listen.
const answersHeld = 64

// say puts an answer on the line, unless nobody listens.
func (l *line) say(answer []byte) {
	if l.over {
		return
	}
	select {
	case l.answers <- answer:
	default:
	}
}

// Attach connects a line of any kind, such as one end of a net.Pipe, for as long as it lasts: until the peer closes it, or the machine is unplugged or
// switched off, which closes it. A machine that is either closes it at once.
func (d *Device) Attach(stream io.ReadWriteCloser) { d.attach(stream, nil, func() {}) }

// attach calls left when the line is over and closed.
func (d *Device) attach(stream io.ReadWriteCloser, at plug, left func()) {
	l := &line{ReadWriteCloser: stream, at: at, answers: make(chan []byte, answersHeld)}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines[l] = true
	if d.off || d.unplugged {
		d.drop(l)
	}
	var ways sync.WaitGroup
	ways.Go(func() { d.receive(l) })
	ways.Go(func() {
		for answer := range l.answers {
			if _, err := l.Write(answer); err != nil {
				return // whoever asked has gone
			}
		}
	})
	go func() {
		ways.Wait()
		d.mu.Lock()
		delete(d.lines, l)
		d.mu.Unlock()
		_ = l.Close() // a second time where the machine closed it
		left()
	}()
}

// receive takes in what comes until the line is over.
func (d *Device) receive(l *line) {
	chunk := make([]byte, readAtOnce)
	for {
		d.mu.Lock()
		n := d.ready(l, len(chunk))
		d.mu.Unlock()
		if n == 0 {
			return
		}
		n, gone := l.Read(chunk[:n])
		for brought := chunk[:n]; len(brought) > 0; {
			n := d.take(l, brought)
			if n == 0 {
				return
			}
			brought = brought[n:]
		}
		if gone != nil {
			d.mu.Lock()
			d.end(l)
			d.step()
			d.release()
			return
		}
	}
}

// end takes nothing more from a line. Half a label from it is lost, unless the machine KeepsHalf.
func (d *Device) end(l *line) {
	if l.over {
		return
	}
	l.over = true
	close(l.answers)
	switch {
	case d.from != l:
	case d.body.KeepsHalf:
		d.from = nil
	default:
		d.forget()
	}
}

// drop breaks a line off, as a cable that is pulled does.
func (d *Device) drop(l *line) {
	d.end(l)
	if tcp, ok := l.ReadWriteCloser.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // the peer is to notice; a connection that is gone already need not
	}
	_ = l.Close()
}

// cut throws a switch that breaks all lines.
func (d *Device) cut(change func()) {
	d.cables.Lock()
	d.mu.Lock()
	change()
	for l := range d.lines {
		d.drop(l)
	}
	d.changed.Broadcast()
	d.mu.Unlock()
	for _, p := range d.plugs {
		p.down()
	}
	d.cables.Unlock()
	d.mu.Lock()
	d.release()
}

// join throws a switch that may let the ports come up again.
func (d *Device) join(change func()) (err error) {
	d.cables.Lock()
	d.mu.Lock()
	change()
	up := !d.off && !d.unplugged
	d.mu.Unlock()
	for _, p := range d.plugs {
		if up {
			err = errors.Join(err, p.up())
		}
	}
	d.cables.Unlock()
	d.throw(func() {})
	return err
}

// plug is a port of the machine. up and down are called one at a time, and may find it so already.
type plug interface {
	up() error
	down()
}

// plugIn makes a port the machine's, up or down as the machine is.
func (d *Device) plugIn(p plug) error {
	d.cables.Lock()
	defer d.cables.Unlock()
	d.mu.Lock()
	up := !d.off && !d.unplugged
	d.mu.Unlock()
	if up {
		if err := p.up(); err != nil {
			return err
		}
	} else {
		p.down()
	}
	d.plugs = append(d.plugs, p)
	return nil
}

// pullOut takes a port away for good.
func (d *Device) pullOut(p plug) {
	d.cables.Lock()
	defer d.cables.Unlock()
	d.plugs = slices.DeleteFunc(d.plugs, func(other plug) bool { return other == p })
	p.down()
	d.mu.Lock()
	defer d.mu.Unlock()
	for l := range d.lines {
		if l.at == p {
			d.drop(l)
		}
	}
	d.changed.Broadcast()
}

// Serve is the machine at a TCP port (9100 on real ones), until ctx ends. It takes any number of connections, but half a label must be ended by the
// connection it came from before another one's bytes are read. While the machine is switched off or unplugged the port refuses connections: the listener is
// closed, and another one opened at its address afterwards. It fails when the port cannot accept; it closes the listener.
func (d *Device) Serve(ctx context.Context, listener net.Listener) error {
	s := &socket{device: d, address: listener.Addr(), listener: listener, failed: make(chan error, 1)}
	s.accept(listener)
	if err := d.plugIn(s); err != nil {
		return err
	}
	defer s.busy.Wait()
	defer d.pullOut(s)
	select {
	case err := <-s.failed:
		return err
	case <-ctx.Done():
		return nil
	}
}

// socket is a TCP port.
type socket struct {
	device   *Device
	address  net.Addr
	listener net.Listener // nil while the port refuses
	failed   chan error
	accepts  sync.WaitGroup
	busy     sync.WaitGroup // with connections
}

func (s *socket) up() (err error) {
	if s.listener != nil {
		return nil
	}
	listener, err := net.Listen(s.address.Network(), s.address.String())
	if err != nil {
		return err
	}
	s.listener = listener
	s.accept(listener)
	return nil
}

func (s *socket) down() {
	if s.listener != nil {
		_ = s.listener.Close()
		s.accepts.Wait() // nobody comes in afterwards
		s.listener = nil
	}
}

func (s *socket) accept(listener net.Listener) {
	s.accepts.Go(func() {
		for {
			conn, err := listener.Accept()
			switch {
			case errors.Is(err, net.ErrClosed):
				return
			case err != nil:
				select {
				case s.failed <- err:
				default: // one is enough
				}
				return
			}
			s.busy.Add(1)
			s.device.attach(conn, s, s.busy.Done)
		}
	})
}
