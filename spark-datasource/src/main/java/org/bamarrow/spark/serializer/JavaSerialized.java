package org.bamarrow.spark.serializer;

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
 * A value in Java's serialized form, which every serializer can write as an object with an array of
 * bytes. All values that {@code spark.serializer} serializes are wrapped in this class: results of
 * tasks, commit messages, broadcasts, and elements of RDDs. Kryo supports neither records nor
 * {@code writeReplace}. Closures, including readers, writers and partitions, always use Java's
 * serialization and are not wrapped.
 *
 * @param <T> the class of the value; its objects must not be changed
 */
public final class JavaSerialized<T extends Serializable> implements WriterCommitMessage {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;

  /** The deserialized value, after the first call; guarded by this. */
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

  /** Deserializes the value on the first call, for all threads that share this object. */
  @SuppressWarnings("unchecked") // the constructor wrote a T
  public synchronized T value() {
    if (value == null) {
      // Uses the class loader of this class, whose parent has Spark's classes.
      try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
        value = (T) in.readObject();
      } catch (IOException | ClassNotFoundException e) {
        throw new IllegalStateException(
            "the value is from another version of bamarrow; the driver and all executors must"
                + " have the same jar",
            e);
      }
    }
    return value;
  }

  /**
   * Checks, before any task runs, that Spark's serializer accepts this class.
   *
   * @throws IllegalArgumentException if it is not registered with Kryo
   */
  public static void requireRegistered(SparkConf settings) {
    requireRegistered(settings, SparkEnv.get().serializer());
  }

  static void requireRegistered(SparkConf settings, Serializer serializer) {
    if (!settings.getBoolean("spark.kryo.registrationRequired", false)) {
      return;
    }
    try {
      serializer
          .newInstance()
          .serialize(new JavaSerialized<>(""), ClassTag$.MODULE$.apply(JavaSerialized.class));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "spark.kryo.registrationRequired is true: add "
              + JavaSerialized.class.getName()
              + " to spark.kryo.classesToRegister",
          e);
    }
  }
}
