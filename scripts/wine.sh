#!/usr/bin/env bash
# Runs the Windows program's way to a printer under Wine: Wine's spooler hands its jobs to a CUPS of their own, whose queue, without a filter, stands at a
# TCP port. First the link's tests, then the whole program: what `print` sends to the spooler is to be what it writes to a file on Linux. Last a scanner that
# types, by Raw Input: the keyboard of an X server types into a window that is not ours. It needs Debian's wine, wine64, gcc-mingw-w64-x86-64-win32, cups,
# socat, xvfb and xdotool. A first argument is a pattern of tests.
set -euo pipefail
cd "$(dirname "$0")/.."

for needed in wine x86_64-w64-mingw32-gcc /usr/sbin/cupsd lpadmin socat Xvfb xdotool; do
  command -v "$needed" >/dev/null || { echo "wine.sh: $needed is missing; on Debian: apt-get install wine wine64 gcc-mingw-w64-x86-64-win32 cups socat xvfb xdotool" >&2; exit 1; }
done

build=build/wine
mkdir -p "$build"
export CGO_ENABLED=0
GOOS=windows "${GO:-go}" test -c -tags 'ci wine' -o "$build/link.test.exe" ./printer/link
GOOS=windows "${GO:-go}" test -c -tags 'ci wine' -o "$build/evdev.test.exe" ./scanner/evdev
GOOS=windows "${GO:-go}" build -tags ci -o "$build/packbench.exe" .
"${GO:-go}" build -tags ci -o "$build/packbench" .
x86_64-w64-mingw32-gcc -shared -O2 -s -o "$build/bcryptprimitives.dll" scripts/wine/bcryptprimitives.c -ladvapi32

home=$(mktemp -d)
chmod 755 "$home" # CUPS as root gives up its rights
running=()
finish() {
  for process in "${running[@]}"; do kill "$process" 2>/dev/null || true; done
  WINEPREFIX="$home/wine" wineserver -k 2>/dev/null || true
  rm -rf "$home"
}
trap finish EXIT

port=
for candidate in $(shuf -i 20000-30000 -n 20); do
  if ! (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null; then port=$candidate; break; fi
done
[ -n "$port" ] || { echo "wine.sh: no free port" >&2; exit 1; }

# A CUPS of our own, at a socket in our folder: the computer's own stays as it is.
mkdir -p "$home"/cups/{spool,cache,state,log}
export CUPS_SERVER="$home/cups/sock"
cat >"$home/cups/cupsd.conf" <<END
Listen $CUPS_SERVER
LogLevel warn
DefaultAuthType None
Browsing No
ErrorPolicy retry-current-job
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
END
{
  if [ "$(id -u)" = 0 ]; then printf 'User lp\nGroup lp\n'; fi
  cat <<END
ServerRoot $home/cups
RequestRoot $home/cups/spool
CacheDir $home/cups/cache
StateDir $home/cups/state
TempDir $home/cups/spool
AccessLog $home/cups/log/access
ErrorLog $home/cups/log/error
PageLog $home/cups/log/page
END
} >"$home/cups/cups-files.conf"
/usr/sbin/cupsd -f -c "$home/cups/cupsd.conf" -s "$home/cups/cups-files.conf" &
running+=($!)
for _ in $(seq 100); do lpstat -r >/dev/null 2>&1 && [ -S "$CUPS_SERVER" ] && break; sleep 0.1; done
lpadmin -p labels -E -v "socket://127.0.0.1:$port" -m raw 2>&1 | { grep -v "Raw queues are deprecated" || true; }

export WINEPREFIX="$home/wine" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" PACKBENCH_WINE_PORT=$port
wine wineboot -i >/dev/null 2>&1
cp "$build/bcryptprimitives.dll" "$WINEPREFIX/drive_c/windows/system32/"

(cd printer/link && wine "../../$build/link.test.exe" -test.v -test.timeout 10m -test.run "${1:-TestWine}" </dev/null)

# The whole program, in the printer's languages, a document each.
socat -u "TCP-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork" "OPEN:$home/printed,creat,append" &
running+=($!)
for lang in zpl tspl escpos; do
  : >"$home/printed"
  document=internal/label/testdata/a6_cairo.pdf
  "$build/packbench" print "$document" --printer "file:$home/$lang" --lang "$lang" --dpi 203 --dir "$home/linux" >"$home/linux.said"
  wine "$build/packbench.exe" print "$document" --printer spooler:labels --lang "$lang" --dpi 203 --dir "$home/windows" </dev/null | tr -d '\r' >"$home/windows.said"
  want=$(echo "$home/$lang"/*)
  for _ in $(seq 300); do [ "$(stat -c %s "$home/printed")" -ge "$(stat -c %s "$want")" ] && break; sleep 0.1; done
  cmp "$want" "$home/printed"
  diff "$home/linux.said" "$home/windows.said"
  echo "$lang: $(stat -c %s "$want") bytes came through Wine's spooler as Linux writes them"
done
echo "the spooler keeps to the demands"

# The scanner. Wine's desktop began without a screen.
wineserver -k || true
mkfifo "$home/display"
Xvfb -displayfd 3 -screen 0 800x600x24 -noreset 3>"$home/display" 2>/dev/null &
running+=($!)
DISPLAY=:$(head -1 "$home/display")
export DISPLAY PACKBENCH_WINE_TYPED=JX0001-QZ
wine notepad >/dev/null 2>&1 &
for _ in $(seq 300); do xdotool search --name Notepad >/dev/null 2>&1 && break; sleep 0.1; done
wine "$build/evdev.test.exe" -test.v -test.timeout 2m -test.run TestWine </dev/null >"$home/heard" &
hearing=$!
for _ in $(seq 300); do grep -q "the keys are heard" "$home/heard" && break; sleep 0.1; done
xdotool type --delay 20 "$PACKBENCH_WINE_TYPED"
xdotool key Return
wait "$hearing" || { cat "$home/heard" >&2; exit 1; }
cat "$home/heard"
echo "Raw Input tells what is typed, and by which device"
