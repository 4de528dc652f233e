import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { appendEntries } from './engine/append-entries.ts'
import { entryHash } from './engine/entry-hash.ts'
import { type MemoryAuditLog, memoryAuditLogs, memoryAuditStore } from './memory/index.ts'
import type { AuditEvent } from './model/audit-event.ts'
import { EMPTY_HEAD } from './model/log-head.ts'
import type { BrokenReason } from './model/verification.ts'
import { makeAudit, testSigningKey } from './testing/builders/make-audit.ts'
import { seededRandom } from './testing/builders/seeded-random.ts'

const TENANT = 'acme'

/** A log with a checkpoint after each ten entries, of which the notes were kept outside. */
async function makeLog(size: number) {
  const logs = memoryAuditLogs()
  const audit = makeAudit(memoryAuditStore({ logs }))
  const kept: string[] = []
  for (let i = 1; i <= size; i++) {
    await audit.recordEvents({
      tenantId: TENANT,
      events: [
        {
          family: 'test',
          action: 'done',
          details: { number: i },
          actor: { kind: 'user', id: `user-${i % 7}` },
          ...(i % 3 === 0 && { ipAddress: `10.0.0.${i}` }),
        },
      ],
    })
    audit.clock.advance({ seconds: 1 })
    if (i % 10 === 0) kept.push((await audit.checkpoint(TENANT)).note)
  }
  const log = logs.get(TENANT)
  if (log === undefined) throw new Error('There is no log')
  return { audit, logs, log, kept }
}

const original = await makeLog(40)
const short = await makeLog(10)

const changedLogs = memoryAuditLogs()
const changedAudit = makeAudit(memoryAuditStore({ logs: changedLogs }))

/** Verifies a log after a change, which is made to a copy. Of the short one, only the checkpoint outside the store is left. */
async function verifyChanged(change: (log: MemoryAuditLog) => void, checkpoints: readonly string[] = original.kept, { log } = original) {
  const copy: MemoryAuditLog = { ...log, entries: [...log.entries], checkpoints: log === short.log ? [] : [...log.checkpoints] }
  change(copy)
  copy.entries.sort((a, b) => a.sequence - b.sequence || Temporal.Instant.compare(a.recordedAt, b.recordedAt))
  changedLogs.set(TENANT, copy)
  return changedAudit.verify({ tenantId: TENANT, checkpoints })
}

const at = (entries: readonly AuditEvent[], sequence: number): AuditEvent => {
  const entry = entries[sequence - 1]
  if (entry === undefined) throw new Error(`There is no entry ${sequence}`)
  return entry
}
const rehash = (entry: AuditEvent): AuditEvent => ({ ...entry, hash: entryHash(entry) })
const renumber = (entries: AuditEvent[], change: () => unknown = () => {}): void => {
  change()
  for (const [i, entry] of entries.entries()) entries[i] = { ...entry, sequence: i + 1 }
}
/** Makes a log of other events that fits together, as an attacker with full access can. */
function rebuild(log: MemoryAuditLog, change: (entries: AuditEvent[]) => AuditEvent[]): void {
  let head = EMPTY_HEAD
  const entries: AuditEvent[] = []
  for (const { recordedAt, ...event } of change([...log.entries])) {
    const appended = appendEntries(head, [{ ...event, occurredAtSent: false, payloadHash: '', subjectId: null }], { tenantId: TENANT, now: recordedAt })
    entries.push(...appended.entries)
    head = appended.head
  }
  Object.assign(log, { entries, head })
}

describe('an intact log', () => {
  it('is valid, and all its checkpoints are compared', async () => {
    expect(await original.audit.verify({ tenantId: TENANT, checkpoints: original.kept })).toEqual({
      valid: true,
      events: 40,
      checkpoints: 8,
      archivedEvents: 0,
      archives: 0,
      firstInvalid: null,
    })
  })

  it('is valid while it is empty', async () => {
    expect(await original.audit.verify({ tenantId: 'nobody' })).toEqual({
      valid: true,
      events: 0,
      checkpoints: 0,
      archivedEvents: 0,
      archives: 0,
      firstInvalid: null,
    })
  })

  it('is valid after personal data was erased', async () => {
    const result = await verifyChanged(({ entries }) => entries.splice(2, 1, { ...at(entries, 3), personal: null, personalSalt: null }))
    expect(result).toMatchObject({ valid: true, events: 40 })
  })

  it('reports progress', async () => {
    const progress: number[] = []
    await original.audit.verify({ tenantId: TENANT, onProgress: ({ verified, total }) => progress.push(verified, total) })
    expect(progress).toEqual([40, 40])
  })
})

interface Case {
  readonly name: string
  readonly change: (log: MemoryAuditLog) => void
  readonly sequence: number
  readonly reason: BrokenReason
}

