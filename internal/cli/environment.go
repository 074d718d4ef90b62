// Package cli holds the verbs without a window. They do their work through the same code as the window.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gopkg.in/natefinch/lumberjack.v2"

	"packbench/internal/order"
	"packbench/internal/words"
)

// The exit codes of every verb (design 4).
const (
	ExitDone        = 0
	ExitFailed      = 1
	ExitUsage       = 2
	ExitNeedsPerson = 3
)

// ErrNeedsPerson ends a verb that did its work but leaves something for a person to decide.
var ErrNeedsPerson = errors.New("something is left for a person to decide")

// Environment is what a verb runs in.
type Environment struct {
	Context context.Context
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	Dir     string // the bench's folder
	DirSaid bool   // somebody named that folder
	Now     func() time.Time
	Tongue  words.Tongue

	// Understand reads a command line without the program's name. nil: none can be done for others.
	Understand func(args []string) (Verb, error)

	// Of a verb that is done for somebody else, by the program that has the folder open.
	Bench  *Bench // open already
	Folder string // where the names of the caller's files start from; empty is this program's own working folder
}

// DefaultDir is where a bench's files live unless --dir says otherwise: the system's own place for settings.
func DefaultDir() string {
	base, err := os.UserConfigDir()
	if err != nil {
		return "packbench-bench"
	}
	return filepath.Join(base, "packbench")
}

// LanguageOf is the language a computer is set to, from LC_ALL, LC_MESSAGES or LANG.
func LanguageOf(getenv func(string) string) words.Language {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			if strings.HasPrefix(strings.ToLower(value), "zh") {
				return words.Chinese
			}
			return words.English
		}
	}
	return words.English
}

// Finish tells a person how a verb ended and gives its exit code.
func (e *Environment) Finish(err error) int {
	switch {
	case err == nil:
		return ExitDone
	case errors.Is(err, ErrNeedsPerson):
		return ExitNeedsPerson
	}
	problem := order.AsProblem(err)
	fmt.Fprintf(e.Stderr, "packbench: %s\n", e.Tongue.Say(problem.Said))
	fmt.Fprintf(e.Stderr, "  [%s]\n", problem.Error())
	if usage[problem.Key] || strings.HasPrefix(problem.Key, "usage.") {
		return ExitUsage
	}
	return ExitFailed
}

// usage are the problems that lie in how a verb was called, besides those whose keys begin with "usage.".
var usage = map[string]bool{"printer.address": true, "scans.line": true,
	"login.missing": true, "login.no_code": true, "sandbox.fault": true, "sandbox.speed": true,
	"people.name": true, "people.badge": true, "people.role": true, "people.pin": true, "people.needs_pin": true,
	"scanner.address": true, "scanner.no_window": true, "paper.no_parcel": true,
	"catalogue.why.column": true, "export.too_many_late": true, "export.too_long": true, "export.too_many": true}

// Line writes one object a line.
func (e *Environment) Line(value any) error {
	encoder := json.NewEncoder(e.Stdout)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// Log opens the bench's log, which turns over at 10 MB and keeps five old ones for 30 days.
func Log(dir string) (*slog.Logger, io.Closer) {
	file := &lumberjack.Logger{Filename: filepath.Join(dir, "logs", "packbench.log"), MaxSize: 10, MaxBackups: 5, MaxAge: 30}
	return slog.New(slog.NewJSONHandler(file, nil)), file
}

// tell writes a sentence for people.
func (e *Environment) tell(said order.Said) error {
	_, err := fmt.Fprintln(e.Stdout, e.Tongue.Say(said))
	return err
}
