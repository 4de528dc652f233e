import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatCount } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { itemsOf, numberOrNull, textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { addressText } from './address-text.ts'
import { BILLING_PROFILE, type BillingProfileQuery, SET_BILLING_PROFILE } from './billing.operations.ts'
import { PARTY_PATHS, PartyFields } from './party-fields.tsx'
import { partyFormOf, partyOf } from './party-form.ts'

type Profile = BillingProfileQuery['billingProfile']

export interface BillingProfileProps {
  readonly tenantId: string
  readonly mayChange: boolean
  readonly onDone: (said: string) => void
}

/** Whom a tenant is invoiced as. */
export function BillingProfile({ tenantId, mayChange, onDone }: BillingProfileProps) {
  const read = useRead(BILLING_PROFILE, { tenantId })
  const [isEditing, setEditing] = useState(false)
  return (
    <Card
      title="Invoiced as"
      actions={
        mayChange &&
        read.data !== undefined && (
          <Button onClick={() => setEditing(true)}>{read.data.billingProfile === null ? 'Set the profile' : 'Change the profile'}</Button>
        )
      }
    >
      <Shown read={read}>
        {({ billingProfile: profile }) => (
          <>
            {profile === null ? (
              <Empty title="It is not known whom to invoice.">Set the profile: no invoice can be finalised before.</Empty>
            ) : (
              <Facts
                facts={[
                  ['Name', profile.name],
                  ['Address', addressText(profile.address)],
                  ['Tax registration', profile.taxId?.value],
                  ['Pays no taxes', profile.taxExemption],
                  ['E-mail address', profile.email],
                  ['Language', profile.locale],
                  ['Reference', profile.reference],
                  ['Due', `${formatCount(profile.paymentTermDays)} days after the invoice`],
                  ['Lines grouped by', profile.lineDimensions?.join(', ')],
                ]}
              />
            )}
            {isEditing && (
              <ProfileDialog
                tenantId={tenantId}
                profile={profile}
                onDone={() => {
                  setEditing(false)
                  read.refresh()
                  onDone('The billing profile was set.')
                }}
                onClose={() => setEditing(false)}
              />
            )}
          </>
        )}
      </Shown>
    </Card>
  )
}

interface ProfileDialogProps {
  readonly tenantId: string
  readonly profile: Profile
  readonly onDone: () => void
  readonly onClose: () => void
}

function ProfileDialog({ tenantId, profile, onDone, onClose }: ProfileDialogProps) {
  const { form, field } = useForm({
    ...partyFormOf(profile),
    taxExemption: profile?.taxExemption ?? '',
    locale: profile?.locale ?? 'en',
    reference: profile?.reference ?? '',
    paymentTermDays: String(profile?.paymentTermDays ?? 30),
    lineDimensions: profile?.lineDimensions?.join(', ') ?? '',
  })
  const [set] = useChange(SET_BILLING_PROFILE)
  const send = async () => {
    const lineDimensions = itemsOf(form.lineDimensions)
    const input = {
      tenantId,
      ...partyOf(form),
      taxExemption: textOrNull(form.taxExemption),
      locale: form.locale.trim(),
      reference: textOrNull(form.reference),
      paymentTermDays: numberOrNull(form.paymentTermDays),
      lineDimensions: lineDimensions.length === 0 ? null : lineDimensions,
    }
    return problemOf(await set({ input }), ({ setBillingProfile }) => setBillingProfile)
  }
  return (
    <FormDialog
      title="Set the billing profile"
      about={`For invoices of ${tenantId} that are finalised from now on. Its address and tax registration decide the tax. Earlier invoices stay.`}
      submitText="Set the profile"
      isWide
      known={[...PARTY_PATHS, 'taxExemption', 'locale', 'reference', 'paymentTermDays', 'lineDimensions']}
      {...{ send, onDone, onClose }}
    >
      {errorOf => (
        <>
          <PartyFields form={form} field={field} errorOf={errorOf} />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="Why it pays no taxes"
              hint="Printed on invoices. Empty if it pays them."
              error={errorOf('taxExemption')}
              {...field('taxExemption')}
            />
            <TextField label="Its reference" hint="Such as a purchase order." error={errorOf('reference')} {...field('reference')} />
            <TextField label="Language" hint="Such as en or de-CH." required error={errorOf('locale')} {...field('locale')} />
            <TextField
              label="Days to pay"
              hint="From the invoice on."
              type="number"
              min={0}
              required
              error={errorOf('paymentTermDays')}
              {...field('paymentTermDays')}
            />
            <TextField
              label="Group lines by"
              hint="Dimensions, with commas. Empty as in the settings."
              error={errorOf('lineDimensions')}
              {...field('lineDimensions')}
            />
          </div>
        </>
      )}
    </FormDialog>
  )
}
