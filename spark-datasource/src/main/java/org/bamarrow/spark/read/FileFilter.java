package org.bamarrow.spark.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.pushdown.FilePredicates;
import org.bamarrow.spark.schema.RecordMetadata;

/**
 * Removes files by conditions on partition columns and on {@code _metadata}, before splits are
 * planned. For one thread.
 */
final class FileFilter {
  private final TableFiles files;
  private final List<String> partitions;
  private final FilePredicates evaluator;
  private final List<Predicate> exact = new ArrayList<>();
  private final List<Predicate> all = new ArrayList<>();

  /**
   * @param table the columns of the table, which hide metadata columns of the same name
   */
  FileFilter(TableFiles files, StructType table) {
    this.files = files;
    partitions = List.of(files.partitionColumns().fieldNames());
    Map<List<String>, DataType> columns = new HashMap<>();
    String metadata = RecordMetadata.METADATA.name();
    if (!Arrays.asList(table.fieldNames()).contains(metadata)) {
      for (StructField field : ((StructType) RecordMetadata.METADATA.dataType()).fields()) {
        if (!field.name().startsWith("file_block_")) { // which differs within a file
          columns.put(List.of(metadata, field.name()), field.dataType());
        }
      }
    }
    if (!Arrays.asList(table.fieldNames()).contains(RecordMetadata.FILE.name())) {
      columns.put(List.of(RecordMetadata.FILE.name()), RecordMetadata.FILE.dataType());
    }
    for (StructField field : files.partitionColumns().fields()) {
      columns.put(List.of(field.name()), field.dataType());
    }
    evaluator = new FilePredicates(columns);
  }

  /**
   * Accepts what depends on the file only, and what the file can make false.
   *
   * @return those that have to be evaluated for each row
   */
  Predicate[] push(Predicate[] offered) {
    List<Predicate> left = new ArrayList<>();
    for (Predicate predicate : offered) {
      (evaluator.isExact(predicate) ? exact : left).add(predicate);
      all.add(predicate);
    }
    return left.toArray(Predicate[]::new);
  }

  /** The predicates that need not be evaluated for rows. */
  List<Predicate> exact() {
    return List.copyOf(exact);
  }

  /** Those files that may have rows. */
  TableFiles kept() {
    return kept(files, all);
  }

  /** Those of some files that may have rows which satisfy other predicates. */
  TableFiles kept(TableFiles of, List<Predicate> predicates) {
    if (predicates.isEmpty()) {
      return of;
    }
    List<FilePredicates.Condition> conditions =
        predicates.stream().map(evaluator::compile).toList();
    List<BamFile> candidates = of.files();
    BitSet kept = new BitSet();
    for (int i = 0; i < candidates.size(); i++) {
      BamFile file = candidates.get(i);
      kept.set(
          i,
          conditions.stream()
              .allMatch(condition -> condition.of(name -> value(file, name)).isPossible()));
    }
    return of.only(kept);
  }

  private Object value(BamFile file, List<String> name) {
    if (name.size() > 1) {
      return FileMetadata.value(name.get(1), file);
    }
    int partition = partitions.indexOf(name.get(0));
    return partition < 0
        ? UTF8String.fromString(file.name()) // RecordMetadata.FILE
        : file.partition().get(partition);
  }

  /** For EXPLAIN; empty without conditions on files. */
  String text(TableFiles kept) {
    return exact.isEmpty()
        ? ""
        : String.format(
            ", PartitionFilters: [%s] (%d of %d files)",
            exact.stream().map(Object::toString).collect(Collectors.joining(", ")),
            kept.statuses().size(),
            files.statuses().size());
  }
}
