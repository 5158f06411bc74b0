package org.bamarrow.spark.read;

import java.io.Serializable;
import org.bamarrow.read.BamSplit;
import org.bamarrow.spark.BamFile;

/** A part of a file. */
public record Piece(BamFile file, BamSplit split) implements Serializable {}
