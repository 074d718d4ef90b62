package window

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"packbench/assets"
	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/station"
	"packbench/printer"
)

// demoKey scans, in the demo, what the screen asks for.
const demoKey = "F12"

// The demo's shop.
const (
	demoOrders = 60
	demoSeed   = 20261122
	demoPoll   = 5 * time.Second
	// demoArranged is how many parcels wait for a print run.
	demoArranged = 14
)

// demoPictures are the pictures of the sandbox's goods, by the beginning of their SKUs. Goods of another colour have none: a wrong picture is worse.
var demoPictures = map[string]string{"TEE-BLK-": "tee-black.svg", "SLV-": "sleeves.svg", "EAR-": "earbuds.svg", "BTL-": "bottle.svg"}

// RunDemo opens the window on a sandbox shop of its own, with a printer that draws its labels into the folder "printed". The bench's
// folder is thrown away afterwards unless somebody named one.
func RunDemo(app fyne.App, e *cli.Environment) (err error) {
	if !e.DirSaid {
		if e.Dir, err = os.MkdirTemp("", "packbench-demo-"); err != nil {
			return order.Trouble(err, "store.folder", "folder", os.TempDir())
		}
		defer func() { err = errors.Join(err, os.RemoveAll(e.Dir)) }()
	}
	return runStage(app, e, stage{})
}

// stage is how a bench on a sandbox shop differs from the demo's.
type stage struct {
	// training tells that people are to learn at it: every screen and every label says so.
	training bool
	// configure puts more into the settings; nil: nothing.
	configure func(*settings.Settings)
	// onPaper tells that the printer is that of the settings, and none that draws.
	onPaper  bool
	scanners []settings.Scanner
	// goods are what the shop sells; none: the sandbox's own.
	goods []order.Good
}

// acrossTraining is printed across the labels of a training bench.
const acrossTraining = "TRAINING"

// runStage opens the window on a sandbox shop of its own, in the environment's folder.
func runStage(app fyne.App, e *cli.Environment, st stage) (err error) {
	ctx, stop := context.WithCancel(e.Context)
	defer stop()
	options := sandbox.Options{Orders: demoOrders, Seed: demoSeed, LabelDelay: 300 * time.Millisecond, Goods: st.goods}
	if st.training {
		options.Across = acrossTraining
	}
	platform, err := localPort()
	if err != nil {
		return err
	}
	options.Pictures = "http://" + platform.Addr().String()
	shop, err := sandbox.New(options)
	if err != nil {
		return errors.Join(err, platform.Close())
	}
	port, err := localPort()
	if err != nil {
		return errors.Join(err, platform.Close())
	}
	bench, err := stageBench(e, shop, platform, port, st)
	if err != nil {
		return errors.Join(err, platform.Close(), port.Close())
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	serve(ctx, platform, shop, bench.Log)
	if err := demoGoods(bench, shop.Goods(), e.Dir); err != nil {
		return err
	}
	opened := Options{Poll: demoPoll, Demo: demoScan, Scanners: st.scanners, Training: st.training}
	if st.onPaper {
		err = port.Close()
	} else {
		folder := filepath.Join(e.Dir, "printed")
		fmt.Fprintln(e.Stdout, e.Tongue.Text("demo.labels", "folder", folder))
		opened.machine = newDemoPrinter(bench.Settings.Printer.DPI, folder, bench.Log)
		go opened.machine.serve(ctx, port)
	}
	if err != nil {
		return err
	}
	var arranging sync.WaitGroup
	arranging.Go(func() { demoRun(ctx, e, bench) })
	defer arranging.Wait() // before the bench is closed
	defer stop()
	return Run(app, e, bench, opened)
}

// stageBench opens the bench on the shop and the printer of a stage.
func stageBench(e *cli.Environment, shop *sandbox.Sandbox, platform, port net.Listener, st stage) (*cli.Bench, error) {
	if err := cli.ConnectSandbox(e.Dir, shop, "http://"+platform.Addr().String()); err != nil {
		return nil, err
	}
	if err := settings.Update(e.Dir, func(s *settings.Settings) error {
		if st.configure != nil {
			st.configure(s)
		}
		if !st.onPaper {
			s.Printer = settings.Printer{URI: "tcp:" + port.Addr().String(), Lang: printer.ZPL, DPI: s.Printer.DPI, Answers: true}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	return cli.OpenBench(e)
}

// demoRun arranges shipment of a few parcels, so that the page of the print run has something to print: of those that are packed last.
func demoRun(ctx context.Context, e *cli.Environment, bench *cli.Bench) {
	for {
		waiting, _, err := bench.Store.Waiting(demoOrders, "")
		if err != nil {
			bench.Log.Error("the demo found nothing to arrange", "error", err)
			return
		}
		if n := len(waiting); n > demoArranged {
			quiet := *e
			quiet.Context, quiet.Bench, quiet.Stdout = ctx, bench, io.Discard
			verb := cli.Arrange{Most: demoArranged, Labels: true, Within: time.Minute}
			for _, known := range waiting[n-demoArranged:] {
				verb.Parcels = append(verb.Parcels, string(known.Key))
			}
			if err := verb.Run(&quiet); err != nil && ctx.Err() == nil {
				bench.Log.Error("the demo's parcels were not arranged", "error", err)
			}
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(demoPoll / 10):
		}
	}
}

// serve is the platform until ctx ends.
func serve(ctx context.Context, listener net.Listener, shop http.Handler, log *slog.Logger) {
	server := &http.Server{Handler: shop, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("the sandbox stopped", "error", err)
		}
	}()
	context.AfterFunc(ctx, func() { server.Close() })
}

// localPort is a free port of this computer alone.
func localPort() (net.Listener, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, order.Trouble(err, "sandbox.listen", "address", "127.0.0.1")
	}
	return listener, nil
}

// demoGoods takes in the shop's goods, with pictures where there are any.
func demoGoods(bench *cli.Bench, goods []order.Good, dir string) error {
	if err := demoPhotos(dir); err != nil {
		return err
	}
	for i, good := range goods {
		for start, picture := range demoPictures {
			if strings.HasPrefix(good.SKU, start) {
				goods[i].Picture = filepath.Join("pictures", picture)
			}
		}
	}
	return bench.Store.ImportGoods(goods)
}

// demoPhotos writes the pictures the program carries into the bench's folder.
func demoPhotos(dir string) error {
	files, err := fs.Glob(assets.Pictures, "pictures/*.svg")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "pictures"), 0o700); err != nil {
		return order.Trouble(err, "store.folder", "folder", dir)
	}
	for _, file := range files {
		data, err := assets.Pictures.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "pictures", path.Base(file)), data, 0o600); err != nil {
			return order.Trouble(err, "store.folder", "folder", dir)
		}
	}
	return nil
}

