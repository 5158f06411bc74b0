"""Runs blocks of a document, each in a new session of one Spark application.

Argument: the port of the test, which sends the name of a file for each block, and gets what went
wrong as a Python literal; empty: nothing. A block sees what is on its page, and nothing of the
blocks before it: SQL settings and temporary views belong to its session, tables that it creates are
dropped and streams are stopped after it.
"""

import socket
import sys
import traceback

from pyspark.sql import SparkSession

application = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.jars", "bamarrow-spark.jar")
    .getOrCreate()
)
application.sparkContext.setLogLevel("ERROR")


def run(path):
    spark = application.newSession()
    df = spark.range(10).selectExpr("id", "concat('NA', id % 2) AS sample")
    try:
        with open(path, encoding="utf-8") as file:
            code = compile(file.read(), path, "exec")
        exec(code, {"__name__": "__main__", "spark": spark, "df": df})
        return ""
    except BaseException:
        return traceback.format_exc()
    finally:
        for query in spark.streams.active:
            query.stop()
        for table in spark.sql("SHOW TABLES IN spark_catalog.default").collect():
            if not table["isTemporary"]:
                spark.sql(f"DROP TABLE spark_catalog.default.`{table['tableName']}`")


with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as test:
    lines = test.makefile("rw", encoding="utf-8")
    for line in lines:
        print(repr(run(line.rstrip("\n"))), file=lines, flush=True)
