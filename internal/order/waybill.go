package order

import "strings"

// The length of a carrier's number that is taken for one, in characters. The platform names no rule of its own (platform API 3.6, 21011022); parcel codes
// have up to 50 characters where they are barcodes at all (GS1-128 holds 48).
const (
	shortestWaybill = 6
	longestWaybill  = 50
)

// IsWaybill tells whether a code has the form of a carrier's number: 6 to 50 letters, digits and hyphens, and a digit among them.
func IsWaybill(code string) bool {
	digit := false
	for _, r := range code {
		switch {
		case r >= '0' && r <= '9':
			digit = true
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r == '-':
		default:
			return false
		}
	}
	return digit && len(code) >= shortestWaybill && len(code) <= longestWaybill
}

// Upload is the request to tell the platform the number of the seller's own carrier, if one waits.
func (w Work) Upload() (Request, bool) {
	for _, r := range w.Requests {
		if r.Kind == UploadTracking {
			return r, true
		}
	}
	return Request{}, false
}

// withWaybill is the work once an event about the number of the seller's own carrier has happened, before the requests change with it.
func (w Work) withWaybill(e Event) Work {
	switch {
	case e.Kind == RequestMade && e.Request.Kind == UploadTracking:
		w.OwnCarrier, w.Waybill, w.WaybillVersion = true, e.Request.Tracking, e.Version
	case e.Kind == RequestDropped:
		if r, waits := w.Upload(); waits && r.ID == e.Request.ID {
			w.Waybill, w.WaybillVersion = "", ""
		}
	}
	return w
}

// WaybillVersion is what a number of the seller's own carrier was scanned for: the label version without the parcel's key, which may change when that number
// makes the package.
func (p Parcel) WaybillVersion() string {
	content, _ := strings.CutPrefix(p.LabelVersion, versionOf(p.Key, ""))
	return content
}
