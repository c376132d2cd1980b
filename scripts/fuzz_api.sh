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
"$bin" serve --addr 127.0.0.1:0 --data "$work/data" --trust-proxy --log warn > "$work/out" 2> "$work/log" &
server=$!
for _ in $(seq 100); do
  url=$(grep -o 'http://[0-9.:]*' "$work/out" || true)
  [ -n "$url" ] && break
  sleep 0.1
done
[ -n "$url" ] || { cat "$work/log" >&2; die "the server did not start"; }
for _ in $(seq 600); do "$bin" health --addr "${url#http://}" 2>/dev/null && break; sleep 0.1; done

# Somebody new with an account and one résumé, so that ids are found by the links between operations as well as guessed.
newcomer() {
  python3 - "$url" fixtures/resumes/two-page.pdf "$1" "$2" <<'PY'
import json, sys, urllib.request
url, path, name, address = sys.argv[1:]
def ask(to, body, kind, cookie=''):
    request = urllib.request.Request(url + '/api/v1' + to, body, {'Cookie': cookie, 'Content-Type': kind, 'Origin': url, 'X-Forwarded-For': address}, method='POST')
    return [c.split(';')[0] for c in urllib.request.urlopen(request).headers.get_all('Set-Cookie') or []]
guest = ask('/workspaces', b'', 'application/json')[0]
body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\n' + open(path, 'rb').read() + b'\r\n--x--\r\n'
ask('/resumes', body, 'multipart/form-data; boundary=x', guest)
terms = json.load(urllib.request.urlopen(url + '/api/v1/auth'))['terms']
account = {'email': name + '@example.org', 'password': 'nine green kettles sing', 'consent': terms}
print('; '.join(c for c in ask('/auth/sign-up', json.dumps(account).encode(), 'application/json', guest) if 'access' in c))
PY
}
run() {
  # Each from an address of its own, or the limits on sign-ups would refuse the later ones.
  local cookie address="10.0.0.$2"
  cookie=$(newcomer "$1" "$address")
  shift 2
  "$venv/bin/schemathesis" run "$url/api/openapi.json" --header "Cookie: $cookie" --header "Origin: $url" --header "X-Forwarded-For: $address" --checks not_a_server_error \
    --exclude-path /api/v1/live --max-examples "$examples" --seed 7 --request-timeout 30 --suppress-health-check all "$@"
}
# What ends the session or the account is asked by somebody of its own each: everything after it would only be refused.
ends=(/api/v1/auth/sign-out /api/v1/auth/refresh /api/v1/account/password /api/v1/account/sessions '/api/v1/account/sessions/{id}' /api/v1/account)
run ana 1 "${ends[@]/#/--exclude-path=}"
for n in "${!ends[@]}"; do run "ana$n" "$((n + 2))" --include-path "${ends[$n]}"; done
kill -0 "$server" || { cat "$work/log" >&2; die "the server ended"; }
