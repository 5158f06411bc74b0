package org.bamarrow.spark.compat;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.ListIterator;
import java.util.function.Predicate;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.StructType;
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
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
