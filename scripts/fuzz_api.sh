#!/usr/bin/env bash
# Asks every operation of the API with thousands of right and wrong requests (schemathesis) and fails on any 5xx.
# Usage: fuzz_api.sh BINARY [EXAMPLES PER OPERATION]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
bin="$1"
examples="${2:-40}"
venv="${XDG_CACHE_HOME:-$HOME/.cache}/bespoke/schemathesis"
if [ ! -x "$venv/bin/schemathesis" ]; then
  say "installing schemathesis (once)"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check 'schemathesis>=4,<5'
fi

work=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
"$bin" serve --addr 127.0.0.1:0 --data "$work/data" --log warn > "$work/out" 2> "$work/log" &
server=$!
for _ in $(seq 100); do
  url=$(grep -o 'http://[0-9.:]*' "$work/out" || true)
  [ -n "$url" ] && break
  sleep 0.1
done
[ -n "$url" ] || { cat "$work/log" >&2; die "the server did not start"; }
for _ in $(seq 600); do "$bin" health --addr "${url#http://}" 2>/dev/null && break; sleep 0.1; done

# One workspace with one résumé, so that ids are found by the links between operations as well as guessed.
cookie=$(python3 - "$url" fixtures/resumes/two-page.pdf <<'PY'
import sys, urllib.request
url, path = sys.argv[1:]
answer = urllib.request.urlopen(urllib.request.Request(url + '/api/v1/workspaces', method='POST'))
cookie = answer.headers['Set-Cookie'].split(';')[0]
body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\n' + open(path, 'rb').read() + b'\r\n--x--\r\n'
urllib.request.urlopen(urllib.request.Request(url + '/api/v1/resumes', body, {'Cookie': cookie, 'Content-Type': 'multipart/form-data; boundary=x'}))
print(cookie)
PY
)
"$venv/bin/schemathesis" run "$url/api/openapi.json" --header "Cookie: $cookie" --checks not_a_server_error \
  --exclude-path /api/v1/live --max-examples "$examples" --seed 7 --request-timeout 30 --suppress-health-check all
kill -0 "$server" || { cat "$work/log" >&2; die "the server ended"; }
