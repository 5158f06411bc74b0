/**
 * Benchmarks on the user's machine, behind {@code bamarrow bench}: a conversion compared with the
 * limit of the machine, a grid of settings, and a large generated BAM that is converted and
 * verified. May use everything of the core, {@code verify} and {@code synth}; only {@code cli} uses
 * it.
 */
package org.bamarrow.bench;
