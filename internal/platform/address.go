package platform

import "packbench/internal/order"

// wireAddress is where an order goes, as far as it is judged here (platform API 3.3, recipient_address). It is not kept.
type wireAddress struct {
	Name     text `json:"name"`
	Postcode text `json:"postal_code"`
	Full     text `json:"full_address"`
	Detail   text `json:"address_detail"`
	Line1    text `json:"address_line1"`
	Line2    text `json:"address_line2"`
	Line3    text `json:"address_line3"`
	Line4    text `json:"address_line4"`
}

func (a wireAddress) notLatin() bool {
	return order.NotLatin(string(a.Name), string(a.Full), string(a.Detail), string(a.Line1), string(a.Line2), string(a.Line3), string(a.Line4))
}
