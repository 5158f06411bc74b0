#!/usr/bin/env bash
# Runs notebook.py through spark-submit, on this machine or on the cluster that MASTER names.
#
#     MASTER=spark://host:7077 examples/spark/submit.sh reads.bam cells.bam chr1:1-100000 depth.png
#
# spark-submit is taken from SPARK_HOME or the PATH. On a cluster the BAMs must be where every
# executor sees them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
exec "${SPARK_HOME:+$SPARK_HOME/bin/}spark-submit" \
  --master "${MASTER:-local[*]}" \
  --jars "$here/../../spark-datasource/target/bamarrow-spark.jar" \
  "$here/notebook.py" "$@"
