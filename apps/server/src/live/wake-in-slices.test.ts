import { expect, it } from 'vitest'
import { wakeInSlices } from './wake-in-slices.ts'

it('wakes everybody once and in order, and lets other work run in between', async () => {
  const order: (number | 'other work')[] = []
  const streams = Array.from({ length: 35 }, (_, at) => ({ wake: () => void order.push(at) }))
  const waking = wakeInSlices(streams)
  setImmediate(() => order.push('other work'))
  await waking
  expect(order.filter(entry => entry !== 'other work')).toEqual(Array.from({ length: 35 }, (_, at) => at))
  expect(order.indexOf('other work')).toBeLessThan(35)
})

it('wakes a few at once', () => {
  const woken: number[] = []
  void wakeInSlices([1, 2, 3].map(at => ({ wake: () => void woken.push(at) })))
  expect(woken).toEqual([1, 2, 3])
})
