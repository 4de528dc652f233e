import { expect, it } from 'vitest'
import { FAULTS, faultKinds, faultSchedule } from './schedule.ts'

const KINDS = faultKinds({ hasSmallDisk: true, isShort: false })

const firstSteps = (seed: number, count: number) => faultSchedule({ seed, kinds: KINDS }).take(count).toArray()

it('draws the same faults from the same seed, and others from another', () => {
  expect(firstSteps(7, 50)).toEqual(firstSteps(7, 50))
  expect(firstSteps(7, 50)).not.toEqual(firstSteps(8, 50))
})

it('has every kind once in each round, and pairs only faults of different parts', () => {
  const rounds = [0, 1].map(round => firstSteps(3, 2 * KINDS.length).slice(round * KINDS.length, (round + 1) * KINDS.length))
  for (const steps of rounds) {
    expect(steps).toHaveLength(KINDS.length)
    expect(new Set(steps.map(([first]) => first?.kind))).toEqual(new Set(KINDS))
  }
  const pairs = rounds.flat().filter(step => step.length === 2)
  expect(pairs.length).toBeGreaterThan(0)
  for (const pair of pairs) expect(new Set(pair.map(({ kind }) => FAULTS[kind].part)).size).toBe(2)
})

it('leaves out a full disk where there is no small one, and long faults in the short form', () => {
  const short = faultKinds({ hasSmallDisk: false, isShort: true })
  expect(KINDS.filter(kind => !short.includes(kind))).toEqual(['full disk', 'one half-open database connection'])
})
