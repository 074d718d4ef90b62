package order

import "cmp"

// Likeness is why one article is taken for another.
type Likeness string

// The likenesses, the most misleading first.
const (
	SameProduct Likeness = "same_product" // two variants of one product: one picture, one name, another size
	NearName    Likeness = "near_name"    // their names differ by a letter or two
	NearSKU     Likeness = "near_sku"     // their SKUs do, as on two labels of one shelf
	NotAlike    Likeness = ""
)

// Names shorter than shortestAlike are no words by which one would mix things up: any two of three letters are near each other. nearBy letters are what an eye
// in a hurry overlooks.
const (
	shortestAlike = 5
	nearBy        = 2
)

// Alike tells why a packer may take one article for another; NotAlike where there is no reason, or they are one.
func Alike(a, b Article) Likeness {
	switch {
	case a.SKU == b.SKU:
		return NotAlike
	case a.ProductName != "" && a.ProductName == b.ProductName:
		return SameProduct
	case near(cmp.Or(a.ProductName, a.Name), cmp.Or(b.ProductName, b.Name)):
		return NearName
	case near(a.SKU, b.SKU):
		return NearSKU
	}
	return NotAlike
}

// TellApart is what a packer looks at to tell two articles apart: the parts of their variants' names that differ, else their names, else their SKUs.
func TellApart(got, want Article) (gotWord, wantWord string) {
	if got.ProductName == want.ProductName && got.VariantName != "" && want.VariantName != "" && got.VariantName != want.VariantName {
		gotWord, wantWord, _ = Difference(got.VariantName, want.VariantName)
		return gotWord, wantWord
	}
	gotWord, wantWord = cmp.Or(got.ProductName, got.Name), cmp.Or(want.ProductName, want.Name)
	if gotWord == "" || wantWord == "" || gotWord == wantWord {
		return got.SKU, want.SKU
	}
	return gotWord, wantWord
}

// near tells whether two texts differ by no more than nearBy letters that were changed, added or left out.
func near(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) < shortestAlike || len(y) < shortestAlike || len(x)-len(y) > nearBy || len(y)-len(x) > nearBy {
		return false
	}
	row := make([]int, len(y)+1) // of the edit distance's table
	for j := range row {
		row[j] = j
	}
	for i, r := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range y {
			changed := diagonal
			if r != s {
				changed++
			}
			diagonal = row[j+1]
			row[j+1] = min(changed, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)] <= nearBy
}
