import { Temporal } from '@tollgate/kernel'
import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkExport, type ExportRequest, noteVerifier, parseVerifierKey } from './index.ts'
import type { Audit } from './audit.ts'
import { memoryAuditLogs, memoryAuditStore } from './memory/index.ts'
import type { AuditEventDraft } from './model/audit-event.ts'
import { makeAudit, testSigningKey } from './testing/builders/make-audit.ts'
import { seededRandom } from './testing/builders/seeded-random.ts'

const DONE: AuditEventDraft = { family: 'test', action: 'done' }
const drafts = (count: number): AuditEventDraft[] => Array.from({ length: count }, (_, i) => ({ ...DONE, details: { number: i } }))

async function partsOf(audit: Audit, request: Partial<ExportRequest> = {}): Promise<string[]> {
  const parts: string[] = []
  for await (const part of audit.export({ tenantId: 'acme', format: 'jsonl', ...request })) parts.push(part)
  return parts
}
const linesOf = async (audit: Audit, request?: Partial<ExportRequest>) => (await partsOf(audit, request)).join('').trimEnd().split('\n')

const KEYS = makeAudit(memoryAuditStore()).verifierKeys('acme').map(parseVerifierKey)
async function check(lines: readonly string[]) {
  return checkExport(
    (async function* () {
      yield* lines
    })(),
    log => KEYS.filter(({ name }) => name === log).map(({ name, publicKey }) => noteVerifier(name, publicKey)),
  )
}

/** A log of 60 events of three families in six hours, with a checkpoint after each twenty. */
async function makeLog(keys?: Parameters<typeof makeAudit>[1]) {
  const logs = memoryAuditLogs()
  const audit = makeAudit(memoryAuditStore({ logs }), keys)
  for (let i = 0; i < 60; i++) {
    const family = ['test', 'trial', 'security'][i % 3] ?? ''
    await audit.recordEvents({
      tenantId: 'acme',
      events: [{ family, action: 'done', details: { i }, result: i % 7 === 0 ? 'failure' : 'success', ...(i % 2 === 0 && { ipAddress: `10.0.0.${i}` }) }],
    })
    audit.clock.advance({ minutes: 6 })
    if (i % 20 === 19 && keys === undefined) await audit.checkpoint('acme')
  }
  return { audit, log: logs.get('acme') }
}

const hour = (hours: number) => Temporal.Instant.from('2026-11-20T12:00:00Z').add({ minutes: hours * 60 })

