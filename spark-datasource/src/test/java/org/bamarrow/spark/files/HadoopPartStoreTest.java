package org.bamarrow.spark.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.bamarrow.parts.BrokenManifestException;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.PartStore;
import org.bamarrow.parts.PartStoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
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

  /** Hadoop's listing leaves it out, and what cannot be listed must not look absent. */
  @Test
  void aLinkToNothingExists(@TempDir Path folder) throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.createSymbolicLink(out.resolve(Manifest.NAME), Path.of("not there"));
    PartStore store = store("", folder);
    assertTrue(store.exists(Manifest.NAME));
    assertThrows(BrokenManifestException.class, () -> Manifest.find(store));
  }

  @Test
  void whatReplacesADirectoryHasThePermissionsOfItsManifest(@TempDir Path folder)
      throws IOException {
    PartStore store = store("", folder);
    store.publish(Manifest.NAME, new byte[1], true, () -> {});
    Path manifest = folder.resolve("out").resolve(Manifest.NAME);
    Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-rw----");
    Files.setPosixFilePermissions(manifest, mode);
    store.create("part").close();
    store.publish(Manifest.NAME, new byte[2], true, () -> {});
    assertEquals(mode, Files.getPosixFilePermissions(manifest));
    assertEquals(mode, Files.getPosixFilePermissions(manifest.resolveSibling("part")));
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
