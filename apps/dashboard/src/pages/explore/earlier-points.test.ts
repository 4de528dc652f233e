import { expect, it } from 'vitest'
import { earlierAtSameTimes } from './earlier-points.ts'

it('puts the first point of the period before at the start of this one, and leaves out those that are too many', () => {
  const points = [
    { start: '2026-11-01', calls: 1 },
    { start: '2026-11-02', calls: 2 },
  ]
  const earlier = [
    { start: '2026-10-01', calls: 3 },
    { start: '2026-10-02', calls: 4 },
    { start: '2026-10-03', calls: 5 },
  ]
  expect(earlierAtSameTimes(points, earlier)).toEqual([
    { start: '2026-11-01', calls: 3 },
    { start: '2026-11-02', calls: 4 },
  ])
  expect(earlierAtSameTimes(points, earlier.slice(0, 1))).toEqual([{ start: '2026-11-01', calls: 3 }])
})
