package org.bamarrow.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.bamarrow.convert.NameSet;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.Sentence;
import org.bamarrow.errors.Wording;

/**
 * The values of a conversion's filters: the metadata hold short lists as they are, long ones as
 * count and SHA-256, for which the list has to be given again.
 */
record FilterValues(String name) {
  /**
   * The values of one list.
   *
   * @param option of the list
   * @param kept the values or their digest, of the metadata
   * @param given the list once more, as it was given to the conversion; null: it is not
   * @throws IllegalArgumentException if the list is needed but not given, or differs
   */
  Set<String> values(Sentence option, JsonNode kept, Set<String> given) throws IOException {
    if (kept == null || kept.isMissingNode()) {
      throw OutputMetadata.broken(
          name,
          OutputMetadata.OPTIONS,
          "they do not contain the values of " + option.in(Wording.NONE),
          null);
    }
    if (kept.isObject()) {
      return byDigest(option, kept, given);
    }
    Set<String> values = new HashSet<>();
    kept.forEach(value -> values.add(value.asText()));
    if (given != null && !given.equals(values)) {
      throw another(option, kept.isNull() ? "none" : "one of " + values.size(), given);
    }
    return kept.isNull() ? null : values;
  }

  private static Set<String> byDigest(Sentence option, JsonNode kept, Set<String> given) {
    long count = kept.path("count").asLong();
    if (given == null) {
      throw new OptionException(
          "the conversion filtered by a list of %d values, of which the metadata contain only the digest;"
                  .formatted(count)
              + " give the same list again with ",
          option);
    }
    if (!sha256(given).equals(kept.path("sha256").asText())) {
      throw another(option, "one of " + count, given);
    }
    return Set.copyOf(given);
  }

  /**
   * SHA-256 in hexadecimal of the values in the order of their bytes, a line feed each. Names from
   * files are taken as bytes, since they need not be UTF-8.
   */
  private static String sha256(Set<String> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Stream<byte[]> encoded =
          values instanceof NameSet names
              ? names.encoded()
              : values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8));
      encoded
          .sorted(Arrays::compareUnsigned)
          .forEach(
              value -> {
                digest.update(value);
                digest.update((byte) '\n');
              });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static IllegalArgumentException another(Sentence option, String had, Set<String> given) {
    return new OptionException(
        option,
        ": not the list of the conversion: that had %s, this is one of %d values"
            .formatted(had, given.size()));
  }
}
