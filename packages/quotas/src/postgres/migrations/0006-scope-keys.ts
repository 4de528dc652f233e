import { sqlMigration } from '@tollgate/postgres'

/**
 * The beginning of a scope value as a column of its own. Under row-level security PostgreSQL looks up by an index only
 * what it can compare without running other functions first: `left(…)` in an index was read, but not searched.
 */
export const scopeKeysMigration = sqlMigration('quotas/0006-scope-keys', [
  'alter table quotas.counters add column scope_key text collate "C" generated always as (left(scope_value, 100)) stored',
  'drop index quotas.counters_of_slot',
  'create index counters_of_slot on quotas.counters (tenant_id, slot, window_from, scope_key, id)',
])
