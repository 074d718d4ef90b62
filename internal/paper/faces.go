package paper

import (
	"bytes"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/font"

	"packbench/assets"
)

// facesOf are the faces of a weight, in the order in which a character is looked for: Latin, Greek, Cyrillic and Devanagari; Chinese and kana; Thai; Arabic;
// plain emoji, of which one weight is enough. They are read once, at the first paper: 25 MB of memory a weight.
var facesOf = map[bool]func() []*font.Face{
	false: sync.OnceValue(func() []*font.Face {
		return faces(assets.SansRegular, assets.SansSCRegular, assets.SansThaiRegular, assets.SansArabicRegular, assets.Emoji)
	}),
	true: sync.OnceValue(func() []*font.Face {
		return faces(assets.SansBold, assets.SansSCBold, assets.SansThaiBold, assets.SansArabicBold, assets.Emoji)
	}),
}

// facesAWeight is how many faces a weight has.
const facesAWeight = 5

func faces(files ...[]byte) (all []*font.Face) {
	for _, file := range files {
		face, err := font.ParseTTF(bytes.NewReader(file))
		if err != nil {
			panic(err) // never: the files are part of the program
		}
		all = append(all, face)
	}
	return all
}

// chooser chooses the face of each character of a text, one after the other.
type chooser struct {
	faces []*font.Face
	last  *font.Face
}

// ResolveFace is the first face that has a character. A mark keeps the face of its letter, and so does punctuation, so that a Chinese quotation mark is as wide as
// the characters beside it. What no face has is the first one's to lack.
func (c *chooser) ResolveFace(r rune) *font.Face {
	if c.last != nil && (unicode.IsMark(r) || unicode.IsPunct(r)) && has(c.last, r) {
		return c.last
	}
	for _, face := range c.faces {
		if has(face, r) {
			c.last = face
			return face
		}
	}
	return c.faces[0]
}

func has(face *font.Face, r rune) bool {
	_, ok := face.NominalGlyph(r)
	return ok
}
