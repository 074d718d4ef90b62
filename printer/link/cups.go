package link

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"packbench/internal/order"
	"packbench/printer/ipp"
)

const (
	// cupsRaw is the format CUPS passes on untouched, whatever the queue's driver; cupsBytes is what services that do not know it take.
	cupsRaw, cupsBytes = "application/vnd.cups-raw", "application/octet-stream"
	// cupsJob is the name of our jobs in the queue, by which they are found again; papers of ours are no labels.
	cupsJob, cupsPaper = "Packbench label", "Packbench paper"
	// cupsPDF is what every office printer's queue takes.
	cupsPDF = "application/pdf"
	// cupsAnswer is how long the print service may take for one answer.
	cupsAnswer = 10 * time.Second
	// cupsPoll is the pause between two looks at a job.
	cupsPoll = 50 * time.Millisecond
)

// cups is a queue of the system's print service.
type cups struct {
	service *printService
	queue   string
	stall   time.Duration
	job     string   // its name
	formats []string // of what is sent, tried one after the other where a service does not know one

	mu     sync.Mutex // held while something is sent
	closed atomic.Bool
}

// CUPS is the link to a queue of the print service at CUPS_SERVER, or on this computer. Nothing is asked yet. A queue takes a whole label at once: *sent* means
// that the service has it and, if that happens within stall (0 means DefaultStall), that it has handed it over to the printer.
func CUPS(queue string, stall time.Duration) Link {
	return newCUPS(queue, stall, cupsJob, cupsRaw, cupsBytes)
}

// CUPSPapers is the link to a queue for documents in PDF: each Send is one. It is else like CUPS.
func CUPSPapers(queue string, stall time.Duration) Link {
	return newCUPS(queue, stall, cupsPaper, cupsPDF)
}

func newCUPS(queue string, stall time.Duration, job string, formats ...string) *cups {
	if stall <= 0 {
		stall = DefaultStall
	}
	return &cups{service: newPrintService(os.Getenv("CUPS_SERVER")), queue: queue, stall: stall, job: job, formats: formats}
}

// printService is where IPP is spoken.
type printService struct {
	address string // to show
	base    string // http://host:port
	client  *http.Client
}

// newPrintService takes what CUPS_SERVER may hold: nothing, a host with or without a port, or the path of a socket.
func newPrintService(server string) *printService {
	transport := &http.Transport{Proxy: nil} // a print service is near
	s := &printService{address: server, client: &http.Client{Transport: transport, Timeout: cupsAnswer}}
	if strings.HasPrefix(server, "/") {
		transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", server)
		}
		s.base = "http://localhost"
		return s
	}
	if server == "" {
		server = "localhost"
	}
	server, _, _ = strings.Cut(server, "/") // CUPS_SERVER may end in /version=1.1
	if _, _, err := net.SplitHostPort(server); err != nil {
		server = net.JoinHostPort(server, "631")
	}
	s.address, s.base = server, "http://"+server
	return s
}

func (s *printService) call(ctx context.Context, path string, operation uint16, document []byte, attributes ...ipp.Attribute) ([]ipp.Object, error) {
	return ipp.Call(ctx, s.client, s.base+path, operation, document, attributes...)
}

// Reach asks whether the queue takes labels, and waits until it has handed over the last one. It fails with printer.no_service (blank address),
// printer.no_queue, printer.queue_stopped, printer.queue_holds and printer.queue_refused (blank queue).
func (l *cups) Reach(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.reach(ctx)
}

func (l *cups) reach(ctx context.Context) error {
	if l.closed.Load() {
		return ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	found, err := l.ask(ctx, ipp.GetPrinter, nil, ipp.Text(ipp.Keyword, "requested-attributes", "printer-state", "printer-is-accepting-jobs"))
	if err != nil {
		return l.problem(ctx, err)
	}
	if len(found) == 0 || found[0].Number("printer-state") == ipp.PrinterStopped || found[0].Text("printer-is-accepting-jobs") == "\x00" {
		return order.Trouble(nil, "printer.queue_stopped", "queue", l.queue)
	}
	// A label behind one that does not come out would only wait there, and come out when nobody expects it.
	late := time.Now().Add(l.stall)
	for {
		jobs, err := l.ask(ctx, ipp.GetJobs, nil, ipp.Text(ipp.Keyword, "which-jobs", "not-completed"), ipp.Text(ipp.Keyword, "requested-attributes", "job-id", "job-name"))
		if err != nil {
			return l.problem(ctx, err)
		}
		if !slices.ContainsFunc(jobs, func(job ipp.Object) bool { return job.Text("job-name") == l.job }) {
			return nil
		}
		if time.Now().After(late) {
			return order.Trouble(nil, "printer.queue_holds", "queue", l.queue)
		}
		if err := pause(ctx, cupsPoll); err != nil {
			return err
		}
	}
}

// ask asks about the queue, or about a job of it where the attributes name one.
func (l *cups) ask(ctx context.Context, operation uint16, document []byte, attributes ...ipp.Attribute) ([]ipp.Object, error) {
	path := "/printers/" + url.PathEscape(l.queue)
	attributes = append([]ipp.Attribute{ipp.Text(ipp.URI, "printer-uri", "ipp://localhost"+path)}, attributes...)
	return l.service.call(ctx, path, operation, document, attributes...)
}

func (l *cups) problem(ctx context.Context, err error) error {
	var status ipp.Status
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.As(err, &status):
		return order.Trouble(err, "printer.no_service", "address", l.service.address)
	case status == ipp.NotFound:
		return order.Trouble(err, "printer.no_queue", "queue", l.queue)
	case status == ipp.NotAccepting:
		return order.Trouble(err, "printer.queue_stopped", "queue", l.queue)
	}
	return order.Trouble(err, "printer.queue_refused", "queue", l.queue)
}

