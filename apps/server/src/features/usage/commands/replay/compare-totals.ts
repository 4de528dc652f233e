import type { TraceTotals } from './trace-totals.ts'
import type { Measures } from './usage-overview.ts'

/** Whether the server's totals are the file's, and a sentence that says so or names each difference. */
export function compareTotals(
  { requests, inputTokens, outputTokens }: TraceTotals,
  { calls, tokens }: Pick<Measures, 'calls' | 'tokens'>,
): { readonly equal: boolean; readonly sentence: string } {
  const differences = [
    { what: 'requests', file: requests, server: calls },
    { what: 'input tokens', file: inputTokens, server: tokens.input },
    { what: 'output tokens', file: outputTokens, server: tokens.output },
  ].filter(({ file, server }) => file !== server)
  if (differences.length === 0) {
    return {
      equal: true,
      sentence: `The totals are the file's, exactly: ${count(requests)} requests, ${count(inputTokens)} input tokens, ${count(outputTokens)} output tokens.`,
    }
  }
  const named = differences.map(({ what, file, server }) => `${count(file)} ${what} in the file, ${count(server)} in the server`).join('; ')
  return { equal: false, sentence: `The totals are not the file's: ${named}. Another trace was replayed over the same days, or events were refused.` }
}

function count(value: number): string {
  return value.toLocaleString('en')
}
