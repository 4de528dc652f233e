import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatCount } from '../../ui/format.ts'
import { Shown } from '../../ui/states.tsx'
import { itemsOf, numberOrNull, textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { addressText } from './address-text.ts'
import { BILLING_SETTINGS, type BillingSettingsQuery, SET_BILLING_SETTINGS } from './billing.operations.ts'
import { PARTY_PATHS, PartyFields } from './party-fields.tsx'
import { partyFormOf, partyOf } from './party-form.ts'

type Settings = BillingSettingsQuery['billingSettings']

const BEHAVIORS = [
  { value: 'EXCLUSIVE', label: 'Tax is added to the amounts' },
  { value: 'INCLUSIVE', label: 'Amounts include tax' },
] as const

export interface BillingSettingsProps {
  readonly mayChange: boolean
  readonly onDone: (said: string) => void
}

/** How all tenants are invoiced, and the seller. */
export function BillingSettings({ mayChange, onDone }: BillingSettingsProps) {
  const read = useRead(BILLING_SETTINGS, {})
  const [edited, setEdited] = useState<'seller' | 'settings'>()
  const onClose = () => setEdited(undefined)
  const done = (said: string) => {
    onClose()
    read.refresh()
    onDone(said)
  }
  return (
    <Card
      title="How all tenants are invoiced"
      actions={
        mayChange &&
        read.data !== undefined && (
          <>
            <Button onClick={() => setEdited('seller')}>{read.data.billingSettings.seller === null ? 'Set the seller' : 'Change the seller'}</Button>
            <Button onClick={() => setEdited('settings')}>Change the settings</Button>
          </>
        )
      }
    >
      <Shown read={read}>
        {({ billingSettings: settings }) => (
          <>
            <Facts
              facts={[
                ['Seller', settings.seller?.name ?? 'not set: nothing can be invoiced before'],
                ['Address', settings.seller === null ? null : addressText(settings.seller.address)],
                ['Tax registration', settings.seller?.taxId?.value],
                ['Bank account', settings.seller?.bankAccount?.iban],
                ['Registered for taxes in', settings.taxRegistrations.join(', ') || 'nowhere'],
                ['Tax', BEHAVIORS.find(({ value }) => value === settings.taxBehavior)?.label],
                ['Numbers begin with', `${settings.invoiceSeries}, ${settings.creditNoteSeries} for credit notes`],
                ['Lines grouped by', settings.lineDimensions.join(', ')],
                ['Late usage is billed for', `${formatCount(settings.lookBackPeriods)} earlier periods`],
                ['Printed on invoices', settings.notes],
              ]}
            />
            {edited === 'seller' && <SellerDialog seller={settings.seller} onDone={() => done('The seller was set.')} onClose={onClose} />}
            {edited === 'settings' && <SettingsDialog settings={settings} onDone={() => done('The settings were changed.')} onClose={onClose} />}
          </>
        )}
      </Shown>
    </Card>
  )
}

interface SellerDialogProps {
  readonly seller: Settings['seller']
  readonly onDone: () => void
  readonly onClose: () => void
}

function SellerDialog({ seller, onDone, onClose }: SellerDialogProps) {
  const { form, field } = useForm({
    ...partyFormOf(seller),
    registration: seller?.registration ?? '',
    phone: seller?.phone ?? '',
    holder: seller?.bankAccount?.holder ?? '',
    iban: seller?.bankAccount?.iban ?? '',
    bic: seller?.bankAccount?.bic ?? '',
    bank: seller?.bankAccount?.bank ?? '',
  })
  const [set] = useChange(SET_BILLING_SETTINGS)
  const send = async () => {
    const { holder, iban, bic, bank } = form
    const bankAccount = iban.trim() === '' ? null : { holder: holder.trim(), iban: iban.trim(), bic: textOrNull(bic), bank: textOrNull(bank) }
    const input = { seller: { ...partyOf(form), registration: textOrNull(form.registration), phone: textOrNull(form.phone), bankAccount } }
    return problemOf(await set({ input }), ({ setBillingSettings }) => setBillingSettings)
  }
  return (
    <FormDialog
      title="Set the seller"
      about="Printed on invoices that are finalised from now on. Its address and registrations decide the tax. Earlier invoices stay."
      submitText="Set the seller"
      isWide
      known={[...PARTY_PATHS, 'registration', 'phone', 'bankAccount', 'bankAccount.holder', 'bankAccount.iban', 'bankAccount.bic', 'bankAccount.bank'].flatMap(
        path => [path, `seller.${path}`],
      )}
      {...{ send, onDone, onClose }}
    >
      {errorOf => {
        const errorIn = (path: string) => errorOf(`seller.${path}`) ?? errorOf(path)
        return (
          <>
            <PartyFields form={form} field={field} errorOf={errorIn} />
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField label="Number in a register of companies" error={errorIn('registration')} {...field('registration')} />
              <TextField label="Phone" type="tel" error={errorIn('phone')} {...field('phone')} />
              <TextField label="IBAN for bank transfers" error={errorIn('bankAccount.iban')} {...field('iban')} />
              {form.iban.trim() !== '' && (
                <>
                  <TextField label="Holder of the account" required error={errorIn('bankAccount.holder')} {...field('holder')} />
                  <TextField label="BIC" error={errorIn('bankAccount.bic')} {...field('bic')} />
                  <TextField label="Bank" error={errorIn('bankAccount.bank')} {...field('bank')} />
                </>
              )}
            </div>
          </>
        )
      }}
    </FormDialog>
  )
}

interface SettingsDialogProps {
  readonly settings: Settings
  readonly onDone: () => void
  readonly onClose: () => void
}

function SettingsDialog({ settings, onDone, onClose }: SettingsDialogProps) {
  const { form, field } = useForm({
    taxRegistrations: settings.taxRegistrations.join(', '),
    taxBehavior: settings.taxBehavior,
    invoiceSeries: settings.invoiceSeries,
    creditNoteSeries: settings.creditNoteSeries,
    lineDimensions: settings.lineDimensions.join(', '),
    lookBackPeriods: String(settings.lookBackPeriods),
    notes: settings.notes ?? '',
  })
  const [set] = useChange(SET_BILLING_SETTINGS)
  const send = async () => {
    const input = {
      taxRegistrations: itemsOf(form.taxRegistrations),
      taxBehavior: form.taxBehavior as Settings['taxBehavior'],
      invoiceSeries: form.invoiceSeries.trim(),
      creditNoteSeries: form.creditNoteSeries.trim(),
      lineDimensions: itemsOf(form.lineDimensions),
      lookBackPeriods: numberOrNull(form.lookBackPeriods),
      notes: textOrNull(form.notes),
    }
    return problemOf(await set({ input }), ({ setBillingSettings }) => setBillingSettings)
  }
  return (
    <FormDialog
      title="Change the settings of invoices"
      about="They apply to invoices of all tenants that are finalised from now on. Numbers that begin otherwise count from 1."
      submitText="Change the settings"
      known={[
        'taxRegistrations',
        'tax.registrations',
        'tax.behavior',
        'taxBehavior',
        'invoiceSeries',
        'creditNoteSeries',
        'lineDimensions',
        'lookBackPeriods',
        'notes',
      ]}
      {...{ send, onDone, onClose }}
    >
      {errorOf => (
        <>
          <TextField
            label="Registered for taxes in"
            hint="With commas: countries such as DE, regions such as US-CA, and EU for the One Stop Shop."
            error={errorOf('taxRegistrations') ?? errorOf('tax.registrations')}
            {...field('taxRegistrations')}
          />
          <SelectField label="Tax" choices={BEHAVIORS} error={errorOf('taxBehavior') ?? errorOf('tax.behavior')} {...field('taxBehavior')} />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField label="Invoices begin with" required error={errorOf('invoiceSeries')} {...field('invoiceSeries')} />
            <TextField label="Credit notes begin with" required error={errorOf('creditNoteSeries')} {...field('creditNoteSeries')} />
            <TextField label="Group lines by" hint="Dimensions, with commas." error={errorOf('lineDimensions')} {...field('lineDimensions')} />
            <TextField
              label="Earlier periods"
              hint="In which late usage is looked for."
              type="number"
              min={0}
              required
              error={errorOf('lookBackPeriods')}
              {...field('lookBackPeriods')}
            />
          </div>
          <TextField label="Printed on every invoice" error={errorOf('notes')} {...field('notes')} />
        </>
      )}
    </FormDialog>
  )
}
