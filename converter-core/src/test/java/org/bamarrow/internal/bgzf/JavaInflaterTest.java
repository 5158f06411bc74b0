package org.bamarrow.internal.bgzf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.bamarrow.internal.bgzf.DeflateStreams.BitWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever zlib inflates is inflated to the same bytes, and whatever it rejects is rejected. */
class JavaInflaterTest {
  private static final int MAX_SIZE = 65536;

  private final JavaInflater inflater = new JavaInflater();
  private int inflated;
  private int rejected;

  @AfterEach
  void close() {
    inflater.close();
  }

  @Test
  void inflatesEveryLevelAndStrategy() throws DataFormatException {
    for (byte[] data : samples()) {
      for (int level = 0; level <= 9; level++) {
        for (int strategy :
            new int[] {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY}) {
          byte[] stream = DeflateStreams.deflate(data, level, strategy);
          assertArrayEquals(data, inflate(stream, data.length));
        }
      }
    }
  }

  @Test
  void inflatesStreamsOfManyBlocksOfAllTypes() throws DataFormatException {
    for (byte[] data : samples()) {
      byte[] stream = manyBlocks(data, new Random(data.length));
      assertArrayEquals(data, inflate(stream, data.length));
    }
  }

  @Test
  void mutatedStreamsGiveWhatTheJdkGives() {
    mutate(11, 10_000);
  }

  @Test
  void randomCodesGiveWhatTheJdkGives() {
    randomCodes(0, 2_000);
  }

  @Test
  @Tag("full")
  void manyMutatedStreamsAndRandomCodesGiveWhatTheJdkGives() {
    mutate(12, 300_000);
    randomCodes(2_000, 40_000);
  }

  private void mutate(int seed, int rounds) {
    Random random = new Random(seed);
    List<byte[]> streams = new ArrayList<>();
    for (byte[] data : samples()) {
      byte[] part = Arrays.copyOf(data, Math.min(data.length, 3000));
      streams.add(DeflateStreams.deflate(part));
      streams.add(DeflateStreams.deflate(part, 1, Deflater.HUFFMAN_ONLY));
      streams.add(DeflateStreams.fixed(part));
      streams.add(manyBlocks(part, random));
    }
    for (int round = 0; round < rounds; round++) {
      assertSameAsJdk(mutated(streams.get(round % streams.size()), random), random);
    }
    assertTrue(inflated > rounds / 20 && rejected > rounds / 20, inflated + ", " + rejected);
  }

  /** Codes of which deflaters make little use: very long, incomplete, unused, contradictory. */
  private void randomCodes(int firstSeed, int count) {
    for (int seed = firstSeed; seed < firstSeed + count; seed++) {
      Random random = new Random(seed);
      assertSameAsJdk(randomCodes(random), random);
    }
    assertTrue(inflated > count / 20 && rejected > count / 20, inflated + ", " + rejected);
  }

  /** The reference reads until its end; then the expected size is right, or off by one. */
  private void assertSameAsJdk(byte[] stream, Random random) {
    byte[] expected = byJdk(stream);
    if (expected == null || expected.length > MAX_SIZE) {
      rejected++;
      assertRejected(stream, random.nextInt(MAX_SIZE));
      return;
    }
    inflated++;
    try {
      assertArrayEquals(expected, inflate(stream, expected.length));
    } catch (DataFormatException e) {
      throw new AssertionError("the JDK inflates it", e);
    }
    assertRejected(stream, expected.length + 1);
    if (expected.length > 0) {
      assertRejected(stream, expected.length - 1);
    }
  }

  private void assertRejected(byte[] stream, int size) {
    DataFormatException e = assertThrows(DataFormatException.class, () -> inflate(stream, size));
    assertTrue(e.getMessage().startsWith("the DEFLATE stream"), e.getMessage());
  }

  private byte[] inflate(byte[] stream, int size) throws DataFormatException {
    byte[] target = new byte[size + 2];
    target[0] = 0x5a;
    target[size + 1] = 0x5a;
    byte[] source = new byte[stream.length + 3];
    System.arraycopy(stream, 0, source, 2, stream.length);
    try {
      inflater.inflate(source, 2, stream.length, target, 1, size);
    } finally {
      assertTrue(target[0] == 0x5a && target[size + 1] == 0x5a, "wrote outside the target");
    }
    return Arrays.copyOfRange(target, 1, size + 1);
  }

  /** The whole stream, of which no more than a block can hold; null if it is invalid. */
  private static byte[] byJdk(byte[] stream) {
    Inflater jdk = new Inflater(true);
    jdk.setInput(stream);
    byte[] target = new byte[MAX_SIZE + 1];
    int size = 0;
    try {
      while (!jdk.finished() && size < target.length) {
        int more = jdk.inflate(target, size, target.length - size);
        if (more == 0 && !jdk.finished()) {
          return null; // ends too early
        }
        size += more;
      }
      return Arrays.copyOf(target, size);
    } catch (DataFormatException e) {
      return null;
    } finally {
      jdk.end();
    }
  }

