package platform

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Sign gives the value of the query parameter sign of a request: lowercase hex of HMAC-SHA256 (platform API 2.1).
// path is the request's path without host and query, query its decoded parameters (sign and access_token are left out
// by themselves; a list is one value joined with commas), body the exact bytes that are sent. body is nil where nothing
// of it is signed: a request without one, and a multipart upload.
func Sign(secret, path string, query url.Values, body []byte) string {
	var text strings.Builder
	text.WriteString(secret)
	text.WriteString(path)
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if name == "sign" || name == "access_token" {
			continue
		}
		text.WriteString(name)
		text.WriteString(query.Get(name))
	}
	text.Write(body)
	text.WriteString(secret)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text.String()))
	return hex.EncodeToString(mac.Sum(nil))
}
