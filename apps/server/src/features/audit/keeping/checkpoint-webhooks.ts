import type { CheckpointPlace } from '@tollgate/audit'
import type { Webhooks } from '@tollgate/webhooks'

/** Delivers checkpoints to webhook endpoints: those of tenants to the tenant and to operators, those of the installation to operators. */
export function checkpointWebhooks(webhooks: Pick<Webhooks, 'publish'>): CheckpointPlace {
  return {
    name: 'webhook',
    async keep({ tenantId, origin, size, note, createdAt }) {
      const notification = {
        id: `checkpoint ${size} of ${origin}`,
        cursor: String(size),
        type: 'audit.checkpoint',
        tenantId,
        occurredAt: createdAt,
        data: { log: origin, size, checkpoint: note },
      } as const
      await webhooks.publish(`audit-checkpoints ${origin}`, [notification])
    },
  }
}