describe('an export in JSON Lines', () => {
  it('can be verified line by line without our code', async () => {
    const audit = makeAudit(memoryAuditStore())
    await audit.recordEvents({ tenantId: 'acme', events: [...drafts(2), { ...DONE, ipAddress: '10.0.0.1' }] })
    const [header = '', ...lines] = await linesOf(audit)
    expect(JSON.parse(header)).toMatchObject({ format: 'tollgate-audit-export@v1', log: 'tollgate.example.com/audit/tenants/acme' })
    expect(JSON.parse(lines.pop() ?? '')).toMatchObject({ end: { events: 3, checkpoint: expect.stringContaining('/acme\n3\n') } })
    let previousHash: string | undefined
    for (const line of lines) {
      const { hash: recorded, entry } = JSON.parse(line) as { hash: string; entry: { previousHash?: string } }
      const canonical = /"entry":(\{.*?\})(?:,"personal":|\}$)/.exec(line)?.[1] ?? ''
      expect(hash('sha256', `\0${canonical}`)).toBe(recorded)
      expect(entry.previousHash).toBe(previousHash)
      previousHash = recorded
    }
    expect(lines).toHaveLength(3)
  })

  it.each<{ name: string; request: Partial<ExportRequest>; events: number; skipped: number }>([
    { name: 'all events', request: {}, events: 60, skipped: 0 },
    { name: 'a period', request: { range: { from: hour(1), to: hour(2.5) } }, events: 15, skipped: 25 },
    { name: 'a family', request: { filter: { families: ['trial'] } }, events: 20, skipped: 40 },
    { name: 'failed operations', request: { select: 'failed' }, events: 9, skipped: 51 },
    { name: 'security events of a period', request: { select: 'security', range: { from: hour(4.5), to: hour(9) } }, events: 5, skipped: 55 },
    { name: 'nothing', request: { filter: { families: ['none'] } }, events: 0, skipped: 20 },
  ])('of $name verifies offline with the key alone', async ({ request, events, skipped }) => {
    const { audit } = await makeLog()
    const lines = await linesOf(audit, request)
    expect(await check(lines)).toEqual({ valid: true, log: 'tollgate.example.com/audit/tenants/acme', events, skipped, problem: null })
  })

  it('is found to be changed, wherever it was changed', async () => {
    const { audit } = await makeLog()
    const exports = [await linesOf(audit), await linesOf(audit, { filter: { families: ['trial'] } })]
    const random = seededRandom(20_261_126)
    const pick = (count: number) => Math.floor(random() * count)
    const missed: string[] = []
    for (let i = 0; i < 2_000; i++) {
      const lines = exports[i % 2]?.slice() ?? []
      const at = pick(lines.length)
      // Nothing proves the selection that the first line names.
      const first = Math.max(1, at)
      const line = lines[at] ?? ''
      const changes: [string, () => unknown][] = [
        ['removed', () => lines.splice(at, 1)],
        ['repeated', () => lines.splice(at, 0, line)],
        ['cut', () => lines.splice(at)],
        ['swapped', () => lines.splice(0, 2, ...lines.slice(0, 2).toReversed())],
        ['changed', () => (lines[first] = (lines[first] ?? '').replace(/[\da-f](?=[^\da-f]*$)/, digit => (digit === '0' ? '1' : '0')))],
        ['changed in its content', () => (lines[at] = line.replace(/"(?:action|log|events|entries)":"?./, '$&9'))],
      ]
      const [name, change] = changes[pick(changes.length)] ?? ['', () => {}]
      change()
      if (lines.join('\n') !== exports[i % 2]?.join('\n') && (await check(lines)).valid) missed.push(`${name} ${at}: ${line.slice(0, 80)}`)
    }
    expect(missed).toEqual([])
  })

  it('names the first broken line', async () => {
    const { audit } = await makeLog()
    const lines = await linesOf(audit)
    const changed = lines.with(5, lines[5]?.replace('"done"', '"undone"') ?? '')
    expect(await check(changed)).toMatchObject({
      valid: false,
      problem: { line: 6, sequence: 5, message: 'The content of the event does not match its hash.' },
    })
    expect(await check(lines.slice(0, 30))).toMatchObject({ problem: { line: 31, sequence: 30, message: expect.stringContaining('its last line is missing') } })
    const readable = await linesOf(audit, { personalData: 'readable' })
    expect(await check(readable)).toMatchObject({ valid: true })
    const personal = readable.with(1, readable[1]?.replace('10.0.0.0', '10.0.0.9') ?? '')
    expect(await check(personal)).toMatchObject({ problem: { line: 2, message: 'The personal data of the event does not match its hash.' } })
  })

  it('of a log without a key says that nothing signed it', async () => {
    const { audit } = await makeLog({ signingKeys: [] })
    expect(await check(await linesOf(audit))).toMatchObject({ valid: false, events: 60, problem: { message: expect.stringContaining('no checkpoint') } })
  })

  it('signs the end of a log whose checkpoints no known key signed', async () => {
    const logs = memoryAuditLogs()
    const old = makeAudit(memoryAuditStore({ logs }), { signingKeys: [testSigningKey(7)] })
    await old.recordEvents({ tenantId: 'acme', events: drafts(3) })
    await old.checkpoint('acme')
    // The last checkpoint of the store cannot be extended, because its signer is unknown.
    await expect(partsOf(makeAudit(memoryAuditStore({ logs })))).rejects.toThrow('No known key')
    expect(await check(await linesOf(makeAudit(memoryAuditStore({ logs }), { signingKeys: [testSigningKey(1), testSigningKey(7)] })))).toMatchObject({
      valid: false,
    })
  })

  it('streams large logs page by page', async () => {
    const audit = makeAudit(memoryAuditStore())
    for (let i = 0; i < 3; i++) await audit.recordEvents({ tenantId: 'acme', events: drafts(900) })
    const sizes = (await partsOf(audit)).map(part => part.split('\n').length - 1)
    expect(Math.max(...sizes)).toBe(250)
    expect(sizes.reduce((sum, size) => sum + size)).toBe(2_702)
  })
})

describe('an export in CSV', () => {
  it('quotes cells, and lets no spreadsheet run a formula', async () => {
    const audit = makeAudit(memoryAuditStore())
    const formulas = ['=1+1', '+1', '-1', '@sum', '\t=1', ' =1', '\uff1d1']
    await audit.recordEvents({
      tenantId: 'acme',
      events: formulas.map(errorMessage => ({ ...DONE, errorMessage, requestId: 'a,"b"', details: { a: 1 } })),
    })
    const [header, ...lines] = (await partsOf(audit, { format: 'csv' })).join('').split('\r\n')
    expect(header).toMatch(/^sequence,occurred_at,recorded_at,event_type,result,/)
    expect(lines[0]).toMatch(/^1,2026-11-20T12:00:00Z,2026-11-20T12:00:00Z,test\.done,success,1,system,,,,'=1\+1,"a,""b""",,,"\{""a"":1\}",,,,/)
    expect(lines.slice(0, -1).map(line => line.split(',')[10])).toEqual(formulas.map(formula => `'${formula}`))
  })
})

describe('an export that fails', () => {
  it.each(['jsonl', 'csv'] as const)('in %s says so in its last line', async format => {
    const { audit, log } = await makeLog()
    log?.entries.splice(44, 1)
    const parts: string[] = []
    const failed = (async () => {
      for await (const part of audit.export({ tenantId: 'acme', format: 'jsonl' })) parts.push(part)
    })()
    await expect(failed).rejects.toThrow('do not match a signed checkpoint')
    const lines = parts.join('').trimEnd().split('\n')
    expect(lines.at(-1)).toMatch(/^\{"error":"The audit log is not intact at sequence /)
    expect(await check(lines)).toMatchObject({ valid: false, problem: { message: expect.stringContaining('The export is incomplete') } })

    const store = memoryAuditStore()
    const broken = makeAudit({ ...store, extent: () => Promise.reject(new Error('password=hunter2')) })
    const all: string[] = []
    await (async () => {
      for await (const part of broken.export({ tenantId: 'acme', format })) all.push(part)
    })().catch(() => {})
    expect(all.at(-1)?.trimEnd()).toBe(
      format === 'csv' ? 'ERROR,The export is incomplete. An unexpected error ended the export.' : '{"error":"An unexpected error ended the export."}',
    )
  })
})
