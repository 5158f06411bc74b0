package org.bamarrow.spark;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.StagingTableCatalog;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;

/**
 * The catalog whose tables are paths: {@code SELECT * FROM bamarrow.`/data/run1/*.bam`}. It lists
 * and deletes nothing. Options of the catalog are those of all its tables.
 */
@SuppressWarnings("deprecation") // newer methods do not exist in Spark 3.5
public final class BamArrowCatalog implements StagingTableCatalog {
  private static final String SETTING = "spark.sql.catalog." + BamArrowSource.NAME;

  /** Properties that Spark sets without being asked. */
  private static final Set<String> IMPLIED =
      Set.of(TableCatalog.PROP_OWNER, TableCatalog.PROP_PROVIDER);

  private String name = BamArrowSource.NAME;
  private Map<String, String> options = Map.of();

  /** Called by Spark, once per session. */
  public BamArrowCatalog() {}

  /** Makes the catalog known to a session, unless the user has configured one of that name. */
  static void register(SparkSession session) {
    if (session.conf().getOption(SETTING).isEmpty()) {
      session.conf().set(SETTING, BamArrowCatalog.class.getName());
    }
  }

  @Override
  public void initialize(String catalog, CaseInsensitiveStringMap settings) {
    name = catalog;
    options = settings.asCaseSensitiveMap();
  }

  @Override
  public String name() {
    return name;
  }

  /** None: there is no list of all paths. */
  @Override
  public Identifier[] listTables(String[] namespace) {
    return new Identifier[0];
  }

  @Override
  public Table loadTable(Identifier path) {
    return new DirectSource().load(options(path, Map.of()));
  }

  @Override
  public boolean tableExists(Identifier path) {
    TableFiles files = new TableFiles(options(path, Map.of()), SparkSession.active());
    return SparkErrors.whenReading(files, files.location()::holdsData);
  }

  /** The options of a table: those of the catalog, and those in the properties. */
  private Map<String, String> options(Identifier path, Map<String, String> properties) {
    if (path.namespace().length > 0) {
      throw new IllegalArgumentException(
          String.format("%s.%s is not a path; write %s.`/path`", name, path, name));
    }
    Map<String, String> all = new HashMap<>(options);
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(TableCatalog.OPTION_PREFIX)) {
            all.put(key.substring(TableCatalog.OPTION_PREFIX.length()), value);
          }
        });
    all.put("path", path.name());
    return all;
  }

  private void requireSupported(Map<String, String> properties) {
    String provider = properties.getOrDefault(TableCatalog.PROP_PROVIDER, BamArrowSource.NAME);
    if (!provider.equalsIgnoreCase(BamArrowSource.NAME)) {
      throw new IllegalArgumentException(
          String.format("tables of catalog %s are written by bamarrow, not by %s", name, provider));
    }
    for (String key : properties.keySet()) {
      if (!IMPLIED.contains(key)
          && !key.startsWith(TableCatalog.OPTION_PREFIX)
          && !properties.containsKey(TableCatalog.OPTION_PREFIX + key)) {
        throw new IllegalArgumentException(
            String.format(
                "a table of catalog %s is a directory and has no property '%s'", name, key));
      }
    }
  }

  /** Writes a directory without rows. */
  @Override
  public Table createTable(
      Identifier path, Column[] columns, Transform[] partitions, Map<String, String> properties)
      throws TableAlreadyExistsException {
    if (tableExists(path)) {
      throw new TableAlreadyExistsException(path);
    }
    staged(path, columns, partitions, properties, false).commitStagedChanges();
    return loadTable(path);
  }

  /** As the other one; abstract in Spark 3.5, which does not call it. */
  @Override
  public Table createTable(
      Identifier path, StructType schema, Transform[] partitions, Map<String, String> properties)
      throws TableAlreadyExistsException {
    return createTable(path, columns(schema), partitions, properties);
  }

  private static Column[] columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> Column.create(field.name(), field.dataType(), field.nullable()))
        .toArray(Column[]::new);
  }

  @Override
  public StagedTable stageCreate(
      Identifier path, Column[] columns, Transform[] partitions, Map<String, String> properties) {
    return staged(path, columns, partitions, properties, false);
  }

  @Override
  public StagedTable stageReplace(
      Identifier path, Column[] columns, Transform[] partitions, Map<String, String> properties) {
    return staged(path, columns, partitions, properties, true);
  }

  @Override
  public StagedTable stageCreateOrReplace(
      Identifier path, Column[] columns, Transform[] partitions, Map<String, String> properties) {
    return staged(path, columns, partitions, properties, true);
  }

  private StagedTable staged(
      Identifier path,
      Column[] columns,
      Transform[] partitions,
      Map<String, String> properties,
      boolean replace) {
    requireSupported(properties);
    if (columns.length == 0) {
      throw new IllegalArgumentException(
          String.format("a table of catalog %s needs columns, or AS SELECT", name));
    }
    StructType schema =
        new StructType(
            Arrays.stream(columns)
                .map(
                    column ->
                        new StructField(
                            column.name(), column.dataType(), column.nullable(), Metadata.empty()))
                .toArray(StructField[]::new));
    Map<String, String> given = options(path, properties);
    Table table = new DirectSource().getTable(schema, partitions, given);
    return new StagedDirectory(table, replace, () -> writeNothing(schema, partitions, given));
  }

  private static void writeNothing(
      StructType schema, Transform[] partitions, Map<String, String> options) {
    DirectSource.write(
        SparkSession.active().createDataFrame(List.of(), schema),
        SaveMode.Overwrite,
        options,
        V1WriteBuilder.columns(partitions));
  }

  /**
   * Always throws: the files are not the catalog's.
   *
   * @throws IllegalArgumentException always
   */
  @Override
  public boolean dropTable(Identifier path) {
    throw new IllegalArgumentException(
        String.format("%s: catalog %s does not delete files", path.name(), name));
  }

  /**
   * Always throws.
   *
   * @throws IllegalArgumentException always
   */
  @Override
  public Table alterTable(Identifier path, TableChange... changes) {
    throw new IllegalArgumentException(
        String.format("%s: catalog %s cannot alter files; write them again", path.name(), name));
  }

  /**
   * Always throws.
   *
   * @throws IllegalArgumentException always
   */
  @Override
  public void renameTable(Identifier path, Identifier other) {
    throw new IllegalArgumentException(
        String.format("%s: catalog %s does not rename files", path.name(), name));
  }

  /** As {@link #stageCreate(Identifier, Column[], Transform[], Map)}; abstract in Spark 3.5. */
  @Override
  public StagedTable stageCreate(
      Identifier path, StructType schema, Transform[] partitions, Map<String, String> properties) {
    return stageCreate(path, columns(schema), partitions, properties);
  }

  /** As {@link #stageReplace(Identifier, Column[], Transform[], Map)}; abstract in Spark 3.5. */
  @Override
  public StagedTable stageReplace(
      Identifier path, StructType schema, Transform[] partitions, Map<String, String> properties) {
    return stageReplace(path, columns(schema), partitions, properties);
  }

  /** As {@link #stageCreateOrReplace(Identifier, Column[], Transform[], Map)}, likewise. */
  @Override
  public StagedTable stageCreateOrReplace(
      Identifier path, StructType schema, Transform[] partitions, Map<String, String> properties) {
    return stageCreateOrReplace(path, columns(schema), partitions, properties);
  }
}
