#!/usr/bin/env bash
# Milliseconds per stage on a two-page PDF, cold start of the server, whole-process `parse`.
# PEER=path/to/seed_stack.py PEER_PYTHON=python runs the same job wired from Python parts right after, for comparison.
set -euo pipefail
cd "$(dirname "$0")/.."
bin="$1"
runs="${RUNS:-30}"
resume=fixtures/resumes/two-page.pdf
job=fixtures/jobs/backend-engineer.txt

echo "== stages, in process"
"$bin" bench "$resume" --job "$job" --runs "$runs"

echo "== one embedding, beside other engines"
python3 bench/embedding.py --bin "$bin" --resume "$resume" --job "$job" --models "${BESPOKE_MODELS:-}" --runs "$runs"

echo "== whole processes, median of $runs"
python3 - "$bin" "$resume" "$job" "$runs" <<'PY'
import os, socket, statistics, subprocess, sys, tempfile, time, urllib.request
bin, resume, job, runs = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])

def timed(run):
    start = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - start)

def quantiles(name, times):
    times = sorted(times)
    print(f"{name:<28} p50 {statistics.median(times):8.1f}  p95 {times[int(0.95 * (len(times) - 1))]:8.1f}  ms")

quiet = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
quantiles("bespoke parse", [timed(lambda: subprocess.run([bin, "parse", resume, "--format", "json-resume"], **quiet)) for _ in range(runs)])
quantiles("bespoke roles", [timed(lambda: subprocess.run([bin, "roles", resume], **quiet)) for _ in range(max(3, runs // 3))])

def cold_start():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        process = subprocess.Popen([bin, "serve", "--addr", f"127.0.0.1:{port}", "--data", data],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5).read()
                    return
                except OSError:
                    if process.poll() is not None:
                        sys.exit("the server stopped while starting")
                    time.sleep(0.002)
        finally:
            process.terminate()
            process.wait()

def start_only():
    start = time.perf_counter()
    cold_start()
    return 1000 * (time.perf_counter() - start)

quantiles("server start to ready + stop", [start_only() for _ in range(max(3, runs // 3))])
PY

if [ -n "${PEER:-}" ]; then
  echo "== the same job wired from Python parts ($PEER)"
  roles="$(mktemp)"
  trap 'rm -f "$roles"' EXIT
  "$bin" taxonomy list --json | python3 -c 'import json,sys
for r in json.load(sys.stdin): print(json.dumps({"title": r["title"], "description": r["description"], "required_skills": [s["name"] for s in r["required"]]}))' >"$roles"
  "${PEER_PYTHON:-python3}" "$PEER" --resume "$resume" --job "$job" --roles "$roles" --runs "$runs"
fi
