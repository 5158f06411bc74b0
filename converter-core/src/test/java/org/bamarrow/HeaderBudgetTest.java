package org.bamarrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.bam.HeaderPool;
import org.bamarrow.internal.bam.SequenceDictionary;
import org.bamarrow.internal.engine.SchemaMetadata;
import org.junit.jupiter.api.Test;

/** What headers may take of the heap, and that equal parts of them are held once. */
class HeaderBudgetTest {
  private static BamHeader header(String comment, String... names) {
    SequenceDictionary.Builder references = new SequenceDictionary.Builder();
    StringBuilder text = new StringBuilder("@HD\tVN:1.6\n");
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      references.add(bytes, 0, bytes.length, 9);
      text.append("@SQ\tSN:").append(name).append("\tLN:9\n");
    }
    byte[] bytes =
        text.append("@CO\t")
            .append(comment)
            .append('\n')
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    return new BamHeader(bytes, references.build(), 0);
  }

  private static Map<String, String> whole(List<BamHeader> headers) throws IOException {
    List<String> names = Collections.nCopies(headers.size(), "in.bam");
    return SchemaMetadata.ofWhole(Map.of(), names, headers, List.of(new Reference("c", 9)));
  }

  @Test
  void headersOverOneEighthOfTheHeapAreAnError() throws IOException {
    BamHeader one = header("x".repeat(1 << 20), "c");
    long most = Math.min(1 << 30, Math.max(64 << 20, Runtime.getRuntime().maxMemory() / 8));
    List<BamHeader> many = Collections.nCopies((int) (most >> 20) + 1, one);
    IOException error = assertThrows(IOException.class, () -> whole(many));
    assertTrue(
        error.getMessage().contains("more than the " + most + " that one"), error.getMessage());
    assertTrue(error.getMessage().contains("write a directory of parts"), error.getMessage());
    Map<String, String> two = whole(many.subList(0, 2));
    assertEquals(two.get("bamarrow.header"), two.get("bamarrow.header.1"));
  }

  @Test
  void namesWithEqualHashCodesDoNotCollide() {
    String[] names = new String[1 << 10];
    for (int i = 0; i < names.length; i++) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < 10; bit++) {
        name.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // one hash code of Java
      }
      names[i] = name.toString();
    }
    SequenceDictionary references = header("", names).references();
    Set<Integer> hashes = new HashSet<>();
    for (int id = 0; id < names.length; id++) {
      hashes.add(references.nameHash(id));
    }
    assertTrue(hashes.size() > names.length - 8, hashes.size() + " hashes");
  }

  @Test
  void equalDictionariesAreOneObject() {
    HeaderPool pool = new HeaderPool();
    BamHeader first = pool.share(header("first", "a", "b"));
    BamHeader second = pool.share(header("second", "a", "b"));
    BamHeader other = pool.share(header("first", "a", "c"));
    assertSame(first.references(), second.references());
    assertNotSame(first.references(), other.references());
    assertTrue(new String(second.text(), StandardCharsets.UTF_8).endsWith("@CO\tsecond\n"));
  }
}
