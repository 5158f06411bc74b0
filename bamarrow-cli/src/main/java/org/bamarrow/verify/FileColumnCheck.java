package org.bamarrow.verify;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * The {@code file} column holds the input name as given to the conversion; its directory is not
 * known here, so only the last part of the name is compared.
 */
final class FileColumnCheck implements ColumnCheck {
  private final VarCharVector names;
  private final SchemaCheck.FileNames expected;

  FileColumnCheck(FieldVector vector, SchemaCheck.FileNames expected) {
    this.names = (VarCharVector) vector;
    this.expected = expected;
  }

  @Override
  public void check(HtsRecord record, int row) throws Mismatch {
    String wanted = expected.of(record.file);
    String found = names.isNull(row) ? "null" : new String(names.get(row), StandardCharsets.UTF_8);
    if (!found.substring(found.lastIndexOf('/') + 1).equals(wanted)) {
      throw new Mismatch(names.getName(), wanted, found);
    }
  }
}
