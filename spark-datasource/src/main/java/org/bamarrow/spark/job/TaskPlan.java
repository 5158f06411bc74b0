package org.bamarrow.spark.job;

import java.io.Serializable;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.parts.PartNames;

/**
 * What every task of a job has to know; goes to the executors once a stage.
 *
 * @param options with the tags listed, for one thread
 * @param schema that all parts have, as an Arrow message; of the headers a task knows its own
 * @param directory of the parts
 * @param readAheadBytes of one read of a remote file
 */
record TaskPlan(
    ConvertOptions options,
    byte[] schema,
    PartNames names,
    String directory,
    SerializableConfiguration settings,
    int readAheadBytes)
    implements Serializable {}
