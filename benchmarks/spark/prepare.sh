# For benchmarks/spark*.sh to source: builds what is measured and says where Spark is.
#
# sets   root, spark_jar (bamarrow-spark.jar), bench_jar (the Java beside this file), SPARK_HOME
# wants  folder (where the classes and class paths go), python
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$(dirname "$here")")
spark_jar=$root/spark-datasource/target/bamarrow-spark.jar
bench_jar=$folder/bench.jar
java_home_bin=${JAVA_HOME:+$JAVA_HOME/bin/}

if [[ -z ${SPARK_HOME:-} ]]; then
  SPARK_HOME=$("$python" -c 'import pyspark; print(pyspark.__path__[0])' 2>/dev/null) ||
    { echo "no Spark: set SPARK_HOME, or install pyspark for $python" >&2; exit 1; }
fi
export SPARK_HOME

if [[ ! -f $spark_jar || -n $(find "$root"/{synth,converter-core,bamarrow-cli,spark-datasource}/{src/main,pom.xml} -newer "$spark_jar" -print -quit) ]]; then
  mvn -q -B -f "$root/pom.xml" -pl spark-datasource -am -DskipTests -Dspotless.skip=true package
  touch "$spark_jar"
fi
"$root/bamarrow" --version >/dev/null # builds and rehearses now rather than in a measured run

# compile CLASSES CLASS-PATH FILE...
compile() {
  rm -rf "$1"
  mkdir -p "$1"
  "${java_home_bin}javac" -nowarn -Xlint:-path,-classfile,-options --release 17 -d "$1" -cp "$2" "${@:3}" 2>"$1.log" ||
    { cat "$1.log" >&2; exit 1; }
}

# peer NAME: compiles what measures it, and writes its class path into FOLDER/peer-NAME.path
peer() {
  local jars=$folder/peer-$1.jars common=("$here"/Rounds.java "$here"/peers/PeerTasks.java)
  [[ -f $jars ]] ||
    mvn -q -B -f "$here/peers/$1/pom.xml" dependency:build-classpath -Dmdep.outputFile="$jars"
  [[ $1 == adam ]] || common+=("$here"/peers/HtsjdkRecord.java)
  compile "$folder/peer-$1" "$(cat "$jars")" "${common[@]}" "$here/peers/$1"/*.java
  printf '%s:%s' "$folder/peer-$1" "$(cat "$jars")" >"$folder/peer-$1.path"
}

compile "$folder/classes" "$spark_jar:$SPARK_HOME/jars/*" "$here"/*.java
"${java_home_bin}jar" cf "$bench_jar" -C "$folder/classes" .
