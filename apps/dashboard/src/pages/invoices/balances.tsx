import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { formatAmount } from '../../ui/format.ts'
import { Shown } from '../../ui/states.tsx'
import { BALANCES } from './billing.operations.ts'
import { PaymentDialog } from './payment-dialog.tsx'

export interface BalancesProps {
  readonly tenantId: string
  readonly mayRecord: boolean
  readonly onDone: (said: string) => void
}

/** What a tenant has paid beyond its invoices, and where a payment is recorded that names no invoice. */
export function Balances({ tenantId, mayRecord, onDone }: BalancesProps) {
  const { currency } = useTenant()
  const [isRecording, setRecording] = useState(false)
  const read = useRead(BALANCES, { tenantId })
  return (
    <Card title="Balance" actions={mayRecord && <Button onClick={() => setRecording(true)}>Record a payment</Button>}>
      <Shown read={read} lines={1}>
        {({ paymentBalances }) => (
          <p>
            {paymentBalances.length === 0
              ? 'Nothing is left of what it has paid.'
              : `${paymentBalances.map(balance => formatAmount(balance.amount, balance.currency)).join(', ')} pay its next invoices.`}
          </p>
        )}
      </Shown>
      {isRecording && <PaymentDialog invoice={undefined} {...{ tenantId, currency, onDone }} onClose={() => setRecording(false)} />}
    </Card>
  )
}
