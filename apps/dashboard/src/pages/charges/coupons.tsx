import { type SubmitEvent, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { TextField } from '../../ui/field.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { COUPONS, REDEEM_COUPON } from './charges.operations.ts'

/** The coupons that were redeemed, latest first. For a tenant, one can be redeemed. */
export function Coupons({ onDone }: { readonly onDone: ((said: string) => void) | undefined }) {
  const { tenantId } = useTenant()
  const read = useRead(COUPONS, { tenantId: tenantId ?? null })
  return (
    <Card title="Coupons" actions={tenantId !== undefined && onDone !== undefined && <Redeem tenantId={tenantId} onDone={onDone} />}>
      <Shown read={read}>
        {({ couponRedemptions: { nodes } }) => (
          <DataTable
            caption="Redeemed coupons"
            rows={nodes}
            keyOf={({ tenant, customerId, discount, code }) => [tenant.id, customerId, discount, code].join(' ')}
            empty={
              <Empty title="No coupon was redeemed.">
                {tenantId === undefined ? 'Choose a tenant to redeem one for it.' : 'Enter a code to redeem it for this tenant.'}
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
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [redeem, isSending] = useChange(REDEEM_COUPON)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const refused = problemOf(await redeem({ input: { code: code.trim(), tenantId } }), ({ redeemCoupon }) => redeemCoupon)
    setProblem(refused)
    if (refused === undefined) onDone(`The coupon ${code.trim()} was redeemed for ${tenantId}.`)
  }
  return (
    <form onSubmit={event => void submit(event)} className="flex flex-wrap items-start gap-2">
      <TextField
        label="Coupon code"
        isLabelHidden
        placeholder="Coupon code"
        required
        error={problem?.fields.get('code')}
        value={code}
        onChange={({ target: { value } }) => setCode(value)}
      />
      <Button type="submit" disabled={isSending}>
        Redeem
      </Button>
      <ProblemNote problem={problem} known={['code']} />
    </form>
  )
}
