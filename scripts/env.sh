# Where things that outlive one checkout are kept; sourced by the other scripts.
BESPOKE_CACHE="${BESPOKE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bespoke}"
BESPOKE_MODELS="${BESPOKE_MODELS:-$BESPOKE_CACHE/models}"
export BESPOKE_CACHE BESPOKE_MODELS

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }
