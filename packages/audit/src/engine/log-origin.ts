/** Returns the unique name of a log, which its checkpoints carry: `<installation>/audit/tenants/<tenant id>`, or `<installation>/audit/installation`. */
export function logOrigin(installation: string, tenantId: string | null): string {
  return tenantId === null ? `${installation}/audit/installation` : `${installation}/audit/tenants/${encodeURIComponent(tenantId)}`
}
