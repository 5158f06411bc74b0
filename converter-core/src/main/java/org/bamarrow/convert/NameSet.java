package org.bamarrow.convert;

import java.util.Set;

/**
 * A set of names that never changes. {@link RowOptions} keep it as it is, while they copy other
 * sets; so a list of millions of names is held once.
 */
public interface NameSet extends Set<String> {}
