import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { auditCounts } from './audit-counts.ts'
import type { Benchmark, BenchmarkRow } from './benchmark.ts'
import { breakdown } from './breakdown.ts'
import { credits } from './credits.ts'
import { dashboard } from './dashboard.ts'
import { formatTable } from './format-table.ts'
import { hotQuery } from './hot-query.ts'
import { ingestBatches } from './ingest-batches.ts'
import { ingestCredits } from './ingest-credits.ts'
import { ingestQuotas } from './ingest-quotas.ts'
import { ingestSingle } from './ingest-single.ts'
import { invoices } from './invoices.ts'
import { liveTotals } from './live-totals.ts'
import { meteredCalls } from './metered-calls.ts'
import { noisyNeighbour } from './noisy-neighbour.ts'
import { pageLoad } from './page-load.ts'
import { publishPlan } from './publish-plan.ts'
import { quotas } from './quotas.ts'
import { rating } from './rating.ts'

const BENCHMARKS: readonly Benchmark[] = [
  hotQuery,
  ingestBatches,
  ingestQuotas,
  ingestCredits,
  ingestSingle,
  auditCounts,
  liveTotals,
  breakdown,
  pageLoad,
  publishPlan,
  rating,
  quotas,
  credits,
  noisyNeighbour,
  invoices,
  meteredCalls,
  dashboard,
]
const RESULTS = new URL('results/latest.json', import.meta.url)

/** Runs the named benchmarks, or all, one after the other, because two at once would disturb each other. */
async function main(names: readonly string[]): Promise<void> {
  const chosen = names.length === 0 ? BENCHMARKS : BENCHMARKS.filter(({ name }) => names.includes(name))
  if (chosen.length < names.length) throw new Error(`Unknown benchmark in ${names.join(', ')}. Choose from ${BENCHMARKS.map(({ name }) => name).join(', ')}.`)
  const rows: BenchmarkRow[] = []
  for (const benchmark of chosen) {
    console.error(`${benchmark.name} ...`)
    rows.push(...(await benchmark.run()))
  }
  console.log(formatTable(rows))
  await mkdir(new URL('.', RESULTS), { recursive: true })
  await writeFile(RESULTS, `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), rows }, null, 2)}\n`)
}

function machine(): Record<string, string | number> {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  }
}

await main(process.argv.slice(2))
