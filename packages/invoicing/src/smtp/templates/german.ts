import type { MailKind } from '../../model/mail/mail.ts'
import type { MailTemplate } from './mail-template.ts'

const PAY_TEXT = `{% if invoiceUrl %}Rechnung ansehen: {{ invoiceUrl }}
{% endif %}{% if payUrl %}Online bezahlen: {{ payUrl }}
{% endif %}{% if bankAccount %}Überweisung: {{ bankAccount }}, Verwendungszweck {{ number }}
{% endif %}`
const PAY_HTML = `{% if invoiceUrl %}<p><a href="{{ invoiceUrl }}">Rechnung ansehen</a></p>{% endif %}{% if payUrl %}<p><a href="{{ payUrl }}">Online bezahlen</a></p>{% endif %}{% if bankAccount %}<p>Überweisung: {{ bankAccount }}, Verwendungszweck {{ number }}</p>{% endif %}`
const UNSUBSCRIBE_TEXT = `{% if unsubscribeUrl %}
Diese Hinweise abbestellen: {{ unsubscribeUrl }}
{% endif %}`
const UNSUBSCRIBE_HTML = `{% if unsubscribeUrl %}<p style="font-size:12px;color:#71717a"><a href="{{ unsubscribeUrl }}">Diese Hinweise abbestellen</a></p>{% endif %}`

/** E-mails in German. */
export const GERMAN: Readonly<Record<MailKind, MailTemplate>> = {
  invoice: {
    subject: 'Rechnung {{ number }} von {{ seller }}',
    text: `Guten Tag {{ recipient }},

anbei erhalten Sie die Rechnung {{ number }} über {{ total | money: currency }}.{% if dueAt %} Sie ist am {{ dueAt | day: timeZone }} fällig.{% endif %}

${PAY_TEXT}
{{ seller }}
`,
    html: `<p>Guten Tag {{ recipient }},</p>
<p>anbei erhalten Sie die Rechnung <b>{{ number }}</b> über <b>{{ total | money: currency }}</b>.{% if dueAt %} Sie ist am {{ dueAt | day: timeZone }} fällig.{% endif %}</p>
${PAY_HTML}
<p>{{ seller }}</p>`,
  },
  credit_note: {
    subject: 'Rechnungskorrektur {{ number }} von {{ seller }}',
    text: `Guten Tag {{ recipient }},

anbei erhalten Sie die Rechnungskorrektur {{ number }} über {{ total | money: currency }}{% if correctedNumber %} zur Rechnung {{ correctedNumber }}{% endif %}.

{% if invoiceUrl %}Rechnungskorrektur ansehen: {{ invoiceUrl }}
{% endif %}
{{ seller }}
`,
    html: `<p>Guten Tag {{ recipient }},</p>
<p>anbei erhalten Sie die Rechnungskorrektur <b>{{ number }}</b> über <b>{{ total | money: currency }}</b>{% if correctedNumber %} zur Rechnung {{ correctedNumber }}{% endif %}.</p>
{% if invoiceUrl %}<p><a href="{{ invoiceUrl }}">Rechnungskorrektur ansehen</a></p>{% endif %}
<p>{{ seller }}</p>`,
  },
  reminder: {
    subject: `{% if daysLate < 0 %}Rechnung {{ number }} ist am {{ dueAt | day: timeZone }} fällig{% elsif daysLate == 0 %}Rechnung {{ number }} ist heute fällig{% else %}Zahlungserinnerung: Rechnung {{ number }} ist überfällig{% endif %}`,
    text: `Guten Tag {{ recipient }},

{% if daysLate < 0 %}die Rechnung {{ number }} ist am {{ dueAt | day: timeZone }} fällig.{% elsif daysLate == 0 %}die Rechnung {{ number }} ist heute fällig.{% else %}die Rechnung {{ number }} war am {{ dueAt | day: timeZone }} fällig, vor {{ daysLate }} Tag{% if daysLate != 1 %}en{% endif %}.{% endif %} Offen sind {{ amountDue | money: currency }} von {{ total | money: currency }}.
{% if lateFee %}
Es ist eine Mahngebühr von {{ lateFee | money: currency }} angefallen. Sie steht auf einer eigenen Rechnung.
{% endif %}
${PAY_TEXT}
Falls Sie inzwischen bezahlt haben, betrachten Sie diese E-Mail bitte als gegenstandslos.

{{ seller }}
`,
    html: `<p>Guten Tag {{ recipient }},</p>
<p>{% if daysLate < 0 %}die Rechnung <b>{{ number }}</b> ist am {{ dueAt | day: timeZone }} fällig.{% elsif daysLate == 0 %}die Rechnung <b>{{ number }}</b> ist heute fällig.{% else %}die Rechnung <b>{{ number }}</b> war am {{ dueAt | day: timeZone }} fällig, vor {{ daysLate }} Tag{% if daysLate != 1 %}en{% endif %}.{% endif %} Offen sind <b>{{ amountDue | money: currency }}</b> von {{ total | money: currency }}.</p>
{% if lateFee %}<p>Es ist eine Mahngebühr von {{ lateFee | money: currency }} angefallen. Sie steht auf einer eigenen Rechnung.</p>{% endif %}
${PAY_HTML}
<p>Falls Sie inzwischen bezahlt haben, betrachten Sie diese E-Mail bitte als gegenstandslos.</p>
<p>{{ seller }}</p>`,
  },
  quota_alert: {
    subject: '{{ percentage }} % des Kontingents an {{ metric }} sind verbraucht{% if tenantName %}: {{ tenantName }}{% endif %}',
    text: `{{ used }} von {{ limit }} {{ metric }} sind im laufenden Zeitraum ({{ window }}){% if tenantName %} von {{ tenantName }}{% endif %} verbraucht. Der Schwellwert ist {{ percentage }} %.
${UNSUBSCRIBE_TEXT}`,
    html: `<p><b>{{ used }}</b> von <b>{{ limit }}</b> {{ metric }} sind im laufenden Zeitraum ({{ window }}){% if tenantName %} von {{ tenantName }}{% endif %} verbraucht. Der Schwellwert ist {{ percentage }} %.</p>
${UNSUBSCRIBE_HTML}`,
  },
  operational_alert: {
    subject: '{% if isRecovered %}Behoben: {% endif %}{{ title }}',
    text: `{{ message }}

{{ occurredAt | time: timeZone }}
${UNSUBSCRIBE_TEXT}`,
    html: `<p>{{ message }}</p>
<p style="color:#71717a">{{ occurredAt | time: timeZone }}</p>
${UNSUBSCRIBE_HTML}`,
  },
}
