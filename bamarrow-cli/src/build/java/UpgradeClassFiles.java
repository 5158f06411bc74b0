import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * A step of the build: brings classes compiled for Java 5 in a jar (picocli's) to the class-file
 * version of Java 8, with stack maps. The JVM cannot keep older classes in a start-up archive and
 * verifies them by the slow old way; this takes about 35 ms off every start.
 */
final class UpgradeClassFiles {
  private static final int OLDEST_ARCHIVABLE = Opcodes.V1_6;

  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    Map<Path, byte[]> upgraded = new LinkedHashMap<>();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        FileSystem entries = FileSystems.newFileSystem(jar);
        Stream<Path> walk = Files.walk(entries.getPath("/"))) {
      List<Path> classes = walk.filter(path -> path.toString().endsWith(".class")).toList();
      for (Path path : classes) {
        byte[] bytes = Files.readAllBytes(path);
        if (majorVersion(bytes) < OLDEST_ARCHIVABLE) {
          upgraded.put(path, upgrade(bytes, loader));
        }
      }
      for (Map.Entry<Path, byte[]> entry : upgraded.entrySet()) {
        FileTime time = Files.getLastModifiedTime(entry.getKey());
        Files.write(entry.getKey(), entry.getValue());
        Files.setLastModifiedTime(entry.getKey(), time); // the same bytes from every build
      }
    }
  }

  private static int majorVersion(byte[] classFile) {
    return (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
  }

  private static byte[] upgrade(byte[] classFile, ClassLoader loader) {
    ClassWriter writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return loader;
          }
        };
    ClassVisitor newer =
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visit(int v, int access, String name, String sig, String up, String[] is) {
            super.visit(Opcodes.V1_8, access, name, sig, up, is);
          }
        };
    new ClassReader(classFile).accept(newer, ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }
}
