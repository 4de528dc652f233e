import type { InputRules } from '@tollgate/tokens/input'
import { checkInput } from '../engine/check-input.ts'
import type { RequestContextOptions } from './request-metadata.ts'

const OPTIONS: InputRules<RequestContextOptions<never>> = { metadata: 'function?', trustProxy: 'boolean?' }
const WITHOUT_PROXY: InputRules<Pick<RequestContextOptions<never>, 'metadata'>> = { metadata: 'function?' }

/** Throws `InvalidInput` for options that the context of requests does not have, before the first request. */
export function checkContextOptions<Request>(options: RequestContextOptions<Request>): void {
  checkInput(OPTIONS, options as RequestContextOptions<never>)
}

/** The same where the framework has its own setting for proxies. */
export function checkFrameworkOptions<Request>(options: Pick<RequestContextOptions<Request>, 'metadata'>): void {
  checkInput(WITHOUT_PROXY, options as Pick<RequestContextOptions<never>, 'metadata'>)
}
