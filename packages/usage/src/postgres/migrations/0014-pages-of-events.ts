import { sqlMigration } from '@tollgate/postgres'

/**
 * How many tenants the statistics of events pretend that there are. Few, so that a page of a tenant's events is read in the order of
 * the primary key, and not by sorting all of its events. No other index could be better for a small tenant.
 */
const EXPECTED_TENANTS = 20

/** Pages of events read only themselves, also for a large tenant among thousands of small ones. New partitions take the setting over. */
export const pagesOfEventsMigration = sqlMigration('usage/0014-pages-of-events', [
  `do $$ declare relation regclass; begin
     for relation in select relid from pg_partition_tree('usage.events') loop
       execute format('alter table %s alter column tenant_id set (n_distinct = ${EXPECTED_TENANTS}, n_distinct_inherited = ${EXPECTED_TENANTS})', relation);
     end loop;
   end $$`,
])
