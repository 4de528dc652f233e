import type { MeteredApi } from '../meter-client.ts'
import { textOf } from '../text-of.ts'
import { chatChunks, chatChunksWithHiddenUsage } from './chat-chunks.ts'

/** Chat completions. A stream has usage only if the request says so. */
export const chatApi: MeteredApi = {
  operation: 'chat',
  apiFlavor: 'chat',
  stream: chatChunks,
  prepare(parameters) {
    const { stream_options: given } = parameters as { stream_options?: { include_usage?: boolean } | null }
    // A caller that did not ask for usage does not see it.
    if (given?.include_usage === true) return { parameters, stream: chatChunks }
    return { parameters: { ...parameters, stream_options: { ...given, include_usage: true } }, stream: chatChunksWithHiddenUsage }
  },
  output: response =>
    ((response as { choices?: readonly { message?: unknown; text?: unknown }[] }).choices ?? []).map(choice => textOf(choice.message, choice.text)).join(''),
}

/** The API before chat completions. */
export const completionsApi: MeteredApi = { ...chatApi, operation: 'text_completion' }
