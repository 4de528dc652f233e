import type { PageRequest } from '@tollgate/kernel'
import { inputShape, type RangeInput } from '@tollgate/kernel/input'
import type { ArchiveRequest } from './archive-month.ts'
import type { EraseRequest } from './erase-subject.ts'
import type { KeepRequest } from './keep-checkpoints.ts'
import type { AuditEventDraft } from './model/audit-event.ts'
import type { VerifyRequest } from './verify-audit-log.ts'

/** The log of a tenant, or with null that of the installation. It must be named, so that no event of a tenant lands in the log of the installation. */
const LOG = { tenantId: 'text|null' } as const

/** The fields of each input. What callers pass is checked against them before anything else. */
export const INPUTS = {
  record: inputShape<{ readonly tenantId: string | null; readonly events: readonly AuditEventDraft[] }>({ ...LOG, events: 'list' }),
  report: inputShape<{ readonly tenantId: string | null; readonly range: RangeInput }>({ ...LOG, range: 'object' }),
  keep: inputShape<KeepRequest>({ places: 'list', onBroken: 'function?', signal: 'object?' }),
  archive: inputShape<ArchiveRequest>({ tenantId: 'text', month: 'text', files: 'object' }),
  verify: inputShape<VerifyRequest>({ ...LOG, checkpoints: 'list?', files: 'object?', maxEvents: 'integer?', onProgress: 'function?' }),
  prove: inputShape<{ readonly tenantId: string | null; readonly sequence: number }>({ ...LOG, sequence: 'integer' }),
  proveConsistency: inputShape<{ readonly tenantId: string | null; readonly oldSize: number }>({ ...LOG, oldSize: 'integer' }),
  erase: inputShape<EraseRequest>({ ...LOG, subjectId: 'text', actor: 'object?', requestId: 'text?' }),
  tenants: inputShape<PageRequest>({ first: 'number?', after: 'text?' }),
} as const
