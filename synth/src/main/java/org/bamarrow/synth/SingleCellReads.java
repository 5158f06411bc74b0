package org.bamarrow.synth;

import java.io.IOException;

/** Unaligned reads of a droplet run: barcode CB/CR/CY, molecule UB/UR/UY, few cells, many reads. */
final class SingleCellReads implements RecordSource {
  private static final int CELLS = 8_000;
  private static final int READ_LENGTH = 91;
  private static final int BARCODE = 16;
  private static final int MOLECULE = 12;

  private final Rng rng;
  private final long seed;
  private final RecordBuilder builder = new RecordBuilder();
  private final Bytes name = new Bytes(64);
  private final Bytes barcode = new Bytes(32);
  private final Bytes molecule = new Bytes(32);
  private final Bytes quals = new Bytes(32);
  private final Segment read = new Segment();
  private final Cigar none = new Cigar();
  private long left;

  SingleCellReads(SynthOptions options) {
    rng = new Rng(options.seed());
    seed = options.seed();
    left = options.records();
  }

  @Override
  public boolean next(RecordSink sink) throws IOException {
    if (left == 0) {
      return false;
    }
    left--;
    int group = rng.below(SynthHeader.READ_GROUPS);
    name.clear().ascii("A00519:593:H3VN7DSX5:").digits(group + 1).u8(':');
    name.digits(rng.between(1101, 2678)).u8(':').digits(rng.below(33_000)).u8(':');
    name.digits(rng.below(37_000));
    read.unplace(4);
    read.randomBases(READ_LENGTH, rng);
    Qualities.illumina(read, rng);
    Qualities.bin(read, rng);
    builder.begin(4, -1, -1, 0, -1, -1, 0, name, none, READ_LENGTH);
    builder.seq(read.bases, read.quals, 0);
    builder.text("RG", SynthHeader.readGroup(group));
    barcodes();
    molecules();
    sink.accept(builder.finish());
    return true;
  }

  /** Cells differ in depth; one in fifteen barcodes has an error, corrected or not. */
  private void barcodes() {
    double u = rng.unit();
    letters(barcode, Rng.mix(seed + 31 * (int) (u * u * CELLS)), BARCODE);
    int dice = rng.below(100);
    if (dice >= 3) {
      barcode.ascii("-1");
      builder.text("CB", barcode);
      barcode.length = BARCODE;
    }
    if (dice < 7) {
      barcode.array[rng.below(BARCODE)] = (byte) (dice == 0 ? 'N' : 'A');
    }
    builder.text("CR", barcode).text("CY", qualities(BARCODE));
  }

  private void molecules() {
    letters(molecule, rng.next(), MOLECULE);
    if (!rng.chance(200)) {
      builder.text("UB", molecule);
    }
    builder.text("UR", molecule).text("UY", qualities(MOLECULE));
  }

  private Bytes qualities(int count) {
    quals.clear();
    for (int i = 0; i < count; i++) {
      quals.u8(rng.chance(500) ? ',' : rng.chance(300) ? ':' : 'F');
    }
    return quals;
  }

  private static void letters(Bytes out, long bits, int count) {
    out.clear();
    for (int i = 0; i < count; i++, bits >>>= 2) {
      out.u8("ACGT".charAt((int) bits & 3));
    }
  }
}
