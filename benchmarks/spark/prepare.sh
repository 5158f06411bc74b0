# For benchmarks/spark*.sh to source: builds what is measured and finds Spark.
#
# sets   root, spark_jar (bamarrow-spark.jar), SPARK_HOME
# needs  python
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$(dirname "$here")")
spark_jar=$root/spark-datasource/target/bamarrow-spark.jar
java_home_bin=${JAVA_HOME:+$JAVA_HOME/bin/}

if [[ -z ${SPARK_HOME:-} ]]; then
  SPARK_HOME=$("$python" -c 'import pyspark; print(pyspark.__path__[0])' 2>/dev/null) ||
    { echo "no Spark: set SPARK_HOME, or install pyspark for $python" >&2; exit 1; }
fi
export SPARK_HOME

if [[ ! -f $spark_jar || -n $(find "$root"/{synth,converter-core,bamarrow-cli,spark-datasource}/{src/main,pom.xml} -newer "$spark_jar" -print -quit) ]]; then
  mvn -q -B -f "$root/pom.xml" -pl spark-datasource -am -Dmaven.test.skip=true -Dspotless.skip=true package
  touch "$spark_jar"
fi
"$root/bamarrow" --version >/dev/null # builds and rehearses now rather than in a measured run

# profile NAME MODULES...: builds a profile of benchmarks/pom.xml, with the modules that it needs
profile() {
  mvn -q -B -f "$root/pom.xml" -pl benchmarks "${@:2}" "-P$1" -Dmaven.test.skip=true -Dspotless.skip=true package
}

# peer NAME: builds the tasks of another reader, for whole.peer
peer() { profile "peer-$1"; }

profile spark -am