// Send fails with what Reach fails with, and with printer.queue_dropped (blank queue) where somebody took the label out of the queue. A label the
// queue has begun to print counts as sent, although the printer may be out of paper: nobody could say that it will not come out.
func (l *cups) Send(ctx context.Context, label []byte) (n int, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.reach(ctx); err != nil {
		return 0, err
	}
	if len(label) == 0 {
		return 0, nil
	}
	// The job is made first, empty, so that it can be taken back if its document gets lost on the way. From here ctx does not cut what is asked: an answer
	// that nobody waits for is a label that nobody knows of.
	asked := context.WithoutCancel(ctx)
	user := ipp.Text(ipp.Name, "requesting-user-name", "packbench")
	made, err := l.ask(asked, ipp.CreateJob, nil, user, ipp.Text(ipp.Name, "job-name", l.job))
	if err != nil {
		return 0, l.problem(asked, err)
	}
	if len(made) == 0 {
		return 0, order.Trouble(nil, "printer.queue_refused", "queue", l.queue)
	}
	job := ipp.Number(ipp.Integer, "job-id", made[0].Number("job-id"))
	hand := func(format string) error {
		_, err := l.ask(asked, ipp.SendDocument, label, job, user, ipp.Text(ipp.Media, "document-format", format), ipp.Yes("last-document"))
		return err
	}
	for _, format := range l.formats {
		if err = hand(format); !errors.Is(err, ipp.FormatUnknown) {
			break
		}
	}
	if err != nil {
		return l.takeBack(asked, job, label, l.problem(asked, err))
	}
	return l.watch(ctx, job, label)
}

// watch follows the job until the queue has handed the label over, for the stall time.
func (l *cups) watch(ctx context.Context, job ipp.Attribute, label []byte) (n int, err error) {
	asked := context.WithoutCancel(ctx)
	late := time.Now().Add(l.stall)
	for {
		state, err := l.stateOf(asked, job)
		if err != nil {
			return len(label), nil // the service had all of it, and will not say more
		}
		switch state {
		case ipp.JobCompleted:
			return len(label), nil
		case ipp.JobCanceled, ipp.JobAborted:
			return min(1, len(label)-1), order.Trouble(nil, "printer.queue_dropped", "queue", l.queue)
		}
		why := ctx.Err()
		if time.Now().After(late) {
			why = order.Trouble(nil, "printer.queue_holds", "queue", l.queue)
		}
		switch {
		case why == nil:
			_ = pause(ctx, cupsPoll) // its end is seen above
		case state == ipp.JobPending || state == ipp.JobHeld:
			return l.takeBack(asked, job, label, why)
		default:
			return len(label), nil
		}
	}
}

// takeBack takes a job out of the queue that has not begun. If it began or ended meanwhile, the label counts as sent.
func (l *cups) takeBack(ctx context.Context, job ipp.Attribute, label []byte, why error) (n int, err error) {
	_, refused := l.ask(ctx, ipp.CancelJob, nil, job, ipp.Text(ipp.Name, "requesting-user-name", "packbench"))
	found, err := l.ask(ctx, ipp.GetJob, nil, job, ipp.Text(ipp.Keyword, "requested-attributes", "job-state", "time-at-processing"))
	if err != nil {
		if refused != nil { // the service is gone with the job in it
			return len(label), nil
		}
		return 0, why
	}
	if len(found) > 0 && found[0].Number("job-state") == ipp.JobCanceled && found[0].Number("time-at-processing") == 0 {
		return 0, why
	}
	return len(label), nil
}

func (l *cups) stateOf(ctx context.Context, job ipp.Attribute) (int, error) {
	found, err := l.ask(ctx, ipp.GetJob, nil, job, ipp.Text(ipp.Keyword, "requested-attributes", "job-state"))
	if err != nil {
		return 0, err
	}
	if len(found) == 0 {
		return 0, ipp.NotFound
	}
	return found[0].Number("job-state"), nil
}

// Close leaves the queue; what it holds it prints.
func (l *cups) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed.Store(true)
	l.service.client.CloseIdleConnections()
	return nil
}
