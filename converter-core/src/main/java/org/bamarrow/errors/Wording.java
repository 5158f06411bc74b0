package org.bamarrow.errors;

/**
 * How one of the product's faces (command line, Spark, API) names the options: messages hold them
 * as data, and are worded where they are shown.
 */
public interface Wording {
  /** The API's: the components of the options' records, and the methods that set them. */
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

  /** Where advice has no place, as in another message: ways that need an option are left out. */
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
   * {@return whether there is such an option where the message is shown}
   *
   * @param option option to name
   */
  boolean has(OptionKey option);

  /**
   * {@return an option that {@link #has}}
   *
   * @param option option to name
   */
  String name(OptionKey option);

  /**
   * {@return an option that {@link #has}, with a value to give it}
   *
   * @param option option to name
   * @param value value as the command line has it
   */
  String setting(OptionKey option, String value);
}
