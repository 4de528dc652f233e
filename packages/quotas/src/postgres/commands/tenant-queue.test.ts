import { Decimal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyCommand } from '../../engine/apply-command.ts'
import { checkPolicy } from '../../model/policies/check-policy.ts'
import type { QuotaCommand } from '../../engine/command.ts'
import type { CommandOutcome } from '../../engine/commands/outcome.ts'
import { counterOf } from '../../model/counters/counter.ts'
import type { Demand } from '../../engine/demands/demand.ts'
import { newCounter } from '../../engine/state/counter-state.ts'
import type { QuotaState } from '../../engine/state/quota-state.ts'
import { coalesceCommands } from './coalesce-commands.ts'
import { TenantQueue } from './tenant-queue.ts'
import { touchedCounters } from './touched-counters.ts'

const NOON = Date.UTC(2026, 10, 20, 12)
const CUSTOMERS = ['a', 'b', 'c', 'd']

const checked = checkPolicy({ metric: 'requests', window: 'hour', scope: ['customer'], limit: '12' }, { id: 'policy', source: 'plan', setBy: null })
if ('issues' in checked) throw new Error(JSON.stringify(checked.issues))
const { policy } = checked

function demandOf(customer: string, amount: number): Demand {
  const counter = counterOf('acme', policy, { customer }, { fromMs: NOON, toMs: NOON + 3_600_000 })
  return { request: 0, counter, policy, amount: new Decimal(amount), atMs: NOON }
}

/** Commands whose counters are known, and commands whose counters are not. */
const commands = fc
  .array(
    fc.record({
      kind: fc.constantFrom('enforce', 'enforce', 'enforce', 'reserve', 'consume', 'settle', 'release'),
      customers: fc.uniqueArray(fc.constantFrom(...CUSTOMERS), { minLength: 1, maxLength: 2 }),
      amount: fc.integer({ min: 1, max: 5 }),
      ends: fc.nat(),
    }),
    { maxLength: 40 },
  )
  .map(drawn =>
    drawn.map(({ kind, customers, amount, ends }, i): QuotaCommand => {
      const of = { tenantId: 'acme', nowMs: NOON }
      const demands = customers.map(customer => demandOf(customer, amount))
      const reservation = { id: `r${i}`, tenantId: 'acme', atMs: NOON, expiresAtMs: NOON + 60_000, dimensions: {}, amounts: [] }
      const ended = `r${ends % (i + 1)}`
      if (kind === 'release') return { ...of, kind, reservationId: ended }
      if (kind === 'consume') return { ...of, kind, revision: '', demands }
      if (kind === 'settle') return { ...of, kind, revision: '', demands, reservationId: ended, onlyIfOpen: false }
      if (kind === 'reserve') return { ...of, kind, revision: '', demands, reservation, recalls: true }
      return { ...of, kind: 'enforce', revision: '', demands, recalls: true }
    }),
  )

