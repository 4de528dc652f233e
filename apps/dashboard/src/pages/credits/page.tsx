import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { textIn, useView } from '../../app/use-view.ts'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Empty } from '../../ui/states.tsx'
import { Costs } from './costs.tsx'
import { DebitRule } from './debit-rule.tsx'
import { GrantDialog } from './grant-dialog.tsx'
import { TENANT_WALLET } from './tenant-wallet.ts'
import { TransferDialog } from './transfer-dialog.tsx'
import { WalletDetails } from './wallet-details.tsx'
import { WalletList } from './wallet-list.tsx'

/** The wallets of a tenant and of its customers, and what happened in one of them. */
export function Page() {
  const { kind } = useViewer()
  const { tenantId } = useTenant()
  const [wallet, change] = useView(search => textIn(search, 'wallet'))
  const mayGrant = useScope('credits:write') && kind === 'OPERATOR' && tenantId !== undefined
  const [dialog, setDialog] = useState<'grant' | 'transfer'>()
  const onClose = () => setDialog(undefined)
  const [said, setSaid] = useState<string>()
  const [version, setVersion] = useState(0)
  const done = (text: string) => {
    setSaid(text)
    onClose()
    setVersion(version + 1)
  }
  const customerId = wallet === undefined || wallet === TENANT_WALLET ? '' : wallet
  if (tenantId === undefined) {
    return (
      <Frame title="Credits">
        <Said text={said} />
        <Card>
          <Empty title="Choose a tenant to see its credits.">Each tenant has wallets of its own.</Empty>
        </Card>
        <Costs key={`costs ${version}`} onDone={done} />
      </Frame>
    )
  }
  return (
    <Frame
      title="Credits"
      about="Prepaid value: what was granted, what usage has spent, and how long it lasts."
      actions={
        mayGrant && (
          <>
            <Button onClick={() => setDialog('transfer')}>Transfer credits</Button>
            <Button look="primary" onClick={() => setDialog('grant')}>
              Grant credits
            </Button>
          </>
        )
      }
    >
      <Said text={said} />
      <WalletList key={`wallets ${version}`} opened={wallet} onOpen={opened => change({ wallet: opened })} />
      {wallet !== undefined && (
        <WalletDetails key={`${wallet} ${version}`} customerId={wallet === TENANT_WALLET ? null : wallet} mayVoid={mayGrant} onDone={done} />
      )}
      <DebitRule key={`rule ${version}`} tenantId={tenantId} mayChange={mayGrant} onDone={done} />
      <Costs key={`costs ${version}`} onDone={done} />
      {dialog === 'grant' && <GrantDialog {...{ tenantId, customerId, onDone: done, onClose }} />}
      {dialog === 'transfer' && <TransferDialog {...{ tenantId, customerId, onDone: done, onClose }} />}
    </Frame>
  )
}