describe('verification names the first broken place of a log', () => {
  it.each<Case>([
    { name: 'with a changed entry', change: ({ entries }) => entries.splice(4, 1, { ...at(entries, 5), action: 'undone' }), sequence: 5, reason: 'changed' },
    {
      name: 'with a changed last entry',
      change: ({ entries }) => entries.splice(39, 1, { ...at(entries, 40), result: 'denied' }),
      sequence: 40,
      reason: 'changed',
    },
    {
      name: 'with a changed hash',
      change: ({ entries }) => entries.splice(4, 1, { ...at(entries, 5), hash: 'ab'.repeat(32) }),
      sequence: 5,
      reason: 'changed',
    },
    {
      name: 'with an entry that was changed with its hash',
      change: ({ entries }) => entries.splice(4, 1, rehash({ ...at(entries, 5), action: 'undone' })),
      sequence: 5,
      reason: 'changed',
    },
    {
      name: 'with changed personal data',
      change: ({ entries }) => entries.splice(5, 1, { ...at(entries, 6), personal: { ipAddress: '6.6.6.6' } }),
      sequence: 6,
      reason: 'changed',
    },
    { name: 'with a removed entry', change: ({ entries }) => entries.splice(4, 1), sequence: 5, reason: 'removed' },
    { name: 'with a removed first entry', change: ({ entries }) => entries.splice(0, 1), sequence: 1, reason: 'removed' },
    {
      name: 'with removed entries, and the others renumbered',
      change: ({ entries }) => renumber(entries, () => entries.splice(4, 2)),
      sequence: 5,
      reason: 'removed',
    },
    { name: 'with two entries swapped', change: ({ entries }) => swap(entries, 5, 20), sequence: 5, reason: 'swapped' },
    { name: 'with two neighbours swapped', change: ({ entries }) => swap(entries, 5, 6), sequence: 5, reason: 'swapped' },
    {
      name: 'with an inserted entry, and the others renumbered',
      change: ({ entries }) => renumber(entries, () => entries.splice(4, 0, { ...at(entries, 9), action: 'forged' })),
      sequence: 5,
      reason: 'inserted',
    },
    { name: 'with an inserted entry that fits the one before it', change: insertFitting, sequence: 5, reason: 'inserted' },
    {
      name: 'with an entry of a sequence that exists',
      change: ({ entries }) => entries.push({ ...at(entries, 5), action: 'forged', recordedAt: at(entries, 6).recordedAt }),
      sequence: 5,
      reason: 'inserted',
    },
    {
      name: 'with an entry after the end',
      change: ({ entries }) => entries.push(rehash({ ...at(entries, 40), sequence: 41, previousHash: at(entries, 40).hash })),
      sequence: 41,
      reason: 'inserted',
    },
    { name: 'that was cut', change: ({ entries }) => entries.splice(35), sequence: 36, reason: 'truncated' },
    { name: 'that was cut together with its head', change: log => rebuild(log, entries => entries.slice(0, 35)), sequence: 36, reason: 'truncated' },
    { name: 'that was emptied together with its head', change: log => rebuild(log, () => []), sequence: 1, reason: 'truncated' },
    {
      name: 'that was replaced as a whole',
      change: log => rebuild(log, entries => entries.map(entry => ({ ...entry, actor: { kind: 'system', id: null } }))),
      sequence: 1,
      reason: 'rewritten',
    },
    {
      name: 'of which the end was rewritten',
      change: log => rebuild(log, entries => entries.with(24, { ...at(entries, 25), action: 'undone' })),
      sequence: 21,
      reason: 'rewritten',
    },
    {
      name: 'with an entry of another log',
      change: ({ entries }) => entries.splice(4, 1, rehash({ ...at(entries, 5), tenantId: 'globex' })),
      sequence: 5,
      reason: 'changed',
    },
    { name: 'with a head that was set back', change: log => Object.assign(log, { head: { ...log.head, size: 38 } }), sequence: 39, reason: 'inserted' },
    {
      name: 'with a head of another hash',
      change: log => Object.assign(log, { head: { ...log.head, lastHash: 'ab'.repeat(32) } }),
      sequence: 40,
      reason: 'head',
    },
  ])('$name', async ({ change, sequence, reason }) => {
    const { valid, firstInvalid } = await verifyChanged(change)
    expect({ valid, sequence: firstInvalid?.sequence, reason: firstInvalid?.reason }).toEqual({ valid: false, sequence, reason })
    expect(firstInvalid?.message).toMatch(/^\S.*\.$/)
  })

  it('that was replaced as a whole, by checkpoints that were kept outside even if those of the store were deleted', async () => {
    const replace = (log: MemoryAuditLog) => {
      rebuild(log, entries => entries.map(entry => ({ ...entry, action: 'forged' })))
      log.checkpoints = []
    }
    expect(await verifyChanged(replace, original.kept.slice(-1))).toMatchObject({
      valid: false,
      firstInvalid: { sequence: 1, lastSequence: 40, reason: 'rewritten' },
    })
    // This is why they are kept outside.
    expect(await verifyChanged(replace, [])).toMatchObject({ valid: true })
  })

  it('with a checkpoint that no known key signed', async () => {
    const stranger = makeAudit(memoryAuditStore({ logs: original.logs }), { signingKeys: [testSigningKey(9)] })
    expect(await stranger.verify({ tenantId: TENANT })).toMatchObject({ valid: false, firstInvalid: { sequence: 10, reason: 'checkpoint' } })
    await expect(stranger.verify({ tenantId: TENANT, checkpoints: original.kept })).rejects.toThrow('No known key')
  })
})

