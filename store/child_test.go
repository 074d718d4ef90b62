package store

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// childJob names what this test program is to do, with a folder behind it, when it was started by one of its own tests.
const childJob = "PACKBENCH_STORE_CHILD"

// childJobs are what a child does. It ends with an error, or is killed.
var childJobs = map[string]func(dir string) error{}

func TestMain(m *testing.M) {
	if job := childJobs[os.Getenv(childJob)]; job != nil {
		if err := job(os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child is this test program doing a job in a folder, not started yet.
func child(t *testing.T, job, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, dir)
	cmd.Env = append(os.Environ(), childJob+"="+job)
	cmd.Stderr = os.Stderr
	return cmd
}

// numbered is the n-th event of a journal, from 1.
func numbered(n uint64) order.Event {
	return order.Event{Kind: order.Taken, Parcel: order.ParcelKey(fmt.Sprint("P", n%50)), Code: fmt.Sprint("event ", n), At: noon}
}

// journalled reads all events of an open store and checks that they are the numbered ones, without a gap.
func journalled(t *testing.T, s *Store) uint64 {
	t.Helper()
	var n uint64
	err := s.journal.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketEvents).ForEach(func(k, _ []byte) error {
			n++
			e, err := get[order.Event](tx, bucketEvents, k)
			if err == nil && (e.Seq != n || e.Code != numbered(n).Code) {
				t.Errorf("event %d is %+v", n, e)
			}
			return err
		})
	})
	if err != nil {
		t.Error(err)
	}
	return n
}

// checked opens a folder and checks both files with bbolt's own check.
func checked(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, f := range []*file{s.journal, s.cache} {
		if err := f.View(func(tx *bolt.Tx) error {
			for err := range tx.Check() {
				t.Errorf("%s: %v", filepath.Base(f.path), err)
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
	if s.CacheThrownAway() != nil {
		t.Error(s.CacheThrownAway())
	}
	return s
}

// killed runs a child's job in a folder, kills it some time after its first word, and returns the last number it said was journalled.
func killed(t *testing.T, job, dir string, after time.Duration) uint64 {
	t.Helper()
	cmd := child(t, job, dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var last uint64
	lines := bufio.NewScanner(out)
	for said := false; lines.Scan(); said = true {
		if _, err := fmt.Sscan(lines.Text(), &last); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		if !said {
			timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may have ended with an error
			defer timer.Stop()
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("the child was not killed: %v", err)
	}
	return last
}

// appendNumbered appends the next event and says so.
func appendNumbered(s *Store, n uint64) error {
	if err := s.Append([]order.Event{numbered(n)}); err != nil {
		return err
	}
	fmt.Println(n)
	return nil
}

// eventCount is how many events a journal holds.
func eventCount(s *Store) (n uint64, err error) {
	err = s.journal.View(func(tx *bolt.Tx) error {
		n = tx.Bucket(bucketEvents).Sequence()
		return nil
	})
	return n, err
}
