package platform

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"packbench/internal/order"
)

const (
	cancellationsPath = "/return_refund/202309/cancellations"
	// maxCancellations is the most a page of cancellations holds (platform API 3.9).
	maxCancellations = 50
	// longestKey is the most bytes of an idempotency key (platform API 3.9).
	longestKey = 255
)

// CancellationSearch says which cancellations to list; the zero value is all of them.
type CancellationSearch struct {
	UpdatedSince time.Time // inclusive, whole seconds; the zero time is all of them
	OrderIDs     []string
	CancelIDs    []string
	PageToken    string // CancellationPage.Next of the page before; empty for the first. Never kept across runs.
	PageSize     int    // 1 to 50; 0 and more than 50 mean 50
}

// CancellationPage is one page of a search.
type CancellationPage struct {
	Cancellations []order.Cancellation
	Next          string // empty on the last page
	Total         int    // cancellations the whole search finds, as the platform counts them
}

// SearchCancellations lists a shop's cancellations, those whose last change is the longest ago first (platform API 3.9,
// Search Cancellations). They change while one pages through them: one may come twice.
func (c *Client) SearchCancellations(ctx context.Context, shop order.Shop, s CancellationSearch) (CancellationPage, error) {
	filter := struct {
		UpdatedSince int64    `json:"update_time_ge,omitempty"`
		OrderIDs     []string `json:"order_ids,omitempty"`
		CancelIDs    []string `json:"cancel_ids,omitempty"`
	}{secondsOf(s.UpdatedSince), s.OrderIDs, s.CancelIDs}
	var data struct {
		Cancellations []wireCancellation `json:"cancellations"`
		Next          text               `json:"next_page_token"`
		Total         whole              `json:"total_count"`
	}
	err := c.call(ctx, request{
		method: http.MethodPost, path: cancellationsPath + "/search", shop: &shop, body: filter,
		query: pageQuery(s.PageToken, s.PageSize, maxCancellations),
	}, &data)
	if err != nil {
		return CancellationPage{}, err
	}
	page := CancellationPage{Next: string(data.Next), Total: int(data.Total)}
	for _, w := range data.Cancellations {
		page.Cancellations = append(page.Cancellations, w.cancellation())
	}
	return page, nil
}

// pageQuery asks for a page of what changed, the longest ago first. A size of 0, or above the call's maximum, is the maximum.
func pageQuery(token string, size, most int) url.Values {
	if size <= 0 || size > most {
		size = most
	}
	query := url.Values{"page_size": {strconv.Itoa(size)}, "sort_field": {"update_time"}, "sort_order": {"ASC"}}
	if token != "" {
		query.Set("page_token", token)
	}
	return query
}

