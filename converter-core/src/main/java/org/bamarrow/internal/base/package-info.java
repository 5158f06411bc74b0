/**
 * Utilities without knowledge of BAM or Arrow: byte sets, little-endian access, digests,
 * rethrowing, the version. Knows the public packages below {@code org.bamarrow.internal}.
 */
package org.bamarrow.internal.base;
