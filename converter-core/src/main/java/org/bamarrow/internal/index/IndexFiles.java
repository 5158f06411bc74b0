package org.bamarrow.internal.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;

/** The files beside a BAM, on whatever file system it lies. */
public interface IndexFiles {
  /** For {@link #modified}: nobody knows. */
  long UNKNOWN = -1;

  /** The local file system. */
  IndexFiles LOCAL =
      new IndexFiles() {
        @Override
        public boolean exists(String name) {
          return Files.isRegularFile(Path.of(name));
        }

        @Override
        public ByteSource open(String name) throws IOException {
          return ByteSources.open(name);
        }

        @Override
        public long modified(String name) throws IOException {
          return Files.getLastModifiedTime(Path.of(name)).toMillis();
        }
      };

  boolean exists(String name) throws IOException;

  /** Opens a file that exists; the caller closes it. */
  ByteSource open(String name) throws IOException;

  /** When a file was last changed, in milliseconds since 1970, or {@link #UNKNOWN}. */
  long modified(String name) throws IOException;

  /** The BAI or CSI beside a BAM, in samtools' order, or null. */
  default String besideForRegions(String bam) throws IOException {
    return beside(bam, "csi", "bai");
  }

  /** The index beside a BAM that has the most starts of records, or null. */
  default String besideForSplits(String bam) throws IOException {
    return beside(bam, "sbi", "csi", "bai");
  }

  private String beside(String bam, String... kinds) throws IOException {
    for (String kind : kinds) {
      for (String name : names(bam, kind)) {
        if (exists(name)) {
          return name;
        }
      }
    }
    return null;
  }

  /** {@code x.bam.bai}, then {@code x.bai}. */
  private static List<String> names(String bam, String kind) {
    List<String> names = new ArrayList<>(List.of(bam + "." + kind));
    int dot = bam.lastIndexOf('.');
    if (dot > bam.lastIndexOf('/') + 1) {
      names.add(bam.substring(0, dot + 1) + kind);
    }
    return names;
  }
}
