package org.bamarrow.synth;

/** Lengths and CIGARs of short reads. */
final class ShortCigars {
  private ShortCigars() {}

  /** Read groups 0 to 2 are runs of 101 cycles; group 3 of 151, trimmed now and then. */
  static int readLength(int group, Rng rng) {
    if (group < 3) {
      return 101;
    }
    return rng.chance(1500) ? rng.between(101, 150) : 151;
  }

  /** Mostly one M; else a clip, an indel, a splice, or = and X. */
  static void make(Cigar cigar, int length, Rng rng) {
    cigar.clear();
    int dice = rng.below(1000);
    int cut = rng.between(5, length - 30);
    int rest = length - cut;
    if (dice < 830) {
      cigar.add(length, Cigar.M);
    } else if (dice < 875) {
      cigar.add(cut, Cigar.S).add(rest, Cigar.M);
    } else if (dice < 915) {
      cigar.add(rest, Cigar.M).add(cut, Cigar.S);
    } else if (dice < 940) {
      int size = rng.between(1, 8);
      cigar.add(cut, Cigar.M).add(size, Cigar.I).add(rest - size, Cigar.M);
    } else if (dice < 965) {
      cigar.add(cut, Cigar.M).add(rng.between(1, 12), Cigar.D).add(rest, Cigar.M);
    } else if (dice < 980) {
      cigar.add(cut, Cigar.M).add(rng.between(70, 9000), Cigar.N).add(rest, Cigar.M);
    } else if (dice < 990) {
      cigar.add(cut, Cigar.EQ).add(1, Cigar.X).add(rest - 1, Cigar.EQ);
    } else {
      cigar.add(rng.between(5, 50), Cigar.H).add(length, Cigar.M);
    }
  }
}
