/**
 * One conversion: opens the inputs, discovers tags, resolves regions, derives the schema and its
 * metadata, runs the pipeline or the segments, and creates the report. Contains no decoder and no
 * file format. May know all other packages of {@code internal}, {@code convert}, {@code io} and
 * {@code errors}; not {@code parts} and not the entry points.
 */
package org.bamarrow.internal.engine;
