package linktest

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"packbench/printer/link"
)

// asking are the demands on links that ask.
var asking = []Case{
	{Name: "a question is answered between labels", Run: answered, Answers: true},
	{Name: "status while busy", Run: whileBusy, Stalls: true, Answers: true},
	{Name: "a silent device", Run: silent, Answers: true},
	{Name: "answer in pieces", Run: pieces, Answers: true},
	{Name: "an answer that may have ended", Run: mayHaveEnded, Answers: true},
	{Name: "half an answer", Run: halfAnswer, Answers: true},
	{Name: "stale answer", Run: stale, Answers: true},
	{Name: "a question to a device that takes nothing", Run: takesNothing, Stalls: true, Replugs: true, Answers: true},
	{Name: "a question given up", Run: givenUp, Answers: true},
	{Name: "within a label nothing is asked", Run: withinALabel, Stalls: true, Resumes: true, Answers: true},
	{Name: "a question to a device that vanished", Run: askedVanished, Answers: true},
	{Name: "after close nothing is asked", Run: askedAfterClose, Answers: true},
	{Name: "a half label is ended before the next", Run: endsHalf, Stalls: true, Replugs: true, Answers: true},
	{Name: "what an interrupted program left is ended", Run: interrupted, Answers: true},
}

const (
	soon  = 5 * time.Second        // for an answer that comes
	never = 100 * time.Millisecond // for one that does not
)

var question, answer = []byte("how are you?"), []byte("well, thanks")

// until is an answer of that size.
func until(size int) func([]byte) link.Heard {
	return func(answer []byte) link.Heard {
		if len(answer) < size {
			return link.Part
		}
		return link.Whole
	}
}

// reply has the device say something once it has received so many bytes in all.
func reply(t *testing.T, d Device, received int, said ...[]byte) {
	go func() {
		d.Received(t, received)
		for _, piece := range said {
			d.Say(piece)
			time.Sleep(5 * time.Millisecond)
		}
	}()
}

func ask(t *testing.T, d Device, question []byte, heard func([]byte) link.Heard, within time.Duration) ([]byte, error) {
	return d.Link.(link.Asker).Ask(t.Context(), question, heard, within)
}

func mustAnswer(t *testing.T, d Device, want []byte) {
	t.Helper()
	if got, err := ask(t, d, question, until(len(want)), soon); err != nil || !bytes.Equal(got, want) {
		t.Fatalf("answered %q: %v, want %q", got, err, want)
	}
}

func mustArrive(t *testing.T, d Device, parts ...[]byte) {
	t.Helper()
	want := bytes.Join(parts, nil)
	if got := d.Received(t, len(want)); !bytes.Equal(got, want) {
		t.Fatalf("arrived: %d bytes that are not the %d sent: %.60q", len(got), len(want), got)
	}
}

func answered(t *testing.T, d Device) {
	mustSend(t, d, label(1, 1000))
	reply(t, d, len(label(1, 1000))+len(question), answer)
	mustAnswer(t, d, answer)
	mustSend(t, d, label(2, 1000))
	mustClose(t, d)
	mustArrive(t, d, label(1, 1000), question, label(2, 1000))
}

// whileBusy: a question does not get into a label, nor wait for ever behind one.
func whileBusy(t *testing.T, d Device) {
	mustSend(t, d, label(1, 100))
	d.Received(t, len(label(1, 100)))
	d.StopReading()
	whole := label(2, 1<<20)
	ctx, done := context.WithCancel(t.Context())
	defer done()
	sent := make(chan error, 1)
	go func() {
		_, err := d.Link.Send(ctx, whole)
		sent <- err
	}()
	for {
		began := time.Now()
		_, err := ask(t, d, nil, until(1), never)
		if took := time.Since(began); took > never+time.Second {
			t.Fatalf("a question waited %s", took)
		}
		if errors.Is(err, link.ErrBusy) {
			break
		}
		if !errors.Is(err, link.ErrSilent) { // the label has not begun
			t.Fatalf("asked: %v", err)
		}
	}
	d.StartReading()
	if err := <-sent; err != nil {
		t.Fatal(err)
	}
	reply(t, d, len(label(1, 100))+len(whole)+len(question), answer)
	mustAnswer(t, d, answer)
	mustClose(t, d)
	mustArrive(t, d, label(1, 100), whole, question)
}

func silent(t *testing.T, d Device) {
	began := time.Now()
	if got, err := ask(t, d, question, until(1), never); !errors.Is(err, link.ErrSilent) || len(got) != 0 {
		t.Fatalf("answered %q: %v", got, err)
	}
	if took := time.Since(began); took < never || took > never+2*time.Second {
		t.Errorf("it was waited for %s", took)
	}
	mustSend(t, d, label(1, 1000))
	mustClose(t, d)
	mustArrive(t, d, question, label(1, 1000))
}

