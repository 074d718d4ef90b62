package evdev

import (
	"errors"
	"net"
	"runtime"
	"sync"
	"unsafe"

	"golang.org/x/sys/windows"

	"packbench/internal/order"
	"packbench/scanner"
	"packbench/scanner/listen"
)

// What user32.dll offers (winuser.h).
var (
	user32            = windows.NewLazySystemDLL("user32.dll")
	registerClass     = user32.NewProc("RegisterClassExW")
	createWindow      = user32.NewProc("CreateWindowExW")
	defaultProcedure  = user32.NewProc("DefWindowProcW")
	getMessage        = user32.NewProc("GetMessageW")
	dispatchMessage   = user32.NewProc("DispatchMessageW")
	registerRawInput  = user32.NewProc("RegisterRawInputDevices")
	rawInputData      = user32.NewProc("GetRawInputData")
	rawInputList      = user32.NewProc("GetRawInputDeviceList")
	rawInputOf        = user32.NewProc("GetRawInputDeviceInfoW")
	hid               = windows.NewLazySystemDLL("hid.dll")
	hidProduct        = hid.NewProc("HidD_GetProductString")
	messageOnly       = ^uintptr(2) // HWND_MESSAGE, -3
	procedureOfWindow = windows.NewCallback(windowProcedure)
)

const (
	messageInput   = 0x00FF // WM_INPUT
	messageDevices = 0x00FE // WM_INPUT_DEVICE_CHANGE
	removed        = 2      // GIDC_REMOVAL
	ridInput       = 0x10000003
	deviceName     = 0x20000007 // RIDI_DEVICENAME
	typeKeyboard   = 1          // RIM_TYPEKEYBOARD
	inputSink      = 0x0100     // RIDEV_INPUTSINK: also while another window is in front
	deviceChanges  = 0x2000     // RIDEV_DEVNOTIFY
	// keysKept is how many characters may wait to be read: more than the longest code, whatever the program is doing.
	keysKept = 4096
)

// windowClass is WNDCLASSEXW, registration RAWINPUTDEVICE, listed RAWINPUTDEVICELIST, message MSG.
type (
	windowClass struct {
		size, style                        uint32
		procedure                          uintptr
		classExtra, windowExtra            int32
		instance, icon, cursor, background uintptr
		menu, name                         *uint16
		smallIcon                          uintptr
	}
	registration struct {
		usagePage, usage uint16
		flags            uint32
		target           uintptr
	}
	listed struct {
		device uintptr
		kind   uint32
	}
	message struct {
		window        uintptr
		what          uint32
		word, long    uintptr
		time          uint32
		x, y, private int32
	}
	// rawKey is RAWINPUT of a keyboard: its head, and RAWKEYBOARD.
	rawKey struct {
		kind, size                            uint32
		device, word                          uintptr
		scanCode, flags, reserved, virtualKey uint16
		message, extra                        uint32
	}
)

// post is where the keys of all keyboards arrive: Windows gives them to one window of a program.
var post struct {
	start   sync.Once
	err     error
	mu      sync.Mutex
	devices map[uintptr]*device
}

// Echoes tells whether what an input device types reaches the window too. Windows shows its keys, and gives them to the window in front all the same.
const Echoes = true

// device is a scanner that types.
type device struct {
	net.Conn
	decoder Decoder
	keys    chan byte
	gone    chan struct{}
	end     sync.Once
}

// Open hears an input device by what it says of itself, over USB. It fails with scanner.absent, scanner.busy where this program hears it already, or
// scanner.no_port where the address names no USB device.
func Open(name string, at scanner.Address) (listen.Port, error) {
	if at.USB == (scanner.Identity{}) {
		return nil, order.Trouble(nil, "scanner.no_port", "name", name, "address", at.String())
	}
	if post.start.Do(startPost); post.err != nil {
		return nil, order.Trouble(post.err, "scanner.absent", "name", name, "address", at.String())
	}
	keyboards, err := keyboards()
	if err != nil {
		return nil, order.Trouble(err, "scanner.absent", "name", name, "address", at.String())
	}
	post.mu.Lock()
	defer post.mu.Unlock()
	for handle, path := range keyboards {
		if !at.USB.Of(rawIdentity(path)) {
			continue
		}
		if post.devices[handle] != nil {
			return nil, order.Trouble(nil, "scanner.busy", "name", name, "address", at.String())
		}
		d := newDevice()
		post.devices[handle] = d
		return d, nil
	}
	return nil, order.Trouble(nil, "scanner.absent", "name", name, "address", at.String())
}

func newDevice() *device {
	near, far := net.Pipe() // which knows deadlines, as a channel does not
	d := &device{Conn: near, keys: make(chan byte, keysKept), gone: make(chan struct{})}
	go func() {
		defer far.Close()
		for {
			select {
			case c := <-d.keys:
				if _, err := far.Write([]byte{c}); err != nil {
					return
				}
			case <-d.gone:
				return
			}
		}
	}()
	return d
}

