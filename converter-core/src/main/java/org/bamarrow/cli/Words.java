package org.bamarrow.cli;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The words that an option takes and what they stand for; an option names its subclass as converter
 * and for shell completion.
 */
abstract class Words<T> implements ITypeConverter<T>, Iterable<String> {
  private final Map<String, T> meanings = new LinkedHashMap<>();

  /** Each constant by its name in lower case, with hyphens. */
  @SafeVarargs
  Words(T... constants) {
    for (T constant : constants) {
      meanings.put(word(constant), constant);
    }
  }

  private static String word(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Words(String word, T meaning, String other, T otherMeaning) {
    meanings.put(word, meaning);
    meanings.put(other, otherMeaning);
  }

  @Override
  public final T convert(String text) {
    T meaning = meanings.get(text);
    if (meaning == null) {
      throw new TypeConversionException(
          "'" + text + "' is none of " + String.join(", ", meanings.keySet()));
    }
    return meaning;
  }

  @Override
  public final Iterator<String> iterator() {
    return meanings.keySet().iterator();
  }
}
