package org.bamarrow.spark.compat;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ListIterator;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.execution.datasources.PartitionPath;
import org.apache.spark.sql.execution.datasources.PartitionSpec;
import org.apache.spark.sql.execution.datasources.PartitioningUtils$;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Product;
import scala.Tuple2;
import scala.collection.immutable.$colon$colon;
import scala.collection.immutable.List$;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag;

/**
 * The methods of Spark whose signatures differ between Spark 3.5 (Scala 2.12 and 2.13) and Spark 4;
 * they are found by name. All other classes, methods and fields that this module uses are the same
 * in every version, which the link check in the integration tests verifies.
 */
public final class SparkMethods {
  private SparkMethods() {}

  /**
   * Calls {@code ArrowWriter.create}, which since Spark 4.0 has the additional parameter {@code
   * largeVarTypes}.
   *
   * @param timeZone of timestamps with a zone
   */
  public static ArrowWriter arrowWriter(StructType rows, String timeZone) {
    Method create =
        method(ArrowWriter.class, "create", types -> types.get(0).equals(StructType.class));
    Object[] arguments = new Object[create.getParameterCount()];
    Arrays.fill(arguments, false);
    arguments[0] = rows;
    arguments[1] = timeZone;
    arguments[2] = true; // duplicate field names are an error
    return (ArrowWriter) call(create, null, arguments);
  }

  /**
   * Calls {@code SparkContext.makeRDD}, which takes a {@code scala.collection.Seq} with Scala 2.12
   * and an immutable one with Scala 2.13. No method for Java has preferred hosts.
   *
   * @param elements each with its preferred hosts; an element is a partition
   */
  @SuppressWarnings("unchecked") // makeRDD has this result in all versions
  public static <T> RDD<T> rdd(
      SparkContext spark, List<Tuple2<T, Seq<String>>> elements, ClassTag<T> tag) {
    Method makeRdd = method(SparkContext.class, "makeRDD", types -> types.size() == 2);
    return (RDD<T>) call(makeRdd, spark, seq(elements), tag);
  }

  /**
   * Calls {@code PartitioningUtils.parsePartitions}, by which Spark's file sources infer partition
   * columns from the names of folders; its parameters differ.
   *
   * @param folders of files
   * @param bases folders above them, which are not examined
   * @param inferTypes false: all columns are strings
   * @param declared types of some columns, which are not inferred
   * @param values receives the values of each folder that has some, which may be null
   * @return the columns
   * @throws IllegalArgumentException if the names contradict each other or a declared type
   */
  public static StructType partitions(
      List<Path> folders,
      List<Path> bases,
      boolean inferTypes,
      StructType declared,
      boolean caseSensitive,
      String timeZone,
      BiConsumer<Path, List<Object>> values) {
    Method parse =
        method(PartitioningUtils$.class, "parsePartitions", types -> types.get(6) == String.class);
    Object[] arguments = new Object[parse.getParameterCount()];
    Arrays.fill(arguments, false);
    arguments[0] = seq(folders);
    arguments[1] = inferTypes;
    arguments[2] = seq(bases).toSet();
    arguments[3] = Option.apply(declared);
    arguments[4] = caseSensitive;
    arguments[5] = true; // a value that does not have the declared type is an error
    arguments[6] = timeZone;
    PartitionSpec found;
    try {
      found = (PartitionSpec) call(parse, PartitioningUtils$.MODULE$, arguments);
    } catch (AssertionError e) {
      throw new IllegalArgumentException(e.getMessage().replace("\b", "\n"), e);
    }
    StructType columns = found.partitionColumns();
    Object all = call(method(PartitionSpec.class, "partitions", List::isEmpty), found);
    scala.collection.Iterator<?> each = ((scala.collection.Iterable<?>) all).iterator();
    while (each.hasNext()) {
      PartitionPath folder = (PartitionPath) each.next();
      values.accept(folder.path(), values(folder.values(), columns));
    }
    return columns;
  }

  private static List<Object> values(InternalRow row, StructType columns) {
    List<Object> values = new ArrayList<>();
    for (StructField column : columns.fields()) {
      int i = values.size();
      values.add(row.isNullAt(i) ? null : row.get(i, column.dataType()));
    }
    return values;
  }

  /** A Scala list, which is a {@code Seq} of either kind. */
  public static <T> Seq<T> seq(List<T> values) {
    scala.collection.immutable.List<T> list = List$.MODULE$.empty();
    ListIterator<T> from = values.listIterator(values.size());
    while (from.hasPrevious()) {
      list = new $colon$colon<>(from.previous(), list);
    }
    return list;
  }

  /**
   * A copy of an object of a case class with another element; the number of elements differs.
   *
   * @param before the element to replace, the same object
   */
  @SuppressWarnings("unchecked") // a copy has the type of the original
  public static <T> T replaced(T original, Object before, Object after) {
    Product product = (Product) original;
    Object[] elements = new Object[product.productArity()];
    for (int i = 0; i < elements.length; i++) {
      Object element = product.productElement(i);
      elements[i] = element == before ? after : element;
    }
    Constructor<?> constructor =
        Arrays.stream(original.getClass().getConstructors())
            .filter(each -> each.getParameterCount() == elements.length)
            .findFirst()
            .orElseThrow(() -> new NoSuchMethodError(original.getClass().getName()));
    try {
      return (T) constructor.newInstance(elements);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Method method(Class<?> type, String name, Predicate<List<Class<?>>> parameters) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals(name))
        .filter(method -> parameters.test(List.of(method.getParameterTypes())))
        .findFirst()
        .orElseThrow(() -> new NoSuchMethodError(type.getName() + "." + name));
  }

  private static Object call(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
