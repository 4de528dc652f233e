import { countingIds, InvalidInput, settableClock, Temporal } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createActivityLog } from './create-activity-log.ts'
import { createAudit } from './create-audit.ts'
import { memoryAuditStore } from './memory/index.ts'
import { makeAudit } from './testing/builders/make-audit.ts'

const audit = makeAudit(memoryAuditStore())
const TENANT = { tenantId: 'acme' }
const RANGE = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }
const DONE = { family: 'test', action: 'done' }
const OPTIONS = {
  store: memoryAuditStore(),
  keys: { installation: 'x', signingKeys: [] },
  clock: settableClock('2026-11-20T12:00:00Z'),
  ids: countingIds(),
  randomBytes: (size: number) => new Uint8Array(size),
}
const SAMPLING = { rules: [], store: { add: async () => {} } }

/** What callers in JavaScript can pass, whatever the types say. */
type Call = (input: never) => unknown

const CALLS = {
  recordEvents: [input => audit.recordEvents(input), { ...TENANT, events: [DONE] }],
  recordIn: [input => audit.recordIn({ scope: { kind: 'operator' } }, [input]), { ...TENANT, event: DONE }],
  event: [recordOne, DONE],
  trail: [input => audit.trail(input), TENANT],
  failedOperations: [input => audit.failedOperations(input), TENANT],
  securityEvents: [input => audit.securityEvents(input), TENANT],
  report: [input => audit.report(input), { ...TENANT, range: RANGE }],
  export: [input => audit.export(input), { ...TENANT, format: 'jsonl' }],
  checkpoints: [input => audit.checkpoints('acme', input), { first: 1 }],
  keepCheckpoints: [input => audit.keepCheckpoints(input), { places: [] }],
  archiveMonth: [input => audit.archiveMonth(input), { ...TENANT, month: '2026-10-01', files: {} }],
  verify: [input => audit.verify(input), TENANT],
  prove: [input => audit.prove(input), { ...TENANT, sequence: 1 }],
  proveConsistency: [input => audit.proveConsistency(input), { ...TENANT, oldSize: 0 }],
  eraseSubject: [input => audit.eraseSubject(input), { ...TENANT, subjectId: 'ana' }],
  tenants: [input => audit.tenants(input), { first: 1 }],
  createAudit: [createAudit, OPTIONS],
  createActivityLog: [createActivityLog, { store: {}, audit, clock: OPTIONS.clock }],
} as const satisfies Record<string, readonly [Call, object]>

type Operation = keyof typeof CALLS

const NOT_TEXT: readonly unknown[] = [undefined, null, 5, {}]
const NOT_TIME: readonly unknown[] = ['', '2026-11-20', 5, {}, new Date(Number.NaN)]

it.each<[Operation, field: string, values: readonly unknown[]]>([
  ...(Object.keys(CALLS) as Operation[]).map((operation): [Operation, string, readonly unknown[]] => [operation, 'tenentId', ['acme', null]]),
  ...(Object.keys(CALLS) as Operation[])
    .filter(operation => 'tenantId' in CALLS[operation][1])
    .map((operation): [Operation, string, readonly unknown[]] => [operation, 'tenantId', [undefined, 5, {}]]),
  ['recordEvents', 'events', [undefined, null, {}, 'done']],
  ['event', 'occurredAt', NOT_TIME],
  ['event', 'count', ['1', 1.5, -1]],
  ['trail', 'days', ['7', 0, 1.5]],
  ['trail', 'first', ['10', 0, 1.5]],
  ['trail', 'after', ['cursor', 5]],
  ['trail', 'filter', ['test', []]],
  ['report', 'range', [undefined, null, 'today']],
  ['export', 'format', [...NOT_TEXT, 'xml']],
  ['export', 'select', ['some', 5]],
  ['export', 'personalData', ['yes', true]],
  ['export', 'range', ['today', 5]],
  ['checkpoints', 'first', ['10', 0]],
  ['keepCheckpoints', 'places', [undefined, null, {}]],
  ['archiveMonth', 'month', [...NOT_TEXT, '2026-10', '2026-10-15', '2026-13-01']],
  ['verify', 'checkpoints', ['note', {}]],
  ['verify', 'maxEvents', ['5', 1.5]],
  ['prove', 'sequence', [undefined, '1', 1.5]],
  ['proveConsistency', 'oldSize', [undefined, '1', 1.5]],
  ['eraseSubject', 'subjectId', [...NOT_TEXT, '']],
  ['tenants', 'first', ['10', 0]],
  ['createAudit', 'store', [undefined, null, 'memory']],
  ['createAudit', 'keys', [undefined, null, []]],
  ['createAudit', 'randomBytes', [undefined, 'crypto']],
  ['createAudit', 'maxQueuedEvents', ['5', 0, 1.5]],
  ['createActivityLog', 'onCountsLost', ['print', {}]],
])('%s names the field %s if it is wrong', async (operation, field, values) => {
  const [call, input] = CALLS[operation] as readonly [Call, object]
  const name = operation === 'recordIn' ? `events.0.${field}` : field
  for (const value of values) expect(await issuesOf(() => call({ ...input, [field]: value } as never))).toContain(name)
})

