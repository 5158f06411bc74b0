/**
 * The command line: {@link org.bamarrow.cli.Main}, one class per command, mixins ({@code
 * *Arguments}) with the options that several commands share, and the texts of errors, notes and
 * reports. May use everything of the core, {@code verify}, {@code bench} and {@code synth}. The
 * Spark module uses the options and some commands of it; nothing else depends on it.
 */
package org.bamarrow.cli;
