package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/internal/words"
)

// serving is a sandbox verb at work.
type serving struct {
	base  string
	lines []map[string]any // what it said, the last line included
	stop  func() (code int, stderr string)
}

// serve runs the verb until it listens.
func serve(t *testing.T, v *Sandbox) serving {
	t.Helper()
	tongue, err := words.In(words.English)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	var stderr bytes.Buffer
	e := &Environment{Context: ctx, Stdout: writer, Stderr: &stderr, Now: time.Now, Tongue: tongue}
	ended := make(chan int, 1)
	go func() {
		code := e.Finish(v.Run(e))
		writer.Close()
		ended <- code
	}()
	s := serving{stop: func() (int, string) { cancel(); return <-ended, stderr.String() }}
	said := bufio.NewScanner(reader)
	for s.base == "" && said.Scan() {
		var line map[string]any
		if err := json.Unmarshal(said.Bytes(), &line); err != nil {
			t.Fatalf("%v in %s", err, said.Text())
		}
		s.lines = append(s.lines, line)
		s.base, _ = line["listening"].(string)
	}
	if s.base == "" {
		code, text := s.stop()
		t.Fatalf("it ended with %d: %s", code, text)
	}
	return s
}

func sandboxVerb() *Sandbox {
	return &Sandbox{Listen: "127.0.0.1:0", Orders: 20, Seed: 1, Mix: "plain"}
}

func TestSandboxAsIfLive(t *testing.T) {
	dir := t.TempDir()
	v := sandboxVerb()
	v.Mix, v.Speed, v.Scenario = "full", 60, "random:4"
	v.Credentials, v.Record = filepath.Join(dir, "credentials.json"), filepath.Join(dir, "asked.jsonl")
	s := serve(t, v)
	var given struct {
		AppKey    string `json:"app_key"`
		AppSecret string `json:"app_secret"`
		AuthCode  string `json:"auth_code"`
		BaseURL   string `json:"base_url"`
		AuthURL   string `json:"auth_url"`
	}
	text, err := os.ReadFile(v.Credentials)
	if err != nil || json.Unmarshal(text, &given) != nil || given.BaseURL != s.base || given.AuthURL != s.base {
		t.Fatalf("%s, %v", text, err)
	}
	if info, err := os.Stat(v.Credentials); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	query := url.Values{"app_key": {given.AppKey}, "app_secret": {given.AppSecret}, "auth_code": {given.AuthCode}, "grant_type": {"authorized_code"}}
	answer, err := http.Get(s.base + "/api/v2/token/get?" + query.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var got struct{ Code *int }
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil || got.Code == nil || *got.Code != 0 {
		t.Errorf("the code is not taken: %v, %v", got, err)
	}
	if code, stderr := s.stop(); code != ExitDone {
		t.Errorf("it ended with %d: %s", code, stderr)
	}
	if len(s.lines) != 3 || s.lines[0]["app_key"] != given.AppKey || s.lines[0]["consent"] != s.base+"/open/authorize?service_id=1" || s.lines[1]["scenario"] == nil {
		t.Errorf("it said %v", s.lines)
	}
	record, err := os.ReadFile(v.Record)
	if err != nil || strings.Count(string(record), "\n") != 1 || !strings.Contains(string(record), `"path":"/api/v2/token/get"`) ||
		strings.Contains(string(record), given.AppSecret) || strings.Contains(string(record), given.AuthCode) {
		t.Errorf("recorded %s, %v", record, err)
	}
}

func TestSandboxByFlags(t *testing.T) {
	v := sandboxVerb()
	v.Fault = []string{"html_503=1"}
	s := serve(t, v)
	answer, err := http.Get(s.base + "/order/202507/orders")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusServiceUnavailable || len(s.lines) != 1 {
		t.Errorf("status %d, it said %v", answer.StatusCode, s.lines)
	}
	s.stop()
}

func TestSandboxSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "scenario.json")
	if err := os.WriteFile(file, []byte(`{"entries":[{"what":"cut"},{"what":"cancel","order":"#99"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(dir, "bad.json")
	if err := os.WriteFile(bad, []byte(`{"entries":[{"what":"slow"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Sandbox)
		code   int
		says   string
	}{
		"no such fault":       {func(v *Sandbox) { v.Fault = []string{"flood"} }, ExitUsage, "sandbox.fault"},
		"no such order":       {func(v *Sandbox) { v.Scenario = file }, ExitFailed, "entry 2 (cancel): there is no order #99, only 20"},
		"bad entry":           {func(v *Sandbox) { v.Scenario = bad }, ExitFailed, "entry 1 (slow): by says how much"},
		"no such file":        {func(v *Sandbox) { v.Scenario = filepath.Join(dir, "none") }, ExitFailed, "sandbox.scenario"},
		"no seed":             {func(v *Sandbox) { v.Scenario = "random:x" }, ExitFailed, "sandbox.scenario"},
		"backwards":           {func(v *Sandbox) { v.Speed = -1 }, ExitUsage, "sandbox.speed"},
		"record nowhere":      {func(v *Sandbox) { v.Record = filepath.Join(dir, "none", "x") }, ExitFailed, "sandbox.record"},
		"credentials nowhere": {func(v *Sandbox) { v.Credentials = filepath.Join(dir, "none", "x") }, ExitFailed, "sandbox.credentials"},
	} {
		v := sandboxVerb()
		c.change(v)
		tongue, err := words.In(words.English)
		if err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		e := &Environment{Context: t.Context(), Stdout: io.Discard, Stderr: &stderr, Now: time.Now, Tongue: tongue}
		if code := e.Finish(v.Run(e)); code != c.code || !strings.Contains(stderr.String(), c.says) {
			t.Errorf("%s: exit code %d, %s", name, code, stderr.String())
		}
	}
}
