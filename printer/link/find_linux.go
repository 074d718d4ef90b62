package link

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"go.bug.st/serial/enumerator"
)

// plainLine is what is offered of a serial port's rate: what label printers are shipped with.
const plainLine = "?baud=9600"

// findUSB asks the system, not the printers: one that is in use is found too.
func findUSB() ([]Found, error) { return findUSBIn("/dev/usb", "/sys/class/usbmisc") }

func findUSBIn(dev, class string) ([]Found, error) {
	ports, err := filepath.Glob(filepath.Join(dev, "lp*"))
	if err != nil {
		return nil, err
	}
	var found []Found
	for _, port := range ports {
		base := filepath.Base(port)
		device := filepath.Join(class, base, "device") // the printer's interface; the device is above it
		id, err := systemSays(filepath.Join(device, "ieee1284_id"))
		if err != nil {
			return nil, err
		}
		one := Found{Name: nameOf(id, base), URI: "usb:" + port, ID: id}
		above, err := filepath.EvalSymlinks(device)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for name, field := range map[string]*string{"idVendor": &one.VendorID, "idProduct": &one.ProductID, "serial": &one.Serial} {
			if *field, err = systemSays(filepath.Join(filepath.Dir(above), name)); err != nil {
				return nil, err
			}
		}
		one.VendorID, one.ProductID = strings.ToUpper(one.VendorID), strings.ToUpper(one.ProductID)
		found = append(found, one)
	}
	return found, nil
}

// systemSays reads one of the system's short answers; empty where it gives none.
func systemSays(file string) (string, error) {
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(b)), err
}

func findPorts() ([]Found, error) {
	ports, err := enumerator.GetDetailedPortsList()
	if err != nil {
		return nil, err
	}
	var found []Found
	for _, port := range ports {
		if port.Name == "" {
			continue // the system has a name for it and no device
		}
		name := filepath.Base(port.Name)
		if made := strings.TrimSpace(port.Manufacturer + " " + port.Product); made != "" {
			name = made + " (" + name + ")"
		}
		found = append(found, Found{Name: name, URI: "serial:" + lasting(port.Name) + plainLine,
			VendorID: strings.ToUpper(port.VID), ProductID: strings.ToUpper(port.PID), Serial: port.SerialNumber})
	}
	return found, nil
}

// lasting is the name udev gives a port by its device's serial number, which stays when the cable goes into another socket; the port's own where there is none.
func lasting(port string) string {
	links, err := filepath.Glob("/dev/serial/by-id/*")
	if err != nil {
		return port
	}
	for _, link := range links {
		if at, err := filepath.EvalSymlinks(link); err == nil && at == port {
			return link
		}
	}
	return port
}
