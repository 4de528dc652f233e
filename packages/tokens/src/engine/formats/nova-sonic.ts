import { countReader } from '../count-reader.ts'
import { readField, readObject } from '../read-fields.ts'
import type { UsageFormat } from '../usage-format.ts'

/** The usage events of Nova Sonic on Bedrock. They report totals of the whole session, so the last one applies. */
export const novaSonic: UsageFormat = (body, { provider }) => {
  const usage = readObject(body, 'usageEvent')
  const input = countReader(usage, provider).first('totalInputTokens')
  if (usage === undefined || input === undefined) return undefined
  const total = readObject(readObject(usage, 'details'), 'total')
  const speech = (side: string) => countReader(readField(total, side), provider).first('speechTokens')
  return { counts: { input, audioInput: speech('input'), output: countReader(usage, provider).first('totalOutputTokens') ?? 0, audioOutput: speech('output') } }
}
