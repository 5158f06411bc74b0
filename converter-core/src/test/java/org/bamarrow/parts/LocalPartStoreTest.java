package org.bamarrow.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPartStoreTest extends PartStoreContract {
  @TempDir private Path folder;

  @Override
  protected PartStore store() {
    return new LocalPartStore(folder.resolve("out").toString(), false);
  }

  @Test
  void aFolderThatItMadeGoesWithItsLastFile() throws IOException {
    PartStore store = store();
    store.create("a").close();
    store.create("b").close();
    store.delete("a");
    assertTrue(Files.exists(folder.resolve("out")));
    store.delete("b");
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void aFolderOfOthersStays() throws IOException {
    Files.createDirectory(folder.resolve("out"));
    PartStore store = store();
    store.create("a").close();
    store.delete("a");
    assertTrue(Files.exists(folder.resolve("out")));
  }

  @Test
  void foldersInsideAreNoFiles() throws IOException {
    Files.createDirectories(folder.resolve("out/more"));
    assertEquals(0, store().list().size());
  }

  @Test
  void aFileInPlaceOfTheFolderIsTold() throws IOException {
    Files.createFile(folder.resolve("out"));
    for (IOException e :
        new IOException[] {
          assertThrows(IOException.class, () -> store().create("a")),
          assertThrows(IOException.class, () -> store().list())
        }) {
      assertTrue(e.getMessage().contains("is a file, not a directory"), e.getMessage());
    }
  }

  @Test
  void aParentThatIsMissingIsTold() {
    PartStore store = new LocalPartStore(folder.resolve("no/out").toString(), false);
    IOException error = assertThrows(IOException.class, () -> store.create("a"));
    assertTrue(error.getMessage().contains("does not exist"), error.getMessage());
  }

  @Test
  void durableWritesTheSame() throws IOException {
    PartStore store = new LocalPartStore(folder.resolve("out").toString(), true);
    store.create("a").close();
    store.publish("m", new byte[3], true, () -> {});
    assertEquals(2, store.list().size());
  }
}
