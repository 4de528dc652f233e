import { APPLICATION_ROLE } from './tenant-isolation.ts'

/**
 * Returns statements that create the function `ensure_partition(month)` in the schema of a table that is partitioned by month. It
 * creates the partition of a month, which it is given as its first day, and returns whether the partition existed. Any number of
 * callers may call it at once. When it returns, later statements of any session find the partition, unless its transaction is rolled back.
 * Months outside 2000 to 2099 have two partitions of their own; for these it returns true.
 */
export function monthlyPartitions(table: string): string[] {
  const [schema, name] = table.split('.')
  const ensure = `${schema}.ensure_partition`
  return [
    `drop function if exists ${ensure}(date)`,
    // Runs as the owner, because only an owner can create partitions.
    `create function ${ensure}(month date) returns boolean
       language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
     declare
       partition constant text := format('${schema}.%I', '${name}_' || to_char(month, 'YYYY_MM'));
       options record;
     begin
       if month <> date_trunc('month', month)::date then
         raise exception 'not the first day of a month: %', month;
       end if;
       if month < '2000-01-01' or month >= '2100-01-01' then
         return true;
       end if;
       loop
         begin
           -- Seeing the partition is not enough: a commit is visible a moment before it tells other sessions to read the list of
           -- partitions again, and they would find none for their rows. Its creator holds this lock until it has told them.
           execute format('lock table %s in access share mode', partition);
           return true;
         exception when undefined_table then
           null;
         end;
         begin
           perform pg_advisory_xact_lock(hashtext('${ensure}'));
           -- Created beside the table and then attached: that, unlike "create table … partition of", does not stop readers and writers.
           execute format('create table %s (like ${table} including defaults including constraints)', partition);
           for options in select attname, attoptions from pg_attribute where attrelid = '${table}'::regclass and attoptions is not null loop
             execute format('alter table %s alter column %I set (%s)', partition, options.attname, array_to_string(options.attoptions, ', '));
           end loop;
           execute format('alter table ${table} attach partition %s for values from (%L) to (%L)',
             partition, month::timestamptz, (month + interval '1 month')::timestamptz);
           return false;
         exception when duplicate_table then
           -- Created by another caller while this one waited for the advisory lock.
           null;
         end;
       end loop;
     end $$`,
    `revoke all on function ${ensure} from public`,
    `grant execute on function ${ensure} to ${APPLICATION_ROLE}`,
  ]
}
