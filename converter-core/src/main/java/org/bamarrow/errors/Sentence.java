package org.bamarrow.errors;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Text with options as data, so that each interface can use its own names for them. Immutable. */
public final class Sentence implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * An option with a value.
   *
   * @param option the option
   * @param value as on the command line
   */
  public record Setting(OptionKey option, String value) implements Serializable {}

  /** String, OptionKey or Setting; an ArrayList because it must be serializable. */
  private final ArrayList<Object> parts;

  private Sentence(List<Object> parts) {
    this.parts = new ArrayList<>(parts);
  }

  /**
   * {@return a sentence of these parts}
   *
   * @param parts an {@link OptionKey} for its name, a {@link Setting} for name and value, a
   *     sentence for its parts, anything else for its {@code toString}
   */
  public static Sentence of(Object... parts) {
    List<Object> kept = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Sentence nested) {
        kept.addAll(nested.parts);
      } else {
        boolean option = part instanceof OptionKey || part instanceof Setting;
        kept.add(option ? part : String.valueOf(part));
      }
    }
    return new Sentence(kept);
  }

  /**
   * {@return whether every option that it names exists in that wording}
   *
   * @param wording names of the options to use
   */
  public boolean fits(Wording wording) {
    return parts.stream().allMatch(part -> option(part) == null || wording.has(option(part)));
  }

  /**
   * {@return the text; an option without a name in that wording has its command-line name}
   *
   * @param wording names of the options to use
   */
  public String in(Wording wording) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      OptionKey option = option(part);
      if (option == null) {
        text.append(part);
      } else if (part instanceof Setting setting) {
        text.append(
            wording.has(option)
                ? wording.setting(option, setting.value)
                : option.word() + " " + setting.value);
      } else {
        text.append(wording.has(option) ? wording.name(option) : option.word());
      }
    }
    return text.toString();
  }

  private static OptionKey option(Object part) {
    return part instanceof Setting setting
        ? setting.option
        : part instanceof OptionKey option ? option : null;
  }
}
