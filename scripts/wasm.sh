#!/usr/bin/env bash
# Builds what reads résumés inside the page (crates/bespoke-wasm) into web/built/bespoke.wasm, and keeps it in the cache by
# the hash of all that it is made of. Where no compiler for WebAssembly can be had it says so and builds nothing: the page
# then works with its server only. BESPOKE_SKIP_WASM=1 leaves it out.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
out=web/built/bespoke.wasm
cache="$BESPOKE_CACHE/wasm"
target=wasm32-unknown-unknown

without() {
  say "$1: this build of the page reads nothing without its server"
  rm -f "$out" web/built/words.bin
  exit 0
}
[ -z "${BESPOKE_SKIP_WASM:-}" ] || without "BESPOKE_SKIP_WASM is set"

hash="$({ find crates/bespoke-wasm crates/bespoke-core crates/bespoke-render data -type f \
    ! -path '*/tests/*' ! -path '*/examples/*' ! -path '*/fonts/*' ! -path '*/snapshots/*' -print0
  printf '%s\0' Cargo.toml Cargo.lock scripts/wasm.sh
} | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-32)"
kept="$cache/$hash.wasm"

# The large lists of words and the weights that read running text are a file of their own, loaded when a résumé is first
# judged or plain text is read: see crates/bespoke-core/src/words.rs.
give() {
  mkdir -p web/built
  cmp -s "$kept" "$out" || cp "$kept" "$out"
  { for list in data/words/english.txt data/skills/{curated,lexicon,roles}.txt data/words/{kin,stands}.txt; do cat "$list"; printf '\0'; done
    cat data/parse/mentions.crf; } > web/built/words.tmp
  cmp -s web/built/words.tmp web/built/words.bin && rm web/built/words.tmp || mv web/built/words.tmp web/built/words.bin
  exit 0
}
[ ! -f "$kept" ] || give

mkdir -p "$cache"
flags=()

# The compiler that is here knows the target, or rustup can fetch it.
knows() { [ -d "$(rustc --print target-libdir --target $target 2>/dev/null)" ]; }
fetched() { command -v rustup >/dev/null && timeout 180 rustup target add $target >/dev/null 2>&1 && knows; }

# Debian and Ubuntu have a compiler with this target that does not disturb the one that is here: unpacked, not installed.
debian() {
  command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 1
  local version root wanted package lld
  [ -n "$(apt-cache policy rustc-web 2>/dev/null | sed -n 's/ *Candidate: *//p')" ] || { [ "$(id -u)" = 0 ] && apt-get update -qq >/dev/null 2>&1; } || return 1
  version="$(apt-cache policy rustc-web | sed -n 's/ *Candidate: *//p')"
  [ -n "$version" ] && [ "$version" != "(none)" ] || return 1
  root="$cache/rust-${version//[^a-z0-9.]/-}"
  lld="$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld"
  [ -x "$lld" ] || lld="$(command -v wasm-ld lld 2>/dev/null | head -n 1)"
  [ -n "$lld" ] || return 1
  if [ ! -x "$root/rustc" ]; then
    say "fetching Debian's compiler for WebAssembly"
    rm -rf "$root" && mkdir -p "$root/debs"
    wanted="$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
      rustc-web rust-web-src | grep -E '^[a-z0-9][^:]*$' | sort -u)"
    for package in $wanted; do
      [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] && continue
      (cd "$root/debs" && apt-get download -qq "$package" >/dev/null 2>&1) || true
    done
    for package in "$root"/debs/*.deb; do dpkg -x "$package" "$root/tree" || return 1; done
    rm -rf "$root/debs" "$root/tree/usr/share"
    find "$root"/tree/usr/src/rustc-* -mindepth 1 -maxdepth 1 ! -name library -exec rm -rf {} +
    printf '#!/bin/sh\nLD_LIBRARY_PATH="%s" exec "%s" "$@"\n' "$root/tree/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || echo x86_64-linux-gnu)" "$root/tree/usr/bin/rustc" > "$root/rustc.new"
    chmod +x "$root/rustc.new"
    "$root/rustc.new" --version >/dev/null || return 1
    mv "$root/rustc.new" "$root/rustc"
  fi
  export RUSTC="$root/rustc" RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$lld"
  flags=(-Zbuild-std=std,panic_abort)
}

knows || fetched || debian || without "no Rust compiler for WebAssembly can be had (rustup target add $target)"

# Where in the source a panic began is 60 kB of text that nobody in a page reads.
export RUSTC_BOOTSTRAP=1 RUSTFLAGS="${RUSTFLAGS:-} -Zlocation-detail=none"

say "building what reads résumés inside the page (minutes the first time)"
export CARGO_TARGET_DIR="${BESPOKE_WASM_TARGET:-$cache/target}"
if ! cargo build --quiet --locked --profile wasm --target $target "${flags[@]}" -p bespoke-wasm; then
  # The compiler of the toolchain that is here must build it; one that had to be fetched from elsewhere may be too old or too new.
  [ "${#flags[@]}" -gt 0 ] && without "Debian's compiler for WebAssembly does not build it"
  exit 1
fi
cp "$CARGO_TARGET_DIR/$target/wasm/bespoke_wasm.wasm" "$kept.new"
mv "$kept.new" "$kept"
# A few versions back are kept, for those who go from one branch to another.
ls -t "$cache"/*.wasm | tail -n +6 | xargs -r rm -f
give
