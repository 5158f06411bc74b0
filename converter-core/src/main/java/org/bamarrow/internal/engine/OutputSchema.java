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
 * The Arrow schemas of a conversion's outputs: their fields follow from the options and the tags
 * found, their metadata from the headers and the options. The tags are found once, at the first
 * need. One thread until then.
 */
final class OutputSchema {
  private final ConversionInputs inputs;
  private final ConvertOptions options;
  private final List<Regions> places;
  private final TagDiscovery tags;
  private BatchSchema columns;
  private List<TagType> caseTwins;

  /**
   * @param places that the options' regions mean in these inputs
   */
  OutputSchema(
      ConversionInputs inputs, ConvertOptions options, List<Regions> places, TagDiscovery tags) {
    this.inputs = inputs;
    this.options = options;
    this.places = places;
    this.tags = tags;
  }

  BatchSchema columns() throws IOException {
    if (columns == null) {
      TagDiscovery.Found found = tags.find();
      columns = new BatchSchema(options.columns(), options.tags(), found.types());
      caseTwins = found.caseTwins();
    }
    return columns;
  }

  /**
   * The tags that were found but are not typed, since a typed tag differs from them only in case
   * ({@link TagOptions#caseInsensitive}).
   */
  List<TagType> caseTwins() throws IOException {
    columns();
    return caseTwins;
  }

  /** Of one file or stream of all inputs. */
  IpcSchema whole() throws IOException {
    return new IpcSchema(
        columns().fields(), SchemaMetadata.of(inputs.all(), inputs.references(), options, places));
  }

  /** That all parts of a directory have. */
  Schema ofParts() throws IOException {
    return new Schema(columns().fields(), SchemaMetadata.common(options, places));
  }

  /** Of a directory of parts as a whole, with what holds for all inputs. */
  Schema shared() throws IOException {
    Map<String, String> common = SchemaMetadata.common(options, places);
    return new Schema(columns().fields(), SchemaMetadata.shared(common, inputs.all()));
  }
}
