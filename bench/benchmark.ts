/** Something to be measured against a peer, or a physical limit, that is measured in the same run. */
export interface Benchmark {
  readonly name: string
  run(): Promise<BenchmarkRow[]>
}

/** One comparison. Absolute numbers belong to the machine of the run; the ratio is what can be compared between machines. */
export interface BenchmarkRow {
  readonly name: string
  readonly ours: number
  readonly peer: number
  /** Of `ours` and `peer`: "events/s", "ms". */
  readonly unit: string
  /** `ours` ÷ `peer`. */
  readonly ratio: number
  readonly aim: Aim
}

/** What the ratio should be: rates want to be high, times low. */
export type Aim = { readonly atLeast: number } | { readonly atMost: number }

/** Whether a row is what it aims to be. */
export function meetsAim({ ratio, aim }: Pick<BenchmarkRow, 'ratio' | 'aim'>): boolean {
  return 'atLeast' in aim ? ratio >= aim.atLeast : ratio <= aim.atMost
}

/** Makes a row; the ratio follows from the two numbers. */
export function compare(row: Omit<BenchmarkRow, 'ratio'>): BenchmarkRow {
  return { ...row, ratio: row.ours / row.peer }
}
