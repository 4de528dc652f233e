import { Temporal } from '@tollgate/kernel'
import type { ModelAlias } from '../model/aliases/model-alias.ts'

/** Fields of an alias that matter to a test. Times are text. */
export type AliasFields = Partial<Omit<ModelAlias, 'from' | 'to' | 'publishedAt'>> & {
  readonly from?: string
  readonly to?: string
  readonly publishedAt?: string
}

/** Makes an alias. Defaults to "my-deployment" of Azure for "gpt-5-mini", for all tenants and times. */
export function makeAlias({ from, to, publishedAt, ...fields }: AliasFields = {}): ModelAlias {
  return {
    id: '01900000-0000-7000-8000-000000000000',
    tenantId: null,
    provider: 'azure',
    name: 'my-deployment',
    target: { provider: 'azure', model: 'gpt-5-mini' },
    ...fields,
    from: from === undefined ? null : Temporal.Instant.from(from),
    to: to === undefined ? null : Temporal.Instant.from(to),
    publishedAt: Temporal.Instant.from(publishedAt ?? '2026-01-01T00:00:00Z'),
  }
}
