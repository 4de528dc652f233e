import { ANTHROPIC_APIS } from './anthropic/anthropic-apis.ts'
import { meterClient, type ProviderClient } from './meter-client.ts'
import { providerOfHost } from './provider-of-host.ts'
import type { WrapperOptions, WrapperTollgate } from './wrapper-options.ts'

/**
 * Returns a copy of a client of the `@anthropic-ai/sdk` package that records its messages, beta ones too, streamed or not, through
 * helpers such as `.stream()` and tool runners too. The copy behaves like the client, except that a call rejects with
 * `QuotaExceeded` if the options reserve and there is no headroom.
 */
export function meterAnthropic<Client extends ProviderClient>(client: Client, tollgate: WrapperTollgate, options: WrapperOptions = {}): Client {
  return meterClient(client, { tollgate, options, provider: options.provider ?? providerOfHost(client.baseURL, 'anthropic'), apis: ANTHROPIC_APIS })
}
