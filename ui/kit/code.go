package kit

// tailLength is how much of a number people compare: the rest is the same for a whole day's parcels.
const tailLength = 6

// LastSix gives the last six of a number as two groups, 482 and 913; a shorter one stays whole.
func LastSix(code string) (first, second string) {
	runes := []rune(code)
	if len(runes) < tailLength {
		return code, ""
	}
	end := runes[len(runes)-tailLength:]
	return string(end[:tailLength/2]), string(end[tailLength/2:])
}

// Tail is a number as it stands in a line: …482 913.
func Tail(code string) string {
	first, second := LastSix(code)
	if second == "" {
		return first
	}
	if len([]rune(code)) > tailLength {
		first = "…" + first
	}
	return first + " " + second
}
