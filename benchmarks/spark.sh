#!/usr/bin/env bash
# Scans and regions by Spark, beside the core's own reader and the other readers of BAM on Spark:
# prints tables, and writes them as JSON.
#
# usage: benchmarks/spark.sh FOLDER IN.bam [SECTION...]
#   FOLDER     gets spark-SECTION-IN.bam.json
#   IN.bam     for `regions` sorted, with its .bai beside it; the shared folder's bench/make-data.sh makes
#              such files: bench/make-data.sh DATA
#   SECTION    all but the last three where none is named
#     warm     queries, and all columns as batches, beside the core in the same virtual machine
#     cold     the same as whole processes
#     peers    disq, Hadoop-BAM and ADAM, each on Spark 3.5 from Maven
#     regions  one region, 1,000, a contig, unplaced reads; beside samtools and polars-bio
#     splits   finding the first records of 8, 64 and 512 splits, beside disq and Hadoop-BAM
#     profile  where the time of draining all columns goes, by Spark and by the core
#
# environment
#   SPARK_HOME        the Spark to measure; default: that of BAMARROW_PYTHON's pyspark
#   BAMARROW_PYTHON   a Python, for regions with polars-bio; default: python3
#   BAMARROW_RUNS     runs of each measurement, of which the median counts; default: 5
#   BAMARROW_WARM     rounds before these in a virtual machine; default: 3
#   BAMARROW_THREADS  default: 2
#   JAVA_HOME         the JDK to measure, 17 or 21: the others' Spark knows no newer one
#
# needs samtools and Maven, which fetches the others.
set -euo pipefail
if (($# < 2)); then
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2
  exit 2
fi
benchmarks=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd) bam=$2
shift 2
sections=("$@")
((${#sections[@]})) || sections=(warm cold peers)
python=${BAMARROW_PYTHON:-python3}
runs=${BAMARROW_RUNS:-5} warm=${BAMARROW_WARM:-3} threads=${BAMARROW_THREADS:-2}
for section in "${sections[@]}"; do
  case $section in
    warm | cold | peers | regions | splits | profile) ;;
    *) echo "spark.sh: no section is called $section" >&2; exit 2 ;;
  esac
done
# shellcheck source=benchmarks/spark/prepare.sh
source "$benchmarks/spark/prepare.sh"

# The guessers asked where splits would begin; one virtual machine for each number of splits.
splits() {
  local built=$benchmarks/target/guessers count
  profile guessers -am
  printf '\n## %s: first records of splits\n\n' "$(basename "$bam")"
  echo '| splits | guesser | right | wrong | nothing | exception | s | MB read |'
  echo '|---|---|---|---|---|---|---|---|'
  for count in 8 64 512; do
    "${java_home_bin}java" -cp "$built/classes:$(cat "$built/class-path"):$root/bamarrow-cli/target/bamarrow.jar" \
      org.bamarrow.benchmarks.splits.Guessers "$count" "$bam" 2>"$folder/guessers.log" |
      awk -F' [|] ' -v n="$count" '/^[|] all/ { print "| " n " | " $2 " | " $3 " | " $4 " | " $5 " | " $6 " | " $7 " | " $8 " |" }'
  done
}

for section in "${sections[@]}"; do
  case $section in
    peers) for name in disq hadoop-bam adam; do peer "$name"; done ;;&
    warm | cold | peers) "$python" "$here/scans.py" "$section" "$folder" "$bam" "$threads" "$warm" "$runs" ;;
    regions) "$python" "$here/regions.py" "$folder" "$bam" "$threads" "$warm" "$runs" ;;
    splits) splits ;;
    profile) "$python" "$here/drain.py" "$folder" "$bam" "$threads" "$warm" "$runs" ;;
  esac
done
