/**
 * Synthetic BAM files: the same options give the same records on every machine. {@link
 * org.bamarrow.synth.SynthBam} writes them, each {@link org.bamarrow.synth.SynthProfile} is one
 * {@code RecordSource}. Uses nothing but the JDK, in particular no other package of bamarrow and no
 * BAM library, so that both can be tested with its files.
 */
package org.bamarrow.synth;
