package platform

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// envelope is the frame of every answer (platform API 4.1).
type envelope struct {
	Code      *whole          `json:"code"`
	Data      json.RawMessage `json:"data"`
	Message   text            `json:"message"`
	RequestID text            `json:"request_id"`
}

// read opens the envelope of an answer. Its code alone decides, not the HTTP status (platform API 4.1). What is not an
// envelope, such as the page of an overloaded gateway, is an Error without a code.
func (c *Client) read(r request, a answer) (json.RawMessage, *Error) {
	var e envelope
	if err := json.Unmarshal(a.body, &e); err != nil || e.Code == nil {
		return nil, &Error{HTTP: a.status, Message: "not an answer of the API", Path: r.path, write: r.write}
	}
	if *e.Code != 0 {
		return nil, c.refusal(r, a.status, int(*e.Code), string(e.Message), string(e.RequestID))
	}
	if r.id != nil {
		*r.id = string(e.RequestID)
	}
	if len(e.Data) == 0 || string(e.Data) == "null" {
		return json.RawMessage("{}"), nil
	}
	return e.Data, nil
}

// refusal is the platform's no, without any secret.
func (c *Client) refusal(r request, status, code int, message, requestID string) *Error {
	return &Error{
		Code: code, HTTP: status, Path: r.path, write: r.write,
		Message: c.redact(r, message), RequestID: c.redact(r, requestID),
	}
}

// longestMessage bounds what is kept of the platform's own words, in bytes.
const longestMessage = 300

// redact takes this client's secrets out of the platform's words, should it repeat them, and keeps them short.
func (c *Client) redact(r request, message string) string {
	secrets := append(c.tokens.secrets(), c.secret)
	if r.shop != nil {
		secrets = append(secrets, r.shop.Cipher)
	}
	for _, secret := range secrets {
		if secret != "" { // as it is, and as it stands in an address
			message = strings.NewReplacer(secret, "***", url.QueryEscape(secret), "***").Replace(message)
		}
	}
	if len(message) > longestMessage {
		message = strings.ToValidUTF8(message[:longestMessage], "") + "…"
	}
	return message
}

// overloaded tells whether an answer without an envelope is the gateway's word for "later" (platform API 4.4).
func overloaded(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}
