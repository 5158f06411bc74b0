package org.bamarrow.synth;

/** The BAM header (SAMv1 4.2) of a synthetic file: independent of time, user and machine. */
final class SynthHeader {
  /** Read groups of every file; library and sample differ, to test joins. */
  static final int READ_GROUPS = 4;

  private SynthHeader() {}

  static String readGroup(int index) {
    return "rg" + (index + 1);
  }

  static Bytes encode(SynthOptions options) {
    boolean references = options.profile() != SynthProfile.SINGLECELL;
    int contigs = references ? Genome.contigs() : 0;
    Bytes text = text(options, contigs);
    Bytes out = new Bytes(text.length + 2048).ascii("BAM\1").i32(text.length).bytes(text);
    out.i32(contigs);
    for (int ref = 0; ref < contigs; ref++) {
      String name = Genome.name(ref);
      out.i32(name.length() + 1).ascii(name).u8(0).i32(Genome.length(ref));
    }
    return out;
  }

  private static Bytes text(SynthOptions options, int contigs) {
    Bytes text = new Bytes(4096).ascii("@HD\tVN:1.6\t").ascii(order(options)).u8('\n');
    for (int ref = 0; ref < contigs; ref++) {
      text.ascii("@SQ\tSN:").ascii(Genome.name(ref));
      text.ascii("\tLN:").digits(Genome.length(ref)).u8('\n');
    }
    String platform = options.profile().name().endsWith("LONG") ? "PACBIO" : "ILLUMINA";
    for (int i = 0; i < READ_GROUPS; i++) {
      text.ascii("@RG\tID:").ascii(readGroup(i)).ascii("\tSM:sample").digits(i / 2 + 1);
      text.ascii("\tLB:library").digits(i + 1).ascii("\tPL:").ascii(platform).u8('\n');
    }
    text.ascii("@PG\tID:bamarrow-synth\tPN:bamarrow\tDS:profile ");
    text.ascii(options.profile().label()).ascii(", seed " + options.seed()).u8('\n');
    text.ascii("@CO\tSynthetic reads: made up, of no organism.\n");
    return text;
  }

  private static String order(SynthOptions options) {
    if (!options.profile().sortable()) {
      return "SO:unknown";
    }
    return options.sorted() ? "SO:coordinate" : "SO:unsorted\tGO:query";
  }
}
