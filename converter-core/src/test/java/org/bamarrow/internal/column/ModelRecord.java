package org.bamarrow.internal.column;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.BamHeader;

/** A record in plain Java: what a test encodes, and what it expects of the decoders. */
final class ModelRecord {
  static final String LETTERS = "=ACMGRSVTWYHKDBN";
  static final String OPS = "MIDNSHP=X";
  static final BamHeader HEADER =
      new BamHeader(
          ("@HD\tVN:1.6\n@RG\tID:one\tSM:first\tLB:lib\n@RG\tSM:second\tID:two\r\n"
                  + "@RG\tID:three\n@RG\tID:one\tSM:other\n@CO\tID:two\tSM:no\n")
              .getBytes(StandardCharsets.UTF_8),
          List.of(
              new BamHeader.Reference("chr1", 1000),
              new BamHeader.Reference("a,b", 5),
              new BamHeader.Reference("ü", Integer.MAX_VALUE)),
          0);

  String name = "r";
  int flag;
  int refId = -1;
  int pos = -1;
  int mapq = 60;
  int nextRefId = -1;
  int nextPos = -1;
  int tlen;

  /** Each length << 4 | code. */
  int[] cigar = {};

  /** 0 to 15, one a base. */
  byte[] bases = {};

  /** As many as bases. */
  byte[] qualities = {};

  final List<ModelTag> tags = new ArrayList<>();

  /** Whether {@link #cigar} is stored in the CG tag, which precedes that many tags; or -1. */
  int cgBefore = -1;

  ModelRecord bases(int... codes) {
    bases = new byte[codes.length];
    for (int i = 0; i < codes.length; i++) {
      bases[i] = (byte) codes[i];
    }
    qualities = new byte[codes.length];
    return this;
  }

  ModelRecord at(int reference, int position) {
    refId = reference;
    pos = position;
    return this;
  }

  ModelRecord cigar(int... ops) {
    cigar = ops;
    return this;
  }

  ModelRecord tag(String tag, char type, Object value) {
    tags.add(new ModelTag(tag, type, (char) 0, value));
    return this;
  }

  static int op(int length, char letter) {
    return length << 4 | OPS.indexOf(letter);
  }

  static ModelRecord random(Random random) {
    ModelRecord record = new ModelRecord();
    record.name = random.nextInt(10) == 0 ? "*" : "q".repeat(random.nextInt(9)) + random.nextInt(9);
    record.flag = random.nextInt(1 << 16);
    record.mapq = random.nextInt(4) == 0 ? 255 : random.nextInt(255);
    record.refId = random.nextInt(4) - 1;
    record.pos = random.nextInt(4) == 0 ? -1 : random.nextInt(1 << 24) - 1000;
    record.nextRefId = random.nextInt(4) - 1;
    record.nextPos = random.nextInt(4) == 0 ? -1 : random.nextInt();
    record.tlen = random.nextInt();
    int length = random.nextInt(5) == 0 ? 0 : random.nextInt(41);
    record.bases = new byte[length];
    record.qualities = new byte[length];
    boolean missing = random.nextInt(5) == 0;
    for (int i = 0; i < length; i++) {
      record.bases[i] = (byte) random.nextInt(16);
      record.qualities[i] = (byte) (missing ? 0xff : random.nextInt(94));
    }
    record.cigar = randomCigar(length, random);
    String[] names = {"NM", "MD", "XX", "Yc", "Z0", "RG"};
    for (int left = random.nextInt(7); left > 0; left--) {
      record.tags.add(ModelTag.random(names[random.nextInt(names.length)], random));
    }
    if (random.nextInt(3) == 0) {
      String[] groups = {"one", "two", "three", "four"};
      String group = groups[random.nextInt(groups.length)];
      record.tags.add(random.nextInt(record.tags.size() + 1), new ModelTag("RG", 'Z', '\0', group));
    }
    if (random.nextInt(3) == 0 && record.refId >= 0 && record.pos >= 0 && record.cigar.length > 1) {
      record.cgBefore = random.nextInt(record.tags.size() + 1);
    }
    return record;
  }

  /** Operations that take just so many bases of the read. */
  private static int[] randomCigar(int bases, Random random) {
    List<Integer> ops = new ArrayList<>();
    int left = bases;
    for (int more = random.nextInt(12); more > 0; more--) {
      char letter = OPS.charAt(random.nextInt(OPS.length()));
      boolean query = "MIS=X".indexOf(letter) >= 0;
      int length = query ? random.nextInt(left + 1) : random.nextInt(1 << random.nextInt(20));
      left -= query ? length : 0;
      ops.add(op(length, letter));
    }
    if (!ops.isEmpty()) {
      ops.add(op(left, 'M'));
    }
    return ops.stream().mapToInt(op -> op).toArray();
  }

  byte[] encode() {
    ByteArrayOutputStream aux = new ByteArrayOutputStream();
    for (int i = 0; i <= tags.size(); i++) {
      if (i == cgBefore) {
        List<Object> ops = new ArrayList<>();
        for (int op : cigar) {
          ops.add((long) op);
        }
        new ModelTag("CG", 'B', 'I', ops).encode(aux);
      }
      if (i < tags.size()) {
        tags.get(i).encode(aux);
      }
    }
    int[] stored = cgBefore < 0 ? cigar : new int[] {op(bases.length, 'S'), op(77, 'N')};
    byte[] text = (name + "\0").getBytes(StandardCharsets.ISO_8859_1);
    int packed = (bases.length + 1) / 2;
    int size = 36 + text.length + 4 * stored.length + packed + bases.length + aux.size();
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(size - 4).putInt(refId).putInt(pos).put((byte) text.length).put((byte) mapq);
    out.putShort((short) 4680).putShort((short) stored.length).putShort((short) flag);
    out.putInt(bases.length).putInt(nextRefId).putInt(nextPos).putInt(tlen).put(text);
    for (int op : stored) {
      out.putInt(op);
    }
    for (int i = 0; i < packed; i++) {
      int second = 2 * i + 1 < bases.length ? bases[2 * i + 1] : size & 15; // any nibble may fill
      out.put((byte) (bases[2 * i] << 4 | second));
    }
    return out.put(qualities).put(aux.toByteArray()).array();
  }

  static ArraySlice slice(List<ModelRecord> records) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int[] starts = new int[records.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = out.size();
      out.writeBytes(records.get(i).encode());
    }
    return new ArraySlice(out.toByteArray(), starts, HEADER);
  }
}
