package org.bamarrow.internal.filter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.RecordLayout;

/**
 * Random filter expressions of correct types for the records of a file. Left out is what is
 * undefined in htslib: missing operands and divisors below 1 of {@code %}, integers beyond 64 bits,
 * {@code qual} as text (it has no NUL), text compared with numbers; and more than one operator in a
 * row with tags, whose values it confuses there.
 */
public final class RandomExpressions {
  private static final String[] INTEGERS = {
    "flag",
    "mapq",
    "pos",
    "pnext",
    "mpos",
    "endpos",
    "tlen",
    "refid",
    "mrefid",
    "ncigar",
    "qlen",
    "rlen",
    "sclen",
    "hclen",
    "flag.paired",
    "flag.proper_pair",
    "flag.unmap",
    "flag.munmap",
    "flag.reverse",
    "flag.mreverse",
    "flag.read1",
    "flag.read2",
    "flag.secondary",
    "flag.qcfail",
    "flag.dup",
    "flag.supplementary"
  };
  private static final String[] TEXTS = {
    "qname", "rname", "rnext", "mrname", "cigar", "seq", "library"
  };
  private static final String[] LITERALS = {
    "0", "1", "2", "4", "16", "30", "37.5", "60", "99", "0x93", "255", "1e3", ".25", "12345"
  };
  private static final String[] REGEXES = {
    "A",
    "^[0-9]+M$",
    "[1-9]S",
    "(AC|GT){2}",
    "chr?[0-9]",
    "[^ACGTN]",
    ":1[0-9]*:",
    "^$",
    "N{3,}",
    "[[:digit:]]{3}",
    "^..[[:upper:]]",
    "\\."
  };
  private static final String[] RELATIONS = {"<", "<=", ">", ">=", "==", "!="};

  private final Random random;
  private final List<String> integerTags = new ArrayList<>();
  private final List<String> floatTags = new ArrayList<>();
  private final List<String> textTags = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  RandomExpressions(ArraySlice slice, Random random) {
    this.random = random;
    Map<String, String> kinds = new TreeMap<>();
    AuxCursor aux = new AuxCursor();
    byte[] data = slice.data();
    for (int row = 0; row < slice.count(); row++) {
      int start = slice.start(row);
      aux.reset(data, RecordLayout.aux(data, start), RecordLayout.end(data, start));
      while (aux.next()) {
        String kind =
            aux.isInteger() ? "i" : "AZH".indexOf(aux.type()) >= 0 ? "Z" : "" + (char) aux.type();
        kinds.merge(AuxCursor.name(aux.tag()), kind, (a, b) -> a.equals(b) ? a : "mixed");
        if (kind.equals("Z") && words.size() < 50) {
          word(data, aux.value(), aux.length());
        }
      }
      word(data, start + RecordLayout.READ_NAME, 4);
    }
    kinds.forEach(
        (tag, kind) -> {
          boolean plain = tag.matches("[A-Za-z][A-Za-z0-9]") && !tag.equals("CG");
          List<String> tags =
              kind.equals("i") ? integerTags : kind.equals("f") ? floatTags : textTags;
          if (plain && "ifZ".contains(kind)) {
            tags.add("[" + tag + "]");
          }
        });
    integerTags.add("[Q9]"); // in no file
    textTags.add("[Q8]");
    words.add("");
  }

  /** Expressions for the records of a BAM. */
  public static RandomExpressions of(Path bam, Random random) throws IOException {
    return new RandomExpressions(DecodedBam.slice(bam), random);
  }

  private void word(byte[] data, int from, int length) {
    String word = new String(data, from, Math.min(12, length), StandardCharsets.ISO_8859_1);
    if (word.matches("[!-~]*") && random.nextInt(4) == 0) {
      words.add(word);
    }
  }

  private String any(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String any(String... list) {
    return list[random.nextInt(list.length)];
  }

  /** Something that is true or false. */
  public String condition(int depth) {
    if (depth == 0) {
      return comparison(0);
    }
    return switch (random.nextInt(12)) {
      case 0, 1 -> "(" + condition(depth - 1) + " && " + condition(depth - 1) + ")";
      case 2, 3 -> "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")";
      case 4 -> "!" + condition(depth - 1);
      case 5 -> any("", "!") + any(random.nextBoolean() ? integerTags : textTags);
      case 6 ->
          any("", "!") + "exists(" + (random.nextBoolean() ? number(depth - 1) : text(1)) + ")";
      case 7 -> chain();
      case 8 -> "(" + number(depth - 1) + ")";
      default -> comparison(depth - 1);
    };
  }

  private String comparison(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> "(" + text(1) + any(" =~ ", " !~ ") + quoted(any(REGEXES)) + ")";
      case 1 -> "(" + text(1) + " " + any(RELATIONS) + " " + text(1) + ")";
      default -> "(" + number(depth) + " " + any(RELATIONS) + " " + number(depth) + ")";
    };
  }

  private String text(int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 4)) {
      case 0 -> any(TEXTS);
      case 1 -> any(textTags);
      case 2 -> quoted(any(words));
      default -> "default(" + any(textTags) + ", " + text(0) + ")";
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private String number(int depth) {
    if (depth == 0) {
      return random.nextBoolean() ? any(LITERALS) : integer(0);
    }
    return switch (random.nextInt(14)) {
      case 0 -> any("length", "min", "max", "avg") + "(" + any(text(1), "qual") + ")";
      case 1 -> any("sqrt", "log") + "(" + number(depth - 1) + ")";
      case 2 -> "exp(" + any(LITERALS) + ")";
      case 3 -> "pow(" + number(depth - 1) + ", " + any("2", "0.5", "-1") + ")";
      case 4 -> "default(" + any(integerTags) + ", " + number(depth - 1) + ")";
      case 5 -> "(" + number(depth - 1) + any(" + ", " - ", " * ", " / ") + number(depth - 1) + ")";
      case 6 -> "(" + any(INTEGERS) + " % " + (1 + random.nextInt(9)) + ")";
      case 7 -> any("-", "+") + "(" + number(depth - 1) + ")";
      case 8 -> condition(depth - 1);
      case 9 -> floatTags.isEmpty() ? integer(0) : any(floatTags);
      case 10 -> "(" + chain() + ")";
      case 11 -> any(LITERALS);
      default -> integer(depth);
    };
  }

  private String integer(int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0 -> any(LITERALS);
      case 1 -> any(INTEGERS);
      case 2 -> any(integerTags);
      case 3 -> "(" + integer(depth - 1) + any(" & ", " | ", " ^ ") + integer(depth - 1) + ")";
      default -> any("~", "!") + integer(depth - 1);
    };
  }

  /** Operators without parentheses, for their precedence; without tags and functions. */
  private String chain() {
    StringBuilder chain = new StringBuilder(any(INTEGERS));
    for (int i = random.nextInt(5); i >= 0; i--) {
      String operator =
          any("+", "-", "*", "&", "|", "^", "<", "<=", ">", ">=", "==", "!=", "&&", "||");
      chain.append(any("", " ")).append(operator).append(any(" ", ""));
      boolean variable = random.nextBoolean() && !operator.equals("*"); // integers of 64 bits
      chain.append(variable ? any(INTEGERS) : any("0", "1", "4", "60", "~2", "!flag.dup"));
    }
    return chain.toString();
  }
}
