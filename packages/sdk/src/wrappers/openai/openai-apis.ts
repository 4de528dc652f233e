import type { MeteredApi } from '../meter-client.ts'
import { speechApi, transcriptionApi, translationApi } from './audio-apis.ts'
import { chatApi, completionsApi } from './chat-api.ts'
import { chatChunks } from './chat-chunks.ts'
import { imagesApi } from './images-api.ts'
import { responsesApi } from './responses-api.ts'

const embeddingsApi: MeteredApi = { operation: 'embeddings', apiFlavor: 'embeddings', stream: chatChunks, output: () => '' }

/** The metered APIs of OpenAI, which are those of many other providers too. */
export const OPENAI_APIS: ReadonlyMap<string, MeteredApi> = new Map([
  ['/chat/completions', chatApi],
  ['/completions', completionsApi],
  ['/responses', responsesApi],
  ['/responses/compact', responsesApi],
  ['/embeddings', embeddingsApi],
  ['/images/generations', imagesApi],
  ['/images/edits', imagesApi],
  ['/images/variations', imagesApi],
  ['/audio/transcriptions', transcriptionApi],
  ['/audio/translations', translationApi],
  ['/audio/speech', speechApi],
])

/** Returns the id of the response that a path retrieves or cancels. */
export function retrievedResponseId(path: string): string | undefined {
  return /^\/responses\/([^/?]+)(\/cancel)?(\?|$)/.exec(path)?.[1]
}
