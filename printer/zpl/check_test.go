package zpl_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/printer/zpl"
)

func TestLabelsPassAsTheyAre(t *testing.T) {
	binary := "^XA^FO0,0^GFB,8,8,2,^XZ~JA^X^FS^XZ" // a picture whose bytes look like commands
	stored := "~DGR:LOGO.GRF,2,1,\nFFFF\n^XA^FO8,8^XGR:LOGO.GRF,1,1^FS^XZ"
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"one", "^XA^FO50,50^A0N,30,30^FDhello^FS^XZ", []string{"^XA^FO50,50^A0N,30,30^FDhello^FS^XZ"}},
		{"several, with lines between", "\ufeff^XA^FX one^FS^XZ\r\n\r\n^xa^pq1^xz\n", []string{"^XA^FX one^FS^XZ", "^xa^pq1^xz"}},
		{"binary pictures", binary + binary, []string{binary, binary}},
		{"a stored picture goes with its label", stored, []string{stored}},
		{"any font", "^XA^AZN,10,10^A@N,9,9,E:F.TTF^FDx^FS^XZ", []string{"^XA^AZN,10,10^A@N,9,9,E:F.TTF^FDx^FS^XZ"}},
		{"Z64", "^XA^GFA,9,9,1,:Z64:eJw=:1234^FS^XZ", []string{"^XA^GFA,9,9,1,:Z64:eJw=:1234^FS^XZ"}},
		{"one copy, said in full", "^XA^PQ1,0,0,N^XZ", []string{"^XA^PQ1,0,0,N^XZ"}},
		{"not only ASCII", "^XA^CI28^FD收件人^FS^XZ", []string{"^XA^CI28^FD收件人^FS^XZ"}},
	} {
		labels, err := zpl.Check([]byte(c.file))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got, want := bytes.Join(labels, []byte("|")), join(c.want); !bytes.Equal(got, want) {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}

func join(texts []string) []byte {
	var parts [][]byte
	for _, text := range texts {
		parts = append(parts, []byte(text))
	}
	return bytes.Join(parts, []byte("|"))
}

func TestWhatIsNoLabelIsRefused(t *testing.T) {
	const forbidden, copies, none = "zpl.command_forbidden", "zpl.copies", "zpl.not_labels"
	for _, c := range []struct{ file, key string }{
		{"^XA^JUS^XZ", forbidden}, {"^XA^JMA^XZ", forbidden}, {"^XA^KN1^XZ", forbidden}, {"^XA^IDR:*.*^FS^XZ", forbidden},
		{"^XA^DFR:X.ZPL^FS^XZ", forbidden}, {"^XA^XFR:X.ZPL^FS^XZ", forbidden}, {"^XA^CC/^XZ", forbidden}, {"^XA^HH^XZ", forbidden},
		{"^XA^SZ2^XZ", forbidden}, {"^XA^NC1^XZ", forbidden}, {"^XA^WDE:*.*^XZ", forbidden},
		{"~JA", forbidden}, {"^XA~JR^XZ", forbidden}, {"~CC!^XA^XZ", forbidden}, {"~HS", forbidden}, {"~DYE:A,B,P,1,1,x", forbidden},
		{"! U1 setvar \"x\" \"y\"\r\n^XA^XZ", forbidden}, {"! U1 do \"device.reset\"", forbidden},
		{"^XA^FDa\x1eJUS^XZ", forbidden}, {"^XA^FD\x05^XZ", forbidden}, {"\x02^FDx^FS\x03", none},
		{"^XA^PQ2^XZ", copies}, {"^XA^PQ050,0,1,N^XZ", copies}, {"^XA^PQ1,0,5^XZ", copies}, {"^XA^PQx^XZ", copies},
		{"", none}, {"hello", none}, {"^XA", none}, {"^XA^XA^XZ^XZ", none}, {"^XZ", none}, {"^FDx^FS^XA^XZ", none}, {"^XA^XZ^", none},
		{"^XAjunk^FS^XZ", none}, {"^XA^XZjunk", none}, {"^XA^XZ~DGR:A,1,1,FF", none}, {"~DGR:A,1,1,FF", none},
		{"^XA^GFB,99,99,1,abc^XZ", none}, {"^XA^GFB,x,1,1,a^XZ", none}, {"^XA^GFB,-1,1,1,a^XZ", none}, {"^XA^GFC,1^XZ", none},
		{"%PDF-1.4", none},
	} {
		labels, err := zpl.Check([]byte(c.file))
		var problem *order.Problem
		if !errors.As(err, &problem) || problem.Key != c.key || labels != nil {
			t.Errorf("%q: %d labels, %v, want %s", c.file, len(labels), err, c.key)
		}
	}
}

// A file is bounded like any other document.
func TestAFileOfTooMuchIsRefused(t *testing.T) {
	const label = "^XA^FDx^FS^XZ\n"
	for _, c := range []struct {
		what, file, key string
	}{
		{"50 labels", strings.Repeat(label, 50), ""},
		{"51 labels", strings.Repeat(label, 51), "zpl.many_labels"},
		{"100,000 commands", "^XA" + strings.Repeat("^FS", 99_998) + "^XZ", ""},
		{"100,002 commands", "^XA" + strings.Repeat("^FS", 100_000) + "^XZ", "label.too_large"},
		{"more than 20 MB", label + strings.Repeat(" ", 20<<20), "label.too_large"},
	} {
		labels, err := zpl.Check([]byte(c.file))
		var problem *order.Problem
		if c.key == "" && (err != nil || len(labels) == 0) || c.key != "" && (!errors.As(err, &problem) || problem.Key != c.key || labels != nil) {
			t.Errorf("%s: %d labels, %v, want %q", c.what, len(labels), err, c.key)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{
		"^XA^FO50,50^A0N,30,30^FDhello^FS^PQ1^XZ", "^XA^FO0,0^GFB,8,8,2,^XZ~JA^X^FS^XZ", "~DGR:A,1,1,FF\n^XA^XGR:A^FS^XZ",
		"^XA^JUS^XZ", "! U1 x", "^XA^PQ2^XZ",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		labels, err := zpl.Check(file)
		if err != nil {
			return
		}
		// What passed must pass again label by label: nothing dangerous may hide in how a file is cut.
		for _, label := range labels {
			again, err := zpl.Check(label)
			if err != nil || len(again) != 1 || !bytes.Equal(again[0], label) {
				t.Fatalf("%q passed within a file but not alone: %d labels, %v", label, len(again), err)
			}
		}
	})
}