// demoScan is what a packer would scan next.
func demoScan(s station.Snapshot) string {
	switch s.State.Phase {
	case packing.Idle:
		if code := demoSort(s); code != "" {
			return code
		}
		if len(s.Waiting) > 0 {
			return string(s.Waiting[0].Key)
		}
	case packing.Packing:
		return demoPiece(s, s.State.WantedSKU())
	case packing.LabelScan:
		return s.State.Work.Label.Matched
	}
	return ""
}

// demoPiece is the code on a piece.
func demoPiece(s station.Snapshot, sku string) string {
	if good := s.Goods[sku]; len(good.Barcodes) > 0 {
		return good.Barcodes[0]
	}
	return sku
}

// demoSort is what is scanned next of the wave at hand: the slot for the piece in the hand, a piece that has somewhere to go, or a slot that can be packed.
func demoSort(s station.Snapshot) string {
	hand := s.State.Sort.Hand
	switch {
	case s.State.Sort.Wave == "":
		return ""
	case hand.Unit != "" && hand.Slot.Code != "":
		return hand.Slot.Code
	case hand.Unit != "":
		free := slices.IndexFunc(s.Sorting.Slots, func(one order.Slot) bool { return one.Tote() && one.Parcel == "" })
		if free < 0 {
			return ""
		}
		return s.Sorting.Slots[free].Code
	}
	room := slices.ContainsFunc(s.Sorting.Slots, func(one order.Slot) bool {
		return one.Parcel == "" && one.Tote() != (s.Sorting.Wave.Shape == order.PutWall)
	})
	for _, k := range s.Sorting.Parcels {
		if packing.Sortable(k) && (k.Work.Slot != "" || room || packing.InLane(s.Sorting.Wave)) {
			return demoPiece(s, k.Unsorted()[0].SKU())
		}
	}
	if next := nextToPack(s); len(next) > 0 {
		return next[0]
	}
	return ""
}
