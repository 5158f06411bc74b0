package org.bamarrow.errors;

/**
 * The names of the options in one interface (command line, Spark, Java API). Messages hold options
 * as data and are worded where they are shown.
 */
public interface Wording {
  /** The Java API: the components of the option records, and the methods that set them. */
  Wording JAVA =
      new Wording() {
        @Override
        public boolean has(OptionKey option) {
          return option.component() != null;
        }

        @Override
        public String name(OptionKey option) {
          return option.component();
        }

        @Override
        public String setting(OptionKey option, String value) {
          return option.wither() + "(" + option.value(value) + ")";
        }
      };

  /** For messages inside other messages: remedies that need an option are left out. */
  Wording NONE =
      new Wording() {
        @Override
        public boolean has(OptionKey option) {
          return false;
        }

        @Override
        public String name(OptionKey option) {
          return option.word();
        }

        @Override
        public String setting(OptionKey option, String value) {
          return option.word() + " " + value;
        }
      };

  /**
   * {@return whether this interface has the option}
   *
   * @param option the option
   */
  boolean has(OptionKey option);

  /**
   * {@return the name of an option that this interface {@link #has}}
   *
   * @param option the option
   */
  String name(OptionKey option);

  /**
   * {@return how to set an option that this interface {@link #has} to a value}
   *
   * @param option the option
   * @param value value as on the command line
   */
  String setting(OptionKey option, String value);
}
