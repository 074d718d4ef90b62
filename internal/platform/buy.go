package platform

import (
	"context"
	"math"
	"net/http"
	"strconv"

	"packbench/internal/order"
)

// The units of weights and sizes (platform API 3.5).
const (
	Gram       = "GRAM"
	Pound      = "POUND"
	Centimetre = "CM"
	Inch       = "INCH"
)

// Weight is a parcel's weight in Gram or Pound; the zero value is not given.
type Weight struct {
	Value float64
	Unit  string
}

// Size is a parcel's outside in Centimetre or Inch; the zero value is not given.
type Size struct {
	Length, Width, Height float64
	Unit                  string
}

// Parcelling is what is to become one package: an order or some units of it, measured. US only, and 202512 JP.
type Parcelling struct {
	OrderID   string
	LineIDs   []string // empty is the whole order
	Weight    Weight
	Size      Size
	ServiceID string // a ShippingService's; empty lets the platform choose
}

// ShippingService is a service whose label the platform sells.
type ShippingService struct {
	ID, Name string
	Price    string // decimal, in Currency
	Currency string
	Default  bool
	Provider string
}

// Created is a package that was made, and the service bought for it.
type Created struct {
	PackageID string
	Service   ShippingService
	LineIDs   []string
}

type wireWeight struct {
	Value string `json:"value"`
	Unit  string `json:"unit"`
}

type wireSize struct {
	Length string `json:"length"`
	Width  string `json:"width"`
	Height string `json:"height"`
	Unit   string `json:"unit"`
}

// wireParcelling are the fields both versions of the call share (platform API 3.6, Create Packages).
type wireParcelling struct {
	LineIDs   []string    `json:"order_line_item_ids,omitempty"`
	Weight    *wireWeight `json:"weight,omitempty"`
	Size      *wireSize   `json:"dimension,omitempty"`
	ServiceID string      `json:"shipping_service_id,omitempty"`
}

func (p Parcelling) wire() (wireParcelling, error) {
	w := wireParcelling{LineIDs: p.LineIDs, ServiceID: p.ServiceID}
	if p.Weight != (Weight{}) {
		if !measured(p.Weight.Value) || p.Weight.Unit != Gram && p.Weight.Unit != Pound {
			return wireParcelling{}, order.Trouble(nil, "platform.bad_measure")
		}
		w.Weight = &wireWeight{decimal(p.Weight.Value), p.Weight.Unit}
	}
	if s := p.Size; s != (Size{}) {
		if !measured(s.Length, s.Width, s.Height) || s.Unit != Centimetre && s.Unit != Inch {
			return wireParcelling{}, order.Trouble(nil, "platform.bad_measure")
		}
		w.Size = &wireSize{decimal(s.Length), decimal(s.Width), decimal(s.Height), s.Unit}
	}
	return w, nil
}

// measured tells whether all of them are above nothing and finite.
func measured(values ...float64) bool {
	for _, v := range values {
		if !(v > 0) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

// decimal writes a number as the platform wants it: in a string, without an exponent.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

type wireService struct {
	ID       text `json:"id"`
	Name     text `json:"name"`
	Price    text `json:"price"`
	Currency text `json:"currency"`
	Default  flag `json:"is_default"`
	Provider text `json:"shipping_provider_name"`
}

func (w wireService) service() ShippingService {
	return ShippingService{
		ID: string(w.ID), Name: string(w.Name), Price: string(w.Price), Currency: string(w.Currency),
		Default: bool(w.Default), Provider: string(w.Provider),
	}
}

// ShippingServices asks which services carry a parcel, and their prices (platform API 3.6, Get Eligible Shipping Service).
func (c *Client) ShippingServices(ctx context.Context, shop order.Shop, p Parcelling) ([]ShippingService, error) {
	path, err := orderPath(p.OrderID, "/shipping_services/query")
	if err != nil {
		return nil, err
	}
	p.ServiceID = "" // it is what is asked for
	body, err := p.wire()
	if err != nil {
		return nil, err
	}
	var data struct {
		Services []wireService `json:"shipping_services"`
	}
	// A question, though it is posted: it may be tried again.
	err = c.call(ctx, request{method: http.MethodPost, path: path, shop: &shop, body: body}, &data)
	if err != nil {
		return nil, err
	}
	services := make([]ShippingService, 0, len(data.Services))
	for _, s := range data.Services {
		services = append(services, s.service())
	}
	return services, nil
}

// CreatePackage makes a package of an order or some units of it and buys its label (platform API 3.6, Create Packages
// 202309). It costs money and is sent once.
func (c *Client) CreatePackage(ctx context.Context, shop order.Shop, p Parcelling) (Created, error) {
	if err := onlyIDs(append([]string{p.OrderID}, p.LineIDs...)...); err != nil {
		return Created{}, err
	}
	w, err := p.wire()
	if err != nil {
		return Created{}, err
	}
	return c.create(ctx, shop, "/fulfillment/202309/packages", struct {
		OrderID string `json:"order_id"`
		wireParcelling
	}{p.OrderID, w})
}

// severalOrders is the ship_type of one package of several orders (platform API 3.6, Create Packages 202512).
const severalOrders = "3"

// CombinedPackage makes one package of several whole orders that the platform grouped and buys its label (platform API 3.6,
// Create Packages 202512, ship_type 3). p.OrderID and p.LineIDs are not sent. It costs money and is sent once.
func (c *Client) CombinedPackage(ctx context.Context, shop order.Shop, orderIDs []string, p Parcelling) (Created, error) {
	if err := onlyIDs(orderIDs...); err != nil {
		return Created{}, err
	}
	p.LineIDs = nil
	w, err := p.wire()
	if err != nil {
		return Created{}, err
	}
	return c.create(ctx, shop, "/fulfillment/202512/packages", struct {
		ShipType string   `json:"ship_type"`
		OrderIDs []string `json:"order_list_ids"`
		wireParcelling
	}{severalOrders, orderIDs, w})
}

func (c *Client) create(ctx context.Context, shop order.Shop, path string, body any) (Created, error) {
	r := request{method: http.MethodPost, path: path, shop: &shop, body: body, write: true}
	var data struct {
		PackageID text        `json:"package_id"`
		LineIDs   []text      `json:"order_line_item_ids"`
		Service   wireService `json:"shipping_service_info"`
	}
	if err := c.call(ctx, r, &data); err != nil {
		return Created{}, err
	}
	if data.PackageID == "" {
		return Created{}, r.garbled("no package in the answer")
	}
	return Created{PackageID: string(data.PackageID), Service: data.Service.service(), LineIDs: plain(data.LineIDs)}, nil
}