it.each<[Operation, part: object, path: string]>([
  ['recordIn', { event: { ...DONE, colour: 'red' } }, 'events.0.colour'],
  ['event', { actor: { kind: 'user', name: 'Ana' } }, 'actor.name'],
  ['event', { resource: { type: 'door', name: 'Door' } }, 'resource.name'],
  ['trail', { filter: { family: ['test'] } }, 'filter.family'],
  ['trail', { filter: { families: ['test', 5] } }, 'filter.families.1'],
  ['trail', { filter: { results: ['denied', 'maybe'] } }, 'filter.results.1'],
  ['trail', { after: { occurredAt: 'yesterday', sequence: 1 } }, 'after.occurredAt'],
  ['trail', { after: { occurredAt: RANGE.from } }, 'after.sequence'],
  ['report', { range: { from: RANGE.from } }, 'range.to'],
  ['report', { range: { from: RANGE.to, to: RANGE.from } }, 'range.to'],
  ['export', { range: { from: 'noon', to: RANGE.to } }, 'range.from'],
  ['checkpoints', { after: { createdAt: RANGE.from } }, 'after.size'],
  ['createAudit', { keys: { installation: 'x', signingKey: [] } }, 'keys.signingKey'],
  ['createAudit', { sampling: { rules: [{ tenantId: null, family: 'chat', keepOneIn: '5' }], store: SAMPLING.store } }, 'sampling.0.keepOneIn'],
  ['createAudit', { sampling: { ...SAMPLING, rate: 5 } }, 'sampling.rate'],
])('%s with %j names %s', async (operation, part, path) => {
  const [call, input] = CALLS[operation] as readonly [Call, object]
  expect(await issuesOf(() => call({ ...input, ...part } as never))).toContain(path)
})

it.each(['2026-11-20T11:00:00Z', new Date('2026-11-20T11:00:00Z'), Temporal.Instant.from('2026-11-20T11:00:00Z')])('takes the time %s', async time => {
  const own = makeAudit(memoryAuditStore())
  await own.recordEvents({ ...TENANT, events: [{ ...DONE, occurredAt: time }] })
  const { items } = await own.trail(TENANT)
  expect(items.map(({ occurredAt }) => occurredAt.toString())).toEqual(['2026-11-20T11:00:00Z'])
  expect((await own.trail({ ...TENANT, after: { occurredAt: time, sequence: 2 } })).items).toEqual(items)
  expect(await own.report({ ...TENANT, range: { from: time, to: RANGE.to } })).toMatchObject({ totalEvents: 1 })
})

/** Records one event, and throws what the result says is wrong with it. */
async function recordOne(event: never): Promise<void> {
  const [result] = await audit.recordEvents({ ...TENANT, events: [event] })
  if (result?.outcome === 'rejected') throw new InvalidInput(result.issues)
}

async function issuesOf(call: () => unknown): Promise<readonly string[]> {
  const error = await Promise.try(call).then(
    () => 'accepted',
    (reason: unknown) => reason,
  )
  return error instanceof InvalidInput ? error.issues.map(({ path }) => path) : [String(error)]
}
