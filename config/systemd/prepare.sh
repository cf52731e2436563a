#!/bin/sh
# Lays the connector out for quick starts: its jar beside its libraries, and a cache of its classes as a rehearsed start leaves them.
# Again after each update of the program or of Java; a cache that does not fit is left unused by Java with one line in the log.
#   prepare.sh refahub-store-connector.jar /opt/refahub/app
set -eu
[ $# -eq 2 ] || { echo "usage: $0 JAR FOLDER" >&2; exit 64; }
jar=$(readlink -f "$1")
mkdir -p "$2"
app=$(readlink -f "$2")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
rm -rf "$app/lib" "$app/start.aot"
"$java" -Djarmode=tools -jar "$jar" extract --force --destination "$app"
cd "$scratch"
# The same collector as in the service definition: a cache fits one. The rehearsal has an index of its own and touches no data of the shop.
"$java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Dspring.aot.enabled=true -XX:AOTCacheOutput="$app/start.aot" \
  -jar "$app/$(basename "$jar")" rehearse "$scratch/data" >"$scratch/log" 2>&1 || { tail -n 20 "$scratch/log" >&2; exit 1; }
ls -l "$app/start.aot"
