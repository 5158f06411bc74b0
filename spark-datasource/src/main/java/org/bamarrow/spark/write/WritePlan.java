package org.bamarrow.spark.write;

import java.io.Serializable;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.parts.PartNames;
import org.bamarrow.spark.serializer.SerializedSchema;

/**
 * What every task that writes rows needs.
 *
 * @param rows the types of the rows
 * @param folders the partition columns, which are the last of the rows and not in the parts
 * @param schema of every part
 * @param options for compression and the maximum size of batches
 * @param rowsPerPart a part ends with the batch that reaches this many rows
 * @param bytesPerPart or this many bytes of file
 * @param firstNumber of the parts; lower numbers are taken
 */
record WritePlan(
    StructType rows,
    PartitionFolders folders,
    SerializedSchema schema,
    ConvertOptions options,
    long rowsPerPart,
    long bytesPerPart,
    PartNames names,
    int firstNumber,
    String directory,
    SerializableConfiguration settings)
    implements Serializable {}
