package link_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/printer/ipp"
	"packbench/printer/link"
	"packbench/printer/link/linktest"
	"packbench/printer/state"
)

// service is a print service with one queue, "zebra", whose printer does what a test says.
type service struct {
	*linktest.Taker
	server *httptest.Server

	mu      sync.Mutex
	next    int // state of the jobs that get their document
	jobs    []*job
	queue   int  // printer-state
	refuses bool // printer-is-accepting-jobs is false
	formats []string
	dumb    bool     // knows no raw format
	reasons []string // printer-state-reasons
}

type job struct {
	state, began int
	name         string
}

func newService(t *testing.T) *service {
	s := &service{Taker: linktest.NewTaker(), next: ipp.JobCompleted, queue: 3}
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.answer(t, w, r) }))
	t.Cleanup(s.server.Close)
	return s
}

func (s *service) link(t *testing.T, queue string) link.Link {
	t.Setenv("CUPS_SERVER", strings.TrimPrefix(s.server.URL, "http://"))
	l := link.CUPS(queue, 200*time.Millisecond)
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// answer speaks IPP.
func (s *service) answer(t *testing.T, w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	operation, asked, _, document, err := ipp.Parse(body)
	if err != nil || r.Header.Get("Content-Type") != "application/ipp" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	status, group, attributes := s.do(operation, r.URL.Path, asked, document)
	s.mu.Unlock()
	if _, err := w.Write(ipp.Answer(status, group, attributes...)); err != nil {
		t.Error(err)
	}
}

func (s *service) do(operation uint16, path string, asked ipp.Object, document []byte) (status ipp.Status, group byte, objects [][]ipp.Attribute) {
	if path != "/printers/zebra" || asked.Text("printer-uri") != "ipp://localhost/printers/zebra" {
		return ipp.NotFound, 0, nil
	}
	var one *job
	id := asked.Number("job-id")
	if id > 0 && id <= len(s.jobs) {
		one = s.jobs[id-1]
	}
	const jobGroup, printerGroup = 2, 4
	switch operation {
	case ipp.GetPrinter:
		accepting := ipp.Yes("printer-is-accepting-jobs")
		if s.refuses {
			accepting.Values[0] = "\x00"
		}
		return 0, printerGroup, [][]ipp.Attribute{{
			ipp.Number(ipp.Enum, "printer-state", s.queue), ipp.Text(ipp.Keyword, "printer-state-reasons", s.reasons...), accepting,
		}}
	case ipp.GetJobs:
		for i, j := range s.jobs {
			if j.state < ipp.JobCanceled {
				objects = append(objects, []ipp.Attribute{ipp.Number(ipp.Integer, "job-id", i+1), ipp.Text(ipp.Name, "job-name", j.name)})
			}
		}
		return 0, jobGroup, objects
	case ipp.CreateJob:
		s.jobs = append(s.jobs, &job{state: ipp.JobHeld, name: asked.Text("job-name")})
		return 0, jobGroup, [][]ipp.Attribute{{ipp.Number(ipp.Integer, "job-id", len(s.jobs))}}
	case ipp.SendDocument:
		s.formats = append(s.formats, asked.Text("document-format"))
		if s.dumb && asked.Text("document-format") == "application/vnd.cups-raw" {
			return ipp.FormatUnknown, 0, nil
		}
		if s.next == 0 {
			return ipp.FirstFailure, 0, nil
		}
		if one.state = s.next; one.state > ipp.JobHeld {
			one.began = 1
		}
		if one.state == ipp.JobCompleted {
			s.Add(document)
		}
		return 0, 0, nil
	case ipp.CancelJob:
		if one.state > ipp.JobHeld {
			return ipp.NotPossible, 0, nil
		}
		one.state = ipp.JobCanceled
		return 0, 0, nil
	case ipp.GetJob:
		return 0, jobGroup, [][]ipp.Attribute{{ipp.Number(ipp.Enum, "job-state", one.state), ipp.Number(ipp.Integer, "time-at-processing", one.began)}}
	}
	return ipp.Unsupported, 0, nil
}

func TestCUPSKeepsToTheDemandsOnLinks(t *testing.T) {
	linktest.Run(t, func(t *testing.T) linktest.Device {
		s := newService(t)
		return linktest.Device{Link: s.link(t, "zebra"), Received: s.Received, Vanish: s.server.Close, GoneKeys: []string{"printer.no_service"}}
	})
}

// What becomes of a label whose queue does not print it: told as not sent only where none of it can come out any more.
func TestQueuesThatDoNotPrint(t *testing.T) {
	const label = "^XA^XZ"
	for name, c := range map[string]struct {
		set   func(*service)
		n     int
		key   string
		state int // of the job in the end; 0 where there is none
	}{
		"the queue is stopped":            {func(s *service) { s.queue = ipp.PrinterStopped }, 0, "printer.queue_stopped", 0},
		"the queue takes nothing":         {func(s *service) { s.refuses = true }, 0, "printer.queue_stopped", 0},
		"it waits behind others":          {func(s *service) { s.next = ipp.JobPending }, 0, "printer.queue_holds", ipp.JobCanceled},
		"it is held":                      {func(s *service) { s.next = ipp.JobHeld }, 0, "printer.queue_holds", ipp.JobCanceled},
		"the printer is out of paper":     {func(s *service) { s.next = 5 }, len(label), "", 5},
		"the queue stopped in the middle": {func(s *service) { s.next = 6 }, len(label), "", 6},
		"somebody takes it out":           {func(s *service) { s.next = ipp.JobCanceled }, 1, "printer.queue_dropped", ipp.JobCanceled},
		"the queue gives up":              {func(s *service) { s.next = ipp.JobAborted }, 1, "printer.queue_dropped", ipp.JobAborted},
		"the document is refused":         {func(s *service) { s.next = 0 }, 0, "printer.queue_refused", ipp.JobCanceled},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t)
			c.set(s)
			n, err := s.link(t, "zebra").Send(t.Context(), []byte(label))
			if n != c.n || keyOf(err) != c.key || (err == nil) != (c.key == "") {
				t.Errorf("sent %d: %v", n, err)
			}
			state := 0
			if len(s.jobs) > 0 {
				state = s.jobs[0].state
			}
			if state != c.state {
				t.Errorf("the job ended as %d", state)
			}
		})
	}
}

