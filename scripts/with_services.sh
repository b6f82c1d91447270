#!/usr/bin/env bash
# Run a command against Debian's PostgreSQL 15 and Redis, started for it in a directory of their
# own and stopped after it: DATABASE_URL and REDIS_URL are set for the command.
set -euo pipefail
# Those of the compose file, which Debian 12 has; another system's own are told aloud.
postgresql_version=15
redis_version=7.0
bin=/usr/lib/postgresql/$postgresql_version/bin
if [ ! -x "$bin/postgres" ]; then
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
  [ -x "${bin:-none}/postgres" ] || { echo "PostgreSQL is not installed." >&2; exit 1; }
  echo "PostgreSQL $postgresql_version is not here: this is $("$bin/postgres" --version)." >&2
fi
command -v redis-server >/dev/null || { echo "Redis is not installed." >&2; exit 1; }
redis-server --version | grep -q "v=$redis_version\." \
  || echo "Redis $redis_version is not here: this is $(redis-server --version)." >&2
work=$(mktemp -d)
as_postgres() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}
stop() {
  status=$?
  as_postgres "$bin/pg_ctl" -D "$work/database" -m immediate stop >/dev/null 2>&1 || true
  [ -z "${redis:-}" ] || kill "$redis" 2>/dev/null || true
  rm -rf "$work"
  exit "$status"
}
trap stop EXIT INT TERM
chmod 755 "$work"
mkdir "$work/database"
[ "$(id -u)" != 0 ] || chown postgres:postgres "$work/database"
cd "$work"
as_postgres "$bin/initdb" --auth=trust --encoding=UTF8 --locale=C.UTF-8 -U portal -D "$work/database" >/dev/null
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free_port)
as_postgres "$bin/pg_ctl" -w -D "$work/database" -l "$work/database/log" \
  -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$work/database -c fsync=off" start >/dev/null
"$bin/createdb" -h 127.0.0.1 -p "$port" -U portal jbn_oversight
redis_port=$(free_port)
redis-server --bind 127.0.0.1 --port "$redis_port" --save "" --dir "$work" >/dev/null &
redis=$!
cd "$OLDPWD"
export DATABASE_URL="postgresql://portal@127.0.0.1:$port/jbn_oversight" REDIS_URL="redis://127.0.0.1:$redis_port/0"
export DATA_DIR="$work/data"
"$@"
