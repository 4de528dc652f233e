import { OPERATOR_SCOPE, type Scope, scopeIncludes, tenantScope } from '@tollgate/kernel'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { BeyondTheEnd, createTail, type TailSource } from './tail.ts'
import { waitFor } from '../../../../test/kit/wait-for.ts'

interface Row {
  readonly at: bigint
  readonly tenantId: string | null
}

/** A table in memory whose answers take as long as `delay` says, and show what was there some time in between. */
function tableOf(rows: Row[], delay: () => Promise<void> = async () => {}) {
  const read = vi.fn<TailSource<Row>['read']>(async (scope, { after, first }) => {
    await delay()
    const page = seenBy(scope, rows)
      .filter(({ at }) => at > after)
      .slice(0, first)
    await delay()
    return page
  })
  const source: TailSource<Row> = {
    read,
    last: async () => {
      await delay()
      return rows.at(-1)?.at ?? 0n
    },
    position: ({ at }) => at,
    tenantId: ({ tenantId }) => tenantId,
  }
  return { source, read }
}

const seenBy = (scope: Scope, rows: readonly Row[]) =>
  rows.filter(({ tenantId }) => (tenantId === null ? scope.kind === 'operator' : scopeIncludes(scope, tenantId)))

const SCOPES = [OPERATOR_SCOPE, tenantScope('a'), tenantScope('b')]

it('gives each follower every row of its scope once and in order, whenever it joins, leaves, returns or falls behind', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom('a', 'b', null), { minLength: 1, maxLength: 14 }),
      fc.array(fc.record({ scope: fc.constantFrom(...SCOPES), stays: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
      async (scheduler, added, clients) => {
        const rows: Row[] = []
        const delay = () => scheduler.schedule(Promise.resolve())
        const tail = createTail({ source: tableOf(rows, delay).source, pageSize: 2, queueSize: 2 })
        const add = async () => {
          for (const [index, tenantId] of added.entries()) {
            await delay()
            rows.push({ at: BigInt(index + 1), tenantId })
            tail.wake()
          }
          // What ends every client's wait, whatever its scope.
          for (const tenantId of ['a', 'b', null]) rows.push({ at: BigInt(rows.length + 1), tenantId })
          tail.wake()
        }
        const follow = async ({ scope, stays }: (typeof clients)[number]) => {
          const got: bigint[] = []
          const lastOfAll = () => (rows.length > added.length ? seenBy(scope, rows).at(-1)?.at : undefined)
          for (const stay of [...stays, Number.POSITIVE_INFINITY]) {
            const stream = await tail.follow(scope, got.at(-1) ?? 0n)
            for (let taken = 0; taken < stay && (got.length === 0 || got.at(-1) !== lastOfAll()); taken++) {
              const { value } = await stream.next()
              if (value !== undefined) got.push(value.at)
              await delay()
            }
            expect(stream.resumeAfter()).toBe(got.at(-1) ?? 0n)
            await stream.return(undefined)
          }
          expect(got).toEqual(seenBy(scope, rows).map(({ at }) => at))
        }
        await scheduler.waitFor(Promise.all([add(), ...clients.map(follow)]))
      },
    ),
    { numRuns: 1_000 },
  )
})

it('reads new rows once for all followers at the tip', async () => {
  const rows: Row[] = []
  const { source, read } = tableOf(rows)
  const tail = createTail({ source })
  const streams = await Promise.all(Array.from({ length: 50 }, () => tail.follow(OPERATOR_SCOPE)))
  const waiting = streams.map(stream => stream.next())
  await waitFor(() => expect(read).toHaveBeenCalledTimes(50))
  await new Promise(setImmediate)
  read.mockClear()
  rows.push({ at: 1n, tenantId: 'a' })
  tail.wake()
  expect((await Promise.all(waiting)).map(({ value }) => value?.at)).toEqual(Array(50).fill(1n))
  expect(read).toHaveBeenCalledTimes(1)
})

it('buffers a bounded number of rows for a follower that does not read, and reads the rest for it later', async () => {
  const rows: Row[] = []
  const { source, read } = tableOf(rows)
  const tail = createTail({ source, queueSize: 3, pageSize: 100 })
  const slow = await tail.follow(OPERATOR_SCOPE)
  const first = slow.next()
  await waitFor(() => expect(read).toHaveBeenCalledTimes(1))
  for (let at = 1n; at <= 1_000n; at++) {
    rows.push({ at, tenantId: 'a' })
    tail.wake()
  }
  expect((await first).value?.at).toBe(1n)
  read.mockClear()
  for (let at = 2n; at <= 3n; at++) expect((await slow.next()).value?.at).toBe(at)
  expect(read).not.toHaveBeenCalled() // Those were kept; nothing behind them was.
  for (let at = 4n; at <= 1_000n; at++) expect((await slow.next()).value?.at).toBe(at)
  expect(read.mock.calls.length).toBeGreaterThanOrEqual(10)
})

it('reads nothing without followers', async () => {
  const { source, read } = tableOf([{ at: 1n, tenantId: 'a' }])
  const tail = createTail({ source })
  tail.wake()
  const stream = await tail.follow(OPERATOR_SCOPE, 0n)
  await stream.next()
  await stream.return(undefined)
  read.mockClear()
  tail.wake()
  expect(read).not.toHaveBeenCalled()
})

it('retries when new rows could not be read', async () => {
  const rows: Row[] = []
  const { source, read } = tableOf(rows)
  const onError = vi.fn()
  const tail = createTail({ source, onError, retryAfterMs: 1 })
  const stream = await tail.follow(OPERATOR_SCOPE)
  const next = stream.next()
  await waitFor(() => expect(read).toHaveBeenCalledTimes(1))
  rows.push({ at: 1n, tenantId: 'a' })
  read.mockRejectedValueOnce(new Error('away'))
  tail.wake()
  expect((await next).value?.at).toBe(1n)
  expect(onError).toHaveBeenCalledTimes(1)
})

it('rejects a position after the last row', async () => {
  const tail = createTail({ source: tableOf([{ at: 7n, tenantId: 'a' }]).source })
  await expect(tail.follow(OPERATOR_SCOPE, 8n)).rejects.toThrow(BeyondTheEnd)
  await expect(tail.follow(OPERATOR_SCOPE, 7n)).resolves.toBeDefined()
})
