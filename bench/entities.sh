#!/usr/bin/env bash
# Names in running text, held out: learns on four fifths of the marked résumés, reads the fifth that it has not seen.
# Usage: bench/entities.sh TRAIN_MENTIONS resumes.jsonl (data/README.md names where the texts come from; they hold people's lives
# and are not part of the repository).
set -euo pipefail
cd "$(dirname "$0")/.."
read="$(mktemp)"
trap 'rm -f "$read"' EXIT
echo "== names in running text, five folds"
"$1" "$2" --folds 5 >"$read"
python3 bench/entities.py --found "$read" --data "$2"
