/**
 * BGZF (SAM specification 4.1): block headers, chunks of blocks, block search, and the inflaters.
 * No knowledge of BAM records. Knows {@code base} and the public packages.
 */
package org.bamarrow.internal.bgzf;
