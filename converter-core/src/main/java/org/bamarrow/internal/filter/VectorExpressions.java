package org.bamarrow.internal.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.io.BamFormatException;

/**
 * Filter expressions on record batches: of each row a BAM record is made with the fields that the
 * expressions use, so that there is one evaluation for both. For one thread.
 */
final class VectorExpressions extends VectorNode.ByRow {
  private static final byte[] NONE = {'*'};
  private static final int PHRED = 33;

  private final FilterExpression expressions;
  private final RowRecord record;
  private final BamText text;
  private final ByteStringSet references;

  /** The index in the dictionary of each of {@link #references}. */
  private final int[] ids;

  private final int toZeroBased;
  private final List<VectorText> texts = new ArrayList<>();
  private final List<String> tagNames;
  private final List<VectorTag> tags = new ArrayList<>();

  // each null if the expressions do not use it
  private final VectorText qname;
  private final VectorNumbers.Integers flag;
  private final VectorText rname;
  private final VectorNumbers.Integers pos;
  private final VectorNumbers.Integers mapq;
  private final VectorCigar cigar;
  private final VectorText rnext;
  private final VectorNumbers.Integers pnext;
  private final VectorNumbers.Integers tlen;
  private final VectorText seq;
  private final VectorText qualText;
  private final Numbers qualNumbers;

