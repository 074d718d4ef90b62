// Packbench is a program for packing benches in the warehouses of TikTok Shop sellers.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata"

	_ "a.packbench/quiet"
	"fyne.io/fyne/v2/app"
	"github.com/alecthomas/kong"

	"packbench/internal/cli"
	"packbench/internal/label/pdfium"
	"packbench/internal/order"
	"packbench/internal/window"
	"packbench/internal/words"
)

// grammar is what can be said on the command line. The window is the product; the verbs do the same without one.
type grammar struct {
	Dir string `placeholder:"DIR" help:"The bench's folder: settings, files, labels and logs (default: ${dir})."`

	Window   openWindow        `cmd:"" default:"withargs" help:"Open the window on the configured shop."`
	Train    openTraining      `cmd:"" help:"Open the window as a training bench: this bench's scanners, language and people on an embedded sandbox shop. Nothing real is touched."`
	Demo     openDemo          `cmd:"" help:"Open the window on an embedded sandbox shop with a virtual printer."`
	Pack     cli.Pack          `cmd:"" help:"Pack parcels from a list of scans."`
	Print    cli.Print         `cmd:"" help:"Print label documents: PDF, PNG or ZPL."`
	Labels   cli.PrintRun      `cmd:"" name:"run" help:"Print the labels of many parcels in one run, and go on with it after trouble."`
	Devices  cli.Printers      `cmd:"" name:"printers" help:"List the printers and ports of this computer."`
	Hear     cli.Scanners      `cmd:"" name:"scanners" help:"List what scanners can be at, or test one by three codes."`
	Sync     cli.Sync          `cmd:"" help:"Read the shops' orders, once or over and over."`
	Login    cli.Login         `cmd:"" help:"Connect the bench to a seller's shops."`
	Shops    cli.Shops         `cmd:"" help:"List the shops, and how long the seller's authorization lasts."`
	Carriers cli.Carriers      `cmd:"" help:"List the carriers that parcels which the seller ships may go with."`
	Orders   cli.Orders        `cmd:"" help:"List the orders."`
	Transit  cli.Transit       `cmd:"" help:"Parcels that have left: which are not scanned, silent, not to be delivered or lost, and what to do."`
	Export   cli.Export        `cmd:"" help:"Write orders, lines, what is late, shifts, labels or buyers to tell into a file for spreadsheets: xlsx or csv."`
	Overdue  cli.Overdue       `cmd:"" help:"List what is late: which clock, why, who does what next."`
	Appeal   cli.Appeal        `cmd:"" help:"Gather all that is known of a parcel or of a hand-over sheet into an appeal pack: one PDF, or a folder."`
	Password cli.MailPassword  `cmd:"" name:"mail-password" help:"Keep the password of the mail server by which the daily list of what is late is sent."`
	Filters  cli.Filters       `cmd:"" name:"filter" help:"Filters that are kept by a name: filter:NAME stands for their words."`
	Catalog  cli.Catalog       `cmd:"" help:"The seller's goods."`
	Stock    cli.Stock         `cmd:"" help:"List what is oversold, short or below its safety stock."`
	Waves    cli.Waves         `cmd:"" name:"wave" help:"Waves: parcels that are picked together."`
	Walls    cli.Walls         `cmd:"" name:"wall" help:"Put walls, whose slots take the pieces of a parcel each."`
	Totes    cli.Totes         `cmd:"" name:"tote" help:"Totes, which take the pieces of a parcel each."`
	Slips    cli.Slip          `cmd:"" name:"slip" help:"Packing slips: what is in a parcel, for its buyer. Never a shipping label."`
	Sheets   cli.Handover      `cmd:"" name:"handover" help:"Hand-over sheets: what a carrier takes, scanned parcel by parcel."`
	Tickets  cli.Ticket        `cmd:"" name:"ticket" help:"Slot tickets: whose pieces lie in a tote or a slot of a put wall."`
	Arrange  cli.Arrange       `cmd:"" help:"Arrange shipment of many parcels at once and fetch their labels."`
	Shift    cli.Shift         `cmd:"" help:"Tell what a day at the bench came to: parcels, pieces, pace, what scans caught, labels."`
	Forecast cli.Forecast      `cmd:"" help:"Tell which parcels will miss their cut-off at the pace of the benches, and how many packers more would save them."`
	Rates    cli.Rates         `cmd:"" help:"Tell the rates that the platform watches, by market and week, with its limits."`
	Outbox   cli.Outbox        `cmd:"" help:"List what the platform is still to be asked, and what of it waits for a person."`
	PutBack  cli.PutBack       `cmd:"" name:"putback" help:"List goods that left parcels and are not back in their bins, and take them off the list by scans."`
	History  cli.History       `cmd:"" help:"Tell what happened to a parcel."`
	Cancels  cli.Cancellations `cmd:"" name:"cancellations" help:"List buyers who asked to cancel, and answer them."`
	QR       cli.PlatformQR    `cmd:"" name:"platform-qr" help:"Import the platform's QR label for parcels to a market, or list those imported."`
	People   cli.People        `cmd:"" help:"Who may work at the bench: badges, PINs, supervisors."`
	Rules    cli.Rules         `cmd:"" help:"The rules clocks follow from: what must follow what within how long. Extensions, cut-offs, holidays."`
	Backup   cli.Backup        `cmd:"" help:"Copy what happened at the bench."`
	Restore  cli.Restore       `cmd:"" help:"Put such a copy back."`
	Purge    cli.Purge         `cmd:"" help:"Take away what must not be kept any longer."`
	Doctor   cli.Doctor        `cmd:"" help:"Check files, disk, platform, clock, printer, scanner and scale, and say how to mend what is wrong."`
	Sandbox  cli.Sandbox       `cmd:"" help:"Serve a simulated platform."`
}

