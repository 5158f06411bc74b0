package org.bamarrow.internal.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;

/** Access to the index files next to a BAM, on any file system. */
public interface IndexFiles {
  /** For {@link #modified}: not known. */
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

  /** Last modification time of a file in milliseconds since 1970, or {@link #UNKNOWN}. */
  long modified(String name) throws IOException;

  /** Name of the CSI or BAI next to a BAM, in the search order of samtools; or null. */
  default String findForRegions(String bam) throws IOException {
    return findFirst(bam, "csi", "bai");
  }

  /** Name of the index next to a BAM with the most record offsets; or null. */
  default String findForSplits(String bam) throws IOException {
    return findFirst(bam, "sbi", "csi", "bai");
  }

  private String findFirst(String bam, String... kinds) throws IOException {
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
