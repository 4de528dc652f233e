import { InvalidInput, type Issue } from '@tollgate/kernel'
import type { AlertsQuery } from '../quota-store.ts'

const MAX_ALERTS = 1_000

/** A page of alerts that can be read. Throws `InvalidInput`: cursors come from clients. */
export function checkAlertsQuery({ after, first }: AlertsQuery): AlertsQuery {
  const issues: Issue[] = []
  if (after !== undefined && !/^\d{1,18}$/.test(after)) issues.push({ path: 'after', message: 'must be the cursor of an alert' })
  if (!Number.isInteger(first) || first < 1 || first > MAX_ALERTS)
    issues.push({ path: 'first', message: `must be a whole number from 1 to ${MAX_ALERTS}, not ${first}` })
  if (issues.length > 0) throw new InvalidInput(issues)
  return { after, first }
}
