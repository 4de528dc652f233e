import { useState } from 'react'
import { useTenant } from '../app/tenant-context.ts'
import { useScope } from '../app/viewer-context.ts'
import { problemOf } from '../graphql/problem.ts'
import { useChange } from '../graphql/use-change.ts'
import { useRead } from '../graphql/use-read.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { textOrNull } from '../ui/typed-text.ts'
import { useForm } from '../ui/use-form.ts'
import { COUPONS, REDEEM_COUPON } from './coupons.operations.ts'

/** The coupons that were redeemed, latest first. For a tenant, one can be redeemed. */
export function Coupons({ onDone }: { readonly onDone: (said: string) => void }) {
  const { tenantId } = useTenant()
  const mayRedeem = useScope('usage:write')
  const read = useRead(COUPONS, { tenantId: tenantId ?? null })
  return (
    <Card title="Coupons" actions={tenantId !== undefined && mayRedeem && <Redeem tenantId={tenantId} onDone={onDone} />}>
      <Shown read={read}>
        {({ couponRedemptions: { nodes } }) => (
          <DataTable
            caption="Redeemed coupons"
            rows={nodes}
            keyOf={({ tenant, customerId, discount, code }) => [tenant.id, customerId, discount, code].join(' ')}
            empty={
              <Empty title="No coupon was redeemed.">
                {tenantId === undefined ? 'Choose a tenant to redeem one for it.' : 'Redeem a code for this tenant.'}
              </Empty>
            }
            columns={[
              { header: 'Code', cell: ({ code }) => <span className="font-mono">{code}</span>, className: 'break-words' },
              { header: 'Discount', cell: ({ discount }) => discount, className: 'max-w-72 break-words' },
              {
                header: 'Tenant',
                cell: ({ tenant, customerId }) => (customerId === null ? tenant.name : `${tenant.name}, ${customerId}`),
                className: 'max-w-72 break-words',
              },
              { header: 'Redeemed', cell: ({ redeemedAt }) => <Time at={redeemedAt} /> },
            ]}
          />
        )}
      </Shown>
    </Card>
  )
}

function Redeem({ tenantId, onDone }: { readonly tenantId: string; readonly onDone: (said: string) => void }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Redeem a coupon</Button>
      {isOpen && <RedeemDialog {...{ tenantId, onDone }} onClose={() => setOpen(false)} />}
    </>
  )
}

/** Errors that are about the code. */
const CODE_ERRORS = { UnknownCouponError: 'code', CouponNotValidError: 'code', CouponUsedUpError: 'code', TooManyCouponAttemptsError: 'code' } as const

interface RedeemDialogProps {
  readonly tenantId: string
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

function RedeemDialog({ tenantId, onDone, onClose }: RedeemDialogProps) {
  const { form, field } = useForm({ code: '', customerId: '' })
  const [redeem] = useChange(REDEEM_COUPON)
  const code = form.code.trim()
  const send = async () =>
    problemOf(await redeem({ input: { code, tenantId, customerId: textOrNull(form.customerId) } }), ({ redeemCoupon }) => redeemCoupon, CODE_ERRORS)
  return (
    <FormDialog
      title="Redeem a coupon"
      about="Its discounts apply to usage from now on. Redeeming it again changes nothing."
      submitText="Redeem it"
      known={['code', 'customerId']}
      send={send}
      onDone={() => onDone(`The coupon ${code} was redeemed for ${textOrNull(form.customerId) ?? tenantId}.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <TextField label="Coupon code" required error={errorOf('code')} {...field('code')} />
          <TextField label="Only for the customer" hint="Empty for all usage of the tenant." error={errorOf('customerId')} {...field('customerId')} />
        </>
      )}
    </FormDialog>
  )
}