  private static List<byte[]> samples() {
    List<byte[]> samples = new ArrayList<>();
    for (int size : new int[] {0, 1, 300, 5000, MAX_SIZE}) {
      samples.add(DeflateStreams.text(size, size));
      samples.add(DeflateStreams.noise(size, size));
      samples.add(skewed(size));
      samples.add(periodic(size));
    }
    return samples;
  }

  /** Each byte value half as frequent as the one before: codes of up to 15 bits. */
  private static byte[] skewed(int size) {
    Random random = new Random(size);
    byte[] data = new byte[size];
    for (int i = 0; i < size; i++) {
      data[i] = (byte) (Integer.numberOfTrailingZeros(random.nextInt()) * 7);
    }
    return data;
  }

  /** Matches at every small distance. */
  private static byte[] periodic(int size) {
    byte[] data = DeflateStreams.noise(size, 1);
    for (int i = 0; i < size; i++) {
      int period = 1 + i / 400 % 20;
      if (i % 400 >= period) {
        data[i] = data[i - period];
      }
    }
    return data;
  }

  private static byte[] manyBlocks(byte[] data, Random random) {
    Deflater deflater = new Deflater(6, true);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[2 * MAX_SIZE];
    for (int at = 0; at < data.length; ) {
      int size = Math.min(data.length - at, 1 + random.nextInt(1 + data.length / 4));
      deflater.setLevel(random.nextInt(10));
      deflater.setStrategy(random.nextBoolean() ? Deflater.HUFFMAN_ONLY : 0);
      deflater.setInput(data, at, size);
      int flush = random.nextBoolean() ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
      int more;
      do {
        more = deflater.deflate(buffer, 0, buffer.length, flush);
        out.write(buffer, 0, more);
      } while (more > 0 || !deflater.needsInput());
      at += size;
    }
    deflater.finish();
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** Most mutations are near the start, where the codes are. */
  private static byte[] mutated(byte[] stream, Random random) {
    byte[] mutated = stream.clone();
    int last = random.nextBoolean() ? mutated.length : Math.min(mutated.length, 100);
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      int at = random.nextInt(last);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] = (byte) random.nextInt();
        case 1 -> mutated = Arrays.copyOf(mutated, Math.max(last, at + 1));
        case 2 -> System.arraycopy(mutated, at, mutated, random.nextInt(at + 1), last - at);
        default -> mutated[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return mutated;
  }

  /** A stored block, to which all distances can reach, and a last one with codes of its own. */
  private static byte[] randomCodes(Random random) {
    BitWriter bits = new BitWriter();
    int stored = random.nextInt(3) * 16384;
    bits.put(0, 8);
    bits.put(stored, 16);
    bits.put(~stored & 0xffff, 16);
    for (byte b : DeflateStreams.noise(stored, stored)) {
      bits.put(b & 0xff, 8);
    }
    int literals = 257 + random.nextInt(random.nextInt(20) == 0 ? 32 : 30);
    int distances = 1 + random.nextInt(random.nextInt(20) == 0 ? 32 : 30);
    bits.put(0b101, 3);
    bits.put(literals - 257, 5);
    bits.put(distances - 1, 5);
    bits.put(15, 4);
    // Four bits for each of the lengths 0 to 15; 16 to 18, which repeat, come first.
    for (int i = 0; i < 19; i++) {
      bits.put(i < 3 ? 0 : 4, 3);
    }
    for (int length : lengths(literals, random)) {
      bits.putCode(length, 4);
    }
    for (int length : lengths(distances, random)) {
      bits.putCode(length, 4);
    }
    for (byte b : DeflateStreams.noise(random.nextInt(3000), random.nextInt())) {
      bits.put(b & 0xff, 8);
    }
    return bits.toBytes();
  }

  /** Lengths of a complete code for some of the symbols; sometimes with an error. */
  private static int[] lengths(int symbols, Random random) {
    List<Integer> lengths = new ArrayList<>(List.of(1));
    int used = symbols < 200 || random.nextInt(8) == 0 ? random.nextInt(symbols + 1) : symbols;
    if (used > 1) {
      lengths.set(0, 0);
    }
    while (lengths.size() < used) {
      // Mostly the one that was split last: deep trees.
      int at = random.nextInt(3) == 0 ? random.nextInt(lengths.size()) : lengths.size() - 1;
      int split = lengths.get(at) + 1;
      if (split <= 15) {
        lengths.set(at, split);
        lengths.add(split);
      } else if (!lengths.contains(0)) {
        at = lengths.indexOf(lengths.stream().min(Integer::compare).get());
        split = lengths.get(at) + 1;
        lengths.set(at, split);
        lengths.add(split);
      }
    }
    int[] all = new int[symbols];
    for (int i = 0; i < used; i++) {
      all[i] = lengths.get(i);
    }
    for (int i = symbols - 1; i > 0; i--) { // shuffled
      int other = random.nextInt(i + 1);
      int swapped = all[i];
      all[i] = all[other];
      all[other] = swapped;
    }
    if (random.nextInt(10) == 0) {
      all[random.nextInt(symbols)] = random.nextInt(16);
    }
    return all;
  }
}
