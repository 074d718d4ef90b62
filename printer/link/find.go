package link

import (
	"context"
	"errors"
	"net/url"
	"os"
	"strings"

	"packbench/internal/order"
	"packbench/printer/ieee1284"
	"packbench/printer/ipp"
)

// Found is a printer, or a port that a printer may stand at.
type Found struct {
	Name string // to show: make and model where they are known
	URI  string // as printer.Open takes it
	ID   string // what a USB printer says of itself (IEEE 1284): "MFG:Zebra;MDL:ZD220;CMD:ZPL;"; empty elsewhere

	VendorID, ProductID, Serial string // of a USB device; hexadecimal, four digits
}

// Find lists the USB printers, the queues of the system's print service and the serial ports, in this order. Where no print service answers there are no
// queues. Network printers and printers of Windows' spooler are not found.
func Find(ctx context.Context) ([]Found, error) {
	found, err := findUSB()
	if err != nil {
		return nil, err
	}
	queues, err := findQueues(ctx)
	if err != nil {
		return nil, err
	}
	ports, err := findPorts()
	if err != nil {
		return nil, err
	}
	return append(append(found, queues...), ports...), nil
}

// findQueues asks the print service. One that answers nonsense is an error; one that is not there has no queues.
func findQueues(ctx context.Context) ([]Found, error) {
	service := newPrintService(os.Getenv("CUPS_SERVER"))
	defer service.client.CloseIdleConnections()
	queues, err := service.call(ctx, "/", ipp.GetQueues, nil, ipp.Text(ipp.Keyword, "requested-attributes", "printer-name", "printer-info", "printer-make-and-model"))
	var unreachable *url.Error
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &unreachable), errors.Is(err, ipp.NotFound):
		return nil, nil // no service, or one without a queue
	case err != nil:
		return nil, order.Trouble(err, "printer.no_service", "address", service.address)
	}
	var found []Found
	for _, queue := range queues {
		name := queue.Text("printer-name")
		if name == "" {
			continue
		}
		shown := name
		if info := queue.Text("printer-info"); info != "" && info != name {
			shown = info + " (" + name + ")"
		}
		found = append(found, Found{Name: shown, URI: "cups:" + name})
	}
	return found, nil
}

// nameOf is a USB printer's make and model. Many clones leave their id empty or fill it with junk; then it is the fallback.
func nameOf(id, fallback string) string {
	if name := strings.TrimSpace(ieee1284.Maker(id) + " " + ieee1284.Model(id)); name != "" {
		return name
	}
	return fallback
}
