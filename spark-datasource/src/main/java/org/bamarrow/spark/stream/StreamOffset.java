package org.bamarrow.spark.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.spark.sql.connector.read.streaming.Offset;

/** The number of the last batch that belongs to what was read; -1 before the first one. */
final class StreamOffset extends Offset {
  static final StreamOffset START = new StreamOffset(-1);

  private static final String KEY = "logOffset"; // as Spark's own file source calls it

  private final long batch;

  StreamOffset(long batch) {
    this.batch = batch;
  }

  static StreamOffset parse(String json) {
    try {
      JsonNode batch = new ObjectMapper().readTree(json).path(KEY);
      if (batch.isIntegralNumber()) {
        return new StreamOffset(batch.asLong());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the checkpoint has an invalid offset: " + json, e);
    }
    throw new IllegalArgumentException("the checkpoint has an offset of another source: " + json);
  }

  long batch() {
    return batch;
  }

  @Override
  public String json() {
    return "{\"" + KEY + "\":" + batch + "}";
  }
}
