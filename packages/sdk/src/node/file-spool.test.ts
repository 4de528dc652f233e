import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTollgate } from '../create-tollgate.ts'
import { EngineFailure } from '../errors.ts'
import type { Spool } from '../spool-store.ts'
import { memoryEngine } from '../testing/memory-engine.ts'
import { fileSpool } from './file-spool.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-spool-'))
})
afterEach(() => rm(directory, { recursive: true }))

const event = (operation: string) => ({ event: { operation, idempotencyKey: operation } })
const segments = async () => (await readdir(directory)).filter(name => name.startsWith('segment-'))

async function everyEvent(spool: Spool): Promise<string[]> {
  const operations: string[] = []
  for (let events = await spool.next(); events.length > 0; events = await spool.next()) {
    operations.push(...events.map(({ spooled }) => spooled.event.operation))
    spool.remove(events.map(({ position }) => position))
  }
  return operations
}

describe('a spool', () => {
  it('returns the events that the last process left, and deletes them when they are answered for', async () => {
    const first = fileSpool(directory)
    const positions = await Promise.all(['a', 'b', 'c'].map(name => first.append(event(name), { inMemory: true })))
    first.remove(positions.slice(1, 2))
    await first.close()

    const second = fileSpool(directory)
    expect(second.stats()).toMatchObject({ hasMore: true, segments: 1 })
    // Segments are sent again as a whole: the server recognises what it has.
    expect(await everyEvent(second)).toEqual(['a', 'b', 'c'])
    await second.close()
    expect(await segments()).toEqual([])
    expect(fileSpool(directory).stats()).toMatchObject({ hasMore: false, bytes: 0 })
  })

  it('leaves nothing behind when everything was answered for', async () => {
    const spool = fileSpool(directory)
    spool.remove([await spool.append(event('a'), { inMemory: true })])
    await spool.close()
    expect(await readdir(directory)).toEqual([])
  })

  it('returns events that were not kept in memory, in order, also while more are appended', async () => {
    const spool = fileSpool(directory, { segmentBytes: 200 })
    await spool.append(event('in memory'), { inMemory: true })
    for (let i = 0; i < 10; i++) await spool.append(event(`on disk ${i}`), { inMemory: false })
    const [first] = await spool.next()
    expect(first?.spooled).toEqual(event('on disk 0'))
    await spool.append(event('later'), { inMemory: false })
    expect((await everyEvent(spool)).at(-1)).toBe('later')
    await spool.close()
  })

  it('writes an event to a new segment if it is appended at the moment at which the last one is read', async () => {
    const spool = fileSpool(directory)
    const read: string[] = []
    // The moment is some microtasks after the end of a write.
    for (let microtasks = 0; microtasks < 20; microtasks++) {
      await spool.append(event(`${microtasks} zeroth`), { inMemory: false })
      const first = spool.append(event(`${microtasks} first`), { inMemory: false })
      const reading = everyEvent(spool)
      await first
      for (let i = 0; i < microtasks; i++) await Promise.resolve()
      await spool.append(event(`${microtasks} second`), { inMemory: false })
      read.push(...(await reading), ...(await everyEvent(spool)))
    }
    expect(read).toEqual(Array.from({ length: 20 }, (_, i) => [`${i} zeroth`, `${i} first`, `${i} second`]).flat())
    await spool.close()
  })

  it('leaves out a line that a crash cut off or filled with garbage, and keeps all others', async () => {
    const spool = fileSpool(directory)
    await spool.append(event('a'), { inMemory: true })
    await spool.append(event('b'), { inMemory: true })
    await spool.close()
    const [name = ''] = await segments()
    await appendFile(join(directory, name), 'deadbeef {"event":{"operation":"never acknowledged"}}\n0000')
    const cut = join(directory, 'segment-000000000099.jsonl')
    await writeFile(cut, '')
    await truncate(cut, 100)
    const next = fileSpool(directory)
    expect(await everyEvent(next)).toEqual(['a', 'b'])
    await next.close()
  })

  it('refuses events beyond its maximum', async () => {
    const spool = fileSpool(directory, { maxBytes: 100 })
    await spool.append(event('a'), { inMemory: true })
    await expect(spool.append(event('b'.repeat(100)), { inMemory: true })).rejects.toMatchObject({ code: 'SPOOL_FULL' })
    await spool.close()
  })

  it('belongs to one process at a time, and is taken over from one that ended', async () => {
    const spool = fileSpool(directory)
    expect(() => fileSpool(directory)).toThrow(/is used by another process/)
    await spool.close()
    const owner = join(directory, 'owner.json')
    await writeFile(owner, JSON.stringify({ pid: process.ppid, host: hostname() }))
    expect(() => fileSpool(directory)).toThrow(/is used by another process/)
    await writeFile(owner, JSON.stringify({ pid: 2 ** 30, host: hostname() }))
    await fileSpool(directory).close()
    await writeFile(owner, '')
    await fileSpool(directory).close()
  })
})

