-- Reads and mean MAPQ by reference, and what the header says of each:
--
--     spark-sql --jars spark-datasource/target/bamarrow-spark.jar \
--         -d bam=reads.bam -f examples/spark/by_reference.sql

create temporary view chromosomes using bamarrow options (path '${bam}', table 'references');

-- No MAPQ (255) is null, and so is no reference.
select
  coalesce(rname, '*') as name,
  count(*) as reads,
  coalesce(format_number(avg(mapq), '0.000'), '-') as mean_mapq
from bamarrow.`${bam}`
group by rname
order by name;

-- Reads for each million bases.
select name, length, format_number(count(pos) * 1e6 / length, '0.000') as density
from chromosomes left join bamarrow.`${bam}` on rname = name
group by name, length
order by name;
