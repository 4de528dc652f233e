import { sqlMigration } from '@tollgate/postgres'

/** Sliding windows: one counter for a slot and a scope value, with what was used in each step; alerts that are raised again. */
export const slidingWindowsMigration = sqlMigration('quotas/0004-sliding-windows', [
  // Both null where the window is fixed. `steps` has the amount of each step by its number since 1970, 61 at the most;
  // `used` is their sum as of the last use.
  `alter table quotas.counters add column step_seconds integer, add column steps jsonb`,
  `alter table quotas.counters add check ((step_seconds is null) = (steps is null))`,
  `alter table quotas.alerts add column sliding boolean not null default false`,
  // A sliding counter alerts again, in a later window; a fixed one has a counter for each window.
  `alter table quotas.alerts drop constraint alerts_counter_id_policy_id_quota_limit_threshold_key`,
  `alter table quotas.alerts add unique (counter_id, policy_id, quota_limit, threshold, window_from)`,
])
