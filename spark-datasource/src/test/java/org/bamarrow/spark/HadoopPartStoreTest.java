package org.bamarrow.spark;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.bamarrow.parts.PartStore;
import org.bamarrow.parts.PartStoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** On the local disk as such, and as a file system that Hadoop knows nothing of. */
class HadoopPartStoreTest {
  private static PartStore store(String scheme, Path folder) throws IOException {
    Configuration settings = new Configuration();
    settings.set("fs.parts.impl", PartsFileSystem.class.getName());
    return new HadoopPartStore(scheme + folder.resolve("out"), settings);
  }

  @Nested
  class Local extends PartStoreContract {
    @TempDir Path folder;

    @Override
    protected PartStore store() throws IOException {
      return HadoopPartStoreTest.store("", folder);
    }
  }

  @Nested
  class Remote extends PartStoreContract {
    @TempDir Path folder;

    @Override
    protected PartStore store() throws IOException {
      return HadoopPartStoreTest.store("parts:", folder);
    }
  }
}
