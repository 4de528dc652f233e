import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findAsyncLocalStorage } from './async-storage.ts'
import { mergeMetadata } from './merge-metadata.ts'
import { metadata } from './metadata-builder.ts'
import { createMetadataContext, currentMetadata, metadataScope, withMetadata } from './metadata-context.ts'

const tick = () => new Promise<void>(resolve => setImmediate(resolve))

describe('withMetadata', () => {
  it('sets the current metadata during the work, and only then', () => {
    expect(currentMetadata()).toEqual({})
    expect(withMetadata({ customerId: 'a' }, () => currentMetadata())).toEqual({ customerId: 'a' })
    expect(currentMetadata()).toEqual({})
  })
  it('accepts a builder', () => {
    expect(withMetadata(metadata().customer('a'), currentMetadata)).toEqual({ customerId: 'a' })
  })
  it('merges inner metadata over outer', () => {
    const seen = withMetadata({ customerId: 'a', attributes: { x: 1 } }, () => withMetadata({ featureId: 'chat', attributes: { y: 2 } }, currentMetadata))
    expect(seen).toEqual({ customerId: 'a', featureId: 'chat', attributes: { x: 1, y: 2 } })
  })
  it('passes the merged metadata to the work', () => {
    expect(withMetadata({ customerId: 'a' }, () => withMetadata({ featureId: 'chat' }, passed => passed))).toMatchObject({
      customerId: 'a',
      featureId: 'chat',
    })
  })
  it('covers awaits, timers and microtasks', async () => {
    const seen = await withMetadata({ customerId: 'a' }, async () => {
      await tick()
      const inner = await Promise.all([Promise.resolve().then(currentMetadata), tick().then(currentMetadata)])
      return [...inner, currentMetadata()]
    })
    expect(seen).toEqual([{ customerId: 'a' }, { customerId: 'a' }, { customerId: 'a' }])
  })
  it('ends when the work throws', () => {
    expect(() =>
      withMetadata({ customerId: 'a' }, () => {
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(currentMetadata()).toEqual({})
  })
  it('copies its source, so later changes of it have no effect', () => {
    const given = { customerId: 'a' }
    withMetadata(given, () => {
      given.customerId = 'b'
      expect(currentMetadata()).toEqual({ customerId: 'a' })
    })
  })
  it('never leaks between concurrent work, in any interleaving', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 30 }), async chains => {
        const run = (waits: readonly number[], chain: number) =>
          withMetadata({ customerId: `cust_${chain}` }, async () => {
            for (const [step, ticks] of waits.entries()) {
              for (let i = 0; i < ticks; i++) await (i % 2 === 0 ? tick() : Promise.resolve())
              expect(currentMetadata()).toEqual({ customerId: `cust_${chain}` })
              await withMetadata({ requestId: `req_${chain}_${step}` }, async () => {
                await tick()
                expect(currentMetadata()).toEqual({ customerId: `cust_${chain}`, requestId: `req_${chain}_${step}` })
              })
            }
          })
        await Promise.all(chains.map(run))
        expect(currentMetadata()).toEqual({})
      }),
      { numRuns: 30 },
    )
  })
})

