package org.bamarrow.spark.job;

import java.io.Serializable;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.parts.PartNames;
import org.bamarrow.spark.serializer.SerializedSchema;

/**
 * What every task of a job needs; sent to the executors once per stage.
 *
 * @param options with the tags listed, for one thread
 * @param schema of every part, without headers, as a task only needs its own
 * @param directory of the parts
 * @param readAheadBytes of one read of a remote file
 */
record TaskPlan(
    ConvertOptions options,
    SerializedSchema schema,
    PartNames names,
    String directory,
    SerializableConfiguration settings,
    int readAheadBytes)
    implements Serializable {}
