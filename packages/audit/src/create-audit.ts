import { checkPageSize, type Clock, type IdSource, InvalidInput, toMicrosecond } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape, readRange } from '@tollgate/kernel/input'
import { appendQueue } from './append-queue.ts'
import { archiveMonth } from './archive-month.ts'
import type { Audit } from './audit.ts'
import type { AuditStore } from './audit-store.ts'
import type { ActivityStore } from './activity-store.ts'
import { checkpointLog } from './checkpoint-log.ts'
import { auditReport } from './engine/audit-report.ts'
import { logOrigin, tenantOfOrigin } from './engine/log-origin.ts'
import { formatVerifierKey } from './engine/note/note-keys.ts'
import { countSampled } from './engine/count-sampled.ts'
import { samplingPolicy } from './engine/sampling-policy.ts'
import { eraseSubject } from './erase-subject.ts'
import { checkExportRequest, exportEvents } from './export-events.ts'
import { INPUTS } from './input-shapes.ts'
import { keepCheckpoints } from './keep-checkpoints.ts'
import { listCheckpoints } from './list-checkpoints.ts'
import { listRecentEvents } from './list-events.ts'
import { type AuditKeys, keyRing } from './log-keys.ts'
import { MAX_QUEUED_AUDIT_EVENTS } from './model/audit-limits.ts'
import type { SamplingRule } from './model/sampling-rule.ts'
import { proveConsistency, proveEvent } from './prove-event.ts'
import { recordEvents, recordEventsIn } from './record-events.ts'
import { verifyAuditLog } from './verify-audit-log.ts'

/** What audit logs need. */
export interface AuditDependencies {
  readonly store: AuditStore
  readonly keys: AuditKeys
  readonly clock: Clock
  readonly ids: IdSource
  /** Returns cryptographically secure random bytes. They keep hashes of personal data from being guessed. */
  readonly randomBytes: (size: number) => Uint8Array
  /** Counts events of a high volume instead of recording all of them. Defaults to none. */
  readonly sampling?: { readonly rules: readonly SamplingRule[]; readonly store: Pick<ActivityStore, 'add'> } | undefined
  /** Maximum number of events that wait for their append. Defaults to 20,000. */
  readonly maxQueuedEvents?: number
}

const PAGE_SIZES = { default: 100, max: 1_000 }

const OPTIONS = inputShape<AuditDependencies>({
  store: 'object',
  keys: 'object',
  clock: 'object',
  ids: 'object',
  randomBytes: 'function',
  sampling: 'object?',
  maxQueuedEvents: 'integer?',
})
const KEYS = inputShape<AuditKeys>({ installation: 'text', signingKeys: 'list', retiredKeys: 'list?' })
const SAMPLING = inputShape<NonNullable<AuditDependencies['sampling']>>({ rules: 'list', store: 'object' })

/**
 * Creates audit logs over a store. Create one per process and store. Throws `InvalidInput` for options that it does not have, or that are
 * missing.
 */
export function createAudit(options: AuditDependencies): Audit {
  checkOptions(options)
  const { store, clock, ids, randomBytes } = options
  const sampling = options.sampling ?? undefined
  const maxQueuedEvents = options.maxQueuedEvents ?? MAX_QUEUED_AUDIT_EVENTS
  const keys = keyRing(options.keys)
  const policy = samplingPolicy(sampling?.rules ?? [])
  const queue = appendQueue({ store, clock, maxEvents: maxQueuedEvents })
  // Rounded once per call, which is cheaper than once per event.
  const receipt = () => ({ now: toMicrosecond(clock.now()), ids, randomBytes })
  const checkpoint = (tenantId: string | null) => checkpointLog({ store, keys, clock }, tenantId)
  return {
    recordEvents: checkedInput(INPUTS.record, ({ tenantId, events }) => {
      const received = receipt()
      return recordEvents(events, received, {
        append: checked => queue.append(tenantId, checked),
        countingRule: event => policy.countingRule(tenantId, event),
        count: async counted => sampling?.store.add(countSampled(tenantId ?? '', counted, received.now)),
      })
    }),
    recordIn: (transaction, drafts) => recordEventsIn(transaction, drafts, { store, receipt: receipt() }),

    trail: query => listRecentEvents({ store, clock }, { select: 'all', defaultDays: 7 }, query),
    failedOperations: query => listRecentEvents({ store, clock }, { select: 'failed', defaultDays: 30 }, query),
    securityEvents: query => listRecentEvents({ store, clock }, { select: 'security', defaultDays: 90 }, query),
    eventsBySequence: (tenantId, sequences) => store.entriesBySequence(tenantId, sequences),
    report: checkedInput(INPUTS.report, async ({ tenantId, range }) => auditReport(await store.counts(tenantId, readRange('range', range)))),
    export: request => exportEvents({ store, keys, checkpoint }, checkExportRequest(request)),

    checkpoint,
    checkpoints: (tenantId, page) => listCheckpoints(store, tenantId, page),
    keepCheckpoints: checkedInput(INPUTS.keep, request => keepCheckpoints({ store, keys, clock, checkpoint }, request)),
    archiveMonth: checkedInput(INPUTS.archive, request => archiveMonth({ store, keys, clock }, request)),
    verify: checkedInput(INPUTS.verify, request => verifyAuditLog(store, keys, request)),
    prove: checkedInput(INPUTS.prove, async ({ tenantId, sequence }) => {
      const last = await store.lastCheckpoint(tenantId)
      return proveEvent({ store, keys }, { tenantId, sequence, checkpoint: last !== undefined && last.size >= sequence ? last : await checkpoint(tenantId) })
    }),
    proveConsistency: checkedInput(INPUTS.proveConsistency, async ({ tenantId, oldSize }) =>
      proveConsistency(store, { tenantId, oldSize, checkpoint: await checkpoint(tenantId) }),
    ),
    verifierKeys: tenantId => keys.publicKeys.map(key => formatVerifierKey(logOrigin(keys.installation, tenantId), key)),
    eraseSubject: checkedInput(INPUTS.erase, request => eraseSubject({ store, receipt: receipt() }, request)),
    tenantOf: origin => tenantOfOrigin(keys.installation, origin),
    tenants: checkedInput(INPUTS.tenants, async page => store.tenants({ ...page, first: checkPageSize(page.first, PAGE_SIZES) })),

    samplingRules: tenantId => policy.rulesOf(tenantId),

    queue: () => ({ waiting: queue.waiting, limit: maxQueuedEvents }),
  }
}

function checkOptions(options: AuditDependencies): void {
  checkShape(OPTIONS, options)
  checkShape(KEYS, options.keys, 'keys')
  if (options.sampling) checkShape(SAMPLING, options.sampling, 'sampling')
  const { maxQueuedEvents } = options
  if (typeof maxQueuedEvents === 'number' && maxQueuedEvents < 1) throw new InvalidInput([{ path: 'maxQueuedEvents', message: 'must be at least 1' }])
}
