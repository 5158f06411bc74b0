package org.bamarrow.verify;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;

/** What a zone map tells of rows, found from their values. */
final class ZoneValues {
  /** By the names of column and field, joined by {@code '\0'}. */
  final Map<String, Values> columns = new LinkedHashMap<>();

  final Map<Object, Place> places = new HashMap<>();
  long rows;
  long batches;
  int flagAnd = -1;
  int flagOr;

  /** Adds the rows of a batch. */
  void add(VectorSchemaRoot root) {
    batches++;
    rows += root.getRowCount();
    for (FieldVector vector : root.getFieldVectors()) {
      add(vector.getName(), vector);
      if (vector instanceof StructVector struct && struct.getNullCount() == 0) {
        struct
            .getChildrenFromFields()
            .forEach(child -> add(vector.getName() + '\0' + child.getName(), child));
      }
    }
    FieldVector flag = root.getVector("flag");
    FieldVector rname = root.getVector("rname");
    for (int row = 0; row < root.getRowCount(); row++) {
      if (flag != null && flag.getObject(row) instanceof Integer bits) {
        flagAnd &= bits;
        flagOr |= bits;
      }
      if (rname != null && !rname.isNull(row)) {
        places
            .computeIfAbsent(rname.getObject(row).toString(), name -> new Place())
            .add(root.getVector("pos"), root.getVector("end"), row);
      }
    }
  }

  private void add(String name, FieldVector vector) {
    Values values = columns.computeIfAbsent(name, same -> new Values());
    for (int row = 0; row < vector.getValueCount(); row++) {
      values.add(vector.getObject(row));
    }
  }

  /** Adds the rows of others. */
  void addAll(ZoneValues others) {
    batches += others.batches;
    rows += others.rows;
    flagAnd &= others.flagAnd;
    flagOr |= others.flagOr;
    others.columns.forEach(
        (name, values) -> columns.computeIfAbsent(name, same -> new Values()).addAll(values));
    others.places.forEach(
        (name, place) -> places.computeIfAbsent(name, same -> new Place()).addAll(place));
  }
}
