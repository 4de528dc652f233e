import type { StreamReader } from '../meter-stream.ts'
import { textOf } from '../text-of.ts'

/** A chunk of a chat completion, as far as metering reads it. */
interface ChatChunk {
  readonly choices?: readonly { readonly delta?: unknown; readonly text?: string }[]
  readonly usage?: unknown
  readonly x_groq?: { readonly usage?: unknown }
}

const hasUsage = ({ usage, x_groq }: ChatChunk) => (usage !== undefined && usage !== null) || (x_groq?.usage ?? null) !== null

/** Chunks of chat completions. The usage is in the last one, beside no choice, or beside the end of a choice for some providers. */
export const chatChunks: StreamReader<ChatChunk> = {
  apiFlavor: 'chat',
  output: ({ choices = [] }) => choices.reduce((text, choice) => text + textOf(choice.delta, choice.text), ''),
  hasUsage,
  isFinal: hasUsage,
}

/** Chunks whose last one, with the usage, the caller did not ask for. */
export const chatChunksWithHiddenUsage: StreamReader<ChatChunk> = {
  ...chatChunks,
  hides: chunk => hasUsage(chunk) && (chunk.choices ?? []).length === 0,
}