describe('metadataScope', () => {
  it('extends the current metadata until the block ends', () => {
    withMetadata({ customerId: 'a' }, () => {
      {
        using outer = metadataScope({ featureId: 'chat' })
        using inner = metadataScope(metadata().custom('x', 1))
        expect(currentMetadata()).toEqual({ customerId: 'a', featureId: 'chat', attributes: { x: 1 } })
        void [outer, inner]
      }
      expect(currentMetadata()).toEqual({ customerId: 'a' })
    })
  })
  it('ends when the block throws', () => {
    expect(() => {
      using scope = metadataScope({ customerId: 'a' })
      void scope
      throw new Error('stop')
    }).toThrow('stop')
    expect(currentMetadata()).toEqual({})
  })
  it('covers awaits, and ends for a caller that awaits', async () => {
    for (const customerId of ['a', 'b', 'c']) {
      await handle(customerId)
      expect(currentMetadata()).toEqual({})
    }
    async function handle(customerId: string): Promise<void> {
      using scope = metadataScope({ customerId })
      await tick()
      expect(currentMetadata()).toEqual({ customerId })
      void scope
    }
  })
  it('never leaks between work that starts in its own continuation', async () => {
    const chains = Array.from({ length: 50 }, async (_, chain) => {
      await tick() // Continues in a continuation of its own, as requests of a server do.
      using scope = metadataScope({ customerId: `cust_${chain}` })
      for (let i = 0; i < chain % 5; i++) await tick()
      expect(currentMetadata()).toEqual({ customerId: `cust_${chain}` })
      void scope
    })
    await Promise.all(chains)
    expect(currentMetadata()).toEqual({})
  })
  it('is visible to the synchronous caller until it is disposed, as documented', async () => {
    const work = (async () => {
      using scope = metadataScope({ customerId: 'a' })
      await tick()
      void scope
    })()
    expect(currentMetadata()).toEqual({ customerId: 'a' })
    await work
    expect(currentMetadata()).toEqual({})
  })
  it('ends for work that started inside it and is still running', async () => {
    let late: Promise<unknown>
    {
      using scope = metadataScope({ customerId: 'a' })
      late = tick().then(currentMetadata)
      void scope
    }
    expect(await late).toEqual({})
  })
  it('can be disposed out of order, and twice', () => {
    const outer = metadataScope({ customerId: 'a' })
    const inner = metadataScope({ featureId: 'chat' })
    outer[Symbol.dispose]()
    outer[Symbol.dispose]()
    expect(currentMetadata()).toEqual({ featureId: 'chat' })
    inner[Symbol.dispose]()
    expect(currentMetadata()).toEqual({})
  })
})

describe('without AsyncLocalStorage', () => {
  const context = createMetadataContext(undefined)
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  afterEach(() => warn.mockClear())

  it('covers synchronous calls, including nested ones', () => {
    const seen = context.withMetadata({ customerId: 'a' }, () => context.withMetadata({ featureId: 'chat' }, context.currentMetadata))
    expect(seen).toEqual({ customerId: 'a', featureId: 'chat' })
    expect(context.currentMetadata()).toEqual({})
    expect(warn).not.toHaveBeenCalled()
  })
  it('is empty after an await, never the metadata of another caller; warns once; and passes the metadata to the work', async () => {
    const chain = (customerId: string) =>
      context.withMetadata({ customerId }, async passed => {
        expect(context.currentMetadata()).toEqual({ customerId })
        await tick()
        expect(context.currentMetadata()).toEqual({})
        return passed
      })
    expect(await Promise.all([chain('a'), chain('b')])).toEqual([{ customerId: 'a' }, { customerId: 'b' }])
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/without AsyncLocalStorage/)]])
  })
  it('has no scopes, and the error says what to use instead', () => {
    expect(() => context.metadataScope({ customerId: 'a' })).toThrow(/Use withMetadata/)
  })
})

describe('findAsyncLocalStorage', () => {
  const { AsyncLocalStorage: Storage } = process.getBuiltinModule('node:async_hooks')
  it('returns the global of edge runtimes', () => {
    expect(findAsyncLocalStorage({ AsyncLocalStorage: Storage })).toBe(Storage)
  })
  it('returns the built-in module of Node.js', () => {
    expect(findAsyncLocalStorage({ process: { getBuiltinModule: name => (name === 'node:async_hooks' ? { AsyncLocalStorage: Storage } : undefined) } })).toBe(
      Storage,
    )
  })
  it.each([{}, { process: {} }, { process: { getBuiltinModule: () => undefined } }])('finds none in %j', runtime => {
    expect(findAsyncLocalStorage(runtime)).toBeUndefined()
  })
})

it('loads in a runtime without AsyncLocalStorage, such as a browser', () => {
  const index = fileURLToPath(new URL('./index.ts', import.meta.url))
  const program = `
    process.getBuiltinModule = undefined
    const { withMetadata, currentMetadata } = await import(${JSON.stringify(index)})
    process.stdout.write(JSON.stringify(withMetadata({ customerId: 'a' }, currentMetadata)))`
  const printed = execFileSync(process.execPath, ['--conditions=source', '--input-type=module', '-e', program], { encoding: 'utf8' })
  expect(JSON.parse(printed)).toEqual({ customerId: 'a' })
})

it('mergeMetadata does not change its arguments', () => {
  const below = { customerId: 'a', attributes: { x: 1 } }
  const above = { attributes: { x: 2 } }
  expect(mergeMetadata(below, above)).toEqual({ customerId: 'a', attributes: { x: 2 } })
  expect([below, above]).toEqual([{ customerId: 'a', attributes: { x: 1 } }, { attributes: { x: 2 } }])
})
