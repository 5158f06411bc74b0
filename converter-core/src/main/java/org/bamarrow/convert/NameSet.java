package org.bamarrow.convert;

import java.util.Set;
import java.util.stream.Stream;

/**
 * An immutable set of names. {@link RowOptions} copy other sets, but not this one, so that a list
 * of millions of names is held once.
 */
public interface NameSet extends Set<String> {
  /** {@return the bytes of each name, which need not be valid UTF-8; each array is a copy} */
  Stream<byte[]> encoded();
}
