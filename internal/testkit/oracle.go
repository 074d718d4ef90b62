// Package testkit holds what tests lean on. Only tests import it.
package testkit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// RenderZPL draws every label of a ZPL stream with a renderer that is not ours (npm zpl-renderer-js) and gives the paths of
// the PNGs, one a label, in their order, each as large as its ^PW and ^LL say. dpi is 203 or 300.
func RenderZPL(t testing.TB, zpl []byte, dpi int) []string {
	t.Helper()
	return render(t, "zpl-renderer-js", "render.mjs", zpl, fmt.Sprint(dpi))
}

// RenderESCPOS draws every label of an ESC/POS stream, each ended by FF, with an interpreter that is not ours (npm npos) and gives the
// paths of the pictures (PGM), one a label, in their order, each as wide as its rows, which are whole bytes.
func RenderESCPOS(t testing.TB, escpos []byte) []string {
	t.Helper()
	return render(t, "npos", "escpos.mjs", escpos)
}

// render has a script of scripts/oracle draw labels with a package.
func render(t testing.TB, needed, script string, labels []byte, args ...string) []string {
	t.Helper()
	oracle := filepath.Join(root(t), "scripts", "oracle")
	need(t, "node")
	if _, err := os.Stat(filepath.Join(oracle, "node_modules", needed)); err != nil {
		t.Fatalf("%s, which draws labels for the tests, is not installed; run `make oracle`: %v", needed, err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "labels")
	if err := os.WriteFile(file, labels, 0o600); err != nil {
		t.Fatal(err)
	}
	pictures := filepath.Join(dir, "pictures")
	run(t, "node", append([]string{filepath.Join(oracle, script), file, pictures}, args...)...)
	paths, err := filepath.Glob(filepath.Join(pictures, "*")) // sorted
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// ReadCodes gives the texts of all codes on a picture as zbarimg reads them, in its order, a line
// of text each. A picture without any fails the test.
func ReadCodes(t testing.TB, png string) []string {
	t.Helper()
	need(t, "zbarimg")
	return strings.FieldsFunc(run(t, "zbarimg", "-q", "--nodbus", "--raw", png), func(r rune) bool { return r == '\n' })
}

func need(t testing.TB, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Fatalf("%s is missing; `make test` says how to install what the tests need: %v", program, err)
	}
}

func run(t testing.TB, program string, args ...string) string {
	t.Helper()
	var out, said strings.Builder
	command := exec.CommandContext(t.Context(), program, args...)
	command.Stdout, command.Stderr = &out, &said
	if err := command.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, said.String())
	}
	return out.String()
}

// root is the project's folder, found from this file.
func root(t testing.TB) string {
	t.Helper()
	_, file, _, ok := runtime.Caller(0)
	if !ok {
		t.Fatal("this test does not know where its source lies")
	}
	return filepath.Join(filepath.Dir(file), "..", "..")
}
