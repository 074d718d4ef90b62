package order

// Person is somebody who works at a bench, as far as the bench's rules need to know them.
type Person struct {
	Badge string `json:"badge"` // the code on their badge; empty: nobody
	Name  string `json:"name"`
	// Supervisor tells that they may allow what a packer may not.
	Supervisor bool `json:"supervisor,omitempty"`
	// PIN tells that they have one, Locked that too many wrong ones were given for theirs.
	PIN    bool `json:"pin,omitempty"`
	Locked bool `json:"locked,omitempty"`
}

// The lengths of a PIN.
const (
	ShortestPIN = 4
	LongestPIN  = 8
)

// IsPIN tells whether a text can be a PIN: 4 to 8 digits.
func IsPIN(text string) bool {
	if len(text) < ShortestPIN || len(text) > LongestPIN {
		return false
	}
	for _, r := range text {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// PersonOf is whose badge carries a code, the zero Person where nobody's does.
func PersonOf(people []Person, badge string) Person {
	for _, p := range people {
		if p.Badge == badge && badge != "" {
			return p
		}
	}
	return Person{}
}
