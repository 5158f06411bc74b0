package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.OutputOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTargetTest {
  private static final Schema SCHEMA =
      new Schema(List.of(Field.nullable("a", new ArrowType.Int(32, true))));

  @TempDir private Path folder;

  private static OutputOptions options(Format format, boolean force, boolean durable) {
    return OutputOptions.defaults()
        .withFormat(format)
        .withWriteBytes(OutputOptions.MIN_WRITE_BYTES)
        .withForce(force)
        .withDurable(durable);
  }

  private static OutputOptions file(boolean force) {
    return options(Format.FILE, force, false);
  }

  /** Opens, writes an empty file and commits. */
  private void write(Path path, OutputOptions options) throws IOException {
    try (OutputTarget target = OutputTarget.open(path.toString(), options, List.of())) {
      IpcOutput output = target.output(1);
      output.start(() -> IpcSchema.of(SCHEMA));
      output.finish();
      assertEquals(0, output.rows());
      assertEquals(0, output.batches());
      target.commit();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theFileAppearsAtTheCommit(boolean durable) throws IOException {
    Path path = folder.resolve("out.arrow");
    OutputOptions options = options(Format.FILE, false, durable);
    try (OutputTarget target = OutputTarget.open(path.toString(), options, List.of())) {
      target.output(1).start(() -> IpcSchema.of(SCHEMA));
      assertFalse(Files.exists(path));
      List<Path> temporary = list();
      assertEquals(1, temporary.size());
      assertTrue(temporary.get(0).getFileName().toString().startsWith(".out.arrow."));
      target.commit();
      assertEquals(List.of(path), list());
    }
    assertEquals(List.of(path), list());
  }

  @ParameterizedTest
  @EnumSource
  void arrowReadsAnOutputWithoutBatches(Format format) throws IOException {
    Path path = folder.resolve("out");
    write(path, options(format, false, false));
    try (RootAllocator allocator = new RootAllocator();
        ArrowReader reader =
            format == Format.FILE
                ? new ArrowFileReader(Files.newByteChannel(path), allocator)
                : new ArrowStreamReader(Files.newInputStream(path), allocator)) {
      assertEquals(SCHEMA, reader.getVectorSchemaRoot().getSchema());
      assertFalse(reader.loadNextBatch());
    }
  }

  @Test
  void spillFilesAreHiddenNextToTheTargetUntilClosed() throws IOException {
    Path path = folder.resolve("out.arrow");
    try (OutputTarget target = OutputTarget.open(path.toString(), file(false), List.of())) {
      try (SpillFile one = target.spill();
          SpillFile two = target.spill()) {
        assertEquals(0, one.output().rows() + two.output().rows());
        assertEquals(3, list().size());
        for (Path file : list()) {
          assertTrue(file.getFileName().toString().startsWith(".out.arrow."), file.toString());
        }
      }
      assertEquals(1, list().size());
    }
    assertEquals(List.of(), list());
  }

  @Test
  void withoutCommitTheTargetIsUnchanged() throws IOException {
    Path path = Files.writeString(folder.resolve("out"), "old");
    try (OutputTarget target = OutputTarget.open(path.toString(), file(true), List.of())) {
      target.output(1).start(() -> IpcSchema.of(SCHEMA));
    }
    assertEquals(List.of(path), list());
    assertEquals("old", Files.readString(path));
  }

  @Test
  void anExistingFileIsReplacedOnlyWithForce() throws IOException {
    Path path = Files.writeString(folder.resolve("out"), "old");
    FileAlreadyExistsException error =
        assertThrows(FileAlreadyExistsException.class, () -> write(path, file(false)));
    assertEquals(
        path + ": already exists; use OutputOptions.withForce(true) to replace it",
        error.getMessage());
    assertEquals("old", Files.readString(path));
    write(path, file(true));
    assertTrue(Files.readString(path, StandardCharsets.ISO_8859_1).startsWith("ARROW1"));
  }

  @Test
  void aFileCreatedInTheMeantimeIsNotReplaced() throws IOException {
    Path path = folder.resolve("out");
    try (OutputTarget target = OutputTarget.open(path.toString(), file(false), List.of())) {
      Files.writeString(path, "other");
      assertThrows(FileAlreadyExistsException.class, target::commit);
    }
    assertEquals(List.of(path), list());
    assertEquals("other", Files.readString(path));
  }

  @Test
  void anInputIsNeverReplacedAlsoUnderAnotherName() throws IOException {
    Path input = Files.writeString(folder.resolve("in.bam"), "bam");
    Path link = Files.createSymbolicLink(folder.resolve("link"), input);
    Path hard = Files.createLink(folder.resolve("hard"), input);
    for (Path path : List.of(input, link, hard)) {
      IOException error =
          assertThrows(
              IOException.class,
              () -> OutputTarget.open(path.toString(), file(true), List.of(input.toString())));
      assertTrue(error.getMessage().contains("is an input"), error.getMessage());
    }
    assertEquals("bam", Files.readString(input));
    assertEquals(3, list().size());
  }

  @Test
  void theTargetOfASymbolicLinkIsReplaced() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Path file = Files.writeString(inside.resolve("file"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    write(link, file(true));
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.readString(file, StandardCharsets.ISO_8859_1).startsWith("ARROW1"));
  }

  /** Found out at the start, not after hours. */
  @Test
  void aDanglingSymbolicLinkIsAnErrorBeforeAnythingIsWritten() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    IOException error =
        assertThrows(
            IOException.class,
            () -> OutputTarget.open(link.toString(), file(false), List.of()).close());
    assertTrue(error.getMessage().startsWith(link + ": "), error.getMessage());
    assertEquals(List.of(link), list());
  }

  @Test
  void theErrorNamesAMissingDirectoryOrADirectoryAsOutput() {
    String missing = folder.resolve("missing/out").toString();
    IOException error =
        assertThrows(IOException.class, () -> OutputTarget.open(missing, file(true), List.of()));
    assertEquals(missing + ": its directory does not exist", error.getMessage());
    String itself = folder.toString();
    error = assertThrows(IOException.class, () -> OutputTarget.open(itself, file(true), List.of()));
    assertEquals(itself + ": is a directory; specify a file", error.getMessage());
  }

  @Test
  void aDeviceIsWrittenDirectly() throws IOException {
    write(Path.of("/dev/null"), file(false));
    assertTrue(Files.exists(Path.of("/dev/null")));
    assertFalse(Files.isRegularFile(Path.of("/dev/null")));
  }

  @Test
  void aFailingWriteIsThrown() throws IOException {
    try (OutputTarget target = OutputTarget.open("/dev/full", file(false), List.of())) {
      assertThrows(IOException.class, () -> target.output(1).start(() -> IpcSchema.of(SCHEMA)));
    }
  }

  @Test
  @Timeout(60)
  void aFifoIsWrittenAsAStream() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    byte[][] read = new byte[1][];
    Thread reader =
        new Thread(
            () -> {
              try {
                read[0] = Files.readAllBytes(fifo);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    reader.start();
    write(fifo, options(Format.STREAM, false, false));
    reader.join();
    Path file = folder.resolve("file");
    write(file, options(Format.STREAM, false, false));
    assertEquals(List.of(Files.size(file)), List.of((long) read[0].length));
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