function swap(entries: AuditEvent[], a: number, b: number): void {
  const [first, second] = [at(entries, a), at(entries, b)]
  entries[a - 1] = { ...second, sequence: a }
  entries[b - 1] = { ...first, sequence: b }
}

function insertFitting({ entries }: MemoryAuditLog): void {
  const forged = rehash({ ...at(entries, 5), action: 'forged' })
  entries.splice(4, 0, forged)
  renumber(entries)
}

/** Of each of the six kinds: 10,002 in all. */
const CHANGES_OF_A_KIND = 1_667

describe('10,000 random changes of a stored log', () => {
  it.each(['changed', 'removed', 'swapped', 'inserted', 'truncated', 'replaced'] as const)('are all found if entries were %s', async kind => {
    const random = seededRandom(20_261_126)
    const pick = (count: number) => Math.floor(random() * count)
    const forge = (entry: AuditEvent): AuditEvent => {
      const changes: ((from: AuditEvent) => Partial<AuditEvent>)[] = [
        () => ({ family: 'forged' }),
        () => ({ action: `forged${pick(1_000)}` }),
        () => ({ actor: { kind: 'user', id: `forged-${pick(1_000)}` } }),
        () => ({ result: 'failure' }),
        () => ({ resource: { type: 'forged', id: null } }),
        () => ({ errorMessage: 'forged' }),
        ({ count }) => ({ count: count + 1 + pick(1_000) }),
        () => ({ requestId: 'forged' }),
        () => ({ reportedBy: 'forged' }),
        () => ({ details: { number: -pick(1_000) - 1 } }),
        () => ({ before: { forged: true } }),
        () => ({ after: { forged: true } }),
        () => ({ idempotencyKey: `forged-${pick(1_000)}` }),
        from => ({ occurredAt: from.occurredAt.add({ milliseconds: 1 + pick(1_000) }) }),
        from => ({ recordedAt: from.recordedAt.subtract({ microseconds: 1 + pick(1_000) }) }),
        () => ({ personal: { ipAddress: '6.6.6.6' }, personalSalt: '00'.repeat(16) }),
        () => ({ personalHash: '00'.repeat(32) }),
        from => ({ hash: from.hash.replace(/^./, digit => (digit === '0' ? '1' : '0')) }),
        from => ({ previousHash: from.previousHash?.replace(/^./, digit => (digit === '0' ? '1' : '0')) ?? '00'.repeat(32) }),
      ]
      const forged = { ...entry, ...changes[pick(changes.length)]?.(entry) }
      return random() < 0.5 ? rehash({ ...entry, action: 'forged' }) : forged
    }
    const changes: Record<typeof kind, (log: MemoryAuditLog) => void> = {
      changed: ({ entries }) => {
        const i = pick(entries.length)
        entries[i] = forge(at(entries, i + 1))
      },
      removed: ({ entries }) => {
        entries.splice(pick(entries.length), 1 + pick(3))
        if (random() < 0.5) renumber(entries)
      },
      swapped: ({ entries }) => {
        const a = 1 + pick(entries.length)
        swap(entries, a, 1 + ((a + pick(entries.length - 1)) % entries.length))
      },
      inserted: ({ entries }) => {
        const i = pick(entries.length)
        entries.splice(i, 0, forge(at(entries, i + 1)))
        if (random() < 0.8) renumber(entries)
      },
      truncated: log => {
        const size = pick(log.entries.length)
        if (random() < 0.5) rebuild(log, entries => entries.slice(0, size))
        else log.entries.splice(size)
      },
      replaced: log => {
        const from = pick(log.entries.length)
        rebuild(log, entries => entries.map((entry, i) => (i < from ? entry : { ...entry, action: 'forged' })))
      },
    }
    const missed: number[] = []
    for (let i = 0; i < CHANGES_OF_A_KIND; i++) {
      const { valid, firstInvalid } = await verifyChanged(changes[kind], short.kept, short)
      if (valid || firstInvalid === null) missed.push(i)
    }
    expect(missed).toEqual([])
  })
})
