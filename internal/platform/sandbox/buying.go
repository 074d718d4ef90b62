package sandbox

// purchase is the label a seller bought for a parcel.
type purchase struct{}
