import { useState } from 'react'
import { Coupons } from '../../account-view/coupons.tsx'
import { useScope } from '../../app/viewer-context.ts'
import { Button } from '../../ui/button.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { DiscountDialog } from './discount-dialog.tsx'
import { MarkupDialog } from './markup-dialog.tsx'
import { PriceModelDialog } from './price-model-dialog.tsx'
import { Rules } from './rules.tsx'
import { WhatIf } from './what-if.tsx'

type Opened = 'markup' | 'discount' | 'price list' | undefined

/** What tenants are charged: the rules, coupons, and what would be charged by others. */
export function Page() {
  const mayPublish = useScope('prices:write')
  const [opened, setOpened] = useState<Opened>()
  const [said, setSaid] = useState<string>()
  const [version, setVersion] = useState(0)
  const done = (text: string) => {
    setSaid(text)
    setOpened(undefined)
    setVersion(version + 1)
  }
  return (
    <Frame
      title="Charges"
      about="Markups, discounts and price lists turn costs into what tenants are charged."
      actions={
        mayPublish && (
          <>
            <Button onClick={() => setOpened('discount')}>Publish a discount</Button>
            <Button onClick={() => setOpened('price list')}>Publish a price list</Button>
            <Button look="primary" onClick={() => setOpened('markup')}>
              Publish a markup
            </Button>
          </>
        )
      }
    >
      <Said text={said} />
      <WhatIf />
      <Rules key={`rules ${version}`} onDone={mayPublish ? done : undefined} />
      <Coupons key={`coupons ${version}`} onDone={done} />
      {opened === 'markup' && <MarkupDialog onDone={done} onClose={() => setOpened(undefined)} />}
      {opened === 'price list' && <PriceModelDialog onDone={done} onClose={() => setOpened(undefined)} />}
      {opened === 'discount' && <DiscountDialog onDone={done} onClose={() => setOpened(undefined)} />}
    </Frame>
  )
}
