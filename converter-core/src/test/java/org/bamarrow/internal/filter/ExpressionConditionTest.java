package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TagType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What filter expressions say of columns, against their evaluation on the rows. */
@Timeout(300)
class ExpressionConditionTest {
  private static final int EXPRESSIONS = 120;
  private static final String[] RELATIONS = {"<", "<=", ">", ">=", "==", "!="};

  @TempDir Path folder;

  private long chosen;
  private long possible;
  private long asked;

  @Test
  void noRowThatAnExpressionChoosesIsLost() throws Exception {
    for (DecodedBam bam : FilterFiles.all(folder)) {
      for (boolean others : new boolean[] {true, false}) {
        try (ConvertedBatches batches = ConvertedBatches.of(bam, folder, others)) {
          Random random = new Random(7);
          RandomExpressions any = new RandomExpressions(bam.slice(), random);
          for (int i = Math.min(EXPRESSIONS, 20_000 / bam.rows().size()); i > 0; i--) {
            check(bam, batches, i % 4 == 0 ? any.condition(3) : condition(bam, random, 2));
          }
        }
      }
    }
    String counts = chosen + " chosen, " + possible + " possible of " + asked;
    assertTrue(possible < asked * 3 / 4 && chosen > possible / 10, counts);
    System.out.println(counts);
  }

  private void check(DecodedBam bam, ConvertedBatches batches, String expression) {
    RowOptions options = RowOptions.defaults().withExpressions(List.of(expression));
    BatchFilters filters = new BatchFilters(options, List.of());
    BitSet rows;
    try {
      BatchFilter filter =
          filters.on(
              batches.fields(), bam.zeroBased(), bam.latin1(), bam.slice().header(), Set.of());
      rows = batches.rows(filter);
    } catch (IllegalArgumentException e) {
      return; // a tag of a type that does not fit, or without a column
    }
    BitSet found = batches.rows(filters.predicate(batches.fields(), bam.zeroBased(), true));
    asked += bam.rows().size();
    possible += found.cardinality();
    chosen += rows.cardinality();
    found.and(rows);
    assertEquals(rows, found, bam.name() + ": " + expression);
  }

  /** A condition on columns, with values that the rows have. */
  private static String condition(DecodedBam bam, Random random, int depth) {
    if (depth > 0) {
      String left = condition(bam, random, depth - 1);
      return switch (random.nextInt(5)) {
        case 0 -> "!(" + left + ")";
        case 1 -> left;
        default ->
            "(" + left + any(random, " && ", " || ") + condition(bam, random, depth - 1) + ")";
      };
    }
    Map<String, Object> row = bam.rows().get(random.nextInt(bam.rows().size()));
    String relation = " " + any(random, RELATIONS) + " ";
    String name = any(random, "mapq", "flag", "pos", "endpos", "tlen", "pnext", "mpos");
    return switch (random.nextInt(8)) {
      case 0 -> "flag." + any(random, "unmap", "reverse", "paired", "dup");
      case 1 -> "(flag & " + (1 << random.nextInt(12)) + ")" + relation + random.nextInt(3);
      case 2 -> "rname" + relation + '"' + text(row.get("rname")) + '"';
      case 3 -> tag(bam, random, relation, row);
      case 4 -> number(row, name) + random.nextInt(10) / 2.0 + relation + name;
      default -> name + relation + number(row, name);
    };
  }

  private static String tag(
      DecodedBam bam, Random random, String relation, Map<String, Object> row) {
    if (bam.tags().isEmpty()) {
      return "[NM]" + relation + "1";
    }
    TagType type = bam.tags().get(random.nextInt(bam.tags().size()));
    Object value = row.get("tags." + type.tag());
    String tag = "[" + type.tag() + "]";
    if (value == null || random.nextInt(4) == 0) {
      return tag;
    }
    return value instanceof Number ? tag + relation + value : tag + " == \"" + text(value) + '"';
  }

  private static String number(Map<String, Object> row, String name) {
    Object value = row.get(name.equals("endpos") ? "end" : name.equals("mpos") ? "pnext" : name);
    return value == null ? "0" : value.toString();
  }

  private static String text(Object value) {
    String text = value == null ? "*" : value.toString();
    return text.matches("[!#-Z^-~]*") ? text : "x";
  }

  private static String any(Random random, String... all) {
    return all[random.nextInt(all.length)];
  }

  @Test
  void errorsOfTagsDoNotDependOnWhatIsRead() {
    ExpressionColumns columns =
        new ExpressionColumns(false, true, Map.of("NM", TagType.parse("NM:i")), true);
    String high = "mapq > 60";
    assertTrue(says(columns, high));
    assertTrue(says(columns, high + " && [XX] + 1 > 2"));
    assertTrue(says(columns, "[NM] > 2 && " + high));
    assertTrue(!says(columns, "[XX] + 1 > 2 && " + high));
    assertTrue(!says(columns, "[XX] == 1 || " + high));
    assertTrue(!says(columns, "!([XX] == 1)"));
    assertTrue(says(columns, "!(mapq <= 60)"));
    assertTrue(says(columns, "-1 > mapq"));
  }

  @Test
  void nothingIsSaidOfWhatExpressionsDoNotReadFromAColumn() {
    TagType tag = TagType.parse("CO:Z");
    for (boolean converted : new boolean[] {true, false}) {
      ExpressionColumns columns = new ExpressionColumns(false, converted, Map.of("CO", tag), false);
      assertTrue(says(columns, "[CO] == \"x\""));
      assertTrue(!says(columns, "[CO] == \"\u00e9\"")); // bytes C3 A9: two letters of Latin-1
      assertEquals(converted, says(columns, "endpos > 5")); // of pos and cigar
    }
  }

  /** Whether there are rows that cannot satisfy an expression. */
  private static boolean says(ExpressionColumns columns, String expression) {
    RawPredicate condition = new FilterExpression(List.of(expression)).condition(columns);
    return !Boolean.TRUE.equals(
        SqlOracle.evaluate(condition, Map.of("mapq", 0, "end", 5, "tags.NM", 5, "tags.CO", "y")));
  }
}
