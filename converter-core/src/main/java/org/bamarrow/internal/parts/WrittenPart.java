package org.bamarrow.internal.parts;

import java.io.Serializable;
import org.bamarrow.parts.Part;

/**
 * A part that has been written.
 *
 * @param part as the manifest tells of it
 * @param zones what is known of its record batches, for {@link BatchesFile}; null for none
 */
public record WrittenPart(Part part, byte[] zones) implements Serializable {}
