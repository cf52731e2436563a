#!/bin/sh
# Lays a packaged program out for quick starts: its jar beside its libraries, and a cache of its classes as they stand once it is up.
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
# The same collector as in the service definition: a cache fits one.
"$java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -XX:AOTCacheOutput="$app/start.aot" -Dspring.context.exit=onRefresh \
  -jar "$app/$(basename "$jar")" --server.port=0 --refahub.store.data-dir="$scratch/data" >"$scratch/log" 2>&1 || { tail -n 20 "$scratch/log" >&2; exit 1; }
ls -l "$app/start.aot"
