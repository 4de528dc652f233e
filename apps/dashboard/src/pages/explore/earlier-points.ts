import type { Point } from '../../charts/chart-data.ts'

/** Puts the points of the period before at the times of this one, so that a chart shows both above each other: the first at the first. */
export function earlierAtSameTimes<P extends Point>(points: readonly P[], earlier: readonly P[]): P[] {
  return points.flatMap(({ start }, at) => {
    const point = earlier[at]
    return point === undefined ? [] : [{ ...point, start }]
  })
}
