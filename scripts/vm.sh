#!/usr/bin/env bash
# Runs the tests of the links to USB and serial printers, and of scanners, on the kernel's own drivers, in a virtual machine each: a USB gadget plugged
# into the machine's own kernel is the printer or the scanner. Each has its own machine because a gadget's ports are numbered by what was made before. It needs Debian's qemu-system-x86, busybox-static and cpio. The kernel is Debian's: KERNEL_DEB names its package
# (linux-image-6.1.0-*-amd64), or it is fetched with apt. A first argument is a pattern of tests.
set -euo pipefail
cd "$(dirname "$0")/.."

for needed in qemu-system-x86_64 busybox cpio dpkg-deb; do
  command -v "$needed" >/dev/null || { echo "vm.sh: $needed is missing; on Debian: apt-get install qemu-system-x86 busybox-static cpio" >&2; exit 1; }
done

build=build/vm
mkdir -p "$build"
if [ -z "$(find "$build/kernel" -name 'vmlinuz-*' 2>/dev/null)" ]; then
  deb=${KERNEL_DEB:-}
  if [ -z "$deb" ]; then
    package=$(apt-cache depends linux-image-amd64 | awk '$1 == "Depends:" { print $2; exit }')
    (cd "$build" && apt-get download -qq "$package")
    deb=$(ls "$build"/"$package"_*.deb)
  fi
  dpkg-deb -x "$deb" "$build/kernel"
fi

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root"/{bin,proc,sys,dev,mods,tmp}
cp "$(command -v busybox)" "$root/bin/busybox"
modules="usb-common usbcore configfs udc-core usblp cdc-acm dummy_hcd libcomposite u_serial usb_f_acm usb_f_printer hid evdev usbhid hid-generic usb_f_hid"
for module in $modules; do
  cp "$(find "$build/kernel" -name "$module.ko*" | head -1)" "$root/mods/"
done
cat >"$root/init" <<END
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
for module in $modules; do
  file=\$(ls /mods/\$module.ko*)
  case \$file in *.xz) unxz \$file; file=\${file%.xz} ;; esac
  insmod \$file
done
mount -t configfs none /sys/kernel/config
echo 3 >/proc/sys/kernel/printk
cd /tmp
/vm.test -test.v -test.timeout 15m -test.run '${1:-TestVM}' && echo "all kept to their demands"
poweroff -f
END
chmod +x "$root/init"

: >"$build/log.txt"
for package in ./scanner/listen ./printer/link; do
  CGO_ENABLED=0 "${GO:-go}" test -c -tags 'ci vm' -o "$root/vm.test" "$package"
  (cd "$root" && find . | cpio -o -H newc --quiet | gzip -1) >"$build/initrd.gz"
  # Without KVM, so that it runs inside other virtual machines too.
  timeout 1200 qemu-system-x86_64 -accel tcg -cpu max -m 1024 -smp 2 -nographic -no-reboot -nic none \
    -kernel "$(find "$build/kernel" -name 'vmlinuz-*' | head -1)" -initrd "$build/initrd.gz" -append "console=ttyS0 quiet panic=1" </dev/null | tee "$build/once.txt"
  cat "$build/once.txt" >>"$build/log.txt"
  grep -q "all kept to their demands" "$build/once.txt"
done
