#!/usr/bin/env bash
# Converts BAMs to a directory of Arrow files on the cluster that MASTER names, or on this machine.
#
#     MASTER=spark://host:7077 examples/spark/convert.sh --compression zstd in.bam out/
#
# spark-submit is taken from SPARK_HOME or the PATH. On a cluster inputs and output must be where
# every executor sees them: hdfs://, s3a:// or a shared folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
exec "${SPARK_HOME:+$SPARK_HOME/bin/}spark-submit" \
  --master "${MASTER:-local[*]}" \
  --class org.bamarrow.spark.job.ConvertJob \
  "$here/../../spark-datasource/target/bamarrow-spark.jar" convert "$@"
