package org.bamarrow.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.bamarrow.errors.Printable;

/**
 * {@link System#out} for the result of a command: errors are exceptions, so that the command ends
 * if the reader closes the pipe. Control characters are escaped on a terminal, but not in files and
 * pipes. Closing only flushes.
 */
final class StandardOutput extends OutputStream {
  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (Terminals.standardOutput()) {
      byte[] safe = Printable.escapeControls(bytes, offset, length);
      System.out.write(safe, 0, safe.length);
    } else {
      System.out.write(bytes, offset, length);
    }
    flush();
  }

  @Override
  public void flush() throws IOException {
    requireWritten();
  }

  /**
   * Flushes everything that this process has printed.
   *
   * @throws IOException if some of it could not be written
   */
  static void requireWritten() throws IOException {
    if (System.out.checkError()) {
      explain();
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  /** A PrintStream only reports that something failed; writing again gives the reason. */
  private static void explain() throws IOException {
    try {
      new FileOutputStream(FileDescriptor.out).write('\n');
    } catch (IOException e) {
      throw "Broken pipe".equals(e.getMessage())
          ? e
          : new IOException("standard output: " + e.getMessage(), e);
    }
    throw new IOException("standard output: could not be written");
  }
}
