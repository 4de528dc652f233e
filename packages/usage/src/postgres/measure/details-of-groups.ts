import { MAX_UNIT_TOTALS } from '../../model/measure-details.ts'
import { REASON_CHANGES } from '../schema/correction-columns.ts'
import { ALL_EVENTS, type SelectedEvents } from '../schema/selected-events.ts'

const COLUMNS = 'dimension_set_id, measure, name, variant'

/** Subqueries that sum details by dimension set, for one range of time of one tenant. */
export interface DetailSources {
  readonly days: readonly string[]
  readonly hours: readonly string[]
  readonly edges: readonly string[]
}

const RECORDED: DetailSources = { days: [ofRollup('daily')], hours: [ofRollup('hourly')], edges: [detailsOfSelected(ALL_EVENTS)] }

const CORRECTED: DetailSources = {
  days: [...RECORDED.days, ofCorrectionRollup('daily')],
  hours: [...RECORDED.hours, ofCorrectionRollup('hourly')],
  edges: [...RECORDED.edges, ofCorrections()],
}

/** Returns the sources of details, with or without corrections. */
export function detailSources(costs: 'corrected' | 'recorded'): DetailSources {
  return costs === 'recorded' ? RECORDED : CORRECTED
}

/**
 * Continues a `with` that has `sets` and `kept`: collects the details of the returned groups as `details`, one JSON list
 * per group of [measure, name, variant, quantity as text]. `setDetails` are queries of details by bucket and set.
 */
export function detailsOfGroups(setDetails: readonly string[]): string {
  return `, set_details as materialized (
    ${setDetails.join(`
    union all
    `)}
  ), group_details as (
    select bucket, key, measure, name, variant, sum(set_details.quantity) as quantity,
      row_number() over (partition by bucket, key, measure order by sum(set_details.quantity) desc, name collate "C", variant collate "C") as rank
    from set_details join sets using (dimension_set_id) join kept using (bucket, key)
    group by bucket, key, measure, name, variant
    having sum(set_details.quantity) <> 0
  ), details as (
    select bucket, key, jsonb_agg(jsonb_build_array(measure, name, variant, trim_scale(quantity)::text))::text as details
    from group_details
    where rank <= ${MAX_UNIT_TOTALS}
    group by bucket, key
  )`
}

function ofRollup(unit: 'daily' | 'hourly'): string {
  return `select ${COLUMNS}, sum(quantity) as quantity
      from usage.rollup_details_${unit} as detail
      where detail.tenant_id = tenants.tenant_id and bucket_start >= starts and bucket_start < ends
      group by ${COLUMNS}`
}

/** Returns the subquery of single events. */
export function detailsOfSelected({ from, where, reason }: SelectedEvents): string {
  return `select ${COLUMNS}, sum(detail.quantity) as quantity
      from ${from} cross join lateral usage.event_details(other_tokens, units, ${reason}) as detail
      where event.tenant_id = tenants.tenant_id and event.occurred_at >= starts and event.occurred_at < ends
        and (other_tokens is not null or units is not null or ${reason} is not null)${where}
      group by ${COLUMNS}`
}

function ofCorrectionRollup(unit: 'daily' | 'hourly'): string {
  return `select dimension_set_id, 'unpriced_calls' as measure, reason as name, '' as variant, sum(unpriced_calls) as quantity
      from usage.correction_details_${unit} as detail
      where detail.tenant_id = tenants.tenant_id and bucket_start >= starts and bucket_start < ends
      group by dimension_set_id, reason`
}

function ofCorrections(): string {
  return `select dimension_set_id, 'unpriced_calls' as measure, reason as name, '' as variant, sum(calls) as quantity
      from usage.cost_corrections as correction cross join lateral ${REASON_CHANGES}
      where correction.tenant_id = tenants.tenant_id and occurred_at >= starts and occurred_at < ends and reason is not null
      group by dimension_set_id, reason`
}
