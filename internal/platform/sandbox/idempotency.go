package sandbox

// answer is what was said to a call with an idempotency key.
type answer struct {
	data    any
	refused *refusal
}
