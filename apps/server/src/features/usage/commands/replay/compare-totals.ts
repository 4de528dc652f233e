import type { TraceTotals } from './trace-totals.ts'
import type { Measures } from './usage-overview.ts'

/** Compares the totals of the server with those of the file, and describes the result. */
export function compareTotals(
  { requests, inputTokens, outputTokens }: TraceTotals,
  { calls, tokens }: Pick<Measures, 'calls' | 'tokens'>,
): { readonly equal: boolean; readonly sentence: string } {
  const differences = [
    { what: 'requests', file: BigInt(requests), server: BigInt(calls) },
    { what: 'input tokens', file: inputTokens, server: BigInt(tokens.input) },
    { what: 'output tokens', file: outputTokens, server: BigInt(tokens.output) },
  ].filter(({ file, server }) => file !== server)
  if (differences.length === 0) {
    return {
      equal: true,
      sentence: `The totals match the file exactly: ${count(requests)} requests, ${count(inputTokens)} input tokens, ${count(outputTokens)} output tokens.`,
    }
  }
  const named = differences.map(({ what, file, server }) => `${count(file)} ${what} in the file, ${count(server)} in the server`).join('; ')
  return { equal: false, sentence: `The totals do not match the file: ${named}. Another trace was replayed for the same days, or events were rejected.` }
}

function count(value: number | bigint): string {
  return value.toLocaleString('en')
}