describe('a client with a spool', () => {
  it('keeps more calls than fit into memory, and sends all of them once Tollgate answers', async () => {
    const engine = memoryEngine()
    const tollgate = createTollgate({
      engine,
      delivery: 'background',
      bufferSize: 10,
      batchSize: 5,
      circuitOpenMs: 5,
      retries: 0,
      spool: fileSpool(directory, { segmentBytes: 2_000 }),
    })
    engine.before = () => {
      throw new EngineFailure('UNAVAILABLE', 'down')
    }
    for (let i = 0; i < 100; i++) expect(await tollgate.record({ operation: `op${i}` })).toMatchObject({ outcome: 'QUEUED' })
    engine.before = () => {}
    await tollgate.flush()
    expect(new Set(engine.events.map(({ operation }) => operation)).size).toBe(100)
    expect(tollgate.stats()).toMatchObject({ dropped: 0, queued: 0 })
    await tollgate.close()
    expect(await segments()).toEqual([])
  })

  it('records calls in memory and reports the error if the spool cannot be written', async () => {
    const engine = memoryEngine()
    const errors: Error[] = []
    const tollgate = createTollgate({ engine, spool: fileSpool(directory, { maxBytes: 1 }), onError: error => errors.push(error) })
    expect(await tollgate.record({ operation: 'chat' })).toMatchObject({ outcome: 'ACCEPTED' })
    expect(errors).toMatchObject([{ code: 'SPOOL_FULL' }])
    await tollgate.close()
  })

  it('loses nothing that it acknowledged when its process is killed, and sends nothing twice', async () => {
    const program = `
      import { createTollgate } from './src/index.ts'
      import { fileSpool } from './src/node/index.ts'
      const tollgate = createTollgate({ url: 'http://127.0.0.1:1', apiKey: 'none', delivery: 'background', retries: 0, spool: fileSpool(process.argv[1], { segmentBytes: 50_000 }) })
      const record = async () => { for (;;) console.log((await tollgate.record({ operation: 'chat' })).callId) }
      for (let i = 0; i < 20; i++) void record()`
    const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program, directory], {
      cwd: new URL('../..', import.meta.url),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const acknowledged: string[] = []
    for await (const line of createInterface(child.stdout)) {
      acknowledged.push(line)
      if (acknowledged.length === 2_000) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    expect(child.signalCode).toBe('SIGKILL')

    const engine = memoryEngine()
    const tollgate = createTollgate({ engine, spool: fileSpool(directory) })
    await vi.waitFor(() => expect(tollgate.stats().spool?.hasMore).toBe(false))
    await tollgate.flush()
    const recorded = new Set(engine.events.map(({ idempotencyKey }) => idempotencyKey))
    expect(acknowledged.filter(callId => !recorded.has(callId))).toEqual([])
    expect(recorded.size).toBe(tollgate.stats().accepted)
    expect(tollgate.stats().duplicates).toBe(0)
    await tollgate.close()
    expect(await readdir(directory)).toEqual([])
  })
})
