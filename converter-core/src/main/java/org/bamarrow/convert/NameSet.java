package org.bamarrow.convert;

import java.util.Set;

/**
 * An immutable set of names. {@link RowOptions} copy other sets, but not this one, so that a list
 * of millions of names is held once.
 */
public interface NameSet extends Set<String> {}
