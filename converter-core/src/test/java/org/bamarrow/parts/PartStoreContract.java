package org.bamarrow.parts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bamarrow.io.ByteSource;
import org.junit.jupiter.api.Test;

/** What every {@link PartStore} promises; a subclass gives one whose directory does not exist. */
public abstract class PartStoreContract {
  /** A store of a directory that is not there yet, the same one each time in a test. */
  protected abstract PartStore store() throws IOException;

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 >> 3);
    }
    return bytes;
  }

  private static void write(PartStore store, String name, byte[] bytes) throws IOException {
    try (OutputStream out = store.create(name)) {
      out.write(bytes);
    }
  }

  private static byte[] read(PartStore store, String name) throws IOException {
    try (ByteSource source = store.open(name)) {
      byte[] bytes = new byte[(int) source.size() + 1];
      return Arrays.copyOf(bytes, source.read(0, bytes, 0, bytes.length));
    }
  }

  private static List<String> names(PartStore store) throws IOException {
    return store.list().stream().map(PartStore.Entry::name).sorted().toList();
  }

  @Test
  void aDirectoryThatIsNotThereIsEmpty() throws IOException {
    assertEquals(List.of(), store().list());
  }

  @Test
  void whatWasWrittenIsReadAndListed() throws IOException {
    PartStore store = store();
    write(store, "a", bytes(300_001));
    write(store, "empty", new byte[0]);
    assertArrayEquals(bytes(300_001), read(store, "a"));
    assertArrayEquals(new byte[0], read(store, "empty"));
    assertEquals(List.of("a", "empty"), names(store));
    for (PartStore.Entry entry : store.list()) {
      assertEquals(entry.name().equals("a") ? 300_001 : 0, entry.bytes());
      assertTrue(entry.modified() > 0);
    }
  }

  @Test
  void filesInFoldersOfPartitionColumnsBelongToIt() throws IOException {
    PartStore store = store();
    write(store, "a", bytes(1));
    write(store, "s=x y/t=%3A/b", bytes(9));
    write(store, "s=z/c", bytes(3));
    assertEquals(List.of("a", "s=x y/t=%3A/b", "s=z/c"), names(store));
    assertArrayEquals(bytes(9), read(store, "s=x y/t=%3A/b"));
    assertTrue(store.isFile("s=z/c") && store.isFile("a"));
    assertFalse(store.isFile("s=z/d") || store.isFile("d"));
    store.delete("s=x y/t=%3A/b");
    assertEquals(List.of("a", "s=z/c"), names(store));
  }

  @Test
  void theNameTellsTheDirectoryInErrors() throws IOException {
    PartStore store = store();
    write(store, "a", bytes(1));
    IOException error = assertThrows(IOException.class, () -> store.open("b"));
    assertTrue(error.getMessage().contains("b: is missing"), error.getMessage());
    assertTrue(error.getMessage().startsWith(store.name()), error.getMessage());
  }

  @Test
  void publishingReplaces() throws IOException {
    PartStore store = store();
    store.publish("_m.json", bytes(10), true, () -> {});
    store.publish("_m.json", bytes(5), true, () -> {});
    assertArrayEquals(bytes(5), read(store, "_m.json"));
    assertEquals(List.of("_m.json"), names(store));
  }

  @Test
  void whereNothingMayBeReplacedPublishingFailsAndLeavesNothing() throws IOException {
    PartStore store = store();
    store.publish("_m.json", bytes(10), false, () -> {});
    assertThrows(
        FileAlreadyExistsException.class,
        () -> store.publish("_m.json", bytes(5), false, () -> {}));
    assertArrayEquals(bytes(10), read(store, "_m.json"));
    assertEquals(List.of("_m.json"), names(store));
  }

  @Test
  void theLastLookMayEndThePublishing() throws IOException {
    PartStore store = store();
    write(store, "a", bytes(1));
    assertThrows(
        EOFException.class,
        () ->
            store.publish(
                "_m.json",
                bytes(5),
                true,
                () -> {
                  throw new EOFException("no");
                }));
    assertEquals(List.of("a"), names(store));
  }

  @Test
  void whatIsThereExists() throws IOException {
    PartStore store = store();
    assertFalse(store.exists("a"));
    write(store, "a", bytes(1));
    assertTrue(store.exists("a"));
    assertFalse(store.exists("b"));
  }

  @Test
  void deletingRemovesTheFileAloneAndMayComeTwice() throws IOException {
    PartStore store = store();
    write(store, "a", bytes(1));
    write(store, "b", bytes(2));
    store.delete("a");
    store.delete("a");
    assertEquals(List.of("b"), names(store));
    store.delete("b");
    assertEquals(List.of(), names(store));
    write(store, "c", bytes(3));
    assertEquals(List.of("c"), names(store));
  }

  @Test
  void aFileThatIsThereIsNotCreatedAgain() throws IOException {
    PartStore store = store();
    write(store, "a", bytes(1));
    assertThrows(IOException.class, () -> write(store, "a", bytes(2)));
    assertArrayEquals(bytes(1), read(store, "a"));
  }

  @Test
  void aSecondStoreOfTheSameDirectorySeesTheSame() throws IOException {
    write(store(), "a", bytes(7));
    assertArrayEquals(bytes(7), read(store(), "a"));
  }

  @Test
  void threadsCreateFilesSideBySide() throws Exception {
    PartStore store = store();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Void>> running = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = "f" + i;
      Callable<Void> work =
          () -> {
            write(store, name, bytes(1000));
            return null;
          };
      running.add(threads.submit(work));
    }
    for (Future<Void> one : running) {
      one.get();
    }
    threads.shutdown();
    assertEquals(20, store.list().size());
  }
}
