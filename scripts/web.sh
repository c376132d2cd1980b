#!/usr/bin/env bash
# Builds the front end into web/dist, only when a source is newer than the last build.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
stamp=web/dist/.built
if [ ! -f "$stamp" ] || [ -n "$(find web/src web/public web/index.html web/package-lock.json web/vite.config.ts data/roles -newer "$stamp" -print -quit 2>/dev/null)" ]; then
  say "building the front end"
  (cd web && npm run --silent build)
  touch "$stamp"
fi
