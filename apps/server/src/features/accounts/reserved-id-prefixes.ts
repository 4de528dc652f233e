import { features } from '../index.ts'

/** Prefixes of ids that are not tenants'. No tenant's id starts with one, so that an id shows what it identifies. */
export const RESERVED_ID_PREFIXES = features.flatMap(({ ids = [] }) => ids.map(({ prefix }) => prefix)).filter(prefix => prefix !== '')
