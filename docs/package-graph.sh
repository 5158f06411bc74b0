#!/usr/bin/env bash
# Which package uses which, from the compiled classes of every module: the block in
# docs/architecture.md. Run it after mvn package; it needs the JDK's jdeps.
#
# usage: docs/package-graph.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
jdeps=${JAVA_HOME:+$JAVA_HOME/bin/}jdeps
cd "$root"
for module in synth converter-core bamarrow-cli spark-datasource; do
  [[ -d $module/target/classes ]] ||
    { echo "package-graph.sh: $module is not compiled; run mvn package -DskipTests" >&2; exit 1; }
  "$jdeps" --ignore-missing-deps --multi-release 17 -verbose:package -filter:package \
    -e 'org\.bamarrow(\..*)?' "$module/target/classes"
done | awk '
  $2 == "->" && $1 ~ /^org/ {
    from = $1
    to = $3
    sub(/^org\.bamarrow\./, "", to)
    if (!(from in uses)) order[++n] = from
    uses[from] = uses[from] " " to
  }
  END { for (i = 1; i <= n; i++) { name = order[i]; sub(/^org\.bamarrow\./, "", name); print name " ->" uses[order[i]] } }
'
