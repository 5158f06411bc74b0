package org.bamarrow.spark.serializer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import org.bamarrow.internal.aggregate.RawAggregate;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.parts.PartWaves.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Records, immutable lists and enums pass through both of Spark's serializers. */
class JavaSerializedTest {
  private static final ClassTag<JavaSerialized<?>> TAG =
      ClassTag$.MODULE$.apply(JavaSerialized.class);

  private static SparkConf settings(boolean registered) {
    SparkConf settings = new SparkConf(false).set("spark.kryo.registrationRequired", "true");
    return registered
        ? settings.set("spark.kryo.classesToRegister", JavaSerialized.class.getName())
        : settings;
  }

  private static Serializer serializer(boolean kryo, SparkConf settings) {
    return kryo ? new KryoSerializer(settings) : new JavaSerializer(settings);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsPackedComesBackEqual(boolean kryo) {
    SerializerInstance instance = serializer(kryo, settings(true)).newInstance();
    RawField flag = RawField.of(RawField.Column.FLAG);
    RawPredicate predicate =
        new RawPredicate.And(List.of(new RawPredicate.IsNull(flag), RawPredicate.TRUE));
    ArrayList<Task> tasks = new ArrayList<>(List.of(new Task(1, 2), new Task(3, 4)));
    RawAggregate aggregate = new RawAggregate(RawAggregate.Function.COUNT, flag);
    long[] numbers = LongStream.range(0, 5_000).toArray();
    for (var value : List.of(predicate, tasks, aggregate)) {
      JavaSerialized<?> before = new JavaSerialized<>(value);
      JavaSerialized<?> after = instance.deserialize(instance.serialize(before, TAG), TAG);
      assertEquals(value, after.value());
      assertNotSame(value, after.value());
    }
    JavaSerialized<?> after =
        instance.deserialize(instance.serialize(new JavaSerialized<>(numbers), TAG), TAG);
    assertEquals(LongStream.of(numbers).sum(), LongStream.of((long[]) after.value()).sum());
  }

  @Test
  void aPackedValueThatHasBeenReadIsSentAgain() {
    SerializerInstance instance = serializer(true, settings(true)).newInstance();
    JavaSerialized<Task> packed = new JavaSerialized<>(new Task(1, 2));
    packed.value();
    assertEquals(
        new Task(1, 2), instance.deserialize(instance.serialize(packed, TAG), TAG).value());
  }

  @Test
  void whoForbidsUnregisteredClassesIsToldWhichOne() {
    SparkConf without = settings(false);
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> JavaSerialized.requireRegistered(without, serializer(true, without)));
    assertTrue(
        error
            .getMessage()
            .contains(
                "add org.bamarrow.spark.serializer.JavaSerialized to spark.kryo.classesToRegister"),
        error.getMessage());
    SparkConf with = settings(true);
    assertDoesNotThrow(() -> JavaSerialized.requireRegistered(with, serializer(true, with)));
    assertDoesNotThrow(() -> JavaSerialized.requireRegistered(without, serializer(false, without)));
  }
}
