/**
 * Indexes of a BAM (BAI, CSI, SBI): bounded parsing, consistency checks against the file, and the
 * file ranges of regions. An index is used only if it matches the file, and never determines the
 * rows. Knows {@code read}, {@code filter} and the packages below.
 */
package org.bamarrow.internal.index;