// Close gives the device up.
func (d *device) Close() error {
	post.mu.Lock()
	for handle, one := range post.devices {
		if one == d {
			delete(post.devices, handle)
		}
	}
	post.mu.Unlock()
	d.leave()
	return d.Conn.Close()
}

// leave ends what is read from the device.
func (d *device) leave() { d.end.Do(func() { close(d.gone) }) }

// startPost opens the window that no one sees, on a thread of its own.
func startPost() {
	post.devices = map[uintptr]*device{}
	opened := make(chan error)
	go func() {
		runtime.LockOSThread() // the window's messages come to the thread that made it
		err := openPost()
		opened <- err
		if err != nil {
			return
		}
		var m message
		for {
			if got, _, _ := getMessage.Call(uintptr(unsafe.Pointer(&m)), 0, 0, 0); int32(got) <= 0 {
				return // the program ends
			}
			_, _, _ = dispatchMessage.Call(uintptr(unsafe.Pointer(&m)))
		}
	}()
	post.err = <-opened
}

func openPost() error {
	name, err := windows.UTF16PtrFromString("packbench.scanners")
	if err != nil {
		return err
	}
	class := windowClass{procedure: procedureOfWindow, name: name}
	class.size = uint32(unsafe.Sizeof(class))
	if done, _, err := registerClass.Call(uintptr(unsafe.Pointer(&class))); done == 0 {
		return err
	}
	window, _, err := createWindow.Call(0, uintptr(unsafe.Pointer(name)), 0, 0, 0, 0, 0, 0, messageOnly, 0, 0, 0)
	if window == 0 {
		return err
	}
	wanted := registration{usagePage: 1, usage: 6, flags: inputSink | deviceChanges, target: window} // keyboards (HID usage tables)
	if done, _, err := registerRawInput.Call(uintptr(unsafe.Pointer(&wanted)), 1, unsafe.Sizeof(wanted)); done == 0 {
		return err
	}
	return nil
}

func windowProcedure(window uintptr, what uint32, word, long uintptr) uintptr {
	switch what {
	case messageInput:
		takeKey(long)
	case messageDevices:
		post.mu.Lock()
		if d := post.devices[long]; d != nil && word == removed {
			delete(post.devices, long)
			d.leave()
		}
		post.mu.Unlock()
	}
	answer, _, _ := defaultProcedure.Call(window, uintptr(what), word, long)
	return answer
}

func takeKey(input uintptr) {
	var key rawKey
	size := uint32(unsafe.Sizeof(key))
	const head = 2*4 + 2*unsafe.Sizeof(uintptr(0))
	got, _, _ := rawInputData.Call(input, ridInput, uintptr(unsafe.Pointer(&key)), uintptr(unsafe.Pointer(&size)), head)
	if int32(got) <= 0 || key.kind != typeKeyboard {
		return
	}
	post.mu.Lock()
	defer post.mu.Unlock()
	d := post.devices[key.device]
	if d == nil {
		return
	}
	if c, ok := d.decoder.Take(rawEvent(key.scanCode, key.flags)); ok {
		select {
		case d.keys <- c:
		default: // nobody reads: what is half is not to become a code
			d.decoder.Lose()
			d.leave()
			delete(post.devices, key.device)
		}
	}
}

// keyboards are the names of all keyboards by their handles.
func keyboards() (map[uintptr]string, error) {
	var count uint32
	var one listed
	if got, _, err := rawInputList.Call(0, uintptr(unsafe.Pointer(&count)), unsafe.Sizeof(one)); int32(got) < 0 {
		return nil, err
	}
	names := map[uintptr]string{}
	if count == 0 {
		return names, nil
	}
	list := make([]listed, count)
	got, _, err := rawInputList.Call(uintptr(unsafe.Pointer(&list[0])), uintptr(unsafe.Pointer(&count)), unsafe.Sizeof(one))
	if int32(got) < 0 {
		return nil, err
	}
	for _, l := range list[:got] {
		if l.kind != typeKeyboard {
			continue
		}
		name := make([]uint16, 1024)
		size := uint32(len(name))
		if got, _, _ := rawInputOf.Call(l.device, deviceName, uintptr(unsafe.Pointer(&name[0])), uintptr(unsafe.Pointer(&size))); int32(got) > 0 {
			names[l.device] = windows.UTF16ToString(name)
		}
	}
	return names, nil
}

// product is what a device calls itself; empty where it says nothing.
func product(path string) (name string, err error) {
	at, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return "", err
	}
	h, err := windows.CreateFile(at, 0, windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, windows.CloseHandle(h)) }()
	said := make([]uint16, 127) // the most a USB device can say (USB 2.0, 9.6.7)
	if done, _, err := hidProduct.Call(uintptr(h), uintptr(unsafe.Pointer(&said[0])), uintptr(2*len(said))); done&0xff == 0 {
		return "", err
	}
	return windows.UTF16ToString(said), nil
}
