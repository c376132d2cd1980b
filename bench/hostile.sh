#!/usr/bin/env bash
# Runs `bespoke parse` on two thousand hostile files: each must end with success or exit code 3 and a stable code, in time,
# and leave no process behind.
set -euo pipefail
cd "$(dirname "$0")/.."
bin="$1"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cargo run --quiet --locked -p bespoke-core --example hostile -- "$folder/files" "${MUTATIONS:-145}"
BESPOKE_CACHE="$folder/cache" python3 - "$bin" "$folder/files" <<'PY'
import collections, os, re, subprocess, sys, time
from concurrent.futures import ThreadPoolExecutor
bin, folder = sys.argv[1], sys.argv[2]

def run(name):
    start = time.monotonic()
    try:
        done = subprocess.run([bin, "parse", os.path.join(folder, name), "--format", "json-resume"], capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return name, "hang", 60.0
    error = done.stderr.decode("utf8", "replace")
    code = re.search(r"\[([a-z-]+)\]\s*$", error)
    if "panicked" in error:
        ending = "panic"
    elif done.returncode == 0:
        ending = "read"
    elif done.returncode == 3 and code:
        ending = code[1]
    else:
        ending = f"exit {done.returncode} without a code"
    return name, ending, time.monotonic() - start

with ThreadPoolExecutor(os.cpu_count()) as pool:
    results = list(pool.map(run, sorted(os.listdir(folder))))
left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout.count(f"{bin} worker")
for ending, count in collections.Counter(r[1] for r in results).most_common():
    print(f"{count:6} {ending}")
times = sorted(r[2] for r in results)
print(f"{len(results)} files, p50 {1000 * times[len(times) // 2]:.0f} ms, slowest {times[-1]:.1f} s, {left} processes left")
bad = [r for r in results if r[1] in ("hang", "panic", "reader-broken") or r[1].startswith("exit")]
for name, ending, _ in bad[:20]:
    print(f"{name}: {ending}", file=sys.stderr)
sys.exit(1 if bad or left else 0)
PY
