package org.bamarrow.verify;

import java.util.HashSet;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Whether the rows of each reference name are together and in the order of {@code pos}, and those
 * without a name last.
 */
final class RowOrder {
  private final Set<String> names = new HashSet<>();
  private String last;
  private int before;
  private boolean unnamed;
  private boolean sorted = true;

  /** Adds the rows of the next batch. */
  void add(VectorSchemaRoot root) {
    FieldVector rname = root.getVector("rname");
    FieldVector pos = root.getVector("pos");
    if (rname == null || pos == null) {
      sorted = false;
      return;
    }
    for (int row = 0; row < root.getRowCount() && sorted; row++) {
      if (rname.isNull(row)) {
        unnamed = true;
      } else {
        add(rname.getObject(row).toString(), (Integer) pos.getObject(row));
      }
    }
  }

  private void add(String name, Integer pos) {
    boolean next = !name.equals(last);
    sorted = pos != null && !unnamed && (next ? names.add(name) : pos >= before);
    last = name;
    before = sorted ? pos : 0;
  }

  boolean isSorted() {
    return sorted;
  }
}
