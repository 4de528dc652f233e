import { countReader, sumCounts } from '../count-reader.ts'
import { readList, readObject } from '../read-fields.ts'
import type { UsageFormat } from '../usage-format.ts'

/** Names of input and output where they stand beside the answer, outside of a usage object. */
const NAMES = [
  ['prompt_eval_count', 'eval_count'], // Ollama
  ['prompt_token_count', 'generation_token_count'], // Llama on Bedrock
  ['inputTextTokenCount', 'totalOutputTextTokenCount'], // Titan on Bedrock
  ['input_token_count', 'generated_token_count'], // watsonx
  ['inputTokenCount', 'outputTokenCount'], // Bedrock's metrics at the end of a stream
] as const

/** Bodies that have their counts beside the answer: Ollama, Llama and Titan on Bedrock, watsonx, embeddings on Vertex. */
export const nativeCounts: UsageFormat = (body, { provider }) => {
  const embedded = readList(body, 'predictions').map(prediction => readObject(readObject(prediction, 'embeddings'), 'statistics'))
  const embeddedTokens = sumCounts(...embedded.map(statistics => countReader(statistics, provider).first('token_count')))
  if (embeddedTokens !== undefined) return { counts: { input: embeddedTokens } }
  for (const part of [body, readObject(body, 'amazon-bedrock-invocationMetrics'), readList(body, 'results')[0]]) {
    const counts = countReader(part, provider)
    for (const [inputName, outputName] of NAMES) {
      const input = counts.first(inputName)
      if (input === undefined) continue
      const results = readList(body, 'results').map(result => countReader(result, provider).first('tokenCount'))
      const cacheRead = counts.first('cacheReadInputTokenCount')
      const cacheWrite = counts.first('cacheWriteInputTokenCount')
      return { counts: { input: sumCounts(input, cacheRead, cacheWrite), cacheRead, cacheWrite, output: counts.first(outputName) ?? sumCounts(...results) } }
    }
  }
  return undefined
}
