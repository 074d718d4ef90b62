package link

import (
	"context"
	"errors"
	"io"
	"sync"
	"unsafe"

	"golang.org/x/sys/windows"

	"packbench/internal/order"
)

// What winspool.drv offers (winspool.h).
var (
	winspool         = windows.NewLazySystemDLL("winspool.drv")
	openPrinter      = winspool.NewProc("OpenPrinterW")
	closePrinter     = winspool.NewProc("ClosePrinter")
	startDocPrinter  = winspool.NewProc("StartDocPrinterW")
	endDocPrinter    = winspool.NewProc("EndDocPrinter")
	startPagePrinter = winspool.NewProc("StartPagePrinter")
	endPagePrinter   = winspool.NewProc("EndPagePrinter")
	writePrinter     = winspool.NewProc("WritePrinter")
	setJob           = winspool.NewProc("SetJobW")
)

const (
	jobControlDelete = 5    // JOB_CONTROL_DELETE
	invalidPrinter   = 1801 // ERROR_INVALID_PRINTER_NAME
)

// docInfo is DOC_INFO_1W. Its texts are UTF-16.
type docInfo struct{ document, output, datatype *uint16 }

// spooler is a printer of Windows' spooler.
type spooler struct {
	name string

	mu     sync.Mutex // held while something is sent
	closed bool
}

// Reach opens the printer and gives it back.
func (l *spooler) Reach(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	h, err := l.open(ctx)
	if err != nil {
		return err
	}
	return do(closePrinter, h)
}

func (l *spooler) open(ctx context.Context) (h uintptr, err error) {
	if l.closed {
		return 0, ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	name, err := windows.UTF16PtrFromString(l.name)
	if err != nil {
		return 0, order.Trouble(err, "printer.no_queue", "queue", l.name)
	}
	if err := do(openPrinter, uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&h)), 0); err != nil {
		return 0, l.problem(err)
	}
	return h, nil
}

// do calls a function of the spooler, all of which answer 0 when they fail. What arguments point to stays where it is meanwhile.
//
//go:uintptrescapes
func do(call *windows.LazyProc, arguments ...uintptr) error {
	if ok, _, err := call.Call(arguments...); ok == 0 {
		return err
	}
	return nil
}

func (l *spooler) problem(err error) error {
	if errors.Is(err, windows.Errno(invalidPrinter)) {
		return order.Trouble(err, "printer.no_queue", "queue", l.name)
	}
	return order.Trouble(err, "printer.queue_refused", "queue", l.name)
}

// Send makes one job of the label. The spooler takes it into a file, so ctx is looked at only before.
func (l *spooler) Send(ctx context.Context, label []byte) (n int, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h, err := l.open(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { _ = do(closePrinter, h) }() // the job is complete or deleted by then
	if len(label) == 0 {
		return 0, nil
	}
	name, raw := windows.StringToUTF16Ptr("Packbench label"), windows.StringToUTF16Ptr("RAW")
	info := docInfo{document: name, datatype: raw}
	job, _, err := startDocPrinter.Call(h, 1, uintptr(unsafe.Pointer(&info)))
	if job == 0 {
		return 0, l.problem(err)
	}
	n, err = spool(h, label)
	if err == nil {
		return n, nil
	}
	// What is deleted before its document ended has not begun, unless the printer is set to print while it is spooled; n tells how much that may be.
	err = errors.Join(l.problem(err), do(setJob, h, job, 0, 0, jobControlDelete), do(endDocPrinter, h))
	return min(n, len(label)-1), err
}

// spool writes the label as the one page of a document that was started, and ends it.
func spool(h uintptr, label []byte) (n int, err error) {
	if err := do(startPagePrinter, h); err != nil {
		return 0, err
	}
	for n < len(label) {
		var written uint32
		piece := label[n:min(n+(64<<10), len(label))]
		err := do(writePrinter, h, uintptr(unsafe.Pointer(&piece[0])), uintptr(len(piece)), uintptr(unsafe.Pointer(&written)))
		n += int(written)
		if err != nil {
			return n, err
		}
		if written == 0 {
			return n, io.ErrShortWrite
		}
	}
	if err := do(endPagePrinter, h); err != nil {
		return n, err
	}
	return n, do(endDocPrinter, h)
}

// Close has nothing to give back: each label opens the printer by itself.
func (l *spooler) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	return nil
}