describe('TenantQueue', () => {
  it('never has one counter in two transactions, and keeps the commands of each counter in order', () => {
    fc.assert(
      fc.property(commands, fc.array(fc.nat(), { maxLength: 80 }), fc.integer({ min: 1, max: 5 }), (all, choices, counters) => {
        const queue = new TenantQueue<{ command: QuotaCommand; place: number }>()
        const gone: number[] = []
        const inFlight: NonNullable<ReturnType<typeof queue.take>>[] = []
        let added = 0
        const take = () => {
          const taken = queue.take({ commands: 6, counters })
          if (taken === undefined) return false
          for (const { command, place } of taken.waiting) {
            const [mine, early] = [touchedCounters(command), all.slice(0, place).filter((_, i) => !gone.includes(i))]
            for (const other of early) expect(meet(mine, touchedCounters(other))).toBe(false)
            for (const { waiting } of inFlight) for (const other of waiting) expect(meet(mine, touchedCounters(other.command))).toBe(false)
            gone.push(place)
          }
          inFlight.push(taken)
          return true
        }
        const end = (which: number) => {
          const [ended] = inFlight.splice(which % inFlight.length, 1)
          if (ended) queue.done(ended)
        }
        for (const choice of choices) {
          if (choice % 3 === 0 && added < all.length) queue.add({ command: all[added] as QuotaCommand, place: added++ })
          else if (choice % 3 === 1) take()
          else end(choice)
        }
        while (added < all.length) queue.add({ command: all[added] as QuotaCommand, place: added++ })
        // With nothing in flight, some command can always start.
        while (!queue.isEmpty) {
          if (take()) continue
          expect(inFlight).not.toEqual([])
          end(0)
        }
        expect(gone.toSorted((a, b) => a - b)).toEqual(all.map((_, i) => i))
      }),
      { numRuns: 300 },
    )
  })

  it('starts a second transaction at once for commands that touch other counters', () => {
    const queue = new TenantQueue<{ command: QuotaCommand }>()
    const record = (customer: string): { command: QuotaCommand } => ({
      command: { kind: 'consume', tenantId: 'acme', nowMs: NOON, revision: '', demands: [demandOf(customer, 1)] },
    })
    const [a, b, again, c] = [record('a'), record('b'), record('a'), record('c')]
    for (const one of [a, b, again, c]) queue.add(one)
    const limits = { commands: 10, counters: 1 }
    const first = queue.take(limits)
    expect(first?.waiting).toEqual([a])
    expect(queue.take(limits)?.waiting).toEqual([b])
    expect(queue.take(limits)?.waiting).toEqual([c])
    expect(queue.take(limits)).toBeUndefined()
    if (first) queue.done(first)
    expect(queue.take(limits)?.waiting).toEqual([again])
  })
})

it('concurrent transactions of one tenant have the outcomes of applying its commands one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(commands, fc.array(fc.nat({ max: 3 }), { minLength: 1 }), fc.scheduler(), async (all, turns, scheduler) => {
      const stored = emptyState()
      // Like a transaction without locks: reads at its start, writes at its end. Two with the same counter would lose usage.
      const apply = coalesceCommands(
        async group => {
          const read = copyOf(stored)
          const work = copyOf(read)
          const outcomes = group.map(command => applyCommand(work, command))
          await scheduler.schedule(Promise.resolve())
          for (const [key, counter] of work.counters) if (shown(counter) !== shown(read.counters.get(key))) stored.counters.set(key, counter)
          for (const [id, record] of work.reservations) if (record.closed !== read.reservations.get(id)?.closed) stored.reservations.set(id, record)
          return outcomes
        },
        { countersPerTransaction: 2, commandsPerTransaction: 5, transactionsOfTenant: 3 },
      )
      const answers: Promise<CommandOutcome>[] = []
      for (const [i, command] of all.entries()) {
        answers.push(apply(command))
        for (let turn = 0; turn < (turns[i % turns.length] ?? 0); turn++) await Promise.resolve()
      }
      await scheduler.waitFor(Promise.all(answers))
      const inTurn = emptyState()
      const expected = all.map(command => applyCommand(inTurn, command))
      expect(plain(await Promise.all(answers))).toEqual(plain(expected))
      for (const [key, counter] of inTurn.counters) expect(shown(stored.counters.get(key))).toBe(shown(counter))
    }),
    { numRuns: 200 },
  )
})

/** Undefined means any counter. */
function meet(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === undefined || b === undefined || a.some(counter => b.includes(counter))
}

function emptyState(): QuotaState {
  return { revisionOf: () => '', counters: new Map(), reservations: new Map(), keyedUses: new Map(), alerts: [], recalls: [] }
}

function copyOf({ counters, reservations, ...state }: QuotaState): QuotaState {
  return {
    ...state,
    counters: new Map([...counters].map(([key, counter]) => [key, { ...counter, holds: new Map(counter.holds) }])),
    reservations: new Map([...reservations].map(([id, record]) => [id, { ...record }])),
  }
}

function shown({ used, reserved, holds } = newCounter()): string {
  return JSON.stringify([used, reserved, [...holds.keys()].toSorted()])
}

function plain(outcomes: readonly CommandOutcome[]): unknown {
  return outcomes.map(outcome =>
    outcome.kind === 'decided' ? outcome.outcomes.map(({ used, reserved, refusal }) => [used.toFixed(), reserved.toFixed(), refusal]) : outcome,
  )
}
