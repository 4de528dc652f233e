import { meterClient, type ProviderClient } from './meter-client.ts'
import { OPENAI_APIS, retrievedResponseId } from './openai/openai-apis.ts'
import { providerOfHost } from './provider-of-host.ts'
import type { WrapperOptions, WrapperTollgate } from './wrapper-options.ts'

/**
 * Returns a copy of a client of the `openai` package that records its calls: chat completions, responses, embeddings, images and
 * audio, streamed or not, through helpers such as `.stream()` and `.parse()` too. The copy behaves like the client, except that a
 * call rejects with `QuotaExceeded` if the options reserve and there is no headroom.
 */
export function meterOpenAI<Client extends ProviderClient>(client: Client, tollgate: WrapperTollgate, options: WrapperOptions = {}): Client {
  const provider = options.provider ?? providerOfHost(client.baseURL, 'openai')
  return meterClient(client, { tollgate, options, provider, apis: OPENAI_APIS, retrievedId: retrievedResponseId })
}
