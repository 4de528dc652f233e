import { checkShape, inputShape } from '@tollgate/kernel/input'
import type { RequestContextOptions } from './request-metadata.ts'

const OPTIONS = /* @__PURE__ */ inputShape<RequestContextOptions<never>>({ metadata: 'function?', trustProxy: 'boolean?' })
const WITHOUT_PROXY = /* @__PURE__ */ inputShape<Pick<RequestContextOptions<never>, 'metadata'>>({ metadata: 'function?' })

/** Throws `InvalidInput` for options that the context of requests does not have, before the first request. */
export function checkContextOptions<Request>(options: RequestContextOptions<Request>): void {
  checkShape(OPTIONS, options as RequestContextOptions<never>)
}

/** The same where the framework has its own setting for proxies. */
export function checkFrameworkOptions<Request>(options: Pick<RequestContextOptions<Request>, 'metadata'>): void {
  checkShape(WITHOUT_PROXY, options as Pick<RequestContextOptions<never>, 'metadata'>)
}
