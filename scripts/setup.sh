#!/usr/bin/env bash
# Installs what is missing. `setup.sh run` for what the app needs, `setup.sh test` for what the tests need too.
# Quick when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
want="${1:-run}"

command -v cargo >/dev/null || die "Rust is missing: install it from https://rustup.rs, then try again"
command -v python3 >/dev/null || die "Python 3 is missing: install the package python3, then try again"
command -v node >/dev/null && node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' \
  || die "Node.js 20 or newer is missing: install it (https://nodejs.org), then try again"

# Debian packages, by the command each brings.
packages=()
need() { command -v "$1" >/dev/null 2>&1 || packages+=("${@:2}"); }
need cc gcc libc6-dev
python3 -m pip --version >/dev/null 2>&1 || packages+=(python3-pip)
python3 -c 'import venv, ensurepip' >/dev/null 2>&1 || packages+=(python3-venv)
if [ "$want" = test ]; then
  # Reads scanned pages where the models are not there; the second package knows the accents of all languages in Latin letters.
  need tesseract tesseract-ocr tesseract-ocr-script-latn
  need chromium chromium fonts-liberation
  need pdftotext poppler-utils
  # The tests start servers of their own from it, as its user or as this one.
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || packages+=(postgresql)
  # An authority that issues certificates; releases before Debian 12 and Ubuntu 24.04 have none, and the test of it is left out.
  command -v pebble >/dev/null || ! apt-cache show pebble >/dev/null 2>&1 || packages+=(pebble)
fi
if [ "${#packages[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then sudo=(); elif command -v sudo >/dev/null; then sudo=(sudo); else
    die "missing Debian packages: ${packages[*]}. Install them as root: apt-get install ${packages[*]}"
  fi
  command -v apt-get >/dev/null || die "missing: ${packages[*]}. This is no Debian or Ubuntu: install them your own way"
  say "installing ${packages[*]}"
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

bash scripts/models.sh

# A server that speaks S3, for the tests of several servers.
if [ "$want" = test ] && [ ! -x "$BESPOKE_CACHE/moto/bin/moto_server" ]; then
  say "installing moto (once)"
  python3 -m venv "$BESPOKE_CACHE/moto"
  "$BESPOKE_CACHE/moto/bin/pip" install --quiet --disable-pip-version-check 'moto[s3,server]>=5,<6'
fi

# npm packages, again only when a lock file has changed.
for folder in web e2e; do
  [ "$folder" = e2e ] && [ "$want" != test ] && continue
  [ -f "$folder/package-lock.json" ] || continue
  stamp="$folder/node_modules/.bespoke-lock"
  if ! cmp -s "$folder/package-lock.json" "$stamp"; then
    say "installing the npm packages of $folder/"
    (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
    cp "$folder/package-lock.json" "$stamp"
  fi
done
