import type { MailKind } from '../../model/mail/mail.ts'
import type { MailTemplate } from './mail-template.ts'

const PAY_TEXT = `{% if invoiceUrl %}View the invoice: {{ invoiceUrl }}
{% endif %}{% if payUrl %}Pay online: {{ payUrl }}
{% endif %}{% if bankAccount %}Bank transfer: {{ bankAccount }}, reference {{ number }}
{% endif %}`
const PAY_HTML = `{% if invoiceUrl %}<p><a href="{{ invoiceUrl }}">View the invoice</a></p>{% endif %}{% if payUrl %}<p><a href="{{ payUrl }}">Pay online</a></p>{% endif %}{% if bankAccount %}<p>Bank transfer: {{ bankAccount }}, reference {{ number }}</p>{% endif %}`
const UNSUBSCRIBE_TEXT = `{% if unsubscribeUrl %}
Unsubscribe from these alerts: {{ unsubscribeUrl }}
{% endif %}`
const UNSUBSCRIBE_HTML = `{% if unsubscribeUrl %}<p style="font-size:12px;color:#71717a"><a href="{{ unsubscribeUrl }}">Unsubscribe from these alerts</a></p>{% endif %}`

/** E-mails in English. */
export const ENGLISH: Readonly<Record<MailKind, MailTemplate>> = {
  invoice: {
    subject: 'Invoice {{ number }} from {{ seller }}',
    text: `Hello {{ recipient }},

your invoice {{ number }} over {{ total | money: currency }} is attached.{% if dueAt %} It is due on {{ dueAt | day: timeZone }}.{% endif %}

${PAY_TEXT}
{{ seller }}
`,
    html: `<p>Hello {{ recipient }},</p>
<p>your invoice <b>{{ number }}</b> over <b>{{ total | money: currency }}</b> is attached.{% if dueAt %} It is due on {{ dueAt | day: timeZone }}.{% endif %}</p>
${PAY_HTML}
<p>{{ seller }}</p>`,
  },
  credit_note: {
    subject: 'Credit note {{ number }} from {{ seller }}',
    text: `Hello {{ recipient }},

the credit note {{ number }} over {{ total | money: currency }}{% if correctedNumber %} for the invoice {{ correctedNumber }}{% endif %} is attached.

{% if invoiceUrl %}View the credit note: {{ invoiceUrl }}
{% endif %}
{{ seller }}
`,
    html: `<p>Hello {{ recipient }},</p>
<p>the credit note <b>{{ number }}</b> over <b>{{ total | money: currency }}</b>{% if correctedNumber %} for the invoice {{ correctedNumber }}{% endif %} is attached.</p>
{% if invoiceUrl %}<p><a href="{{ invoiceUrl }}">View the credit note</a></p>{% endif %}
<p>{{ seller }}</p>`,
  },
  reminder: {
    subject: `{% if daysLate < 0 %}Invoice {{ number }} is due on {{ dueAt | day: timeZone }}{% elsif daysLate == 0 %}Invoice {{ number }} is due today{% else %}Reminder: invoice {{ number }} is overdue{% endif %}`,
    text: `Hello {{ recipient }},

{% if daysLate < 0 %}invoice {{ number }} is due on {{ dueAt | day: timeZone }}.{% elsif daysLate == 0 %}invoice {{ number }} is due today.{% else %}invoice {{ number }} was due on {{ dueAt | day: timeZone }}, {{ daysLate }} day{% if daysLate != 1 %}s{% endif %} ago.{% endif %} {{ amountDue | money: currency }} of {{ total | money: currency }} is still to be paid.
{% if lateFee %}
A late fee of {{ lateFee | money: currency }} was added. It is on an invoice of its own.
{% endif %}
${PAY_TEXT}
If you have paid in the meantime, please ignore this e-mail.

{{ seller }}
`,
    html: `<p>Hello {{ recipient }},</p>
<p>{% if daysLate < 0 %}invoice <b>{{ number }}</b> is due on {{ dueAt | day: timeZone }}.{% elsif daysLate == 0 %}invoice <b>{{ number }}</b> is due today.{% else %}invoice <b>{{ number }}</b> was due on {{ dueAt | day: timeZone }}, {{ daysLate }} day{% if daysLate != 1 %}s{% endif %} ago.{% endif %} <b>{{ amountDue | money: currency }}</b> of {{ total | money: currency }} is still to be paid.</p>
{% if lateFee %}<p>A late fee of {{ lateFee | money: currency }} was added. It is on an invoice of its own.</p>{% endif %}
${PAY_HTML}
<p>If you have paid in the meantime, please ignore this e-mail.</p>
<p>{{ seller }}</p>`,
  },
  quota_alert: {
    subject: '{{ percentage }} % of the {{ window }} quota of {{ metric }} is used{% if tenantName %}: {{ tenantName }}{% endif %}',
    text: `{{ used }} of {{ limit }} {{ metric }} is used in the current {{ window }}{% if tenantName %} by {{ tenantName }}{% endif %}. The threshold is {{ percentage }} %.
${UNSUBSCRIBE_TEXT}`,
    html: `<p><b>{{ used }}</b> of <b>{{ limit }}</b> {{ metric }} is used in the current {{ window }}{% if tenantName %} by {{ tenantName }}{% endif %}. The threshold is {{ percentage }} %.</p>
${UNSUBSCRIBE_HTML}`,
  },
  operational_alert: {
    subject: '{% if isRecovered %}Recovered: {% endif %}{{ title }}',
    text: `{{ message }}

{{ occurredAt | time: timeZone }}
${UNSUBSCRIBE_TEXT}`,
    html: `<p>{{ message }}</p>
<p style="color:#71717a">{{ occurredAt | time: timeZone }}</p>
${UNSUBSCRIBE_HTML}`,
  },
}
