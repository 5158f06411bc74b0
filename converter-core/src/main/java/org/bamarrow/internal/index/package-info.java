/**
 * Indexes beside a BAM: BAI, CSI and SBI, read within bounds, and used only where they prove to be
 * this file's.
 */
package org.bamarrow.internal.index;
