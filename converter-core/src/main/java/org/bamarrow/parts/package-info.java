/**
 * A conversion as a directory of Arrow IPC files: parts that are written independently of each
 * other, in any place and any number of times, and a manifest that says which of them make the
 * whole. Knows no storage: a {@link org.bamarrow.parts.PartStore} represents the directory. May use
 * {@code convert}, {@code io}, {@code errors} and the kernel.
 */
package org.bamarrow.parts;
