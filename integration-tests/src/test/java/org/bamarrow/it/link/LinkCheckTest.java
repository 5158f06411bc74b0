package org.bamarrow.it.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check that found nothing would let every jar pass. */
class LinkCheckTest {
  private static final String LIBRARY =
      "package lib; public class Lib implements Api { public int field; public void method() {}"
          + " public static void of() {} public static class Inner {} public void api() {} }";
  private static final String API = "package lib; public interface Api { void api(); }";
  private static final String USER =
      """
      package user;
      public class User extends lib.Lib implements lib.Api {
        int use() {
          method(); // inherited
          lib.Lib.of();
          return new lib.Lib().field;
        }
        Object nested() { return new lib.Lib.Inner[0]; }
        Runnable reference() { return new lib.Lib()::method; }
        static class Implementation implements lib.Api { public void api() {} }
        lib.Api lambda() { return () -> {}; }
      }
      """;

  @TempDir private Path folder;

  private Path jar(String name, String classPath, String... sources) throws IOException {
    Path out = Files.createDirectory(folder.resolve(name));
    for (int i = 0; i < sources.length; i++) {
      String type =
          sources[i].replaceAll(
              "(?s).*?public (?:abstract )?(?:class|interface|enum) (\\w+).*", "$1");
      Path source = out.resolve(type + ".java");
      Files.writeString(source, sources[i]);
    }
    String[] files;
    try (var list = Files.list(out)) {
      files = list.map(Path::toString).toArray(String[]::new);
    }
    String[] javac = new String[files.length + 4];
    System.arraycopy(new String[] {"-cp", classPath, "-d", out.toString()}, 0, javac, 0, 4);
    System.arraycopy(files, 0, javac, 4, files.length);
    run("javac", javac);
    Path jar = folder.resolve(name + ".jar");
    run("jar", "--create", "--file", jar.toString(), "-C", out.toString(), ".");
    return jar;
  }

  private static void run(String tool, String... arguments) {
    int code = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
    assertEquals(0, code, tool);
  }

  private List<String> check(String... library) throws IOException {
    Path compiledWith = jar("old", "", LIBRARY, API);
    Path user = jar("user", compiledWith.toString(), USER);
    Path runsWith = jar("new", "", library);
    return LinkCheck.check(user, List.of(runsWith), name -> true);
  }

  @Test
  void nothingIsMissingFromWhatItWasCompiledWith() throws IOException {
    assertEquals(List.of(), check(LIBRARY, API));
  }

  @Test
  void missingClassesMethodsAndFieldsAreNamedWithTheirUsers() throws IOException {
    String other =
        "package lib; public class Lib implements Api { public long field; private void method() {}"
            + " public void of() {} public void api() {} }";
    assertEquals(
        List.of(
            "class lib.Lib$Inner is missing, used by user.User",
            "lib.Lib.field:I is missing, used by user.User",
            "lib.Lib.method()V is not public, used by user.User",
            "lib.Lib.of()V is not static, used by user.User",
            "user.User.method()V is not public, used by user.User"),
        check(other, API));
  }

  /** Javac makes such a switch ready for other constants. */
  @Test
  void aConstantOfASwitchMayBeMissing() throws IOException {
    String constants = "package lib; public enum Kind { OLD, NEW }";
    String user =
        "package user; public class Switch { static int of(lib.Kind kind) {"
            + " return switch (kind) { case OLD -> 1; case NEW -> 2; }; } }";
    Path jar = jar("user", jar("old", "", constants).toString(), user);
    Path runsWith = jar("new", "", constants.replace(", NEW", ""));
    assertEquals(List.of(), LinkCheck.check(jar, List.of(runsWith), name -> true));
  }

  @Test
  void anOverriddenFinalMethodIsNamed() throws IOException {
    String library = "package lib; public class Lib { public %s void method() {} }";
    String user = "package user; public class User extends lib.Lib { public void method() {} }";
    Path jar = jar("user", jar("old", "", library.formatted("")).toString(), user);
    Path runsWith = jar("new", "", library.formatted("final"));
    assertEquals(
        List.of("lib.Lib.method()V is final, used by user.User"),
        LinkCheck.check(jar, List.of(runsWith), name -> true));
  }

  @Test
  void anAbstractMethodThatIsNotImplementedIsNamed() throws IOException {
    String api = "package lib; public interface Api { void api(); int more(); }";
    String library = LIBRARY.replace("public class", "public abstract class");
    assertEquals(
        List.of("lib.Api.more()I is not implemented, used by user.User, user.User$Implementation"),
        check(library, api));
  }
}
