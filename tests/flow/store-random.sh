#!/bin/sh
# The store against its model, on random sequences. Needs a migrated database
# that psql reaches by its environment (PGHOST, PGDATABASE, PGUSER).
#	store-random.sh [FIRST [LAST]]
set -eu
cd "$(dirname "$0")/../support"
exec python3 store_random.py "${1:-1}" "${2:-50}"
