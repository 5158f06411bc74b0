#!/usr/bin/env bash
# Conversions of a BAM by a job of spark-submit, beside the command line, DataFrames written as Arrow
# and as Parquet, and ADAM's transformAlignments: whole processes, Spark's own start measured by an
# empty job; and what one more split costs.
#
# usage: benchmarks/spark-convert.sh FOLDER IN.bam
#   FOLDER   gets the outputs, which are deleted, and spark-convert-IN.bam.json; it wants five times
#            the size of IN.bam on the disk to be measured
#   IN.bam   of 8 M records: the shared folder's bench/make-data.sh DATA makes hiseq.bam of 2 M, then
#              samtools cat -o hiseq8m.bam hiseq.bam hiseq.bam hiseq.bam hiseq.bam
#
# environment
#   SPARK_HOME        the Spark to measure; default: that of BAMARROW_PYTHON's pyspark
#   BAMARROW_PYTHON   a Python with pyarrow, which reads the outputs back; default: python3
#   BAMARROW_RUNS     rounds, of which the median counts; default: 3
#   BAMARROW_THREADS  default: 2
#   JAVA_HOME         the JDK to measure, 17 or 21: ADAM's Spark knows no newer one
#
# needs samtools and Maven, which fetches ADAM.
set -euo pipefail
if (($# != 2)); then
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2
  exit 2
fi
benchmarks=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
python=${BAMARROW_PYTHON:-python3}
"$python" -c 'import pyarrow' 2>/dev/null ||
  { echo "spark-convert.sh: $python has no pyarrow; see BAMARROW_PYTHON above" >&2; exit 1; }
# shellcheck source=benchmarks/spark/prepare.sh
source "$benchmarks/spark/prepare.sh"
peer adam
"$python" "$here/convert.py" "$folder" "$2" "${BAMARROW_THREADS:-2}" "${BAMARROW_RUNS:-3}"
