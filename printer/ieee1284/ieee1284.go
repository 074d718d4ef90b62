// Package ieee1284 reads what a USB printer says of itself (IEEE 1284): "MFG:Zebra;MDL:ZD220;CMD:ZPL;".
package ieee1284

import "strings"

// Field is a field of an id, by its short or long name; empty where it has none.
func Field(id string, names ...string) string {
	for field := range strings.SplitSeq(id, ";") {
		key, value, _ := strings.Cut(field, ":")
		for _, name := range names {
			if strings.EqualFold(strings.TrimSpace(key), name) {
				return strings.TrimSpace(value)
			}
		}
	}
	return ""
}

// Maker, Model, Commands and Description are the fields a printer is known by. Many clones leave them empty or fill them with junk.
func Maker(id string) string       { return Field(id, "MFG", "MANUFACTURER") }
func Model(id string) string       { return Field(id, "MDL", "MODEL") }
func Commands(id string) string    { return Field(id, "CMD", "COMMAND SET") }
func Description(id string) string { return Field(id, "DES", "DESCRIPTION") }
