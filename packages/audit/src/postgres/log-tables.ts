import { OPERATOR_SCOPE, type Scope, tenantScope } from '@tollgate/kernel'

/** The value of `tenant_id` in the tables of the installation. */
const INSTALLATION = ''

/** Where a log is stored: its tables have the same columns as those of other logs. */
export interface LogLocation {
  readonly tenantId: string | null
  /** The value of `tenant_id`. */
  readonly key: string
  readonly scope: Scope
  readonly statements: LogStatements
}

/** Statements over the tables of a log. */
export interface LogStatements {
  readonly isPartitioned: boolean
  /** Returns the text with the names of the tables: `{events}` becomes `audit.events`, or `audit.installation_events`. */
  text(template: string): string
}

/** Statements over the logs of tenants. */
export const TENANT_LOGS = logStatements('audit.', true)
const THE_INSTALLATION = logStatements('audit.installation_', false)

/** Returns where the log of a tenant, or of the installation (null), is stored. */
export function locateLog(tenantId: string | null): LogLocation {
  return tenantId === null
    ? { tenantId, key: INSTALLATION, scope: OPERATOR_SCOPE, statements: THE_INSTALLATION }
    : { tenantId, key: tenantId, scope: tenantScope(tenantId), statements: TENANT_LOGS }
}

function logStatements(prefix: string, isPartitioned: boolean): LogStatements {
  const texts = new Map<string, string>()
  return {
    isPartitioned,
    text(template) {
      let text = texts.get(template)
      if (text === undefined) texts.set(template, (text = template.replaceAll(/\{(\w+)\}/g, `${prefix}$1`)))
      return text
    },
  }
}
