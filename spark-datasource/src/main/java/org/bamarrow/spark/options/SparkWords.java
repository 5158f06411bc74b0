package org.bamarrow.spark.options;

import java.util.stream.Stream;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Printable;
import org.bamarrow.errors.Worded;
import org.bamarrow.errors.Wording;

/** Names options as users of the data source do: {@code allowMissingEof=true}. */
public enum SparkWords implements Wording {
  WORDS;

  @Override
  public boolean has(OptionKey option) {
    return option(option) != null;
  }

  @Override
  public String name(OptionKey option) {
    return option(option).key();
  }

  @Override
  public String setting(OptionKey option, String value) {
    return name(option) + "=" + value;
  }

  private static SparkOption option(OptionKey key) {
    return Stream.of(SparkOption.values())
        .filter(option -> key.word().equals(option.word()) || option.name().equals(key.name()))
        .findFirst()
        .orElse(null);
  }

  /** Words an error and its causes for users of the data source, and returns it. */
  public static <E extends Throwable> E in(E error) {
    return Worded.speaking(error, WORDS);
  }

  /** The message of an error, worded for users of the data source. */
  public static String message(Throwable error) {
    String message = in(error).getMessage();
    return message == null ? error.toString() : Printable.message(message);
  }
}
