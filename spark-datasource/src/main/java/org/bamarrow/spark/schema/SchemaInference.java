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
import org.bamarrow.internal.read.InputHeaders;
import org.bamarrow.internal.read.OrderedTasks;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.Sources;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.files.UnfinishedBam;
import org.bamarrow.spark.options.SparkOption;
import org.slf4j.LoggerFactory;

/**
 * Infers the schema on the driver, from several files at a time: headers must not contradict each
 * other, and tags become columns. Tags are sampled from at most {@link #SAMPLED_FILES} files,
 * evenly spread ({@code tags=scan} reads all files completely); a tag that is only in other files
 * is in {@code other_tags}. A file that is still being written does not count: a stream waits for
 * it, and a query that reads it fails.
 */
public final class SchemaInference {
  /** Files of which tags are sampled. */
  static final int SAMPLED_FILES = 64;

  /** Files that are open at the same time: most of the time is spent waiting for remote ones. */
  private static final int THREADS = 16;

  /**
   * What is kept of a file: its reference dictionary, its read groups, and the tags of its sample.
   *
   * @param threads that may read headers of this size at the same time
   * @param unfinished why a file that may still be being written has no sample, else null
   */
  private record FileSample(
      String file,
      SequenceDictionary references,
      Set<String> readGroups,
      int threads,
      TagCounts tags,
      BamFormatException unfinished) {}

  private final TableFiles files;
  private final ConvertOptions options;
  private final Configuration settings;
  private final RequestedReadGroups readGroups;

  private SchemaInference(TableFiles files) {
    this.files = files;
    this.options = files.convert();
    boolean excluded = options.rows().excludeReadGroups(); // all others are requested
    this.readGroups = new RequestedReadGroups(excluded ? null : options.rows().readGroups());
    this.settings = files.settings();
  }

  /**
   * The options with the tags of the files.
   *
   * @throws IOException if a file is not a BAM, or contradicts another one
   */
  public static ConvertOptions infer(TableFiles files) throws IOException {
    SchemaInference inference = new SchemaInference(files);
    List<BamFile> all = files.files();
    if (all.isEmpty()) {
      throw new FileNotFoundException(
          files + ": there are no files to infer the schema from; pass one with schema()");
    }
    TagOptions tags = files.convert().tags();
    List<TagType> found = inference.typed(inference.sample(all));
    return switch (tags.mode()) {
      case NONE, LIST -> inference.options;
      case AUTO, SCAN -> inference.options.withTags(tags.withListed(found));
    };
  }

  /** The tag types; of tags that differ only in case, the most frequent one. */
  private List<TagType> typed(TagCounts counts) {
    List<TagType> types = new ArrayList<>(counts.types());
    if (options.tags().caseInsensitive() && !counts.caseVariants().isEmpty()) {
      LoggerFactory.getLogger(SchemaInference.class)
          .warn(
              "{}: the tags {} are in other_tags, because more frequent tags differ only in"
                  + " case; set spark.sql.caseSensitive=true to get columns for them",
              files,
              counts.caseVariants());
      types.removeAll(counts.caseVariants());
    }
    return types;
  }

  /** Reads every header, and counts the tags of the samples, in the order of the files. */
  private TagCounts sample(List<BamFile> all) throws IOException {
    DictionaryUnion references = new DictionaryUnion();
    TagCounts tags = new TagCounts();
    List<FileSample> unfinished = new ArrayList<>();
    int[] threads = {THREADS};
    OrderedTasks.Taker<FileSample> taker =
        sample -> {
          if (sample != null && sample.unfinished != null) {
            unfinished.add(sample);
          } else if (sample != null) {
            references.add(sample.file, sample.references);
            readGroups.in(sample.readGroups);
            tags.merge(sample.tags);
            threads[0] = Math.min(threads[0], sample.threads);
          }
        };
    OrderedTasks.run(
        0, 1, 1, index -> sampleFile(all, index), taker); // shows how large headers are
    OrderedTasks.run(1, all.size(), threads[0], index -> sampleFile(all, index), taker);
    if (unfinished.size() == all.size()) {
      throw unfinished.get(0).unfinished;
    }
    unfinished.forEach(
        one ->
            LoggerFactory.getLogger(SchemaInference.class)
                .warn(
                    "{}: not complete; the schema is that of the other files: {}",
                    one.file,
                    one.unfinished.getMessage()));
    if (readGroups.warning() != null) {
      LoggerFactory.getLogger(SchemaInference.class).warn("{}: {}", files, readGroups.warning());
    }
    return tags;
  }

  /** Null for a missing file, if those are ignored. */
  private FileSample sampleFile(List<BamFile> all, int index) throws IOException {
    try {
      return sampleWhole(all, index);
    } catch (BamFormatException e) {
      try (ByteSource source = Sources.open(all.get(index), settings)) {
        if (options.allowMissingEof() || !UnfinishedBam.is(source)) {
          throw e;
        }
      }
      return new FileSample(all.get(index).name(), null, null, THREADS, null, e);
    }
  }

  private FileSample sampleWhole(List<BamFile> all, int index) throws IOException {
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
      return new FileSample(
          input.source().name(),
          header.references(),
          readGroups.of(header),
          InputHeaders.threads(header),
          tags,
          null);
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
