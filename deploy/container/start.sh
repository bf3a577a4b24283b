#!/bin/sh
# Starts the dashboard in the container. An empty data folder gets the figures that came with the image.
set -eu
if [ -z "$(ls -A "$BUREAU_DATA")" ]; then
    for part in report population reference boundary; do
        cp -R "/srv/bureau/data/$part" "$BUREAU_DATA/"
    done
fi
# Builds what is missing or older than its sources; what is refused leaves the database that stands.
/opt/bureau/bin/python -m data.build || [ -f "$BUREAU_DATA/bureau.duckdb" ]
exec "$@"
