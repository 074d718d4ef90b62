package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"packbench/internal/catalogue"
	"packbench/internal/order"
)

// Catalog holds the verbs about the seller's goods.
type Catalog struct {
	Import    CatalogImport    `cmd:"" help:"Take in the seller's goods from an xlsx or CSV file; articles known already are replaced."`
	Export    CatalogExport    `cmd:"" help:"Write the seller's goods into an xlsx or CSV file, to be edited and imported again."`
	List      CatalogList      `cmd:"" help:"List the seller's goods."`
	Set       CatalogSet       `cmd:"" help:"Let columns of an article say something else."`
	Learn     CatalogLearn     `cmd:"" help:"Add a barcode to an article."`
	Forget    CatalogForget    `cmd:"" help:"Take a barcode from an article."`
	Changes   CatalogChanges   `cmd:"" help:"List what was changed in the catalogue on a day, and by whom."`
	Materials CatalogMaterials `cmd:"" help:"Count the packing material that parcels took on a day."`
}

// CatalogImport takes in the seller's goods.
type CatalogImport struct {
	File string `arg:"" help:"xlsx, or text in UTF-8, GBK or UTF-16, with the header seller_sku,barcodes,name,bin,weight_g,stock,picture. Further columns: docs/catalogue.md."`
	doneBy
}

// doneBy is who changes the catalogue from a command line.
type doneBy struct {
	By string `placeholder:"NAME" help:"Who it is, for the journal (default: the computer's user)."`
}

// event begins what is journalled of a change.
func (d doneBy) event(e *Environment) order.Event {
	event := order.Event{At: e.Now(), Packer: d.By}
	if event.Packer != "" {
		return event
	}
	if u, err := user.Current(); err == nil { // a system that knows no users leaves the name empty
		event.Packer = u.Username
	}
	return event
}

// Served tells that a program that has the folder open does it.
func (v *CatalogImport) Served() bool { return true }

// ReadGoods reads a file of goods, as catalog import takes them in. It fails with catalogue.unreadable, and as catalogue.Read does.
func ReadGoods(e *Environment, name string) (catalogue.Found, error) {
	file, err := e.OpenFile(name, "catalogue.unreadable")
	if err != nil {
		return catalogue.Found{}, err
	}
	found, err := catalogue.Read(file)
	return found, errors.Join(err, file.Close())
}

// Run takes in all of the file or nothing.
func (v *CatalogImport) Run(e *Environment) (err error) {
	found, err := ReadGoods(e, v.File)
	if err != nil {
		return err
	}
	bench, err := OpenBench(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	if err := bench.Store.ImportGoods(found.Goods, v.event(e)); err != nil {
		return err
	}
	if _, err = fmt.Fprintln(e.Stdout, e.Tongue.Text("say.goods_imported", "count", len(found.Goods))); err != nil {
		return err
	}
	return tellReading(e, found)
}

// tellReading says how a file was read where that was found out by looking at it.
func tellReading(e *Environment, found catalogue.Found) error {
	var said order.Said
	switch {
	case found.Encoding == catalogue.GBK && len(found.Goods) > 0:
		said = order.Say("say.read_as", "encoding", string(found.Encoding), "name", found.Goods[0].Name)
	case found.Sheet != "":
		said = order.Say("say.read_sheet", "sheet", found.Sheet)
	default:
		return nil
	}
	_, err := fmt.Fprintln(e.Stdout, e.Tongue.Say(said))
	return err
}

// CatalogExport writes the seller's goods into a file.
type CatalogExport struct {
	File  string `arg:"" help:"A name that ends with .xlsx or .csv."`
	Force bool   `help:"Replace the file where there is one."`
}

// Served tells that a program that has the folder open does it.
func (v *CatalogExport) Served() bool { return true }

// Run writes all of the file or nothing.
func (v *CatalogExport) Run(e *Environment) (err error) {
	write := catalogue.WriteMarkedCSV
	switch strings.ToLower(filepath.Ext(v.File)) {
	case ".csv":
	case ".xlsx":
		write = catalogue.WriteXLSX
	default:
		return order.Trouble(nil, "usage.catalog_file", "file", v.File)
	}
	path, err := e.Path(v.File)
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); err == nil && !v.Force {
		return order.Trouble(nil, "catalogue.file_exists", "file", v.File)
	}
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	all, err := bench.Store.Articles()
	if err != nil {
		return err
	}
	goods := make([]order.Good, len(all))
	for i, article := range all {
		goods[i] = article.Good
	}
	if err := writeFile(path, func(w io.Writer) error { return write(w, goods) }); err != nil {
		return order.Trouble(err, "catalogue.unwritable", "file", v.File)
	}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Text("say.goods_exported", "count", len(goods), "file", v.File))
	return err
}

// writeFile writes a file of which nobody ever sees a part.
func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".packbench-*")
	if err != nil {
		return err
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}
