package org.bamarrow.synth;

/** Tags at the limits of SAMv1 1.5 and 4.2.4: every type, width and extreme value. */
final class EdgeTags {
  static final int CASES = 8;
  private static final int[] FLOATS = {
    0x7fc00000,
    0x7f800000,
    0xff800000,
    0x80000000,
    0,
    1,
    0x807fffff,
    0x7f7fffff,
    0x00800000,
    0x3fc00000,
    0x4b800000,
    0x3dcccccd
  };

  private final Rng rng;

  EdgeTags(Rng rng) {
    this.rng = rng;
  }

  void write(RecordBuilder builder, int number) {
    switch (number) {
      case 0 -> extremeIntegers(builder);
      case 1 -> oneTagInEveryWidth(builder);
      case 2 -> floats(builder);
      case 3 -> texts(builder);
      case 4 -> arrays(builder, 3);
      case 5 -> arrays(builder, 0);
      case 6 -> many(builder);
      case 7 -> builder.text("RG", SynthHeader.readGroup(0)).number("X0", 7);
      default -> {
        // no tags
      }
    }
  }

  private void extremeIntegers(RecordBuilder builder) {
    builder.tag("c0", 'c').raw().u8(-128);
    builder.tag("c1", 'c').raw().u8(127);
    builder.tag("C0", 'C').raw().u8(0);
    builder.tag("C1", 'C').raw().u8(255);
    builder.tag("s0", 's').raw().u16(-32768);
    builder.tag("s1", 's').raw().u16(32767);
    builder.tag("S1", 'S').raw().u16(65535);
    builder.tag("i0", 'i').raw().i32(Integer.MIN_VALUE);
    builder.tag("i1", 'i').raw().i32(Integer.MAX_VALUE);
    builder.tag("I0", 'I').raw().i32(0);
    builder.tag("I1", 'I').raw().i32(-1); // 4294967295
  }

  /** XI in one of the six widths. */
  private void oneTagInEveryWidth(RecordBuilder builder) {
    int value = rng.next() < 0 ? 100 : 5;
    int width = rng.below(6);
    builder.tag("XI", "cCsSiI".charAt(width));
    if (width < 2) {
      builder.raw().u8(value);
    } else if (width < 4) {
      builder.raw().u16(value);
    } else {
      builder.raw().i32(value);
    }
  }

  private void floats(RecordBuilder builder) {
    for (int i = 0; i < FLOATS.length; i++) {
      builder.tag("f" + (char) ('a' + i), 'f').raw().i32(FLOATS[i]);
    }
    builder.tag("fz", 'f').raw().i32((int) rng.next() & 0xbfffffff); // any finite one
  }

  private void texts(RecordBuilder builder) {
    builder.tag("XA", 'A').raw().u8(33 + rng.below(94));
    builder.text("ZE", "").text("ZS", "  two  spaces ").text("ZQ", "\"\\,:;~!");
    builder.text("ZL", "long".repeat(rng.below(300)));
    builder.tag("HE", 'H').raw().u8(0);
    builder.tag("HX", 'H').raw().ascii("00FF1AE3").u8(0);
  }

  private void arrays(RecordBuilder builder, int count) {
    String types = "cCsSiIf";
    for (int i = 0; i < types.length(); i++) {
      char type = types.charAt(i);
      builder.tag("B" + type, 'B').raw().u8(type).i32(count);
      int bytes = i < 2 ? 1 : i < 4 ? 2 : 4;
      for (int k = 0; k < count; k++) {
        int bits = k == 0 ? -1 : k == 1 ? 1 << 8 * bytes - 1 : 0; // -1, least (or middle), 0
        bits = type == 'f' ? FLOATS[rng.below(FLOATS.length)] : bits;
        for (int b = 0; b < bytes; b++) {
          builder.raw().u8(bits >>> 8 * b);
        }
      }
    }
  }

  /** Thirty names, lower and upper case, unordered. */
  private void many(RecordBuilder builder) {
    for (int i = 0; i < 30; i++) {
      String tag = "" + "zXyYaB".charAt(i % 6) + (char) ('0' + i / 3);
      if (i % 2 == 0) {
        builder.number(tag, (int) rng.next() >> rng.below(32));
      } else {
        builder.text(tag, "v" + i);
      }
    }
  }
}
