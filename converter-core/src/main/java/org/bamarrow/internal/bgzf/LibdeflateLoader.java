package org.bamarrow.internal.bgzf;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Loads libdeflate: the library in our jar, which is newer than that of most systems, or else that
 * of the system.
 */
final class LibdeflateLoader {
  private static final List<String> SYSTEM_NAMES =
      List.of("libdeflate.so.0", "libdeflate.so", "libdeflate.dylib");

  /** The loaded library; null if none is available. */
  final LibdeflateFunctions functions;

  /** Why no library is available; null if one is. */
  final String missing;

  private LibdeflateLoader(LibdeflateFunctions functions, String missing) {
    this.functions = functions;
    this.missing = missing;
  }

  /** Called once per process. */
  static LibdeflateLoader load() {
    try {
      // jffi unpacks its own library into the parent of this folder, and deletes it.
      return UnpackFolder.during("bamarrow-libdeflate", LibdeflateLoader::loadFrom);
    } catch (IOException | RuntimeException | LinkageError e) {
      // RuntimeException: jffi's library could not be loaded, or the JVM is shutting down.
      return new LibdeflateLoader(null, "libdeflate could not be loaded: " + reason(e));
    }
  }

  private static LibdeflateLoader loadFrom(Path folder) throws IOException {
    LibdeflateFunctions.loadJffi();
    String notBundled;
    try {
      return new LibdeflateLoader(bundled(folder), null);
    } catch (FileNotFoundException | UnsatisfiedLinkError e) {
      notBundled = reason(e);
    }
    LibdeflateFunctions found = ofSystem();
    return found != null
        ? new LibdeflateLoader(found, null)
        : new LibdeflateLoader(
            null,
            "libdeflate could not be loaded: "
                + notBundled
                + "; not found on this system: "
                + String.join(", ", SYSTEM_NAMES));
  }

  /**
   * @throws FileNotFoundException if the jar has no library for this platform
   * @throws UnsatisfiedLinkError if the library cannot be loaded
   */
  static LibdeflateFunctions bundled(Path folder) throws IOException {
    String fileName = System.mapLibraryName("deflate");
    String resource = "aircompressor/" + platform() + "/" + fileName;
    try (InputStream in = LibdeflateLoader.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException("no library for " + platform() + " is included");
      }
      Path copy = folder.resolve(fileName);
      Files.copy(in, copy);
      return LibdeflateFunctions.load(copy.toString());
    }
  }

  /** The library of the operating system; null if there is none. */
  static LibdeflateFunctions ofSystem() {
    for (String fileName : SYSTEM_NAMES) {
      try {
        return LibdeflateFunctions.load(fileName);
      } catch (UnsatisfiedLinkError e) {
        continue; // not found
      }
    }
    return null;
  }

  /** The name of this platform in the jar, such as linux-amd64. */
  static String platform() {
    return platform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static String platform(String system, String processor) {
    String os = system.toLowerCase(Locale.ROOT);
    String cpu = processor.toLowerCase(Locale.ROOT);
    return (os.startsWith("mac") ? "macos" : os) + "-" + (cpu.equals("x86_64") ? "amd64" : cpu);
  }

  /** The innermost cause in one line: jffi wraps errors, and its messages have stack traces. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = cause instanceof FileNotFoundException ? cause.getMessage() : cause.toString();
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
