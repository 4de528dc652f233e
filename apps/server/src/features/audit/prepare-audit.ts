import { securityAudit } from '@tollgate/audit'
import { ensureAuditPartitions } from '@tollgate/audit/postgres'
import type { FeatureDependencies } from '../feature.ts'

/** Creates partitions, and records the rules by which events are sampled, so that the log says why some are only counted. */
export async function prepareAudit({ tollgate: { audit }, database, clock }: Pick<FeatureDependencies, 'tollgate' | 'database' | 'clock'>): Promise<void> {
  await ensureAuditPartitions(database, clock.now())
  const rules = audit.samplingRules()
  if (rules.length > 0)
    await audit.recordEvents({
      tenantId: null,
      events: [
        securityAudit.samplingConfigured(
          null,
          rules.map(rule => ({ ...rule })),
        ).event,
      ],
    })
}
