/**
 * Directories of parts: what {@link org.bamarrow.BamToParts} writes. A directory holds Arrow IPC
 * files, each with the records of one range of an input, and a {@link org.bamarrow.parts.Manifest}
 * that says which files make the whole; {@link org.bamarrow.parts.PartsReader} reads it. A {@link
 * org.bamarrow.parts.PartStore} represents the directory on any storage. Knows {@code io} and
 * {@code errors}; of the kernel, {@code base} and {@code ipc}.
 */
package org.bamarrow.parts;
