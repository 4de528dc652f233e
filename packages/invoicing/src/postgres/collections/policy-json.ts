import { Decimal } from '@tollgate/kernel'
import type { CollectionPolicy, LateFeeTerms } from '../../model/collections/collection-policy.ts'

/** A policy in a column: decimals as text. */
export interface PolicyJson extends Omit<CollectionPolicy, 'lateFee'> {
  readonly lateFee: (Omit<LateFeeTerms, 'value' | 'maximumPercent'> & { readonly value: string; readonly maximumPercent: string | null }) | null
}

/** Writes a policy. */
export function policyJson({ lateFee, ...policy }: CollectionPolicy): PolicyJson {
  return { ...policy, lateFee: lateFee && { ...lateFee, value: lateFee.value.toFixed(), maximumPercent: lateFee.maximumPercent?.toFixed() ?? null } }
}

/** Reads a policy. */
export function readPolicyJson({ lateFee, ...policy }: PolicyJson): CollectionPolicy {
  const read = lateFee && {
    ...lateFee,
    value: new Decimal(lateFee.value),
    maximumPercent: lateFee.maximumPercent === null ? null : new Decimal(lateFee.maximumPercent),
  }
  return { ...policy, lateFee: read }
}
