#!/usr/bin/env bash
# Fetches what the build embeds and git does not hold: the fonts and PDFium's WebAssembly build.
# Every file is pinned by its SHA-256; a file that is there and right is not fetched again.
set -euo pipefail
cd "$(dirname "$0")/.."

# target <TAB> npm package <TAB> path inside it <TAB> sha256
files() {
  cat <<'LIST'
assets/fonts/NotoSansSC-Regular.ttf	@expo-google-fonts/noto-sans-sc@0.4.3	package/400Regular/NotoSansSC_400Regular.ttf	d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16
assets/fonts/NotoSansSC-Bold.ttf	@expo-google-fonts/noto-sans-sc@0.4.3	package/700Bold/NotoSansSC_700Bold.ttf	9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96
assets/fonts/NotoSans-Regular.ttf	@expo-google-fonts/noto-sans@0.4.2	package/400Regular/NotoSans_400Regular.ttf	fe8c022f48d8dd29f17b744d16f9346f4357e16f7d4f7be58b000ae7c291b614
assets/fonts/NotoSans-Bold.ttf	@expo-google-fonts/noto-sans@0.4.2	package/700Bold/NotoSans_700Bold.ttf	13a813c49624ae3ba3c5c6e72c5ebffc4b9e1e6ea32f421c04069b037c6ad431
assets/fonts/NotoSansMono-Bold.ttf	@expo-google-fonts/noto-sans-mono@0.4.2	package/700Bold/NotoSansMono_700Bold.ttf	c13b63c28f97181761213a0ba8fdb5d887c6d3855098937907c76b3b6efc1566
assets/fonts/NotoSansThai-Regular.ttf	@expo-google-fonts/noto-sans-thai@0.4.2	package/400Regular/NotoSansThai_400Regular.ttf	9acb585d8662ca4ed1b1cf5889dfa1393f8555103b3986e1ea1e3af4faef70bd
assets/fonts/NotoSansThai-Bold.ttf	@expo-google-fonts/noto-sans-thai@0.4.2	package/700Bold/NotoSansThai_700Bold.ttf	0be544f347b3ab6382bdc2b555a783727a4858a3dc140670406924670967d916
assets/fonts/NotoSansArabic-Regular.ttf	@expo-google-fonts/noto-sans-arabic@0.4.3	package/400Regular/NotoSansArabic_400Regular.ttf	252629ca0e87b6233851249b8cbf7b43445211a8caf199f1b306a19202251508
assets/fonts/NotoSansArabic-Bold.ttf	@expo-google-fonts/noto-sans-arabic@0.4.3	package/700Bold/NotoSansArabic_700Bold.ttf	a86a704ff8b315082f4859b04c2f8f746f4cefb14553ef10505f143e0d4829d3
assets/fonts/NotoEmoji-Bold.ttf	@expo-google-fonts/noto-emoji@0.4.7	package/700Bold/NotoEmoji_700Bold.ttf	4a3232c18f9c6312d34eb5b3ddc670c2060ff15f42d584c8aca331b6205c6ad9
internal/label/pdfium/pdfium.wasm	@hyzyla/pdfium@2.1.13	package/dist/pdfium.wasm	71aec412a303a0405baee21c3d6d3f30ad2033dc02444130fe476be3976e2d09
LIST
}

right() { # file sha256
  [ -f "$1" ] && [ "$(sha256sum "$1" | cut -d' ' -f1)" = "$2" ]
}

missing=0
while IFS=$'\t' read -r target _ _ sum; do
  right "$target" "$sum" || missing=1
done < <(files)
[ "$missing" = 1 ] || exit 0

command -v npm >/dev/null || { echo "make deps: npm is missing; install Node.js with npm (Debian: apt install npm)" >&2; exit 1; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

while IFS=$'\t' read -r target package inside sum; do
  right "$target" "$sum" && continue
  folder="$tmp/$(printf '%s' "$package" | tr '/@' '__')"
  if [ ! -d "$folder" ]; then
    mkdir -p "$folder"
    echo "make deps: fetching $package"
    (cd "$folder" && npm pack --silent "$package" >/dev/null && tar xzf ./*.tgz)
  fi
  if ! right "$folder/$inside" "$sum"; then
    echo "make deps: $package: $inside is not the file this project was built with; refusing it" >&2
    exit 1
  fi
  mkdir -p "$(dirname "$target")"
  cp "$folder/$inside" "$target"
done < <(files)
