import { expect, it } from 'vitest'
import { runFaults } from './run-faults.ts'
import type { FaultKind, ScheduleStep } from './schedule.ts'

const SEED = 1

/** One of each kind that ends soon. `npm run faults` runs all kinds, longer and in random order. */
const STEPS: readonly ScheduleStep[] = [
  [hit('half-open clients', 0, 300)],
  [hit('reset clients', 1, 300), hit('kill a backend', 0, 0)],
  [hit('shift clock', 1, 200), hit('silent database connections', 1, 1_500)],
  [hit('stop server', 0, 1_500)],
  [hit('kill PostgreSQL', 0, 300)],
  [hit('slow disk', 0, 1_000), hit('slow clients', 0, 1_000)],
  [hit('refused database connections', 1, 500), hit('silent clients', 0, 500)],
  [hit('kill server', 0, 0), hit('reset database connections', 1, 300)],
  [hit('stop PostgreSQL', 0, 1_500)],
]

function hit(kind: FaultKind, server: number, lastsMs: number) {
  return { kind, server, lastsMs, dice: 0.5 }
}

it('keeps every promise to callers while servers, PostgreSQL and connections fail under load', { timeout: 240_000 }, async () => {
  const lines: string[] = []
  const { breaches, faults, requests, acknowledgedEvents } = await runFaults({
    seed: SEED,
    steps: () => STEPS,
    goesOn: () => true,
    callers: 6,
    // Other tests run at the same time. `npm run faults` sends as much as it can.
    pauseMs: [20, 160],
    isShort: true,
    report: line => lines.push(line),
  })
  expect(breaches, lines.join('\n')).toEqual([])
  expect(faults).toEqual(Object.fromEntries(STEPS.flat().map(({ kind }) => [kind, 1])))
  expect(requests['answer']).toBeGreaterThan(100)
  expect(acknowledgedEvents).toBeGreaterThan(100)
})
