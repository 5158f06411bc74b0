package org.bamarrow.errors;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Text that names options as data, to be worded where it is shown. Immutable. */
public final class Sentence implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * An option with a value to give it.
   *
   * @param option which one
   * @param value as the command line has it
   */
  public record Setting(OptionKey option, String value) implements Serializable {}

  /** Of String, OptionKey (its name) and Setting; an ArrayList, which is serializable. */
  private final ArrayList<Object> parts;

  private Sentence(List<Object> parts) {
    this.parts = new ArrayList<>(parts);
  }

  /**
   * {@return a sentence of these parts}
   *
   * @param parts an {@link OptionKey} stands for its name, a {@link Setting} for name and value, a
   *     sentence for its parts, everything else for its text
   */
  public static Sentence of(Object... parts) {
    List<Object> kept = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Sentence within) {
        kept.addAll(within.parts);
      } else {
        boolean option = part instanceof OptionKey || part instanceof Setting;
        kept.add(option ? part : String.valueOf(part));
      }
    }
    return new Sentence(kept);
  }

  /**
   * {@return whether every option that it names exists where it is shown}
   *
   * @param wording names of the options where the text is shown
   */
  public boolean fits(Wording wording) {
    return parts.stream().allMatch(part -> option(part) == null || wording.has(option(part)));
  }

  /**
   * {@return the text; an option that does not exist there is called by the command line's word}
   *
   * @param wording names of the options where the text is shown
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
