package org.bamarrow.internal.filter;

/** The filters of samtools view by tags, {@code -r} and {@code -d}, on record batches. */
final class VectorTagFilters {
  private VectorTagFilters() {}

  /** A row without RG passes; an RG that is not text matches no name. */
  static final class ReadGroup extends VectorNode.ByRow {
    private final VectorTag group;
    private final FilterList names;
    private final boolean exclude;

    /**
     * @param exclude whether the read group must not be one of the names
     */
    ReadGroup(VectorTag group, FilterList names, boolean exclude) {
      this.group = group;
      this.names = names;
      this.exclude = exclude;
    }

    @Override
    void start(int last) {
      group.start(last);
    }

    @Override
    boolean keeps(int row) {
      group.at(row);
      return group.type == 0 || (group.isText() && group.isIn(names)) != exclude;
    }
  }

  /** A tag with any value, or with one of a list. */
  static final class Tag extends VectorNode.ByRow {
    private final VectorTag tag;
    private final FilterList names;
    private final FilterList values;

    /**
     * @param names the name of the tag, whose occurrence is counted
     * @param values null: any
     */
    Tag(VectorTag tag, FilterList names, FilterList values) {
      this.tag = tag;
      this.names = names;
      this.values = values;
    }

    @Override
    void start(int last) {
      tag.start(last);
    }

    @Override
    boolean keeps(int row) {
      tag.at(row);
      if (tag.type == 0) {
        return false;
      }
      names.mark(0);
      return values == null || tag.isIn(values);
    }
  }
}
