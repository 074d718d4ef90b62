package window

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"packbench/internal/order"
	"packbench/ui/kit"
	"packbench/ui/orders"
)

// appealFolder is where in the bench's folder appeal packs go.
const appealFolder = "appeals"

// makeAppeal makes the appeal pack of the order that is seen.
func (w *Window) makeAppeal() {
	o := &w.orders
	of, tongue := o.opened, w.environment.Tongue
	folder := filepath.Join(w.environment.Dir, appealFolder)
	file := filepath.Join(folder, "appeal-"+strings.ReplaceAll(of, ":", "-")+w.environment.Now().Local().Format("-2006-01-02-150405")+".pdf")
	if !w.beside(&o.appealing, func(ctx context.Context) func() {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return func() { w.ordersFailed(order.Trouble(err, "export.no_folder", "folder", folder)) }
		}
		made, err := w.bench.Appeal(ctx, tongue, of, file, func(int, int) {})
		return func() {
			if err != nil {
				w.ordersFailed(err)
				return
			}
			o.report = orders.Report{Tone: kit.Calm, Said: made.Said()}
		}
	}) {
		return
	}
	o.report = orders.Report{Tone: kit.Told, Said: order.Say("appeal.making")}
}
