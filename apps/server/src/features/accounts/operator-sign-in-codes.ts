import type { SignInCode, SignInCodes, Viewer } from '@tollgate/accounts'
import { keyAudit } from '@tollgate/audit'
import { Forbidden } from '@tollgate/kernel'
import { auditSnapshot } from '../../audited-changes/audit-snapshot.ts'
import type { ChangeRecorder } from '../../audited-changes/change-recorder.ts'

/** Codes that sign a browser in as the operator. Each is recorded before anyone gets it. */
export interface OperatorSignInCodes extends Pick<SignInCodes, 'use'> {
  /** Creates a code for the server itself, or for a viewer. Throws `Forbidden` unless the viewer has the operator key of the configuration. */
  create(viewer?: Viewer): Promise<SignInCode>
}

/** Creates the codes of a server. */
export function operatorSignInCodes(codes: SignInCodes, changes: ChangeRecorder): OperatorSignInCodes {
  return {
    use: code => codes.use(code),
    async create(viewer) {
      if (viewer !== undefined && !hasConfiguredKey(viewer)) {
        throw new Forbidden('Only the operator key of the configuration can create sign-in codes, because a code has its rights.')
      }
      const created = codes.create()
      await changes.recordAlone(keyAudit.signInCodeCreated(null, auditSnapshot({ expiresAt: created.expiresAt })))
      return created
    },
  }
}

/** A session does not count: it would never end if it could begin the next one. */
function hasConfiguredKey({ kind, keyId, session }: Viewer): boolean {
  return kind === 'operator' && keyId === null && session === undefined
}
