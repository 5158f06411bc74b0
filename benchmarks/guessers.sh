#!/usr/bin/env bash
# Who finds the first record of a split? The guessers of bamarrow, disq and Hadoop-BAM, asked at the
# block boundaries of the same files; prints the table of docs/decisions/0008.
#
# usage: benchmarks/guessers.sh FOLDER [MOST [FILE.bam...]]
#   FOLDER   an existing folder for the files that are made (some 60 MB)
#   MOST     boundaries of a file, evenly spread where it has more; default: 50
#   FILE     more files; default: the sound files of the shared corpus
#
# BAMARROW_SHARED   the folder with corpus/truth.tsv; default: ../shared beside this checkout
#
# A row: file, guesser, answers right, wrong, nothing found, exceptions, seconds, MB read, and the
# first answer that is not right, as block/offset within. Files on which a guesser is right at every
# boundary have no row for it. Maven fetches disq and Hadoop-BAM.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
if (($# == 0)); then
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2
  exit 2
fi
folder=$1 most=${2:-50}
shift $(($# < 2 ? $# : 2))
corpus=${BAMARROW_SHARED:-$root/../shared}/corpus
files=("$@")
if ((${#files[@]} == 0)); then
  while IFS=$'\t' read -r file class _; do
    case $class in valid | valid-edge | derived) files+=("$corpus/$file") ;; esac
  done <"$corpus/truth.tsv"
fi
"$root/bamarrow" --version >/dev/null # builds the classes that are measured
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
mvn -q -B -f "$root/pom.xml" -pl benchmarks -am -Pguessers -Dmaven.test.skip=true -Dspotless.skip=true package
built=$here/target/guessers
classes=$built/classes:$(cat "$built/class-path"):$root/bamarrow-cli/target/bamarrow.jar
made=()
make() { # NAME OPTIONS...
  made+=("$folder/$1.bam")
  "$root/bamarrow" synth --quiet --force --seed 1 "${@:2}" "$folder/$1.bam"
}
make short-spanning --profile short --records 40000 --spanning
make edge-spanning --profile edge --records 20000 --spanning
make singlecell-spanning --profile singlecell --records 40000 --spanning
make long-spanning --profile long --records 300 --spanning
make ultralong-spanning --profile ultralong --size 12M --spanning
for bytes in 100000 3000000; do # a short run of records in an array, and one past every proof
  made+=("$folder/records-in-an-array-of-$bytes.bam")
  "$java" -cp "$classes" org.bamarrow.benchmarks.splits.NestedRecords \
    "$folder/short-spanning.bam" "$folder/records-in-an-array-of-$bytes.bam" "$bytes"
done
echo '| file | guesser | right | wrong | nothing | exception | s | MB read | first that is not right: block, answer, truth |'
echo '|---|---|---|---|---|---|---|---|---|'
"$java" -cp "$classes" org.bamarrow.benchmarks.splits.Guessers "$most" "${files[@]}" "${made[@]}" 2>"$folder/log"
