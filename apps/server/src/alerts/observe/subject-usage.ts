import { OPERATOR_SCOPE, type Period } from '@tollgate/kernel'
import type { UsageMeasures, UsageStore } from '@tollgate/usage'
import type { AlertScope } from '../alert-kind.ts'

/** Sums over usage: one question for all tenants. */
export type MeasureUsage = UsageStore['measure']

/** What a tenant, or all of them, used in one of the stretches that were asked for. */
export interface SubjectUsage {
  readonly tenantId: string | null
  /** Position of the stretch. */
  readonly bucket: number
  readonly measures: UsageMeasures
}

/** Measures every tenant for itself, or all as one, in one question. Those without usage are left out. */
export async function subjectUsage(
  measure: MeasureUsage,
  { scope, buckets, latency = false }: { scope: AlertScope; buckets: readonly Period[]; latency?: boolean },
): Promise<readonly SubjectUsage[]> {
  const groups = await measure(OPERATOR_SCOPE, { buckets, latency, ...(scope === 'TENANT' && { by: ['tenant'] }) })
  return groups.map(({ bucket, key, measures }) => ({ tenantId: key[0] ?? null, bucket, measures }))
}
