package org.bamarrow.internal.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.internal.ipc.IpcBatches;

/** Which columns of Arrow data are written, and in which order. Immutable. */
final class RewrittenColumns {
  static final String TAGS = "tags";
  static final String OTHER_TAGS = "other_tags";

  /** Key of a field's metadata: the SAM type of the tag. */
  private static final String TAG_TYPE = "bamarrow.type";

  private final List<Field> before;
  private final List<Field> fields = new ArrayList<>();
  private final List<TagType> tags;

  /**
   * @param before the columns as stored
   * @throws OptionException if one is not there
   */
  RewrittenColumns(List<Field> before, ArrowOptions options) {
    this.before = before;
    this.tags = options.tags();
    List<String> have = before.stream().map(Field::getName).toList();
    List<String> wanted = options.columns() == null ? have : options.columns();
    for (String name : wanted) {
      if (!have.contains(name)) {
        throw new OptionException(
            OptionKey.COLUMNS,
            ": the data have no column '" + name + "'; they have " + String.join(", ", have));
      }
      if (!options.omitted().contains(name)) {
        fields.add(field(IpcBatches.normalized(before.get(have.indexOf(name)))));
      }
    }
    if (Set.copyOf(have).size() < have.size()) {
      throw new IllegalArgumentException("two columns have the same name; rename one of them");
    }
    if (fields.isEmpty()) {
      throw new OptionException(
          "no columns are selected; select at least one with ", OptionKey.COLUMNS);
    }
    if (tags != null && fields.stream().noneMatch(each -> each.getName().equals(TAGS))) {
      throw new OptionException(OptionKey.TAGS, ": the data have no column " + TAGS + " of tags");
    }
  }

  private Field field(Field column) {
    if (tags == null || !column.getName().equals(TAGS)) {
      return column;
    }
    if (!(column.getType() instanceof ArrowType.Struct)) {
      throw new OptionException(OptionKey.TAGS, ": the column tags is not a struct");
    }
    List<Field> children = tags.stream().map(tag -> child(column, tag)).toList();
    FieldType type = column.getFieldType();
    return new Field(column.getName(), type, children);
  }

  private static Field child(Field column, TagType tag) {
    List<String> have = new ArrayList<>();
    for (Field child : column.getChildren()) {
      String type = child.getName() + ":" + child.getMetadata().get(TAG_TYPE);
      if (type.equals(tag.toString())) {
        return child;
      }
      have.add(type);
    }
    throw new OptionException(
        OptionKey.TAGS, ": the data have no tag " + tag + "; they have " + String.join(", ", have));
  }

  /** The columns of the output, of normalized types. */
  List<Field> fields() {
    return fields;
  }

  /** The columns as stored. */
  List<Field> before() {
    return before;
  }

  /** Whether they are exactly the columns as stored. */
  boolean isUnchanged() {
    return fields.equals(before);
  }

  /** Whether the stored data have a column. */
  boolean stores(String name) {
    return before.stream().anyMatch(field -> field.getName().equals(name));
  }

  /** The types of the tags that have fields in the stored data. */
  List<String> storedTags() {
    return before.stream()
        .filter(field -> field.getName().equals(TAGS))
        .flatMap(field -> field.getChildren().stream())
        .map(child -> child.getName() + ":" + child.getMetadata().get(TAG_TYPE))
        .toList();
  }

  /** The names of the columns to read, with those of a filter. */
  List<String> read(List<String> filter) {
    List<String> names = new ArrayList<>(fields.stream().map(Field::getName).toList());
    filter.stream().filter(name -> !names.contains(name)).forEach(names::add);
    return names;
  }

  /** The vectors of the output columns in a batch that was read. */
  List<FieldVector> vectors(List<FieldVector> batch) {
    return fields.stream().map(field -> named(field.getName(), batch)).toList();
  }

  private static FieldVector named(String name, List<FieldVector> batch) {
    return batch.stream().filter(each -> each.getName().equals(name)).findFirst().orElseThrow();
  }
}
