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
	File string `arg:"" help:"CSV in UTF-8 with the header seller_sku,barcodes,name,bin,weight_g,stock,picture."`
}

// Served tells that a program that has the folder open does it.
func (v *CatalogImport) Served() bool { return true }

// Run takes in all of the file or nothing.
func (v *CatalogImport) Run(e *Environment) (err error) {
	file, err := e.OpenFile(v.File, "catalogue.unreadable")
	if err != nil {
		return err
	}
	goods, err := order.ReadCatalogue(file)
	if err = errors.Join(err, file.Close()); err != nil {
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
