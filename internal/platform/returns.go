package platform

import (
	"context"
	"net/http"
	"time"

	"packbench/internal/order"
)

// maxReturns is the most a page of returns holds; the least is 10 (platform API 3.9).
const (
	minReturns = 10
	maxReturns = 50
)

// Eligibility says whether the seller may cancel or take back some units of an order.
type Eligibility struct {
	SKUID   string
	LineIDs []string
	Request string // CANCEL, RETURN or RETURN_AND_REFUND
	Allowed bool
	Code    int    // why not, one of the platform's codes; 0 where it is allowed
	Reason  string // why not, in the platform's words
}

// AftersaleEligibility reads what the seller may do about each unit of an order (platform API 3.9, Get Aftersale Eligibility).
func (c *Client) AftersaleEligibility(ctx context.Context, shop order.Shop, orderID string) ([]Eligibility, error) {
	path, err := pathOf("/return_refund/202309/orders/", orderID, "/aftersale_eligibility")
	if err != nil {
		return nil, err
	}
	var data wireEligibilities
	if err := c.call(ctx, request{method: http.MethodGet, path: path, shop: &shop}, &data); err != nil {
		return nil, err
	}
	return data.eligibilities(), nil
}

type wireEligibilities struct {
	SKUs []struct {
		ID    text `json:"sku_id"`
		Lines []struct {
			IDs     []text `json:"order_line_items_ids"`
			Request text   `json:"request_type"`
			Allowed flag   `json:"eligible"`
			Code    whole  `json:"ineligible_code"`
			Reason  text   `json:"ineligible_reason"`
		} `json:"line_item_eligibility"`
	} `json:"sku_eligibility"`
}

func (w wireEligibilities) eligibilities() []Eligibility {
	var all []Eligibility
	for _, sku := range w.SKUs {
		for _, line := range sku.Lines {
			all = append(all, Eligibility{
				SKUID: string(sku.ID), LineIDs: plain(line.IDs), Request: string(line.Request), Allowed: bool(line.Allowed),
				Code: int(line.Code), Reason: string(line.Reason),
			})
		}
	}
	return all
}

// ReturnSearch says which returns to list; the zero value is all of them.
type ReturnSearch struct {
	UpdatedSince time.Time // inclusive, whole seconds; the zero time is all of them
	OrderIDs     []string
	ReturnIDs    []string
	PageToken    string // ReturnPage.Next of the page before; empty for the first. Never kept across runs.
	PageSize     int    // 10 to 50; 0 and more than 50 mean 50, less than 10 means 10
}

// ReturnPage is one page of a search.
type ReturnPage struct {
	Returns []Return
	Next    string // empty on the last page
	Total   int
}

// Return is a parcel, or the money for one, on its way back.
type Return struct {
	ID, OrderID          string
	Type                 string // REFUND, RETURN_AND_REFUND or REPLACEMENT
	Status               string // as it came
	Role                 string // who asked
	ReasonText           string // for people to read
	Tracking, Provider   string // of the parcel on its way back
	CreatedAt, UpdatedAt time.Time
	LineIDs              []string
}

// SearchReturns lists a shop's returns, those whose last change is the longest ago first (platform API 3.9, Search Returns).
func (c *Client) SearchReturns(ctx context.Context, shop order.Shop, s ReturnSearch) (ReturnPage, error) {
	if s.PageSize > 0 {
		s.PageSize = max(s.PageSize, minReturns)
	}
	filter := struct {
		UpdatedSince int64    `json:"update_time_ge,omitempty"`
		OrderIDs     []string `json:"order_ids,omitempty"`
		ReturnIDs    []string `json:"return_ids,omitempty"`
	}{secondsOf(s.UpdatedSince), s.OrderIDs, s.ReturnIDs}
	var data struct {
		Returns []wireReturn `json:"return_orders"`
		Next    text         `json:"next_page_token"`
		Total   whole        `json:"total_count"`
	}
	err := c.call(ctx, request{
		method: http.MethodPost, path: "/return_refund/202309/returns/search", shop: &shop, body: filter,
		query: pageQuery(s.PageToken, s.PageSize, maxReturns),
	}, &data)
	if err != nil {
		return ReturnPage{}, err
	}
	page := ReturnPage{Next: string(data.Next), Total: int(data.Total)}
	for _, w := range data.Returns {
		page.Returns = append(page.Returns, w.back())
	}
	return page, nil
}

type wireReturn struct {
	ID         text  `json:"return_id"`
	OrderID    text  `json:"order_id"`
	Type       text  `json:"return_type"`
	Status     text  `json:"return_status"`
	Role       text  `json:"role"`
	ReasonText text  `json:"return_reason_text"`
	Tracking   text  `json:"return_tracking_number"`
	Provider   text  `json:"return_provider_name"`
	CreateTime whole `json:"create_time"`
	UpdateTime whole `json:"update_time"`
	Lines      []struct {
		LineID text `json:"order_line_item_id"`
	} `json:"return_line_items"`
}

func (w wireReturn) back() Return {
	r := Return{
		ID: string(w.ID), OrderID: string(w.OrderID), Type: string(w.Type), Status: string(w.Status), Role: string(w.Role),
		ReasonText: string(w.ReasonText), Tracking: string(w.Tracking), Provider: string(w.Provider),
		CreatedAt: w.CreateTime.time(), UpdatedAt: w.UpdateTime.time(),
	}
	for _, line := range w.Lines {
		if line.LineID != "" {
			r.LineIDs = append(r.LineIDs, string(line.LineID))
		}
	}
	return r
}