// Behind a label that has not come out nothing more is put into the queue.
func TestNothingIsPutBehindALabelThatHangs(t *testing.T) {
	s := newService(t)
	s.next = 5
	l := s.link(t, "zebra")
	if n, err := l.Send(t.Context(), []byte("^XA^XZ")); n != 6 || err != nil {
		t.Fatalf("sent %d: %v", n, err)
	}
	if n, err := l.Send(t.Context(), []byte("^XA^XZ")); n != 0 || keyOf(err) != "printer.queue_holds" || len(s.jobs) != 1 {
		t.Errorf("sent %d: %v, %d jobs", n, err, len(s.jobs))
	}
	s.mu.Lock()
	s.jobs[0].state, s.next = ipp.JobCompleted, ipp.JobCompleted
	s.mu.Unlock()
	if n, err := l.Send(t.Context(), []byte("^XA^XZ")); n != 6 || err != nil {
		t.Errorf("sent %d: %v", n, err)
	}
}

func TestAnUnknownQueueAndAForeignService(t *testing.T) {
	s := newService(t)
	if n, err := s.link(t, "nobody").Send(t.Context(), []byte("^XA^XZ")); n != 0 || keyOf(err) != "printer.no_queue" {
		t.Errorf("sent %d: %v", n, err)
	}
	s.dumb = true
	if n, err := s.link(t, "zebra").Send(t.Context(), []byte("^XA^XZ")); n != 6 || err != nil || len(s.formats) != 2 || s.formats[1] != "application/octet-stream" {
		t.Errorf("sent %d: %v as %v", n, err, s.formats)
	}
}

func TestACallThatIsGivenUpTakesTheWaitingLabelBack(t *testing.T) {
	s := newService(t)
	s.next = ipp.JobPending
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
	defer cancel()
	n, err := s.link(t, "zebra").Send(ctx, []byte("^XA^XZ"))
	if n != 0 || !errors.Is(err, context.DeadlineExceeded) || (len(s.jobs) == 1 && s.jobs[0].state != ipp.JobCanceled) {
		t.Errorf("sent %d: %v, %+v", n, err, s.jobs)
	}
}

func TestAQueueTells(t *testing.T) {
	s := newService(t)
	l := s.link(t, "zebra").(link.Teller)
	if got, err := l.Tell(t.Context(), time.Second); err != nil || got != (state.State{}) {
		t.Errorf("%v, %v", got, err)
	}
	s.reasons = []string{"media-empty-error", "offline-report"}
	if got, err := l.Tell(t.Context(), time.Second); err != nil || got.String() != "paper_out,offline" {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := s.link(t, "nobody").(link.Teller).Tell(t.Context(), time.Second); keyOf(err) != "printer.no_queue" {
		t.Error(err)
	}
	s.server.Close()
	if _, err := l.Tell(t.Context(), time.Second); keyOf(err) != "printer.no_service" {
		t.Error(err)
	}
}

// A paper goes out as PDF, whatever labels wait, and a queue that takes none says so.
func TestPapersGoOutAsPDF(t *testing.T) {
	s := newService(t)
	s.link(t, "zebra") // sets the service's address
	papers := link.CUPSPapers("zebra", 200*time.Millisecond)
	s.jobs = []*job{{state: ipp.JobHeld, name: "Packbench label"}}
	n, err := papers.Send(t.Context(), []byte("%PDF"))
	if got := s.Received(t, 4); n != 4 || err != nil || string(got) != "%PDF" {
		t.Errorf("%d, %v, %q", n, err, got)
	}
	s.mu.Lock()
	if len(s.formats) != 1 || s.formats[0] != "application/pdf" || s.jobs[1].name != "Packbench paper" {
		t.Errorf("%q, %+v", s.formats, s.jobs[1])
	}
	s.next = 0
	s.mu.Unlock()
	if _, err := papers.Send(t.Context(), []byte("%PDF")); err == nil {
		t.Error("a document that was refused counts as sent")
	}
	if err := papers.Close(); err != nil {
		t.Error(err)
	}
}
