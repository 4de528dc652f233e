import { textOf } from '../text-of.ts'

/** A part of the content that Gemini made. Media are not text, and an estimate leaves them out. */
interface GeminiPart {
  readonly text?: unknown
  readonly functionCall?: { readonly name?: unknown; readonly args?: unknown }
  readonly executableCode?: { readonly code?: unknown }
}

/** A response of Gemini, or a chunk of one, as far as metering reads it. */
export interface GeminiResponse {
  readonly modelVersion?: string
  readonly candidates?: readonly {
    readonly content?: { readonly parts?: readonly GeminiPart[] }
    readonly groundingMetadata?: unknown
  }[]
  readonly usageMetadata?: { readonly candidatesTokenCount?: number; readonly thoughtsTokenCount?: number }
}

/** Returns the text that a response has, to estimate its tokens. */
export function geminiText({ candidates = [] }: GeminiResponse): string {
  const parts = candidates.flatMap(({ content }) => content?.parts ?? [])
  return textOf(...parts.flatMap(({ text, functionCall, executableCode }) => [text, functionCall?.name, functionCall?.args, executableCode?.code]))
}