func pieces(t *testing.T, d Device) {
	reply(t, d, len(question), answer[:1], answer[1:5], answer[5:])
	mustAnswer(t, d, answer)
}

// mayHaveEnded: the second part belongs to it, and the third does not come.
func mayHaveEnded(t *testing.T, d Device) {
	reply(t, d, len(question), answer[:5], answer[5:])
	began := time.Now()
	got, err := ask(t, d, question, func([]byte) link.Heard { return link.Enough }, soon)
	if err != nil || !bytes.Equal(got, answer) || time.Since(began) > soon {
		t.Errorf("answered %q: %v, after %s", got, err, time.Since(began))
	}
}

func halfAnswer(t *testing.T, d Device) {
	reply(t, d, len(question), answer[:5])
	if got, err := ask(t, d, question, until(len(answer)), 300*time.Millisecond); !errors.Is(err, link.ErrSilent) || !bytes.Equal(got, answer[:5]) {
		t.Errorf("answered %q: %v", got, err)
	}
}

func stale(t *testing.T, d Device) {
	mustSend(t, d, label(1, 100))
	d.Received(t, len(label(1, 100)))
	for range 20 {
		d.Say([]byte("paper out"))
	}
	reply(t, d, len(label(1, 100))+len(question), answer)
	mustAnswer(t, d, answer)
}

// takesNothing puts a question that is larger than all buffers. Its half must run into no label.
func takesNothing(t *testing.T, d Device) {
	mustSend(t, d, label(1, 100))
	d.Received(t, len(label(1, 100)))
	d.StopReading()
	began := time.Now()
	long := bytes.Repeat([]byte("? "), d.swallows()/2)
	for range 2 {
		if _, err := ask(t, d, long, until(1), never); !errors.Is(err, link.ErrSilent) {
			t.Fatal(err)
		}
		if !d.Resumes {
			break
		}
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it was waited for %s", took)
	}
	if !d.Resumes { // the connection is closed, and the half question with it
		d.Vanish()
		d.Replug()
		mustSend(t, d, label(2, 1000))
		mustClose(t, d)
		mustArrive(t, d, label(2, 1000))
		return
	}
	d.StartReading()
	mustSend(t, d, label(2, 1000))
	mustClose(t, d)
	mustArrive(t, d, label(1, 100), long, label(2, 1000))
}

func givenUp(t *testing.T, d Device) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() { d.Received(t, len(question)); cancel() }()
	if _, err := d.Link.(link.Asker).Ask(ctx, question, until(1), time.Minute); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	reply(t, d, 2*len(question), answer)
	mustAnswer(t, d, answer)
}

func withinALabel(t *testing.T, d Device) {
	d.StopReading()
	whole, _ := stall(t, d)
	if _, err := ask(t, d, question, until(1), never); !errors.Is(err, link.ErrHalf) {
		t.Fatal(err)
	}
	d.StartReading()
	mustSend(t, d, whole)
	reply(t, d, len(whole)+len(question), answer)
	mustAnswer(t, d, answer)
	mustArrive(t, d, whole, question)
}

func askedVanished(t *testing.T, d Device) {
	mustSend(t, d, label(1, 100))
	d.Received(t, len(label(1, 100)))
	d.Vanish()
	_, err := ask(t, d, question, until(1), soon)
	wantProblem(t, 0, 1, err, d.GoneKeys)
}

func askedAfterClose(t *testing.T, d Device) {
	mustClose(t, d)
	if _, err := ask(t, d, question, until(1), never); !errors.Is(err, link.ErrClosed) {
		t.Error(err)
	}
}

// endsHalf: what ends a half label goes out before the next one, also if that is the same and begins anew, and only then.
func endsHalf(t *testing.T, d Device) {
	end := []byte("<end>")
	d.Link.(link.Resyncer).Resync(end, false)
	d.StopReading()
	whole, _ := stall(t, d)
	d.Vanish()
	d.Replug()
	mustSend(t, d, whole)
	mustSend(t, d, label(2, 1000))
	mustClose(t, d)
	mustArrive(t, d, end, whole, label(2, 1000))
}

func interrupted(t *testing.T, d Device) {
	d.Link.(link.Resyncer).Resync([]byte("<end>"), true)
	mustSend(t, d, label(1, 1000))
	mustSend(t, d, label(2, 1000))
	mustClose(t, d)
	mustArrive(t, d, []byte("<end>"), label(1, 1000), label(2, 1000))
}
