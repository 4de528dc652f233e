import { hash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ArchiveFiles } from './archive-files.ts'
import type { Audit } from './audit.ts'
import { checkExport, logOrigin, noteVerifier, parseVerifierKey, publicKeyBytes, verifyProof } from './index.ts'
import { type MemoryAuditLog, memoryAuditLogs, memoryAuditStore } from './memory/index.ts'
import { makeAudit, testSigningKey } from './testing/builders/make-audit.ts'
import { seededRandom } from './testing/builders/seeded-random.ts'

const TENANT = 'acme'
const MONTHS = ['2026-11-01', '2026-12-01', '2027-01-01']

/** Files in memory, by name. */
function memoryFiles(): ArchiveFiles & { readonly byName: Map<string, string> } {
  const byName = new Map<string, string>()
  return {
    byName,
    async write(name, lines) {
      let text = ''
      for await (const part of lines) text += part
      byName.set(name, text)
      return hash('sha256', text)
    },
    async open(name) {
      const text = byName.get(name)
      if (text === undefined) return undefined
      return {
        sha256: hash('sha256', text),
        async *lines() {
          const lines = text.split('\n')
          yield* lines.at(-1) === '' ? lines.slice(0, -1) : lines
        },
      }
    },
  }
}

let audit: ReturnType<typeof makeAudit>
let log: MemoryAuditLog
let files: ReturnType<typeof memoryFiles>

/** Removes archived entries from the store, as the owner does. */
function drop(of: MemoryAuditLog, months: readonly string[]): void {
  of.archives = of.archives.map(archive => (months.includes(archive.month) ? { ...archive, isDropped: true } : archive))
  const last = Math.max(0, ...of.archives.filter(({ isDropped }) => isDropped).map(({ lastSequence }) => lastSequence))
  of.entries = of.entries.filter(({ sequence }) => sequence > last)
}

const archive = (month: string, by: Audit = audit) => by.archiveMonth({ tenantId: TENANT, month, files })

/** 33 events from November to February, three days apart. November and December are archived and dropped, January is archived. */
beforeEach(async () => {
  const logs = memoryAuditLogs()
  audit = makeAudit(memoryAuditStore({ logs }))
  files = memoryFiles()
  for (let i = 0; i < 33; i++) {
    await audit.recordEvents({ tenantId: TENANT, events: [{ family: 'test', action: 'done', details: { i }, ipAddress: `10.0.0.${i}` }] })
    audit.clock.advance({ hours: 72 })
  }
  log = logs.get(TENANT) ?? log
  for (const month of MONTHS) await archive(month)
  drop(log, MONTHS.slice(0, 2))
})

describe('an archived log', () => {
  it('verifies over its files and the store, or from the last removed month on, and says which', async () => {
    expect(log.archives.map(({ file, firstSequence, lastSequence }) => [file, firstSequence, lastSequence])).toEqual([
      ['acme/2026-11.jsonl.gz', 1, 4],
      ['acme/2026-12.jsonl.gz', 5, 14],
      ['acme/2027-01.jsonl.gz', 15, 25],
    ])
    expect(await audit.verify({ tenantId: TENANT, files })).toMatchObject({ valid: true, events: 33, archivedEvents: 0, archives: 3, checkpoints: 3 })
    expect(await audit.verify({ tenantId: TENANT })).toMatchObject({ valid: true, events: 19, archivedEvents: 14, archives: 0 })
    expect(await archive('2027-01-01')).toBeUndefined()
    expect(await archive('2026-11-01')).toBeUndefined()
  })

  it('has files that verify offline with the key alone, and no readable personal data', async () => {
    const [key = ''] = audit.verifierKeys(TENANT)
    const { name, publicKey } = parseVerifierKey(key)
    for (const text of files.byName.values()) {
      const lines = (async function* () {
        yield* text.trimEnd().split('\n')
      })()
      expect(await checkExport(lines, () => [noteVerifier(name, publicKey)])).toMatchObject({ valid: true })
      expect(text).not.toContain('10.0.0.')
    }
  })

  it('accepts events, checkpoints, exports and proofs as before', async () => {
    await audit.recordEvents({ tenantId: TENANT, events: [{ family: 'test', action: 'done' }] })
    const { size } = await audit.checkpoint(TENANT)
    expect(size).toBe(34)
    const [key = ''] = audit.verifierKeys(TENANT)
    const { name, publicKey } = parseVerifierKey(key)
    for (const sequence of [15, 20, 25, 26, 34]) {
      const proof = await audit.prove({ tenantId: TENANT, sequence })
      expect(verifyProof(proof, logOrigin('tollgate.example.com', TENANT), [noteVerifier(name, publicKey)])).toMatchObject({ sequence, size: 34 })
    }
    await expect(audit.prove({ tenantId: TENANT, sequence: 3 })).rejects.toThrow('There is no audit event')
    for (const oldSize of [14, 20, 34]) await audit.proveConsistency({ tenantId: TENANT, oldSize })
    await expect(audit.proveConsistency({ tenantId: TENANT, oldSize: 10 })).rejects.toThrow('only in archives')
    let exported = ''
    for await (const part of audit.export({ tenantId: TENANT, format: 'jsonl' })) exported += part
    const lines = (async function* () {
      yield* exported.trimEnd().split('\n')
    })()
    expect(await checkExport(lines, () => [noteVerifier(name, publicKey)])).toMatchObject({ valid: true, events: 20, skipped: 14 })
  })

  it('stays verifiable after the signing key was replaced', async () => {
    const rotated = makeAudit(memoryAuditStore({ logs: new Map([[TENANT, log]]) }), {
      signingKeys: [testSigningKey(2)],
      retiredKeys: [publicKeyBytes(testSigningKey(1))],
    })
    expect(await rotated.verify({ tenantId: TENANT, files })).toMatchObject({ valid: true, archives: 3 })
    expect(await rotated.verify({ tenantId: TENANT })).toMatchObject({ valid: true, archivedEvents: 14 })
  })
})

