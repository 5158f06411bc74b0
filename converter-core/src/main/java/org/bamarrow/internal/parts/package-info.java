/**
 * The machinery of a directory of parts: {@link org.bamarrow.internal.parts.PartsJob} plans the
 * parts, has them written independently of each other, in any place and any number of times, and
 * commits those that count. The command line, Spark and {@code org.bamarrow} call it. May use
 * {@code parts} and all below, but not {@code org.bamarrow}.
 */
package org.bamarrow.internal.parts;
