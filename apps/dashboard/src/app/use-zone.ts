import { useTenant } from './tenant-context.ts'

/** Returns the time zone of the page: that of its tenant, UTC for all tenants together. */
export function useZone(): string {
  return useTenant().timeZone
}
