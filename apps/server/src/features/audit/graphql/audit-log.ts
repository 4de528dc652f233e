import { tenantOf, type ViewingContext } from '../../../graphql/authorize.ts'

/** Returns the log to use: of the key's tenant or of the one that an operator names, or of the installation (null) for an operator that names none. */
export async function auditLogOf(context: ViewingContext, tenantId: string | null | undefined): Promise<string | null> {
  const isInstallation = context.viewer.kind === 'operator' && (tenantId === null || tenantId === undefined)
  return isInstallation ? null : tenantOf(context, tenantId)
}

/** Describes the argument that chooses a log. */
export const LOG_ARGUMENT = 'Tenant of the log. Defaults to the tenant of the key. An operator key that omits it uses the log of the installation.'
