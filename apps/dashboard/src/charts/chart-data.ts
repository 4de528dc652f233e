/** One line or area of a chart. */
export interface ChartSeries {
  readonly key: string
  readonly label: string
  readonly color: string
  /** One for each time. Null where nothing is known: a gap, and not zero. */
  readonly values: readonly (number | null)[]
}

/** What a chart over time shows, ready to be drawn. */
export interface ChartData {
  /** Seconds since 1970, in order: the start of each bucket. */
  readonly times: readonly number[]
  readonly series: readonly ChartSeries[]
  /** Position of the first bucket that has not ended, which is drawn dashed. Undefined if all have. */
  readonly runningFrom?: number | undefined
}

/** A point of a series of the API. */
export interface Point {
  readonly start: string
}

/** A named series of points. */
export interface PointSeries<P extends Point> {
  readonly key: string
  readonly label: string
  readonly color: string
  readonly points: readonly P[]
}

/**
 * Prepares series of the API for a chart. Their points may differ: a time that a series lacks is a gap in it. Buckets from the
 * one that contains `now` on have not ended.
 */
export function chartData<P extends Point>(series: readonly PointSeries<P>[], read: (point: P) => number | null, now: number): ChartData {
  const starts = [...new Set(series.flatMap(({ points }) => points.map(({ start }) => start)))].sort((one, other) => Date.parse(one) - Date.parse(other))
  const times = starts.map(start => Date.parse(start) / 1_000)
  const after = times.findIndex(time => time * 1_000 > now)
  const running = after === -1 ? lastIfRunning(times, now) : after - 1
  return {
    times,
    series: series.map(({ key, label, color, points }) => {
      const byStart = new Map(points.map(point => [point.start, point]))
      const values = starts.map((start, at) => {
        const point = byStart.get(start)
        return point === undefined || (times[at] ?? 0) * 1_000 > now ? null : read(point)
      })
      return { key, label, color, values }
    }),
    ...(running !== undefined && running >= 0 && { runningFrom: running }),
  }
}

/** The last bucket is still running if it is not over after the length of the one before it. */
function lastIfRunning(times: readonly number[], now: number): number | undefined {
  const [last, before] = [times.at(-1), times.at(-2)]
  if (last === undefined || before === undefined) return undefined
  return now < (last + (last - before)) * 1_000 ? times.length - 1 : undefined
}

/** Adds each series to those below it, so that they can be drawn as a stack. A gap in all is a gap; a gap in one adds nothing. */
export function stacked({ series, ...data }: ChartData): ChartData {
  const sums: (number | null)[] = data.times.map(() => null)
  const layers = series.map(layer => ({
    ...layer,
    values: layer.values.map((value, at) => {
      if (value === null) return sums[at] ?? null
      const sum = (sums[at] ?? 0) + value
      sums[at] = sum
      return sum
    }),
  }))
  return { ...data, series: layers }
}
