import { Forbidden, InvalidInput, parseExactJson, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { AuditAppend } from './audit-store.ts'
import { personalHash } from './engine/entry-hash.ts'
import {
  AuditKeyMissing,
  AuditLogBroken,
  AuditOverloaded,
  chatAudit,
  configAudit,
  createAudit,
  defineAuditFamily,
  errorAudit,
  kbAudit,
  type KeptCheckpoint,
  keptCheckpointLine,
  logOrigin,
  noteVerifier,
  openCheckpoint,
  parseVerifierKey,
  publicKeyBytes,
  readKeptNotes,
  recordingFamily,
  trialAudit,
  verifyConsistencyProof,
  verifyProof,
} from './index.ts'
import { memoryAuditLogs, memoryAuditStore } from './memory/index.ts'
import type { AuditEventDraft } from './model/audit-event.ts'
import { makeAudit, testSigningKey } from './testing/builders/make-audit.ts'

const DONE: AuditEventDraft = { family: 'test', action: 'done' }
const drafts = (count: number): AuditEventDraft[] => Array.from({ length: count }, (_, i) => ({ ...DONE, details: { number: i } }))

describe('recording', () => {
  it('reports one outcome per event, and an invalid event does not affect the others', async () => {
    const audit = makeAudit(memoryAuditStore())
    const key = { ...DONE, idempotencyKey: 'a' }
    const results = await audit.recordEvents({
      tenantId: 'acme',
      events: [key, { ...DONE, family: 'no family' }, key, { ...key, action: 'other' }, { ...DONE, idempotencyKey: 'b' }],
    })
    expect(results.map(({ outcome }) => outcome)).toEqual(['accepted', 'rejected', 'duplicate', 'conflict', 'accepted'])
    expect(results[1]?.reason).toBe('family: must consist of letters, digits and underscores, and start with a letter')
    expect(results[4]).toEqual({ outcome: 'accepted', idempotencyKey: 'b', sequence: 2, reason: null })
  })

  it.each<{ draft: Record<string, unknown>; issue: string }>([
    { draft: { family: undefined }, issue: 'family: is missing' },
    { draft: { action: 'a.b' }, issue: 'action: must consist of letters' },
    { draft: { action: 'x'.repeat(65) }, issue: 'action: must be at most 64 characters' },
    { draft: { result: 'maybe' }, issue: 'result: must be "success"' },
    { draft: { actor: { kind: 'robot', id: null } }, issue: 'actor.kind: must be' },
    { draft: { resource: { id: 'x' } }, issue: 'resource.type: is missing' },
    { draft: { occurredAt: Temporal.Instant.from('2027-01-01T00:00:00Z') }, issue: 'occurredAt: must be at most 10 minutes ahead' },
    { draft: { occurredAt: '2026-01-01' }, issue: 'occurredAt: must be a time with an offset' },
    { draft: { details: [1] }, issue: 'details: must be an object' },
    { draft: { details: { a: Number.NaN } }, issue: 'details.a: must be a finite number' },
    { draft: { details: { a: () => 1 } }, issue: 'details.a: must be a JSON value' },
    { draft: { details: { a: new Date(0) } }, issue: 'details.a: must be a plain JSON value' },
    { draft: { details: parseExactJson('{"a": 12345678901234567890}') }, issue: 'details.a: has more digits' },
    { draft: { details: { a: 'x'.repeat(20_000) } }, issue: 'details: must be at most 16,384 bytes' },
    { draft: { details: { a: '\u0000' } }, issue: 'details.a: must not contain a NUL' },
    { draft: { before: JSON.parse(`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`) }, issue: 'must be nested at most 16 levels deep' },
    { draft: { colour: 'red' }, issue: 'colour: is not a field' },
  ])('rejects an event with the issue "$issue"', async ({ draft, issue }) => {
    const audit = makeAudit(memoryAuditStore())
    const [result] = await audit.recordEvents({ tenantId: 'acme', events: [{ ...DONE, ...draft }] })
    expect(result?.outcome).toBe('rejected')
    expect(result?.reason).toContain(issue)
  })

  it('rejects a batch of no events or too many', async () => {
    const audit = makeAudit(memoryAuditStore())
    await expect(audit.recordEvents({ tenantId: 'acme', events: [] })).rejects.toThrow(InvalidInput)
    await expect(audit.recordEvents({ tenantId: 'acme', events: drafts(1_001) })).rejects.toThrow('must be 1 to 1,000 events, not 1,001')
  })

  it('never stores a secret', async () => {
    const logs = memoryAuditLogs()
    const audit = makeAudit(memoryAuditStore({ logs }))
    await audit.recordEvents({
      tenantId: 'acme',
      events: [
        {
          ...DONE,
          errorMessage: 'Bearer hunter2hunter2',
          details: { password: 'hunter2' },
          before: { apiKey: 'hunter2' },
          after: { url: 'https://me:hunter2@example.com' },
          personalDetails: { secret: 'hunter2' },
        },
      ],
    })
    expect(JSON.stringify([...logs])).not.toContain('hunter2')
  })

  it('keeps personal data out of what is hashed, except for a salted hash', async () => {
    const logs = memoryAuditLogs()
    const audit = makeAudit(memoryAuditStore({ logs }))
    await audit.recordEvents({ tenantId: 'acme', events: [{ ...DONE, ipAddress: '10.1.2.3', personalDetails: { email: 'ana@example.com' } }] })
    const [event] = logs.get('acme')?.entries ?? []
    expect(event?.personal).toEqual({ ipAddress: '10.1.2.3', details: { email: 'ana@example.com' } })
    expect(event?.personalHash).toBe(personalHash(event?.personalSalt ?? '', event?.personal ?? {}))
    const lines = await text(audit.export({ tenantId: 'acme', format: 'jsonl' }))
    const { entry } = JSON.parse(lines.split('\n')[1] ?? '') as { entry: object }
    expect(JSON.stringify(entry)).not.toMatch(/10\.1\.2\.3|ana@/)
  })

  it('appends calls that wait together, and each gets its own results', async () => {
    const store = memoryAuditStore()
    const appends: number[] = []
    const audit = makeAudit({
      ...store,
      append: (request: AuditAppend) => (appends.push(request.events.length), Promise.resolve().then(() => store.append(request))),
    })
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, i) => audit.recordEvents({ tenantId: 'acme', events: [{ ...DONE, idempotencyKey: `key-${i % 40}` }, ...drafts(1)] })),
    )
    expect(appends).toEqual([100])
    expect(results.flat().filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(10)
    expect(audit.queue()).toEqual({ waiting: 0, limit: 20_000 })
  })

  it('rejects only the call that caused a failure', async () => {
    const store = memoryAuditStore()
    const isBad = ({ events }: AuditAppend) => events.some(({ action }) => action === 'bad')
    const audit = makeAudit({ ...store, append: async request => (isBad(request) ? Promise.reject(new Forbidden('bad')) : store.append(request)) })
    const settled = await Promise.allSettled(['done', 'bad', 'done'].map(action => audit.recordEvents({ tenantId: 'acme', events: [{ ...DONE, action }] })))
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('rejects calls when too many events wait, and accepts them again afterwards', async () => {
    const store = memoryAuditStore()
    const { clock } = makeAudit(store)
    const audit = createAudit({
      store,
      keys: { installation: 'x', signingKeys: [] },
      clock,
      ids: { uuidV7: String },
      randomBytes: Buffer.alloc,
      maxQueuedEvents: 3,
    })
    const waiting = audit.recordEvents({
      tenantId: 'acme',
      events: [
        { ...DONE, idempotencyKey: 'a' },
        { ...DONE, idempotencyKey: 'b' },
      ],
    })
    await expect(audit.recordEvents({ tenantId: 'acme', events: drafts(2) })).rejects.toThrow(AuditOverloaded)
    await waiting
    expect(await audit.recordEvents({ tenantId: 'acme', events: [{ ...DONE, idempotencyKey: 'c' }] })).toMatchObject([{ outcome: 'accepted', sequence: 3 }])
  })

  it('records events of several logs in a transaction of the caller, and throws for an invalid one', async () => {
    const audit = makeAudit(memoryAuditStore())
    const transaction = { scope: { kind: 'operator' as const } }
    const results = await audit.recordIn(transaction, [
      trialAudit.upgraded('globex', 'trial', 'pro'),
      trialAudit.upgraded('acme', 'trial', 'pro'),
      trialAudit.expired('globex'),
    ])
    expect(results.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
    expect((await audit.trail({ tenantId: 'globex' })).items.map(({ action }) => action)).toEqual(['expired', 'upgraded'])
    await expect(audit.recordIn(transaction, [{ tenantId: 'acme', event: { ...DONE, action: '' } }])).rejects.toThrow(InvalidInput)
  })
})

describe('families', () => {
  it('make the events of the requirements', async () => {
    const audit = makeAudit(memoryAuditStore())
    const [trial, kb, config, chat, error] = [trialAudit, kbAudit, configAudit, chatAudit, errorAudit]
    const events = [
      trial.created('acme', { email: 'a@example.com', businessName: 'Acme', businessType: 'retail' }),
      trial.upgraded('acme', 'trial', 'starter'),
      trial.extended('acme', 7, Temporal.Instant.from('2026-12-01T00:00:00Z')),
      trial.expired('acme'),
      kb.uploaded('acme', 'kb-1', 'docs.pdf', 2_048_000),
      kb.crawled('acme', 'job-1', 'https://example.com', 45),
      kb.manualAdded('acme', 'kb-1', 3),
      kb.deleted('acme', 'kb-1'),
      config.brandingUpdated('acme', 'config-1', { primaryColor: '#6366f1', chatTone: 'friendly' }),
      config.toolsAssigned('acme', 'config-1', ['email', 'calendar']),
      chat.messageReceived('acme', 'session-1', 120),
      chat.responseSent('acme', 'session-1', 55),
      error.apiError('acme', '/api/chat', 500, 'Connection timeout'),
      error.quotaExceeded('acme', 'tokens', 10_000, 9_850),
    ]
    const results = await audit.recordEvents({ tenantId: 'acme', events: events.map(({ event }) => event) })
    expect(results.map(({ outcome }) => outcome)).toEqual(events.map(() => 'accepted'))
    const { items } = await audit.trail({ tenantId: 'acme', first: 20 })
    expect(items.map(({ family, action }) => `${family}.${action}`).toReversed()).toEqual(events.map(({ event }) => `${event.family}.${event.action}`))
    expect(items.at(-1)).toMatchObject({ details: { businessName: 'Acme', businessType: 'retail' }, personal: { details: { email: 'a@example.com' } } })
    expect((await audit.failedOperations({ tenantId: 'acme' })).items.map(({ errorMessage }) => errorMessage)).toEqual(['Connection timeout'])
    expect((await audit.securityEvents({ tenantId: 'acme' })).items.map(({ details }) => details)).toEqual([
      { metric: 'tokens', limit: '10000', requested: '9850' },
    ])
  })

  it('of teams are typed, and record at once with the context of the request', async () => {
    const audit = makeAudit(memoryAuditStore())
    const door = defineAuditFamily('door', { opened: (doorId: string, floor: number) => ({ resource: { type: 'door', id: doorId }, details: { floor } }) })
    const recording = recordingFamily(audit, door, { actor: { kind: 'user', id: 'ana' }, requestId: 'request-1' })
    expect(await recording.opened('acme', 'door-1', 3)).toMatchObject({ outcome: 'accepted', sequence: 1 })
    // @ts-expect-error -- The floor is a number.
    await expect(recording.opened('acme', '', '3')).rejects.toThrow(InvalidInput)
    expect((await audit.trail({ tenantId: 'acme' })).items).toMatchObject([
      { family: 'door', action: 'opened', actor: { kind: 'user', id: 'ana' }, requestId: 'request-1' },
    ])
  })
})

describe('queries', () => {
  it('look back as many days as asked, by default 7, 30 and 90', async () => {
    const audit = makeAudit(memoryAuditStore())
    const ago = (days: number) => ({ occurredAt: audit.clock.now().subtract({ hours: days * 24 }) })
    const [failure, denied] = [{ result: 'failure' } as const, { result: 'denied' } as const]
    await audit.recordEvents({
      tenantId: 'acme',
      events: [
        ...[6, 8].map(days => ({ ...DONE, ...ago(days) })),
        ...[29, 31].map(days => ({ ...DONE, ...failure, ...ago(days) })),
        ...[89, 91].map(days => ({ ...DONE, ...denied, ...ago(days) })),
      ],
    })
    const sequences = ({ items }: { items: readonly { sequence: number }[] }) => items.map(({ sequence }) => sequence)
    expect(sequences(await audit.trail({ tenantId: 'acme' }))).toEqual([1])
    expect(sequences(await audit.trail({ tenantId: 'acme', days: 8 }))).toEqual([1, 2])
    expect(sequences(await audit.failedOperations({ tenantId: 'acme' }))).toEqual([3])
    expect(sequences(await audit.securityEvents({ tenantId: 'acme' }))).toEqual([5])
    await expect(audit.trail({ tenantId: 'acme', days: 0 })).rejects.toThrow('days: must be from 1 to 3,660')
    await expect(audit.trail({ tenantId: 'acme', filter: { families: Array.from({ length: 101 }, String) } })).rejects.toThrow('filter.families')
    await expect(audit.trail({ tenantId: 'acme', first: 1_001 })).rejects.toThrow('first')
  })

  it('report counts, the rate of success and events by type', async () => {
    const audit = makeAudit(memoryAuditStore())
    await audit.recordEvents({ tenantId: 'acme', events: [DONE, DONE, { ...DONE, result: 'failure' }, { ...DONE, action: 'undone', result: 'denied' }] })
    const range = { from: audit.clock.now(), to: audit.clock.now().add({ hours: 1 }) }
    expect(await audit.report({ tenantId: 'acme', range })).toEqual({
      totalEvents: 4,
      successCount: 2,
      failureCount: 1,
      deniedCount: 1,
      successRate: 0.5,
      eventsByType: [
        { eventType: 'test.done', count: 3 },
        { eventType: 'test.undone', count: 1 },
      ],
    })
    expect(await audit.report({ tenantId: 'globex', range })).toMatchObject({ totalEvents: 0, successRate: null })
    await expect(audit.report({ tenantId: 'acme', range: { from: range.to, to: range.from } })).rejects.toThrow(InvalidInput)
  })
})

describe('checkpoints', () => {
  it('sign the end of the log, and later ones extend earlier ones', async () => {
    const audit = makeAudit(memoryAuditStore())
    const verifiers = audit
      .verifierKeys('acme')
      .map(parseVerifierKey)
      .map(({ name, publicKey }) => noteVerifier(name, publicKey))
    const sizes: number[] = []
    for (const count of [0, 1, 6, 0, 13]) {
      if (count > 0) await audit.recordEvents({ tenantId: 'acme', events: drafts(count) })
      const { note } = await audit.checkpoint('acme')
      sizes.push(openCheckpoint(note, 'tollgate.example.com/audit/tenants/acme', verifiers).size)
    }
    expect(sizes).toEqual([0, 1, 7, 7, 20])
    expect((await audit.checkpoints('acme', { first: 10 })).items.map(({ size }) => size)).toEqual([0, 1, 7, 20])
    expect(await audit.verify({ tenantId: 'acme' })).toMatchObject({ valid: true, checkpoints: 4 })
  })

  it('are refused for a log that was changed since the last one', async () => {
    const logs = memoryAuditLogs()
    const audit = makeAudit(memoryAuditStore({ logs }))
    await audit.recordEvents({ tenantId: 'acme', events: drafts(5) })
    await audit.checkpoint('acme')
    await audit.recordEvents({ tenantId: 'acme', events: drafts(5) })
    const log = logs.get('acme')
    const sixth = log?.entries[5]
    if (log === undefined || sixth === undefined) throw new Error('There is no entry')
    log.entries[5] = { ...sixth, action: 'forged' }
    await expect(audit.checkpoint('acme')).rejects.toThrow(AuditLogBroken)
    await expect(audit.checkpoint('acme')).rejects.toThrow('not intact at sequence 6')
  })

  it('are refused for a log that was cut below the last one, and name the first entry that is missing', async () => {
    const logs = memoryAuditLogs()
    const audit = makeAudit(memoryAuditStore({ logs }))
    await audit.recordEvents({ tenantId: 'acme', events: drafts(5) })
    await audit.checkpoint('acme')
    logs.get('acme')?.entries.splice(3)
    await expect(audit.checkpoint('acme')).rejects.toThrow('The log ends after 3 entries, but a signed checkpoint has 5.')
    await expect(audit.prove({ tenantId: 'acme', sequence: 2 })).rejects.toThrow(AuditLogBroken)
  })

  it('are kept of all other logs if somebody has changed the stored checkpoint of one', async () => {
    const store = memoryAuditStore()
    for (const tenantId of ['acme', 'globex']) await makeAudit(store).recordEvents({ tenantId, events: drafts(2) })
    await makeAudit(store, { signingKeys: [testSigningKey(9)] }).checkpoint('acme')
    const kept: string[] = []
    const broken: string[] = []
    const places = [{ name: 'file', keep: async ({ origin }: KeptCheckpoint) => void kept.push(origin) }]
    const count = await makeAudit(store).keepCheckpoints({ places, onBroken: (tenantId, { message }) => broken.push(`${tenantId}: ${message}`) })
    expect(count).toEqual({ kept: 1, broken: 1 })
    expect(kept).toEqual([logOrigin('tollgate.example.com', 'globex')])
    expect(broken).toEqual([expect.stringMatching(/^acme: .*at sequence 2, .* The stored checkpoint of size 2 is not valid: No known key signed/)])
  })

  it('stay verifiable after their key was replaced', async () => {
    const store = memoryAuditStore()
    const [old, next] = [testSigningKey(1), testSigningKey(2)]
    await makeAudit(store, { signingKeys: [old] }).recordEvents({ tenantId: 'acme', events: drafts(3) })
    await makeAudit(store, { signingKeys: [old] }).checkpoint('acme')
    const both = makeAudit(store, { signingKeys: [next, old] })
    both.clock.advance({ hours: 1 })
    expect((await both.checkpoint('acme')).note.match(/^\u2014/gm)).toHaveLength(2)
    const after = makeAudit(store, { signingKeys: [next], retiredKeys: [publicKeyBytes(old)] })
    expect(await after.verify({ tenantId: 'acme' })).toMatchObject({ valid: true, checkpoints: 2 })
    await after.recordEvents({ tenantId: 'acme', events: [{ ...DONE, idempotencyKey: 'after the rotation' }] })
    expect((await after.checkpoint('acme')).note.match(/^\u2014/gm)).toHaveLength(1)
    expect(await after.verify({ tenantId: 'acme' })).toMatchObject({ valid: true, checkpoints: 3 })
  })

  it('that are kept outside reach a place that failed with the next call, and stay verifiable after their key was replaced', async () => {
    const store = memoryAuditStore()
    const [old, next] = [testSigningKey(1), testSigningKey(2)]
    const audit = makeAudit(store, { signingKeys: [old] })
    const lines: string[] = []
    let isFull = true
    const places = [
      { name: 'other', keep: async () => {} },
      {
        name: 'file',
        keep: async (checkpoint: KeptCheckpoint) => {
          if (isFull) throw new Error('The disk is full')
          lines.push(keptCheckpointLine(checkpoint))
        },
      },
    ]
    await audit.recordEvents({ tenantId: 'acme', events: drafts(3) })
    await expect(audit.keepCheckpoints({ places })).rejects.toThrow('The disk is full')
    isFull = false
    expect(await audit.keepCheckpoints({ places })).toEqual({ kept: 1, broken: 0 })
    expect(await audit.keepCheckpoints({ places })).toEqual({ kept: 0, broken: 0 })

    const rotated = makeAudit(store, { signingKeys: [next], retiredKeys: [publicKeyBytes(old)] })
    await rotated.recordEvents({ tenantId: 'acme', events: [{ ...DONE, idempotencyKey: 'after the rotation' }] })
    await rotated.keepCheckpoints({ places })
    const kept = readKeptNotes(lines.join('\n')).notes.get(logOrigin('tollgate.example.com', 'acme'))
    expect(kept).toHaveLength(2)
    expect(await rotated.verify({ tenantId: 'acme', checkpoints: kept })).toMatchObject({ valid: true, checkpoints: 4 })
  })

  it('need a key', async () => {
    await expect(makeAudit(memoryAuditStore(), { signingKeys: [] }).checkpoint('acme')).rejects.toThrow(AuditKeyMissing)
  })
})

describe('a proof of consistency', () => {
  it('shows offline that the log extends an older checkpoint, and no other one', async () => {
    const audit = makeAudit(memoryAuditStore())
    const notes = new Map<number, string>()
    for (let size = 0; size <= 21; size++) {
      notes.set(size, (await audit.checkpoint('acme')).note)
      await audit.recordEvents({ tenantId: 'acme', events: drafts(1) })
    }
    const [key = ''] = audit.verifierKeys('acme')
    const log = { origin: logOrigin('tollgate.example.com', 'acme'), verifiers: [noteVerifier(parseVerifierKey(key).name, parseVerifierKey(key).publicKey)] }
    for (const [oldSize, oldCheckpoint] of notes) {
      const proof = await audit.proveConsistency({ tenantId: 'acme', oldSize })
      expect(proof).toMatch(new RegExp(`^old ${oldSize}\\n(?:[\\w+/]{43}=\\n)*\\ntollgate\\.example\\.com`))
      expect(verifyConsistencyProof(proof, { oldCheckpoint, ...log })).toEqual({ oldSize, size: 22 })
      const other = notes.get((oldSize + 1) % 22) ?? ''
      expect(() => verifyConsistencyProof(proof, { oldCheckpoint: other, ...log })).toThrow('The proof starts at')
    }
    const rewritten = makeAudit(memoryAuditStore())
    await rewritten.recordEvents({ tenantId: 'acme', events: drafts(30) })
    const forged = await rewritten.proveConsistency({ tenantId: 'acme', oldSize: 9 })
    expect(() => verifyConsistencyProof(forged, { oldCheckpoint: notes.get(9) ?? '', ...log })).toThrow('does not extend the old checkpoint')
    await expect(audit.proveConsistency({ tenantId: 'acme', oldSize: 23 })).rejects.toThrow('has only 22 entries')
  })
})

describe('a proof', () => {
  it('of each event verifies offline with the key alone', async () => {
    const audit = makeAudit(memoryAuditStore())
    await audit.recordEvents({ tenantId: 'acme', events: drafts(21) })
    const verifiers = audit
      .verifierKeys('acme')
      .map(parseVerifierKey)
      .map(({ name, publicKey }) => noteVerifier(name, publicKey))
    for (let sequence = 1; sequence <= 21; sequence++) {
      const proof = await audit.prove({ tenantId: 'acme', sequence })
      expect(proof).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra \S+\nindex \d+\n/)
      const { entry, ...place } = verifyProof(proof, logOrigin('tollgate.example.com', 'acme'), verifiers)
      expect(place).toEqual({ sequence, size: 21 })
      expect(JSON.parse(entry)).toMatchObject({ sequence, log: 'tenants/acme', details: { number: sequence - 1 } })
      expect(() => verifyProof(proof.replace(/^index \d+/m, `index ${sequence % 21}`), logOrigin('tollgate.example.com', 'acme'), verifiers)).toThrow(
        'not at index',
      )
      expect(() => verifyProof(proof, logOrigin('tollgate.example.com', 'globex'), verifiers)).toThrow()
    }
  })

  it('that was changed anywhere is rejected', async () => {
    const audit = makeAudit(memoryAuditStore())
    await audit.recordEvents({ tenantId: null, events: drafts(3) })
    const origin = logOrigin('tollgate.example.com', null)
    const verifiers = audit
      .verifierKeys(null)
      .map(parseVerifierKey)
      .map(({ name, publicKey }) => noteVerifier(name, publicKey))
    const proof = await audit.prove({ tenantId: null, sequence: 2 })
    expect(verifyProof(proof, origin, verifiers).sequence).toBe(2)
    for (let i = 0; i < proof.length; i++) {
      const changed = `${proof.slice(0, i)}${proof[i] === 'A' ? 'B' : 'A'}${proof.slice(i + 1)}`
      expect(() => verifyProof(changed, origin, verifiers), `${i}`).toThrow()
    }
  })

  it('of an event that does not exist is refused', async () => {
    const audit = makeAudit(memoryAuditStore())
    await audit.recordEvents({ tenantId: 'acme', events: drafts(1) })
    await expect(audit.prove({ tenantId: 'acme', sequence: 2 })).rejects.toThrow('There is no audit event "2"')
  })
})

async function text(parts: AsyncIterable<string>): Promise<string> {
  let all = ''
  for await (const part of parts) all += part
  return all
}
