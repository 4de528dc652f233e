import { isUuidV7 } from '@tollgate/kernel'
import { readScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../../graphql/relay/cursor.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
import { CouponRedemptionRef } from './coupon-redemption.ts'

const CouponRedemptionConnectionRef = builder.connectionObject(
  { type: CouponRedemptionRef, name: 'CouponRedemptionConnection' },
  { name: 'CouponRedemptionEdge' },
)

builder.queryField('couponRedemptions', t =>
  t.field({
    type: CouponRedemptionConnectionRef,
    authScopes: { can: 'prices:read' },
    complexity: pageComplexity(PAGES.couponRedemptions),
    description: 'Lists redeemed coupons, latest first. Tenants see their own.',
    args: {
      tenantId: t.arg.id({ description: 'Only redemptions by this tenant. Defaults to all tenants for an operator key.' }),
      discount: t.arg.string({ description: 'Only redemptions for the discount with this name.' }),
      ...pageArguments(t.arg, PAGES.couponRedemptions),
    },
    resolve: async (_root, { tenantId, discount, ...args }, context) => {
      const scope = await readScope(context, tenantId)
      const page = readPage(args, PAGES.couponRedemptions, toPosition)
      const { items, hasMore } = await context.tollgate.promotions.redemptions(scope, {
        ...page,
        ...(typeof discount === 'string' && { promotion: discount }),
      })
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)

function toPosition(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!isUuidV7(id)) throw invalidCursor()
  return id
}
