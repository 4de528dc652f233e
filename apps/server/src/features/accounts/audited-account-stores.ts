import type { AccessTokens, ApiKey, ApiKeyStore, Sessions, SigningKeyStore, Tenant, TenantStore } from '@tollgate/accounts'
import { keyAudit, securityAudit, tenantAudit } from '@tollgate/audit'
import { type AuditedStore, unaudited } from '../../audited-changes/audited-store.ts'
import { auditSnapshot, changedFields } from '../../audited-changes/audit-snapshot.ts'
import type { ChangeRecorder } from '../../audited-changes/change-recorder.ts'
import { ApiKeyId } from './ids.ts'

/** Records who created and updated tenants. */
export function auditedTenants({ store, open, changes }: AuditedStore<TenantStore>): TenantStore {
  return {
    ...unaudited(store, 'byIds', 'list'),
    add: tenant =>
      changes.record({
        change: database => open(database).add(tenant),
        events: added => (added ? [tenantAudit.created(tenant.id, tenant.id, auditSnapshot(tenant))] : []),
      }),
    async update(id, { apply, afterwards }) {
      const { after } = await changes.record({
        async change(database) {
          let before: Tenant | undefined
          const updated = await open(database).update(id, {
            apply,
            afterwards(was, transaction) {
              before = was
              return afterwards(was, transaction)
            },
          })
          return { before, after: updated }
        },
        events({ before, after }) {
          const change = before && after && changedFields(before, after)
          return change ? [tenantAudit.updated(id, id, change)] : []
        },
      })
      return after
    },
  }
}

/** Records who created, rotated and revoked API keys. Secrets and their hashes are not part of keys. */
export function auditedApiKeys({ store, open, changes }: AuditedStore<ApiKeyStore>): ApiKeyStore {
  return {
    ...unaudited(store, 'byIds', 'bySecretHashes', 'list', 'recordUses'),
    add: (apiKey, secretHash) =>
      changes.record({
        change: database => open(database).add(apiKey, secretHash),
        events: () => [keyAudit.created(apiKey.tenantId, ApiKeyId.encode(apiKey.id), grantOf(apiKey))],
      }),
    revoke: (id, at) =>
      changes.record({
        change: database => open(database).revoke(id, at),
        events: revoked => (revoked && !revoked.wasRevoked ? [keyAudit.revoked(revoked.apiKey.tenantId, ApiKeyId.encode(id), grantOf(revoked.apiKey))] : []),
      }),
    rotate: (id, rotation) =>
      changes.record({
        change: database => open(database).rotate(id, rotation),
        events: key =>
          key === undefined
            ? []
            : [
                keyAudit.rotated(key.tenantId, ApiKeyId.encode(id), {
                  after: auditSnapshot({ prefix: key.prefix, previousSecretExpiresAt: key.previousSecretExpiresAt }),
                }),
              ],
      }),
  }
}

function grantOf({ name, prefix, scopes, expiresAt }: ApiKey) {
  return auditSnapshot({ name, prefix, scopes, expiresAt })
}

/** Records when the keys that sign access tokens are replaced. */
export function auditedSigningKeys({ store, open, changes }: AuditedStore<SigningKeyStore>): SigningKeyStore {
  return {
    // No valid token is signed with keys that were superseded long ago.
    ...unaudited(store, 'newest', 'tokenKeys', 'removeSupersededBefore'),
    add: key =>
      changes.record({
        change: database => open(database).add(key),
        events: () => [securityAudit.signingKeyRotated(null, key.id)],
      }),
    removeAllBut: id =>
      changes.record({
        change: database => open(database).removeAllBut(id),
        events: () => [securityAudit.accessTokensRevoked(null, id)],
      }),
  }
}

/** Records who created access tokens. A token is not stored, so nobody gets it before it is recorded. */
export function auditedAccessTokens(tokens: AccessTokens, changes: ChangeRecorder): AccessTokens {
  return {
    ...unaudited(tokens, 'verify', 'rotateSigningKey'),
    async create(draft, creator) {
      const created = await tokens.create(draft, creator)
      const { tenantId, customerId = null, scopes = null } = draft
      await changes.recordAlone(keyAudit.accessTokenCreated(tenantId, auditSnapshot({ customerId, scopes, expiresAt: created.expiresAt })))
      return created
    },
  }
}

/** Records who began and renewed sessions. A session is not stored, so nobody gets its token before it is recorded. */
export function auditedSessions(sessions: Sessions, changes: ChangeRecorder): Sessions {
  return {
    ...unaudited(sessions, 'verify'),
    async create(viewer) {
      const created = await sessions.create(viewer)
      const { expiresAt, endsAt } = created
      const details = auditSnapshot({ renewed: viewer.session !== undefined, expiresAt, endsAt })
      await changes.recordAlone(keyAudit.sessionCreated(viewer.kind === 'tenant' ? viewer.tenantId : null, details))
      return created
    },
  }
}
