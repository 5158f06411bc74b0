package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Regions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.column.BatchSchema;
import org.bamarrow.internal.ipc.IpcSchema;

/**
 * The Arrow schemas of the outputs of a conversion: the fields depend on the options and the
 * discovered tags, the metadata on the headers and the options. Tags are discovered once, on first
 * use; not thread-safe until then.
 */
final class OutputSchema {
  private final ConversionInputs inputs;
  private final ConvertOptions options;
  private final List<Regions> regions;
  private final TagDiscovery tags;
  private BatchSchema columns;
  private List<TagType> caseVariants;

  /**
   * @param regions the regions of the options, resolved for these inputs
   */
  OutputSchema(
      ConversionInputs inputs, ConvertOptions options, List<Regions> regions, TagDiscovery tags) {
    this.inputs = inputs;
    this.options = options;
    this.regions = regions;
    this.tags = tags;
  }

  BatchSchema columns() throws IOException {
    if (columns == null) {
      TagDiscovery.Found found = tags.find();
      columns = new BatchSchema(options.columns(), options.tags(), found.types());
      caseVariants = found.caseVariants();
    }
    return columns;
  }

  /**
   * The discovered tags that are not typed because a typed tag differs from them only in case
   * ({@link TagOptions#caseInsensitive}).
   */
  List<TagType> caseVariants() throws IOException {
    columns();
    return caseVariants;
  }

  /** The schema of one file or stream of all inputs. */
  IpcSchema whole() throws IOException {
    return new IpcSchema(
        columns().fields(), SchemaMetadata.of(inputs.all(), inputs.references(), options, regions));
  }

  /** The schema common to all parts of a directory. */
  Schema ofParts() throws IOException {
    return new Schema(columns().fields(), SchemaMetadata.common(options, regions));
  }

  /** The schema of a directory of parts as a whole, with the metadata common to all inputs. */
  Schema shared() throws IOException {
    Map<String, String> common = SchemaMetadata.common(options, regions);
    return new Schema(columns().fields(), SchemaMetadata.shared(common, inputs.all()));
  }
}
