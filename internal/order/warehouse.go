package order

// Warehouse is a place a shop sends from or takes returns at (platform API 3.8). Its address is not kept.
type Warehouse struct {
	ID, Name string
	Type     string // SALES_WAREHOUSE or RETURN_WAREHOUSE
	SubType  string // DOMESTIC_WAREHOUSE, CB_OVERSEA_WAREHOUSE or CB_DIRECT_SHIPPING_WAREHOUSE
	Effect   string // ENABLED, DISABLED or RESTRICTED
	Default  bool
}
