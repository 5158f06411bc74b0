package org.bamarrow.benchmarks.spikes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * SIMD for bases, tried: 4-bit codes to letters by table, one, two and eight bases a step, against
 * the Vector API, 32 a step. In a source folder of its own, so that the default build does not need
 * the incubating module; run by benchmarks/spikes.sh.
 */
public class VectorBases {
  private static final byte[] LETTERS = "=ACMGRSVTWYHKDBN".getBytes();
  private static final char[] PAIRS = new char[256];
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_128;
  private static final ByteVector TABLE = ByteVector.fromArray(SPECIES, LETTERS, 0);
  private static final VectorShuffle<Byte> FIRST = VectorShuffle.makeZip(SPECIES, 0);
  private static final VectorShuffle<Byte> SECOND = VectorShuffle.makeZip(SPECIES, 1);

  static {
    for (int pair = 0; pair < 256; pair++) {
      PAIRS[pair] = (char) (LETTERS[pair >> 4] | LETTERS[pair & 15] << 8);
    }
  }

  private interface Decoder {
    void decode(byte[] data, int from, int bases, byte[] target, int to);
  }

  static void one(byte[] data, int from, int bases, byte[] target, int to) {
    for (int i = 0; i < bases; i++) {
      int codes = data[from + (i >> 1)];
      target[to + i] = LETTERS[(i & 1) == 0 ? codes >> 4 & 15 : codes & 15];
    }
  }

  static void two(byte[] data, int from, int bases, byte[] target, int to) {
    int end = to + bases;
    for (int in = from, out = to; out < end; out += 2, in++) {
      SHORT.set(target, out, (short) PAIRS[data[in] & 0xff]);
    }
  }

  static void eight(byte[] data, int from, int bases, byte[] target, int to) {
    int in = from;
    int out = to;
    int end = to + bases;
    for (; out + 8 <= end; out += 8, in += 4) {
      int codes = (int) INT.get(data, in);
      long letters =
          PAIRS[codes & 0xff]
              | (long) PAIRS[codes >>> 8 & 0xff] << 16
              | (long) PAIRS[codes >>> 16 & 0xff] << 32
              | (long) PAIRS[codes >>> 24] << 48;
      LONG.set(target, out, letters);
    }
    two(data, in, end - out, target, out);
  }

  static void vector(byte[] data, int from, int bases, byte[] target, int to) {
    int in = from;
    int out = to;
    int end = to + bases;
    for (; out + 32 <= end; out += 32, in += 16) {
      ByteVector codes = ByteVector.fromArray(SPECIES, data, in);
      ByteVector high =
          codes
              .lanewise(jdk.incubator.vector.VectorOperators.LSHR, 4)
              .and((byte) 15)
              .selectFrom(TABLE);
      ByteVector low = codes.and((byte) 15).selectFrom(TABLE);
      high.rearrange(FIRST, low).intoArray(target, out);
      high.rearrange(SECOND, low).intoArray(target, out + 16);
    }
    eight(data, in, end - out, target, out);
  }

  private static double megabases(Decoder decoder, byte[] data, int bases, byte[] target) {
    int stride = (bases + 1) / 2 + 150; // the rest of a record lies between two SEQ fields
    int reads = data.length / stride;
    double[] rates = new double[7];
    for (int round = 0; round < rates.length; round++) {
      long begin = System.nanoTime();
      long done = 0;
      do {
        for (int i = 0; i < reads; i++) {
          decoder.decode(data, i * stride, bases, target, 0);
        }
        done += (long) reads * bases;
      } while (System.nanoTime() - begin < 300_000_000);
      rates[round] = done / ((System.nanoTime() - begin) / 1e3);
    }
    double[] warm = Arrays.copyOfRange(rates, 2, rates.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }

  public static void main(String[] args) {
    String[] names = {"table, 1 base a step", "table, 2", "table of 2, 8", "Vector API, 32"};
    Decoder[] decoders = {
      VectorBases::one, VectorBases::two, VectorBases::eight, VectorBases::vector
    };
    byte[] data = new byte[8 << 20];
    new Random(1).nextBytes(data);
    System.out.printf(
        "JDK %s, widest vector %d bits; million bases a second, one thread%n",
        Runtime.version(), ByteVector.SPECIES_PREFERRED.vectorBitSize());
    System.out.printf("%-24s%14s%14s%14s%n", "", "101 bases", "151 bases", "15001 bases");
    for (int d = 0; d < decoders.length; d++) {
      System.out.printf("%-24s", names[d]);
      for (int bases : new int[] {101, 151, 15_001}) {
        byte[] expected = new byte[bases + 8];
        byte[] target = new byte[bases + 8];
        one(data, 77, bases, expected, 0);
        decoders[d].decode(data, 77, bases, target, 0);
        if (!Arrays.equals(expected, 0, bases, target, 0, bases)) {
          throw new IllegalStateException(names[d] + " decodes wrongly");
        }
        System.out.printf(Locale.ROOT, "%14.0f", megabases(decoders[d], data, bases, target));
      }
      System.out.println();
    }
  }
}
