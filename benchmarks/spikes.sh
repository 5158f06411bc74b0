#!/usr/bin/env bash
# The prototype's ideas that failed, tried again: prints the figures behind docs/decisions.
#
# usage: benchmarks/spikes.sh IN.bam FOLDER [THREADS [RUNS]]
#   IN.bam   a BAM of a million records or more, such as run.sh makes
#   FOLDER   an existing folder on the disk to be measured
#
#   1  the input mapped against read by position; many readers against one in turns (warm, then cold)
#   2  bases with the Vector API against a table
#   3  huge pages, NUMA, garbage collectors
#
# JAVA_HOME names the JDK to measure. The second wants the module jdk.incubator.vector, which JDK 17
# to 25 have; JDK 25 is the one to read.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
if (($# < 2)); then
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2
  exit 2
fi
bam=$1 folder=$2 threads=${3:-2} runs=${4:-5}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jar=$here/target/benchmarks.jar
if [[ ! -f $jar || -n $(find "$root"/{converter-core,bamarrow-cli,benchmarks}/src/main -newer "$jar" -print -quit) ]]; then
  mvn -q -B -f "$root/pom.xml" -pl benchmarks -am -Dmaven.test.skip=true -Dspotless.skip=true package
fi
"$root/bamarrow" --version >/dev/null # builds and rehearses now rather than in a measured run
"$java" -version 2>&1 | sed -n 2p

heading() { printf '\n== %s\n' "$*"; }
native=()
"$java" --enable-native-access=ALL-UNNAMED -version >/dev/null 2>&1 && native=(--enable-native-access=ALL-UNNAMED)
spike() { "$java" "${native[@]}" -cp "$jar" "org.bamarrow.benchmarks.spikes.$1" "${@:2}"; }

heading "mapped or read, one reader or many"
spike InputSpike "$bam" "$threads" "$runs"
spike InputSpike "$bam" "$threads" "$runs" cold

heading "bases by SIMD"
mvn -q -B -f "$root/pom.xml" -pl benchmarks -Pvector -Dmaven.test.skip=true -Dspotless.skip=true package
"$java" --add-modules jdk.incubator.vector -cp "$here/target/vector/classes" org.bamarrow.benchmarks.spikes.VectorBases

heading "huge pages, NUMA, garbage collectors"
"${BAMARROW_PYTHON:-python3}" "$here/flags.py" "$root/bamarrow" "$bam" "$folder" "$threads" "$runs"
