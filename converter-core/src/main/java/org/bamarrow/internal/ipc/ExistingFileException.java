package org.bamarrow.internal.ipc;

import java.nio.file.FileAlreadyExistsException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.Worded;
import org.bamarrow.errors.Wording;

/** Thrown if an existing output would be replaced without the option that allows it. */
public final class ExistingFileException extends FileAlreadyExistsException implements Worded {
  private static final long serialVersionUID = 1L;

  private static final Remedy FORCE =
      Remedy.of("use ", OptionKey.FORCE.setTo("true"), " to replace it");

  private final String problem;
  private String spoken;

  /**
   * @param problem such as "already exists"
   */
  public ExistingFileException(String name, String problem) {
    super(name, null, problem + "; " + FORCE.in(Wording.JAVA));
    this.problem = problem;
  }

  @Override
  public String getMessage() {
    return spoken == null ? super.getMessage() : spoken;
  }

  @Override
  public void speak(Wording wording) {
    spoken = message(wording);
  }

  @Override
  public String message(Wording wording) {
    return Worded.joined(getFile() + ": " + problem, FORCE, wording);
  }
}
