#!/usr/bin/env bash
# Builds the front end into web/dist, only when a source is newer than the last build; before it, what the page reads
# résumés with where there is no server.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
bash scripts/wasm.sh
stamp=web/dist/.built
# The page is another one with and without that reader.
reader="$(cat web/built/bespoke.wasm 2>/dev/null | sha256sum)"
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$reader" ] || [ -n "$(find web/src web/public web/index.html web/package-lock.json web/vite.config.ts data/roles -newer "$stamp" -print -quit 2>/dev/null)" ]; then
  say "building the front end"
  (cd web && npm run --silent build)
  printf '%s' "$reader" > "$stamp"
fi
