package org.bamarrow.cli;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts the values that an option accepts; an option names a subclass as its converter and for
 * shell completion.
 */
abstract class ChoiceConverter<T> implements ITypeConverter<T>, Iterable<String> {
  private final Map<String, T> meanings = new LinkedHashMap<>();

  /** Words that are their own values, or constants by their names in lower case, with hyphens. */
  @SafeVarargs
  ChoiceConverter(T... constants) {
    for (T constant : constants) {
      meanings.put(word(constant), constant);
    }
  }

  private static String word(Object constant) {
    return constant instanceof Enum<?> named
        ? named.name().toLowerCase(Locale.ROOT).replace('_', '-')
        : constant.toString();
  }

  @Override
  public final T convert(String text) {
    T meaning = meanings.get(text);
    if (meaning == null) {
      throw new TypeConversionException(
          "'" + text + "' is not one of " + String.join(", ", meanings.keySet()));
    }
    return meaning;
  }

  @Override
  public final Iterator<String> iterator() {
    return meanings.keySet().iterator();
  }
}