  /**
   * @param header the references and read groups; null if they are not known
   * @param typedTags tags whose values are not in {@code other_tags}
   */
  VectorExpressions(
      List<String> expressions,
      List<Field> fields,
      VectorCompiler compiler,
      boolean zeroBased,
      boolean latin1,
      BamHeader header,
      Set<String> typedTags) {
    this.expressions = new FilterExpression(expressions);
    Set<ExpressionVariable> uses = this.expressions.variables();
    boolean placed = usesAny(uses, "REFID", "RNAME", "MREFID", "RNEXT", "MRNAME", "LIBRARY");
    if (placed && header == null) {
      throw new IllegalArgumentException(
          "the filter expressions need references or read groups, which the metadata of the schema"
              + " do not have; convert the BAM again, or filter the BAM");
    }
    BamHeader known = header == null ? new BamHeader(new byte[0], List.of(), 0) : header;
    record = new RowRecord(known);
    text = new BamText(latin1);
    toZeroBased = zeroBased ? 0 : 1;
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < known.references().size() && placed; i++) {
      byName.putIfAbsent(known.references().get(i).name(), i);
    }
    references = ByteStringSet.of(byName.keySet());
    ids = new int[byName.size()];
    byName.forEach(
        (name, id) -> {
          byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
          ids[references.indexOf(bytes, 0, bytes.length)] = id;
        });
    boolean end = usesAny(uses, "ENDPOS");
    qname = usesAny(uses, "QNAME") ? text(compiler, Column.QNAME) : null;
    flag = usesAny(uses, "FLAG") || end ? integers(compiler, Column.FLAG) : null;
    rname = usesAny(uses, "REFID", "RNAME") ? text(compiler, Column.RNAME) : null;
    pos = usesAny(uses, "POS") || end ? integers(compiler, Column.POS, zeroBased) : null;
    mapq = usesAny(uses, "MAPQ") ? integers(compiler, Column.MAPQ) : null;
    boolean ops = usesAny(uses, "CIGAR", "NCIGAR", "QLEN", "RLEN", "SCLEN", "HCLEN") || end;
    cigar = ops ? cigar(fields, compiler) : null;
    rnext = usesAny(uses, "MREFID", "RNEXT", "MRNAME") ? text(compiler, Column.RNEXT) : null;
    pnext = usesAny(uses, "PNEXT", "MPOS") ? integers(compiler, Column.PNEXT, zeroBased) : null;
    tlen = usesAny(uses, "TLEN") ? integers(compiler, Column.TLEN) : null;
    boolean qual = usesAny(uses, "QUAL");
    seq = usesAny(uses, "SEQ") || qual ? text(compiler, "seq") : null;
    qualNumbers = qual && isList(fields, "qual") ? compiler.add(new Numbers("qual")) : null;
    qualText = qual && qualNumbers == null ? text(compiler, "qual") : null;
    tagNames = this.expressions.tags();
    for (String tag : tagNames) {
      tags.add(new VectorTag(tag, fields, compiler, latin1, typedTags));
    }
  }

  private static boolean usesAny(Set<ExpressionVariable> used, String... names) {
    for (String name : names) {
      if (used.contains(ExpressionVariable.valueOf(name))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isList(List<Field> fields, String column) {
    return fields.stream()
        .anyMatch(
            each ->
                each.getName().equals(column)
                    && !(each.getType() instanceof ArrowType.Utf8)
                    && !each.getChildren().isEmpty());
  }

  private VectorText text(VectorCompiler compiler, Column column) {
    VectorText vector = (VectorText) compiler.column(RawField.of(column));
    texts.add(vector);
    return vector;
  }

  private VectorText text(VectorCompiler compiler, String column) {
    VectorText vector = compiler.add(new VectorText(column, null));
    texts.add(vector);
    return vector;
  }

  private static VectorNumbers.Integers integers(VectorCompiler compiler, Column column) {
    return integers(compiler, column, false);
  }

  private static VectorNumbers.Integers integers(
      VectorCompiler compiler, Column column, boolean zeroBased) {
    return (VectorNumbers.Integers) compiler.column(new RawField(column, zeroBased, null));
  }

  private VectorCigar cigar(List<Field> fields, VectorCompiler compiler) {
    boolean list = isList(fields, "cigar");
    return compiler.add(new VectorCigar(list ? null : text(compiler, "cigar")));
  }

  @Override
  void start(int last) {
    texts.forEach(each -> each.start(last));
    tags.forEach(each -> each.start(last));
  }

  @Override
  boolean keeps(int row) {
    record.begin();
    setFixed(row);
    if (qname == null || !qname.isValid(row)) {
      record.name(NONE, 0, NONE.length);
    } else {
      qname.at(row);
      text.set(qname.data, qname.from, qname.to);
      record.name(text.data, text.from, text.to);
    }
    boolean hasSeq = seq != null && seq.isValid(row);
    if (hasSeq) {
      seq.at(row);
    }
    if (cigar != null) {
      cigar.at(row);
      record.cigar(cigar.ops, cigar.count, hasSeq ? seq.to - seq.from : 0);
    }
    if (hasSeq) {
      record.seq(seq.data, seq.from, seq.to);
      setQual(row);
    }
    for (int i = 0; i < tags.size(); i++) {
      setTag(tagNames.get(i), tags.get(i), row);
    }
    record.end();
    try {
      return expressions.accepts(record, 0);
    } catch (BamFormatException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "row " + (row + 1) + " of the batch: " + e.getMessage(), e);
    }
  }

  private void setFixed(int row) {
    if (flag != null && flag.isValid(row)) {
      record.flag((int) flag.get(row));
    }
    if (mapq != null) {
      record.mapq(mapq.isValid(row) ? (int) mapq.get(row) : 255);
    }
    if (pos != null && pos.isValid(row)) {
      record.set32(RecordLayout.POS, (int) (pos.get(row) - toZeroBased));
    }
    if (pnext != null && pnext.isValid(row)) {
      record.set32(RecordLayout.NEXT_POS, (int) (pnext.get(row) - toZeroBased));
    }
    if (tlen != null && tlen.isValid(row)) {
      record.set32(RecordLayout.TLEN, (int) tlen.get(row));
    }
    if (rname != null && rname.isValid(row)) {
      record.set32(RecordLayout.REF_ID, id(rname, row));
    }
    if (rnext != null && rnext.isValid(row)) {
      record.set32(RecordLayout.NEXT_REF_ID, id(rnext, row));
    }
  }

  private int id(VectorText name, int row) {
    name.at(row);
    int index = references.indexOf(name.data, name.from, name.to);
    if (index < 0) {
      throw new IllegalArgumentException(
          "column " + name + " has a name that is not one of the references in the metadata");
    }
    return ids[index];
  }

  private void setQual(int row) {
    if (qualText != null && qualText.isValid(row)) {
      qualText.at(row);
      record.qual(qualText.data, qualText.from, qualText.to - qualText.from, -PHRED);
    } else if (qualNumbers != null && qualNumbers.isValid(row)) {
      qualNumbers.at(row);
      record.qual(qualNumbers.data, 0, qualNumbers.length, 0);
    } else {
      record.qual(null, 0, 0, 0);
    }
  }

  private void setTag(String name, VectorTag tag, int row) {
    tag.at(row);
    switch (tag.type) {
      case 0 -> {}
      case 'i' -> record.integer(name, tag.integer());
      case 'f' -> record.number(name, tag.number);
      case 'A', 'Z', 'H' -> record.text(name, tag.type, tag.data, tag.from, tag.to);
      default -> record.array(name);
    }
  }

  /** A column of lists of int8. */
  private static final class Numbers extends VectorColumn {
    private ListVector list;
    private TinyIntVector values;
    byte[] data = new byte[64];
    int length;

    Numbers(String name) {
      super(name, null);
    }

    @Override
    void values(FieldVector vector) {
      if (!(vector instanceof ListVector of)
          || !(of.getDataVector() instanceof TinyIntVector bytes)) {
        throw unexpected(vector, "text or a list of int8");
      }
      list = of;
      values = bytes;
    }

    void at(int row) {
      int start = list.getElementStartIndex(row);
      length = list.getElementEndIndex(row) - start;
      if (data.length < length) {
        data = new byte[length];
      }
      values.getDataBuffer().getBytes(start, data, 0, length);
    }
  }
}
