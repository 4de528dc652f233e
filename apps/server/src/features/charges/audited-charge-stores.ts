import { pricingAudit } from '@tollgate/audit'
import type { ChargeRule, ChargeRuleStore, DiscountLedger, NewChargeRule } from '@tollgate/charges'
import { type AuditedStore, unaudited } from '../../audited-changes/audited-store.ts'
import { auditSnapshot } from '../../audited-changes/audit-snapshot.ts'
import { withoutCouponCodes } from '../../audited-changes/without-coupon-codes.ts'
import { ChargeRuleId } from './ids.ts'

/** Records who published and withdrew charge rules, without the codes of their coupons. */
export function auditedChargeRules({ store, open, changes }: AuditedStore<ChargeRuleStore>): ChargeRuleStore {
  return {
    ...unaudited(store, 'version', 'all'),
    async add(scope, rule) {
      const { added } = await changes.record({
        async change(database) {
          const opened = open(database)
          const added = await opened.add(scope, rule)
          return { added, before: added.version === 1 ? undefined : previousVersion(await opened.all(), added) }
        },
        events({ added, before }) {
          const id = ChargeRuleId.encode(added.id)
          if (added.terms === null) return [pricingAudit.chargeRuleEnded(added.tenantId, id, before && ruleSnapshot(before))]
          if (before === undefined) return [pricingAudit.chargeRuleCreated(added.tenantId, id, ruleSnapshot(added))]
          return [pricingAudit.chargeRuleChanged(added.tenantId, id, { before: ruleSnapshot(before), after: ruleSnapshot(added) })]
        },
      })
      return added
    },
  }
}

function previousVersion(rules: readonly ChargeRule[], { kind, name, version }: ChargeRule): ChargeRule | undefined {
  return rules.find(rule => rule.kind === kind && rule.name === name && rule.version === version - 1)
}

function ruleSnapshot({ id, ...rule }: NewChargeRule | ChargeRule) {
  return auditSnapshot({ ...rule, terms: withoutCouponCodes(rule.terms) })
}

/** Records who redeemed coupons, by the name of the promotion. Bookings of discounts are entries of the ledger. */
export function auditedDiscountLedger({ store, open, changes }: AuditedStore<DiscountLedger>): DiscountLedger {
  return {
    ...unaudited(store, 'redeemedBy', 'redemptions', 'book', 'release', 'totals'),
    redeem: requested =>
      changes.record({
        change: database => open(database).redeem(requested),
        events(redeemed) {
          const asked = new Set(requested.map(({ id }) => id))
          // An earlier redemption by the same holder is returned instead of a new one.
          const made = redeemed.filter(({ id }) => asked.has(id))
          return made.map(({ id, tenantId, promotion, customerId }) => pricingAudit.couponRedeemed(tenantId, id, { promotion, customerId }))
        },
      }),
  }
}
