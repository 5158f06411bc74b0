package org.bamarrow.spark.schema;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.SequenceDictionary;
import org.bamarrow.internal.column.TagCounts;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.DictionaryUnion;
import org.bamarrow.internal.read.InOrder;
import org.bamarrow.internal.read.InputHeaders;
import org.bamarrow.io.ByteSource;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.Sources;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkOption;
import org.slf4j.LoggerFactory;

/**
 * Looks into the files on the driver, several at a time: their headers must not contradict each
 * other, and their tags make the schema. At most {@link #SAMPLED_FILES} files, evenly spread, show
 * their tags ({@code tags=scan} reads all of all files); a tag that stands in others alone goes to
 * {@code other_tags}, so nothing is lost.
 */
public final class SchemaInference {
  /** Files of which tags are sampled. */
  static final int SAMPLED_FILES = 64;

  /** Files open at a time: most of the time goes by waiting for remote ones. */
  private static final int THREADS = 16;

  /**
   * What is kept of a file: its dictionary, and the tags of its sample; no tags where none were
   * wanted.
   *
   * @param threads that may read headers as large as its
   */
  private record Seen(
      String file, SequenceDictionary references, Set<String> readGroups, int threads, TagCounts tags) {}

  private final TableFiles files;
  private final ConvertOptions options;
  private final Configuration settings;
  private final RequestedReadGroups readGroups;

  private SchemaInference(TableFiles files) {
    this.files = files;
    this.options = files.convert();
    this.readGroups = new RequestedReadGroups(options.rows().readGroups());
    this.settings = files.settings();
  }

  /**
   * The options with the tags that the files have.
   *
   * @throws IOException if a file is no BAM, or contradicts another
   */
  public static ConvertOptions infer(TableFiles files) throws IOException {
    SchemaInference inference = new SchemaInference(files);
    List<BamFile> all = files.files();
    if (all.isEmpty()) {
      throw new FileNotFoundException(
          files + ": no file is left to tell the schema; give one with schema()");
    }
    TagOptions tags = files.convert().tags();
    List<TagType> found = inference.typed(inference.look(all));
    return switch (tags.mode()) {
      case NONE, LIST -> inference.options;
      case AUTO, SCAN ->
          inference.options.with(
              new TagOptions(
                  TagsMode.LIST,
                  found,
                  tags.other(),
                  tags.failOnMismatch(),
                  tags.failOnDuplicate(),
                  tags.projection(),
                  tags.caseInsensitive()));
    };
  }

  /** Of names that are one to Spark, the one that most fields have. */
  private List<TagType> typed(TagCounts counts) {
    List<TagType> types = new ArrayList<>(counts.types());
    if (options.tags().caseInsensitive() && !counts.caseTwins().isEmpty()) {
      LoggerFactory.getLogger(SchemaInference.class)
          .warn(
              "{}: the tags {} go to other_tags, for more frequent ones differ from them only in"
                  + " case; set spark.sql.caseSensitive to have them as columns",
              files,
              counts.caseTwins());
      types.removeAll(counts.caseTwins());
    }
    return types;
  }

  /** Reads every header, and counts tags where they are to be found; in the order of the files. */
  private TagCounts look(List<BamFile> all) throws IOException {
    DictionaryUnion references = new DictionaryUnion();
    TagCounts tags = new TagCounts();
    int[] threads = {THREADS};
    InOrder.Taker<Seen> taker =
        seen -> {
          if (seen != null) {
            references.add(seen.file, seen.references);
            readGroups.in(seen.readGroups);
            tags.merge(seen.tags);
            threads[0] = Math.min(threads[0], seen.threads);
          }
        };
    InOrder.run(0, 1, 1, index -> see(all, index), taker); // tells how large headers are
    InOrder.run(1, all.size(), threads[0], index -> see(all, index), taker);
    if (readGroups.warning() != null) {
      LoggerFactory.getLogger(SchemaInference.class).warn("{}: {}", files, readGroups.warning());
    }
    return tags;
  }

  /** Null for a file that is missing, where that is allowed. */
  private Seen see(List<BamFile> all, int index) throws IOException {
    ByteSource source;
    try {
      source = Sources.open(all.get(index), settings);
    } catch (FileNotFoundException e) {
      if (files.ignoresMissing()) {
        return null;
      }
      throw e;
    }
    try (Conversion conversion = Conversion.forSplits(List.of(source), options)) {
      BamInput input = conversion.inputs().get(0);
      TagCounts tags = isSampled(index, all.size()) ? conversion.countTags() : new TagCounts();
      BamHeader header = input.header();
      return new Seen(
          input.source().name(),
          header.references(),
          readGroups.of(header),
          InputHeaders.threads(header),
          tags);
    }
  }

  private boolean isSampled(int index, int count) {
    if (!files.options().flag(SparkOption.MERGE_SCHEMA, true)) {
      return index == 0;
    }
    return count <= SAMPLED_FILES
        || options.tags().mode() == TagsMode.SCAN
        || index == 0
        || (long) index * SAMPLED_FILES / count > (index - 1L) * SAMPLED_FILES / count;
  }
}