// secondsOf writes a time for a filter; 0, which is not sent, is no time.
func secondsOf(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// wireCancellation is a cancellation as the platform sends it, as far as a bench needs it (platform API 3.9).
type wireCancellation struct {
	ID         text  `json:"cancel_id"`
	OrderID    text  `json:"order_id"`
	Type       text  `json:"cancel_type"`
	Status     text  `json:"cancel_status"`
	Role       text  `json:"role"`
	Reason     text  `json:"cancel_reason"`
	ReasonText text  `json:"cancel_reason_text"`
	CreateTime whole `json:"create_time"`
	UpdateTime whole `json:"update_time"`
	Actions    []struct {
		Action   text  `json:"action"`
		Deadline whole `json:"deadline"`
	} `json:"seller_next_action_response"`
	Lines []struct {
		LineID text `json:"order_line_item_id"`
	} `json:"cancel_line_items"`
}

// respondAction is the next act of a seller who owes an answer (platform API 3.9).
const respondAction = "SELLER_RESPOND_CANCEL"

func (w wireCancellation) cancellation() order.Cancellation {
	made := order.Cancellation{
		ID: string(w.ID), OrderID: string(w.OrderID), Type: string(w.Type), Status: cancelStatus(w.Status), Role: string(w.Role),
		Reason: string(w.Reason), ReasonText: string(w.ReasonText),
		CreatedAt: w.CreateTime.time(), UpdatedAt: w.UpdateTime.time(),
	}
	for _, a := range w.Actions {
		if a.Action == respondAction {
			made.AnswerBy = a.Deadline.time()
		}
	}
	for _, line := range w.Lines {
		if line.LineID != "" {
			made.LineIDs = append(made.LineIDs, string(line.LineID))
		}
	}
	return made
}

// cancelStatus reads a status. The platform's documents spell the last one in two ways (platform API 3.9).
func cancelStatus(w text) string {
	if w == "CANCELLATION_REQUEST_CANCEL" {
		return order.CancelRequestClosed
	}
	return string(w)
}

// ApproveCancellation says yes to a buyer who asks to cancel (platform API 3.9, Approve). A repetition under the same key,
// 1 to 255 bytes, does it once; the call is sent once all the same.
func (c *Client) ApproveCancellation(ctx context.Context, shop order.Shop, cancelID, idempotencyKey string) error {
	r, err := answerTo(shop, cancelID, "/approve", idempotencyKey)
	if err != nil {
		return err
	}
	return c.call(ctx, r, nil)
}

// RejectCancellation says no to a buyer who asks to cancel, for a reason that RejectReasons named (platform API 3.9, Reject).
// comment may be empty. A repetition under the same key, 1 to 255 bytes, does it once; the call is sent once all the same.
func (c *Client) RejectCancellation(ctx context.Context, shop order.Shop, cancelID, idempotencyKey, reason, comment string) error {
	r, err := answerTo(shop, cancelID, "/reject", idempotencyKey)
	if err != nil {
		return err
	}
	if reason == "" {
		return order.Trouble(nil, "platform.reject_reason")
	}
	r.body = struct {
		Reason  string `json:"reject_reason"`
		Comment string `json:"comment,omitempty"`
	}{reason, comment}
	return c.call(ctx, r, nil)
}

func answerTo(shop order.Shop, cancelID, word, idempotencyKey string) (request, error) {
	path, err := pathOf(cancellationsPath+"/", cancelID, word)
	if err != nil {
		return request{}, err
	}
	if idempotencyKey == "" || len(idempotencyKey) > longestKey {
		return request{}, unsent("an idempotency key of %d bytes", len(idempotencyKey))
	}
	return request{
		method: http.MethodPost, path: path, shop: &shop, query: url.Values{"idempotency_key": {idempotencyKey}}, write: true,
	}, nil
}

// RejectReasons lists the reasons for which a request to cancel may be rejected now. Ask before every rejection (platform API
// 3.9, Get Reject Reasons). locale is such as en-US; empty is the platform's choice.
func (c *Client) RejectReasons(ctx context.Context, shop order.Shop, cancelID, locale string) ([]order.RejectReason, error) {
	if err := onlyIDs(cancelID); err != nil {
		return nil, err
	}
	query := url.Values{"return_or_cancel_id": {cancelID}}
	if locale != "" {
		query.Set("locale", locale)
	}
	var data struct {
		Reasons []struct {
			Name text `json:"name"`
			Text text `json:"text"`
		} `json:"reasons"`
	}
	err := c.call(ctx, request{
		method: http.MethodGet, path: "/return_refund/202309/reject_reasons", shop: &shop, query: query,
	}, &data)
	if err != nil {
		return nil, err
	}
	reasons := make([]order.RejectReason, 0, len(data.Reasons))
	for _, reason := range data.Reasons {
		reasons = append(reasons, order.RejectReason{Name: string(reason.Name), Text: string(reason.Text)})
	}
	return reasons, nil
}

// CancelOrder cancels an order for the seller, or the units lineIDs of it where the market allows that (platform API 3.9,
// Cancel Order: units only in the US and UK, out of stock). It is sent once. The status may be that of a request that goes on.
func (c *Client) CancelOrder(ctx context.Context, shop order.Shop, orderID, reason string, lineIDs []string) (cancelID string, status string, err error) {
	if err := onlyIDs(append([]string{orderID}, lineIDs...)...); err != nil {
		return "", "", err
	}
	if reason == "" {
		return "", "", unsent("a cancellation without a reason")
	}
	body := struct {
		OrderID string   `json:"order_id"`
		Reason  string   `json:"cancel_reason"`
		LineIDs []string `json:"order_line_item_ids,omitempty"`
	}{orderID, reason, lineIDs}
	var data struct {
		ID     text `json:"cancel_id"`
		Status text `json:"cancel_status"`
	}
	err = c.call(ctx, request{method: http.MethodPost, path: cancellationsPath, shop: &shop, body: body, write: true}, &data)
	if err != nil {
		return "", "", err
	}
	return string(data.ID), cancelStatus(data.Status), nil
}
