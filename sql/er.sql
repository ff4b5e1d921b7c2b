-- ----------------------------------------------------------------------
-- Prints docs/schema.md from the catalogue of a database with kpid's schema:
--
--     psql -XAtqd kpid -f sql/er.sql > docs/schema.md
--
-- First the store as an entity-relationship diagram (Mermaid), then what
-- analysts read with its comments. A whole line is a foreign key. A dotted
-- one is a key that another table carries by name without a constraint: the
-- big tables have none, because it costs 3.6 times the load and would cross
-- shards.
-- ----------------------------------------------------------------------
\set QUIET on
\pset format unaligned
\pset tuples_only on
set search_path = pg_catalog;

create temp view store_column as
select c.oid as tab, c.relname::text as name, a.attnum as n,
       a.attname::text as col, a.atttypid as type,
       format_type(a.atttypid, null) as type_name,
       coalesce(a.attnum = any (i.indkey), false) as in_key
  from pg_class c
  join pg_attribute a
       on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_index i on i.indrelid = c.oid and i.indisprimary
 where c.relnamespace = 'kpid'::regnamespace and c.relkind = 'r';

-- Tables whose whole key another table has under the same names and types.
create temp view carried as
select r.tab as referenced, c.tab as referencing,
       string_agg(r.col, ', ' order by r.n) as cols,
       bool_and(c.in_key) as in_key
  from store_column r
  join store_column c on c.col = r.col and c.type = r.type and c.tab <> r.tab
 where r.in_key
 group by r.tab, c.tab
having count(*) = (select count(*) from store_column k
                    where k.tab = r.tab and k.in_key);

create temp view foreign_key as
select k.confrelid as referenced, k.conrelid as referencing
  from pg_constraint k
 where k.contype = 'f' and k.connamespace = 'kpid'::regnamespace;

-- A line leads from the table that a key is named after (delivery, feed_id);
-- and from what was told to its targets, from the latest to what it replaced.
-- org is carried by nearly all: only series points to its organization.
create temp view line as
select f.referenced, f.referencing, '||--o{' as arrow, 'has' as label
  from foreign_key f
union all
select c.referenced, c.referencing, '||..o{', c.cols
  from carried c
  join pg_class r on r.oid = c.referenced
 where not exists (select from foreign_key f
                    where (f.referenced, f.referencing)
                          = (c.referenced, c.referencing))
   and (exists (select from store_column k
                 where k.tab = c.referenced and k.in_key
                   and k.col in (r.relname, r.relname || '_id'))
        or (c.referenced, c.referencing) in (
            ('kpid.organization'::regclass, 'kpid.series'::regclass),
            ('kpid.observation'::regclass, 'kpid.superseded'::regclass),
            ('kpid.alert'::regclass, 'kpid.target'::regclass)));

\echo '# The schema'
\echo
\echo 'Printed by `sql/er.sql` from the catalogue of a database; do not edit.'
\echo
\echo '## The store'
\echo
\echo 'Schema `kpid`. Whole lines are foreign keys; dotted ones are keys that a table carries without'
\echo 'a constraint. PK marks the columns of the primary key.'
\echo
\echo '```mermaid'
\echo 'erDiagram'
select format('    %s %s %s : "%s"', r.relname, l.arrow, t.relname, l.label)
  from line l
  join pg_class r on r.oid = l.referenced
  join pg_class t on t.oid = l.referencing
 order by r.relname, t.relname;
select format(E'    %s {\n%s\n    }', s.name,
              string_agg(format('        %s %s%s',
                         replace(replace(s.type_name, ' ', '_'), '"', ''),
                         s.col, case when s.in_key then ' PK' else '' end),
                         E'\n' order by s.n))
  from store_column s
 group by s.name
 order by s.name;
\echo '```'
\echo
select format('- `%s`: %s', c.relname, obj_description(c.oid, 'pg_class'))
  from pg_class c
 where c.relnamespace = 'kpid'::regnamespace and c.relkind = 'r'
 order by c.relname;
\echo
\echo '## What analysts read'
\echo
\echo 'Schema `kpi`, granted to role `kpi_analyst`.'
select format(E'\n### %s\n\n%s.\n\n| column | type | what it is |\n|---|---|---|\n%s',
              c.oid::regclass, obj_description(c.oid, 'pg_class'),
              string_agg(format('| `%s` | %s | %s |', a.attname,
                                format_type(a.atttypid, null),
                                replace(col_description(c.oid, a.attnum),
                                        '|', '\|')),
                         E'\n' order by a.attnum))
  from pg_class c
  join pg_attribute a
       on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relnamespace = 'kpi'::regnamespace and c.relkind = 'v'
 group by c.oid, c.relname
 order by c.relname;
\echo
\echo '### Functions'
\echo
select format('- `%s(%s)`: %s', p.oid::regproc,
              pg_get_function_identity_arguments(p.oid),
              obj_description(p.oid, 'pg_proc'))
  from pg_proc p
 where p.pronamespace = 'kpi'::regnamespace
 order by p.proname;
