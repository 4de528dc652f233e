/** A measurement against a peer, or a physical limit, in the same run. */
export interface Benchmark {
  readonly name: string
  run(): Promise<BenchmarkRow[]>
}

/** One comparison. Absolute numbers depend on the machine; only the ratio can be compared between machines. */
export interface BenchmarkRow {
  readonly name: string
  readonly ours: number
  readonly peer: number
  /** Unit of `ours` and `peer`: "events/s", "ms". */
  readonly unit: string
  /** `ours` ÷ `peer`. */
  readonly ratio: number
  readonly aim: Aim
}

/** What the ratio should be: high for rates, low for times. */
export type Aim = { readonly atLeast: number } | { readonly atMost: number }

/** Returns whether a row meets its aim. */
export function meetsAim({ ratio, aim }: Pick<BenchmarkRow, 'ratio' | 'aim'>): boolean {
  return 'atLeast' in aim ? ratio >= aim.atLeast : ratio <= aim.atMost
}

/** Creates a row, with the ratio of its two numbers. */
export function compare(row: Omit<BenchmarkRow, 'ratio'>): BenchmarkRow {
  return { ...row, ratio: row.ours / row.peer }
}
