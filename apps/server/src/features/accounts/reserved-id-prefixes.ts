/** Prefixes of ids that are not tenants'. No tenant's id begins with one, so that an id shows what it identifies. */
export const RESERVED_ID_PREFIXES = ['evt_', 'price_', 'key_', 'rej_', 'run_', 'rule_', 'alr_', 'whe_', 'whd_', 'rsv_'] as const
