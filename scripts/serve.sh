#!/bin/sh
# Serve the site on 127.0.0.1, with its due work done every 20 seconds; both end together.
set -eu
port=${1:-8000}
export DJANGO_RUNSERVER_HIDE_WARNING=true

.venv/bin/python site/manage.py tick --every 20 &
tick=$!
.venv/bin/python site/manage.py runserver --noreload --skip-checks "127.0.0.1:$port" &
server=$!

end() {
  trap - INT TERM EXIT
  kill "$server" "$tick" 2>/dev/null || true
  wait
}
trap end EXIT
trap 'end; exit 0' INT TERM

echo "The site is on http://127.0.0.1:$port/ (stop it with Ctrl-C)."
wait "$server"
