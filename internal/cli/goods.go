package cli

import (
	"errors"
	"fmt"

	"packbench/internal/order"
)

// Catalog holds the verbs about the seller's goods.
type Catalog struct {
	Import    CatalogImport    `cmd:"" help:"Take in the seller's goods from a CSV file; articles known already are replaced."`
	Materials CatalogMaterials `cmd:"" help:"Count the packing material that parcels took on a day."`
}

// CatalogImport takes in the seller's goods.
type CatalogImport struct {
	File string `arg:"" help:"CSV in UTF-8 with the header seller_sku,barcodes,name,bin,weight_g,stock,picture. Further columns: docs/catalogue.md."`
}

// Served tells that a program that has the folder open does it.
func (v *CatalogImport) Served() bool { return true }

// ReadGoods reads a file of goods, as catalog import takes them in. It fails with catalogue.unreadable, and as order.ReadCatalogue does.
func ReadGoods(e *Environment, name string) ([]order.Good, error) {
	file, err := e.OpenFile(name, "catalogue.unreadable")
	if err != nil {
		return nil, err
	}
	goods, err := order.ReadCatalogue(file)
	return goods, errors.Join(err, file.Close())
}

// Run takes in all of the file or nothing.
func (v *CatalogImport) Run(e *Environment) (err error) {
	goods, err := ReadGoods(e, v.File)
	if err != nil {
		return err
	}
	bench, err := OpenBench(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	if err := bench.Store.ImportGoods(goods); err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Text("say.goods_imported", "count", len(goods)))
	return err
}
