import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** What views, and the sweep, find counters by. None of it changes with every use, so that uses stay in place (HOT). */
export const viewsMigration = sqlMigration('quotas/0005-views', [
  // The limit that was in effect at the last use: the history of it, and how full the counter is.
  'alter table quotas.counters add column quota_limit numeric',
  // Half of it or more was used. Turns once a window, mostly.
  'alter table quotas.counters add column near_limit boolean not null default false',
  'create index counters_near_limit on quotas.counters (window_to) where near_limit',

  // A slot's values in one window, and its windows one after the other, in pages. The longest value would not fit an index.
  'drop index quotas.counters_tenant_id_slot_window_from_idx',
  'create index counters_of_slot on quotas.counters (tenant_id, slot, window_from, left(scope_value, 100), id)',

  // What is old. `window_to` of a sliding window is when its counter is as good as none, moved on once a window.
  'create index counters_by_end on quotas.counters (window_to)',
  'create index sliding_counters_by_end on quotas.counters (window_to) where step_seconds is not null',
  grantToApplication('quotas.counters', 'delete'),
  grantToApplication('quotas.reservations', 'delete'),
  grantToApplication('quotas.alerts', 'delete'),
])
