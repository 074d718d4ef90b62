// Package ipp speaks as much of the Internet Printing Protocol as a raw print job needs (RFC 8010 for the bytes, RFC 8011 for their meaning).
package ipp

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
)

// The operations (RFC 8011, 5.4.15; CUPS' own).
const (
	CreateJob    = 0x0005
	SendDocument = 0x0006
	CancelJob    = 0x0008
	GetJob       = 0x0009
	GetJobs      = 0x000a
	GetPrinter   = 0x000b
	GetQueues    = 0x4002 // CUPS-Get-Printers
)

// The refusals (RFC 8011, appendix B).
const (
	FirstFailure  Status = 0x0400
	NotPossible   Status = 0x0404
	NotFound      Status = 0x0406
	FormatUnknown Status = 0x040a
	Unsupported   Status = 0x0501
	NotAccepting  Status = 0x0506
)

// The states of jobs and printers (RFC 8011, 5.3.7 and 5.4.11). A job of a state below JobCanceled has not ended.
const (
	JobPending     = 3
	JobHeld        = 4
	JobCanceled    = 7
	JobAborted     = 8
	JobCompleted   = 9
	PrinterStopped = 5
)

const (
	maxAnswer      = 4 << 20 // bytes; thousands of queues
	groupOperation = 0x01
	groupEnd       = 0x03
	firstValueTag  = 0x10
)

// Tag is the kind of a value.
type Tag byte

// The kinds of values (RFC 8010, 3.5.2).
const (
	Integer  Tag = 0x21
	Boolean  Tag = 0x22
	Enum     Tag = 0x23
	Name     Tag = 0x42
	Keyword  Tag = 0x44
	URI      Tag = 0x45
	Charset  Tag = 0x47
	Language Tag = 0x48
	Media    Tag = 0x49
)

// Attribute is a name and its values, as they stand in the message.
type Attribute struct {
	Tag    Tag
	Name   string
	Values []string
}

// Text is an attribute of strings.
func Text(tag Tag, name string, values ...string) Attribute {
	return Attribute{tag, name, values}
}

// Number is an attribute of one whole number.
func Number(tag Tag, name string, value int) Attribute {
	return Text(tag, name, string(binary.BigEndian.AppendUint32(nil, uint32(value))))
}

// Yes is an attribute that is true.
func Yes(name string) Attribute { return Text(Boolean, name, "\x01") }

// Object is what an answer says of one thing: a job, a printer.
type Object map[string][]string

// Text is the first value of an attribute, empty where there is none.
func (o Object) Text(name string) string {
	if len(o[name]) == 0 {
		return ""
	}
	return o[name][0]
}

// Number is the first value of an attribute as a number, 0 where there is none.
func (o Object) Number(name string) int {
	value := o.Text(name)
	if len(value) != 4 {
		return 0
	}
	return int(int32(binary.BigEndian.Uint32([]byte(value))))
}

// Status is why a request was refused.
type Status uint16

func (s Status) Error() string { return fmt.Sprintf("the print service answered 0x%04x", uint16(s)) }

var requests atomic.Int32

// Request makes the bytes of a request.
func Request(operation uint16, attributes []Attribute) []byte {
	b := []byte{2, 0}
	b = binary.BigEndian.AppendUint16(b, operation)
	b = binary.BigEndian.AppendUint32(b, uint32(requests.Add(1)))
	b = append(b, groupOperation)
	common := []Attribute{Text(Charset, "attributes-charset", "utf-8"), Text(Language, "attributes-natural-language", "en")}
	return append(appendAttributes(b, append(common, attributes...)), groupEnd)
}

func appendAttributes(b []byte, attributes []Attribute) []byte {
	for _, a := range attributes {
		for i, value := range a.Values {
			name := a.Name
			if i > 0 {
				name = "" // a further value of the same attribute
			}
			b = append(b, byte(a.Tag))
			b = binary.BigEndian.AppendUint16(b, uint16(len(name)))
			b = append(b, name...)
			b = binary.BigEndian.AppendUint16(b, uint16(len(value)))
			b = append(b, value...)
		}
	}
	return b
}

// Answer makes the bytes of an answer about things, each of which is a group of the kind given: 2 is a job, 4 a printer.
func Answer(status Status, group byte, objects ...[]Attribute) []byte {
	b := Request(uint16(status), nil)
	b = b[:len(b)-1] // the end comes later
	for _, object := range objects {
		b = appendAttributes(append(b, group), object)
	}
	return append(b, groupEnd)
}

// Parse reads a message: its status or operation, and its groups of attributes but for the first, which says nothing of things. It also gives what follows
// the attributes.
func Parse(message []byte) (code uint16, operation Object, objects []Object, rest []byte, err error) {
	const header = 8
	if len(message) < header+1 {
		return 0, nil, nil, nil, io.ErrUnexpectedEOF
	}
	code, message = binary.BigEndian.Uint16(message[2:]), message[header:]
	operation = Object{}
	var current Object
	last := ""
	for len(message) > 0 {
		tag := message[0]
		message = message[1:]
		switch {
		case tag == groupEnd:
			return code, operation, objects, message, nil
		case tag == groupOperation:
			current = operation
		case tag < firstValueTag:
			current = Object{}
			objects = append(objects, current)
		default:
			var name, value string
			if name, message, err = readString(message); err == nil {
				value, message, err = readString(message)
			}
			if err != nil || current == nil {
				return 0, nil, nil, nil, io.ErrUnexpectedEOF
			}
			if name != "" {
				last = name
			}
			current[last] = append(current[last], value)
		}
	}
	return 0, nil, nil, nil, io.ErrUnexpectedEOF
}

func readString(b []byte) (s string, rest []byte, err error) {
	if len(b) < 2 {
		return "", nil, io.ErrUnexpectedEOF
	}
	size := int(binary.BigEndian.Uint16(b))
	if len(b) < 2+size {
		return "", nil, io.ErrUnexpectedEOF
	}
	return string(b[2 : 2+size]), b[2+size:], nil
}

// Call asks a print service. A refusal is an Status.
func Call(ctx context.Context, client *http.Client, url string, operation uint16, document []byte, attributes ...Attribute) ([]Object, error) {
	body := io.MultiReader(bytes.NewReader(Request(operation, attributes)), bytes.NewReader(document))
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/ipp")
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the print service answered HTTP %d", response.StatusCode)
	}
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	code, _, objects, _, err := Parse(answer)
	if err != nil {
		return nil, err
	}
	if Status(code) >= FirstFailure {
		return nil, Status(code)
	}
	return objects, nil
}
