package org.bamarrow.spark.job;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.ConvertOptions;
import org.bamarrow.parts.InputSplit;
import org.bamarrow.parts.PartNames;
import org.bamarrow.spark.BamFile;

/**
 * What every task of a job has to know; goes to the executors once a stage.
 *
 * @param inputs in the order of the rows
 * @param splits by the numbers of the parts
 * @param options with the tags listed, for one thread
 * @param schema of every part, as an Arrow message: the driver's, which knows all headers
 * @param directory of the parts
 * @param readAheadBytes of one read of a remote file
 */
record TaskPlan(
    List<BamFile> inputs,
    List<InputSplit> splits,
    ConvertOptions options,
    byte[] schema,
    PartNames names,
    String directory,
    SerializableConfiguration settings,
    int readAheadBytes)
    implements Serializable {
  TaskPlan {
    inputs = List.copyOf(inputs);
    splits = List.copyOf(splits);
  }
}
