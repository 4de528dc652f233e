import { afterAll, beforeEach, expect, vi } from 'vitest'
import { createTollgate } from '../create-tollgate.ts'
import type { UsageEventInput } from '../model/operations.ts'
import type { Tollgate } from '../tollgate.ts'
import { type MemoryEngine, memoryEngine } from './memory-engine.ts'
import { type ProviderServer, startProviderServer } from './provider-server.ts'

/** What the tests of a wrapper share: a server that stands for the provider, and clients that record in memory. */
export interface WrapperTest {
  readonly provider: ProviderServer
  /** The engine of this test. Each test begins with an empty one. */
  readonly engine: MemoryEngine
  /** What the clients measure durations with. */
  nowMs: number
  createClient(): Tollgate
  /** Waits for the events, which are recorded after the caller has its answer. */
  recorded(count?: number): Promise<UsageEventInput[]>
}

/** Starts what the tests of a wrapper share, and stops it after the last test of the file. */
export async function startWrapperTest(options: { readonly http2?: boolean } = {}): Promise<WrapperTest> {
  const provider = await startProviderServer(options)
  let engine = memoryEngine()
  beforeEach(() => {
    engine = memoryEngine()
    test.nowMs = 0
  })
  afterAll(() => provider[Symbol.asyncDispose]())
  const test: WrapperTest = {
    provider,
    get engine() {
      return engine
    },
    nowMs: 0,
    createClient: () => createTollgate({ engine, platform: { monotonicMs: () => test.nowMs } }),
    async recorded(count = 1) {
      await vi.waitFor(() => expect(engine.events).toHaveLength(count), { interval: 1 })
      return [...engine.events]
    },
  }
  return test
}

/** Reads a stream to its end. */
export async function collect<Part>(parts: AsyncIterable<Part>): Promise<Part[]> {
  const all: Part[] = []
  for await (const part of parts) all.push(part)
  return all
}
