package org.bamarrow.spark.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import scala.reflect.ClassTag$;

/**
 * A value in Java's serialized form, to whatever serializer Spark uses an object with an array of
 * bytes. Whatever {@code spark.serializer} serializes goes in one of these: the results of tasks,
 * commit messages, broadcasts, the elements of RDDs. Kryo knows neither records nor {@code
 * writeReplace}. Closures, and with them readers, writers and partitions, Spark serializes as Java
 * does; they stay as they are.
 *
 * @param <T> the value's class; its objects are not changed
 */
public final class JavaSerialized<T extends Serializable> implements WriterCommitMessage {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;

  /** The value, once it has been asked for; guarded by this. */
  private transient T value;

  public JavaSerialized(T value) {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(buffer)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException(value.getClass().getName() + " cannot be serialized", e);
    }
    bytes = buffer.toByteArray();
  }

  /** Unpacks the value at the first call, for all threads of a JVM that share this object. */
  @SuppressWarnings("unchecked") // the constructor wrote a T
  public synchronized T value() {
    if (value == null) {
      // Classes come from the loader of this class: ours, and through it Spark's.
      try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
        value = (T) in.readObject();
      } catch (IOException | ClassNotFoundException e) {
        throw new IllegalStateException(
            "the value does not fit this version of bamarrow; the driver and all executors must"
                + " have the same jar",
            e);
      }
    }
    return value;
  }

  /**
   * Makes sure, before any task runs, that Spark's serializer takes this class.
   *
   * @throws IllegalArgumentException if it has to be registered with Kryo first
   */
  public static void requireRegistered(SparkConf settings) {
    requireRegistered(settings, SparkEnv.get().serializer());
  }

  static void requireRegistered(SparkConf settings, Serializer serializer) {
    if (!settings.getBoolean("spark.kryo.registrationRequired", false)) {
      return;
    }
    try {
      serializer.newInstance().serialize(new JavaSerialized<>(""), ClassTag$.MODULE$.apply(JavaSerialized.class));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "spark.kryo.registrationRequired is true: add "
              + JavaSerialized.class.getName()
              + " to spark.kryo.classesToRegister",
          e);
    }
  }
}