describe('verification names an archive', () => {
  it.each<{ name: string; change: () => void; message: string }>([
    { name: 'that is missing', change: () => files.byName.delete('acme/2026-12.jsonl.gz'), message: 'acme/2026-12.jsonl.gz is missing' },
    { name: 'that is missing and not needed yet', change: () => files.byName.delete('acme/2027-01.jsonl.gz'), message: 'acme/2027-01.jsonl.gz is missing' },
    {
      name: 'that was replaced by another month',
      change: () => files.byName.set('acme/2026-12.jsonl.gz', files.byName.get('acme/2026-11.jsonl.gz') ?? ''),
      message: 'acme/2026-12.jsonl.gz does not continue the log at sequence 5',
    },
    {
      name: 'whose stored state was changed',
      change: () => (log.archives = log.archives.with(1, { ...log.archives[1], lastHash: '00'.repeat(32) } as (typeof log.archives)[number])),
      message: 'acme/2026-12.jsonl.gz has a stored state that does not match it',
    },
  ])('$name', async ({ change, message }) => {
    change()
    const { valid, firstInvalid } = await audit.verify({ tenantId: TENANT, files })
    expect({ valid, reason: firstInvalid?.reason, message: firstInvalid?.message }).toEqual({
      valid: false,
      reason: 'archive',
      message: expect.stringContaining(message),
    })
  })

  it('whose stored frontier was changed, without its files too', async () => {
    log.archives = log.archives.map(one => ({ ...one, frontier: one.frontier.map(() => new Uint8Array(32)) }))
    expect(await audit.verify({ tenantId: TENANT })).toMatchObject({ valid: false, firstInvalid: { reason: 'archive' } })
  })

  it('wherever it was changed, in 1,000 random ways', async () => {
    const random = seededRandom(20_261_126)
    const pick = (count: number) => Math.floor(random() * count)
    const original = new Map(files.byName)
    const names = [...original.keys()]
    const missed: string[] = []
    for (let i = 0; i < 1_000; i++) {
      const name = names[pick(names.length)] ?? ''
      const text = original.get(name) ?? ''
      const lines = text.split('\n')
      const at = pick(text.length)
      const line = pick(lines.length - 1)
      const changed = [
        () => `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`,
        () => text.slice(0, at),
        () => lines.toSpliced(line, 1).join('\n'),
        () => lines.toSpliced(line, 0, lines[line] ?? '').join('\n'),
        () => text.replaceAll('"done"', '"undone"'),
      ][pick(5)]?.()
      if (changed === text || changed === undefined) continue
      files.byName.set(name, changed)
      if ((await audit.verify({ tenantId: TENANT, files })).valid) missed.push(`${name} at ${at}`)
      files.byName.set(name, text)
    }
    expect(missed).toEqual([])
  })
})

it('does not let a month be removed whose file is missing or was changed', async () => {
  files.byName.delete('acme/2027-01.jsonl.gz')
  await expect(archive('2027-01-01')).rejects.toThrow('The archive acme/2027-01.jsonl.gz is missing.')
})

it('archives no log that is not intact', async () => {
  await audit.recordEvents({ tenantId: TENANT, events: [{ family: 'test', action: 'done' }] })
  log.entries = log.entries.map(entry => (entry.sequence === 27 ? { ...entry, action: 'undone' } : entry))
  await expect(archive('2027-02-01')).rejects.toThrow('not intact at sequence 27')
  expect(files.byName.has('acme/2027-02.jsonl.gz')).toBe(false)
  expect(log.archives).toHaveLength(3)
})
