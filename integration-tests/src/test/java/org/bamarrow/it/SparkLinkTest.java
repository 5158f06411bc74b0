package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.it.link.LinkCheck;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every class, method and field that the Spark jar uses is in each Spark. */
class SparkLinkTest {
  /** Of the command line alone: a bar on a terminal, which jobs do not have. */
  private static final List<String> NOT_IN_SPARK = List.of("class me.tongfei.progressbar.");

  @TestFactory
  Stream<DynamicTest> everyUsedClassMethodAndFieldIsInSpark() throws IOException {
    Path jar = PySpark.jar();
    return PySpark.all().stream()
        .map(spark -> DynamicTest.dynamicTest("Spark " + spark.version(), () -> check(jar, spark)));
  }

  private static void check(Path jar, PySpark spark) throws IOException {
    List<String> missing =
        LinkCheck.check(jar, spark.jarFiles(), type -> isOurs(type) && isLoaded(type, spark))
            .stream()
            .filter(line -> NOT_IN_SPARK.stream().noneMatch(line::startsWith))
            .toList();
    assertEquals("", String.join("\n", missing));
  }

  /** Of types and methods that Spark 3.5 and its Arrow and zstd-jni do not have: not used there. */
  private static boolean isLoaded(String type, PySpark spark) {
    return !(spark.version().startsWith("3.5.")
        && type.matches(
            ".*/(NewerVectors(\\$.*)?|IntervalColumn|SelectedColumn\\$Intervals|V1OptionsRule|ArrowMemoryAccess|ZstdParameters)"));
  }

  /** What is relocated into the jar uses libraries that nobody calls there. */
  private static boolean isOurs(String type) {
    return type.startsWith("org/bamarrow/") && !type.startsWith("org/bamarrow/shaded/");
  }
}
