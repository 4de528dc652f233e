/** Returns the unique name of a log, which its checkpoints carry: `<installation>/audit/tenants/<tenant id>`, or `<installation>/audit/installation`. */
export function logOrigin(installation: string, tenantId: string | null): string {
  return tenantId === null ? `${installation}/audit/installation` : `${installation}/audit/tenants/${encodeURIComponent(tenantId)}`
}

/** Returns the tenant of the log with this name; null for the log of the installation, and undefined for a log of another installation. */
export function tenantOfOrigin(installation: string, origin: string): string | null | undefined {
  if (origin === logOrigin(installation, null)) return null
  const start = `${installation}/audit/tenants/`
  if (!origin.startsWith(start)) return undefined
  try {
    return decodeURIComponent(origin.slice(start.length))
  } catch {
    return undefined
  }
}
