import { defineColumns } from '@tollgate/postgres'
import type { LogHead } from '../model/log-head.ts'
import { frontierHex } from './frontier-bytes.ts'

/** Columns of the head of a tenant's log. */
export const HEAD_COLUMNS = defineColumns<{ readonly tenantId: string; readonly head: LogHead }>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('size', 'bigint', ({ head }) => head.size),
  column('last_hash', 'bytea', ({ head }) => head.lastHash),
  column('frontier', 'bytea', ({ head }) => frontierHex(head.frontier)),
  column('last_recorded_at', 'timestamptz', ({ head }) => head.lastRecordedAt),
])
