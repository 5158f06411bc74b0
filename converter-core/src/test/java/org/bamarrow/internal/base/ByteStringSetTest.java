package org.bamarrow.internal.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ByteStringSetTest {
  @Test
  void agreesWithAHashSet() {
    Random random = new Random(11);
    Set<String> expected = new HashSet<>();
    ByteStringSet.Builder builder = new ByteStringSet.Builder();
    for (int i = 0; i < 50_000; i++) {
      String name = name(random);
      expected.add(name);
      builder.add(name);
    }
    ByteStringSet set = builder.build();
    assertEquals(expected, set);
    for (int i = 0; i < 100_000; i++) {
      String name = name(random);
      byte[] data = ("#" + name + "#").getBytes(StandardCharsets.UTF_8);
      assertEquals(expected.contains(name), set.contains(data, 1, data.length - 1));
      assertEquals(expected.contains(name), set.contains(name));
    }
  }

  @Test
  void theEmptyStringIsAnEntryLikeAnyOther() {
    assertEquals(true, ByteStringSet.of(List.of("")).contains(new byte[0], 0, 0));
    assertEquals(false, ByteStringSet.of(List.of()).contains(new byte[0], 0, 0));
  }

  @Test
  void aByteSetIsNotCopied() {
    ByteStringSet set = ByteStringSet.of(List.of("a"));
    assertSame(set, ByteStringSet.of(set));
  }

  @Test
  void readsWordsAcrossBufferBoundaries() throws IOException {
    StringBuilder text = new StringBuilder();
    Set<String> expected = new HashSet<>();
    Random random = new Random(12);
    for (int i = 0; i < 20_000; i++) {
      String word = "w" + random.nextInt(100_000);
      expected.add(word);
      text.append(word).append(" \t\n\u000b\f\r".charAt(random.nextInt(6)));
    }
    text.append("last");
    expected.add("last");
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    InputStream dripping =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] target, int at, int length) {
            return super.read(target, at, Math.min(length, 1 + random.nextInt(100)));
          }
        };
    assertEquals(expected, new ByteStringSet.Builder().addWords(dripping).build());
    InputStream whole = new ByteArrayInputStream(bytes);
    assertEquals(expected, new ByteStringSet.Builder().addWords(whole).build());
  }

  @Test
  void theDigestIsThatOfTheSortedLines() {
    assertEquals( // LC_ALL=C sort -u | sha256sum
        "449446beacefb8364332e8505311009b592dba06a559f9e76133cf251abfe390",
        ByteStringSet.of(List.of("b\u00fc", "a", "B", "a")).sha256());
    assertEquals(
        ByteStringSet.of(List.of("x", "y")).sha256(), ByteStringSet.of(List.of("y", "x")).sha256());
  }

  @Test
  void rejectsAnOverlongWord() {
    InputStream zeros = new ByteArrayInputStream(new byte[1 << 17]);
    assertThrows(IOException.class, () -> new ByteStringSet.Builder().addWords(zeros));
  }

  private static String name(Random random) {
    int length = random.nextInt(12);
    return "prefix1:".substring(random.nextInt(8))
        + Integer.toString(random.nextInt(1 << length), 2);
  }
}
