import { describe, expect, it } from 'vitest'
import type { QuotaCommand } from '../../engine/command.ts'
import type { CommandOutcome } from '../../engine/commands/outcome.ts'
import { QuotasOverloaded, QuotaStoreUnavailable } from '../../model/errors.ts'
import { coalesceCommands, type CoalesceLimits } from './coalesce-commands.ts'

const DONE: CommandOutcome = { kind: 'done', stateBefore: null, expiresAtMs: null }

function release(tenantId: string, reservationId: string): QuotaCommand {
  return { kind: 'release', tenantId, reservationId, nowMs: 0 }
}

/** Transactions that the test ends, and the reservations released in each. */
function transactions(limits: Partial<CoalesceLimits> = {}, fails: (ids: readonly string[]) => Error | undefined = () => undefined, nowMs = () => 0) {
  const started: string[][] = []
  const ends: (() => void)[] = []
  const apply = coalesceCommands(
    async commands => {
      const ids = commands.map(command => (command.kind === 'release' ? command.reservationId : ''))
      started.push(ids)
      await new Promise<void>(resolve => ends.push(resolve))
      const failure = fails(ids)
      if (failure !== undefined) throw failure
      return commands.map(() => DONE)
    },
    limits,
    nowMs,
  )
  const turn = () => new Promise<void>(resolve => setImmediate(resolve))
  return {
    started,
    apply,
    turn,
    endAll: async () => {
      while (ends.length > 0) {
        for (const end of ends.splice(0)) end()
        await turn()
      }
    },
  }
}

describe('coalesceCommands', () => {
  it('puts commands of the same turn in one transaction, and commands that arrive in the meantime in the next', async () => {
    const { apply, started, turn, endAll } = transactions()
    const waiting = ['1', '2'].map(id => apply(release('a', id)))
    await turn()
    waiting.push(...['3', '4', '5'].map(id => apply(release('a', id))))
    await turn()
    expect(started).toEqual([['1', '2']])
    await endAll()
    await Promise.all(waiting)
    expect(started).toEqual([
      ['1', '2'],
      ['3', '4', '5'],
    ])
  })

  it('runs commands that name a reservation with no other transaction of their tenant, while other tenants continue', async () => {
    const { apply, started, turn, endAll } = transactions()
    const waiting = [apply(release('a', 'a1'))]
    await turn()
    waiting.push(apply(release('a', 'a2')), apply(release('b', 'b1')))
    await turn()
    expect(started).toEqual([['a1'], ['b1']])
    await endAll()
    await Promise.all(waiting)
    expect(started).toEqual([['a1'], ['b1'], ['a2']])
  })

  it('makes a busy tenant wait behind the others after its share', async () => {
    const { apply, started, turn, endAll } = transactions({ commandsPerTransaction: 2, transactionsInFlight: 1 })
    const waiting = ['a1', 'a2', 'a3', 'b1'].map(id => apply(release(id.charAt(0), id)))
    await turn()
    await endAll()
    await Promise.all(waiting)
    expect(started).toEqual([
      ['a1', 'a2'],
      ['b1', 'a3'],
    ])
  })

  it('rejects only the command that fails', async () => {
    const { apply, turn, endAll } = transactions({}, ids => (ids.includes('3') ? new Error('three') : undefined))
    const waiting = Promise.allSettled(['1', '2', '3', '4', '5'].map(id => apply(release('a', id))))
    await turn()
    await endAll()
    expect((await waiting).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  })

  it('rejects all commands at once when the store is unavailable, since any of them may have been applied', async () => {
    const { apply, started, turn, endAll } = transactions({}, () => new QuotaStoreUnavailable())
    const waiting = Promise.allSettled(['1', '2', '3'].map(id => apply(release('a', id))))
    await turn()
    await endAll()
    expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(started).toHaveLength(1)
  })

  it('rejects all commands at once when the store is busy, so that they do not add to the load', async () => {
    const { apply, started, turn, endAll } = transactions({}, () => new QuotasOverloaded(1_000))
    const waiting = Promise.allSettled(['1', '2', '3'].map(id => apply(release('a', id))))
    await turn()
    await endAll()
    expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(started).toHaveLength(1)
  })

  it('rejects a command that waited too long, and applies the others', async () => {
    let nowMs = 0
    const { apply, started, turn, endAll } = transactions({ transactionsInFlight: 1, waitMs: 10_000 }, undefined, () => nowMs)
    const first = apply(release('a', '1'))
    await turn()
    const late = apply(release('b', '2'))
    const refused = expect(late).rejects.toThrow(QuotasOverloaded)
    nowMs = 5_000
    const due = apply(release('c', '3'))
    await turn()
    nowMs = 10_001
    await endAll()
    await refused
    await Promise.all([first, due])
    expect(started).toEqual([['1'], ['3']])
  })

  it('rejects a command when too many are waiting', async () => {
    const { apply, turn, endAll } = transactions({ queuedCommands: 2 })
    const waiting = ['1', '2'].map(id => apply(release('a', id)))
    await expect(apply(release('a', '3'))).rejects.toThrow(QuotasOverloaded)
    await turn()
    await endAll()
    await Promise.all(waiting)
  })
})