// openWindow opens the window on the configured shop.
type openWindow struct {
	Printer string   `placeholder:"URI" help:"Printer address; without it the configured one."`
	Scanner []string `placeholder:"URI" sep:"none" help:"A scanner's address, more than once for several; without it the configured ones. The keyboard is always heard."`
	Wall    bool     `help:"Open the put wall in a window of its own, for a second monitor."`
}

// pollShops is the pause between two readings of the shops (platform API 4.4 leaves room for far more).
const pollShops = 30 * time.Second

// Run returns when the window is closed.
func (v *openWindow) Run(e *cli.Environment) (err error) {
	if err := window.CheckDisplay(os.Getenv); err != nil {
		return err
	}
	desktop := app.NewWithID(appID)
	bench, err := cli.OpenBench(e)
	if err != nil {
		return window.ShowProblem(desktop, e, err)
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	scanners, err := cli.ChooseScanners(bench.Settings.Scanners, v.Scanner)
	if err != nil {
		return err
	}
	return window.Run(desktop, e, bench, window.Options{Poll: pollShops, Printer: v.Printer, Scanners: scanners, Wall: v.Wall})
}

// openDemo opens the window on a sandbox shop.
type openDemo struct{}

// Run returns when the window is closed.
func (openDemo) Run(e *cli.Environment) error {
	if err := window.CheckDisplay(os.Getenv); err != nil {
		return err
	}
	return window.RunDemo(app.NewWithID(appID), e)
}

// openTraining opens the window for people who learn.
type openTraining struct {
	Paper   bool   `help:"Print on this bench's printer, with TRAINING across every label, in place of a simulated one."`
	Catalog string `placeholder:"FILE" help:"The goods that are ordered, as catalog import reads them: those on your shelves can be scanned then."`
}

// Run returns when the window is closed.
func (v *openTraining) Run(e *cli.Environment) error {
	if err := window.CheckDisplay(os.Getenv); err != nil {
		return err
	}
	var goods []order.Good
	if v.Catalog != "" {
		found, err := cli.ReadGoods(e, v.Catalog)
		if err != nil {
			return err
		}
		goods = found.Goods
	}
	return window.RunTraining(app.NewWithID(appID), e, v.Paper, goods)
}

// appID is the program's name to the desktop, as in FyneApp.toml.
const appID = "com.packbench.bench"

func main() {
	pdfium.WorkIfAsked()
	os.Exit(run())
}

func run() int {
	said, verb, err := understand(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "packbench:", err)
		var wrong *kong.ParseError
		if errors.As(err, &wrong) {
			fmt.Fprintln(os.Stderr, "Try: packbench --help")
		}
		return cli.ExitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	tongue, err := words.In(cli.LanguageOf(os.Getenv))
	if err != nil {
		fmt.Fprintln(os.Stderr, "packbench:", err)
		return cli.ExitFailed
	}
	e := &cli.Environment{
		Context: ctx, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Dir: said.Dir, DirSaid: said.Dir != "", Now: time.Now, Tongue: tongue,
	}
	if !e.DirSaid {
		e.Dir = cli.DefaultDir()
	}
	e.Understand = func(args []string) (cli.Verb, error) {
		_, verb, err := understand(args, kong.NoDefaultHelp()) // help would end the program
		return verb, err
	}
	return e.Do(verb, os.Args[1:])
}

// understand reads a command line.
func understand(args []string, more ...kong.Option) (*grammar, cli.Verb, error) {
	var said grammar
	parser, err := kong.New(&said, append(more, kong.Name("packbench"), kong.UsageOnError(),
		kong.Description("Pick, pack, label: every parcel confirmed by a scan."), kong.Vars{"dir": cli.DefaultDir()})...)
	if err != nil {
		return nil, nil, err
	}
	read, err := parser.Parse(args)
	if err != nil {
		return nil, nil, err
	}
	verb, ok := read.Selected().Target.Addr().Interface().(cli.Verb)
	if !ok {
		return nil, nil, fmt.Errorf("%s is no verb", read.Command())
	}
	return &said, verb, nil
}
