package platform

import (
	"errors"
	"fmt"
	"strings"

	"packbench/internal/order"
)

// idLetters are what ids consist of. So far they are digits; whatever could change a path or a list must not become part of one.
const idLetters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"

func isID(id string) bool { return id != "" && strings.Trim(id, idLetters) == "" }

// packagePath is the path of a call about one package. The key of a parcel that has no package yet must not become part of it.
func packagePath(packageID, call string) (string, error) {
	if !isID(packageID) {
		return "", order.Trouble(nil, "platform.no_package")
	}
	return "/fulfillment/202309/packages/" + packageID + call, nil
}

// pathOf is the path of a call about one thing that is no package.
func pathOf(before, id, after string) (string, error) {
	if !isID(id) {
		return "", unsent("an id that is none")
	}
	return before + id + after, nil
}

// orderPath is the path of a fulfilment call about one order.
func orderPath(orderID, call string) (string, error) {
	return pathOf("/fulfillment/202309/orders/", orderID, call)
}

// unsent is the problem of a request that was not sent because it cannot be right. why is for the log.
func unsent(why string, args ...any) error {
	return order.Trouble(fmt.Errorf(why, args...), keyUnsent)
}

// onlyIDs fails where one of them is no id, or where there is none at all.
func onlyIDs(ids ...string) error {
	if len(ids) == 0 {
		return unsent("no ids")
	}
	for _, id := range ids {
		if !isID(id) {
			return unsent("an id that is none")
		}
	}
	return nil
}

// given fails where the tracking number or the carrier is missing.
func given(tracking, providerID string) error {
	if strings.TrimSpace(tracking) == "" || strings.TrimSpace(providerID) == "" {
		return order.Trouble(errors.New("no tracking number or no carrier"), "platform.tracking_missing")
	}
	return nil
}
