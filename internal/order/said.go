package order

import "errors"

// Said is a sentence for a person: the key of its translations and what fills their blanks.
// It is a value, so that the pure core can speak without knowing a language.
type Said struct {
	Key  string         `json:"key"`
	With map[string]any `json:"with,omitempty"`
}

// Say makes a sentence from its key and pairs of blank name and value.
func Say(key string, pairs ...any) Said {
	s := Said{Key: key}
	for i := 0; i+1 < len(pairs); i += 2 {
		if s.With == nil {
			s.With = map[string]any{}
		}
		s.With[pairs[i].(string)] = pairs[i+1]
	}
	return s
}

// Problem is an error a person has to do something about. Its sentence's key is also its stable code.
type Problem struct {
	Said
	Cause error // for the log; may be nil
}

// Trouble makes a Problem out of a sentence and what caused it.
func Trouble(cause error, key string, pairs ...any) *Problem {
	return &Problem{Said: Say(key, pairs...), Cause: cause}
}

// Error is for logs: the stable code and the cause.
func (p *Problem) Error() string {
	if p.Cause == nil {
		return p.Key
	}
	return p.Key + ": " + p.Cause.Error()
}

// Unwrap gives the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// AsProblem finds the Problem in an error's chain. An error without one becomes a Problem of the code bench.failed; nil stays nil.
func AsProblem(err error) *Problem {
	if err == nil {
		return nil
	}
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return Trouble(err, "bench.failed")
}
