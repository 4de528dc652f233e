import { Buffer } from 'node:buffer'
import { logoType } from '../document/branding.ts'
import { darkRuns } from '../document/dark-runs.ts'
import type { InvoiceDocument } from '../document/invoice-document.ts'
import { layOutInvoice } from '../document/lay-out-invoice.ts'
import type { Fact, LineGroup, LineRow, PageLayout, PaymentBlock, TableBlock, Total } from '../document/page-layout.ts'
import { escapeHtml } from './escape-html.ts'
import { chartSvg } from './html-chart.ts'
import { styleSheet } from './html-style.ts'

/** Renders an invoice as one HTML page without scripts and without links to other files. Throws `InvalidBranding`. */
export function renderInvoiceHtml(document: InvoiceDocument): string {
  const page = layOutInvoice(document)
  return [
    `<!doctype html>\n<html lang="${escapeHtml(page.language)}">\n<head>\n<meta charset="utf-8">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n',
    `<title>${escapeHtml(page.title)}</title>\n<style>${styleSheet(page)}</style>\n</head>\n<body>\n<main>\n`,
    header(page),
    `<h1>${escapeHtml(page.heading)}${page.stamp === null ? '' : ` <span class="stamp ${page.stamp.tone}">${escapeHtml(page.stamp.text)}</span>`}</h1>\n`,
    `<div class="head"><div><div class="label">${escapeHtml(page.buyer.label ?? '')}</div><strong>${escapeHtml(page.buyer.name)}</strong>${lines(page.buyer.details)}</div>`,
    `${facts(page.facts)}</div>\n`,
    lineTable(page),
    totals(page.totals),
    page.taxes === null ? '' : `<section>${table(page.taxes)}${notes(page.taxNotes)}</section>\n`,
    page.chart === null ? '' : `<section class="chart"><h2>${escapeHtml(page.chart.title)}</h2>${chartSvg(page.chart, page.color)}</section>\n`,
    page.exchangeRates === null ? '' : `<section>${table(page.exchangeRates)}</section>\n`,
    payment(page.payment),
    page.notes === null ? '' : `<section><h2>${escapeHtml(page.notes.title)}</h2><div class="notes">${escapeHtml(page.notes.text)}</div></section>\n`,
    page.footer.length === 0 ? '' : `<footer>${page.footer.map(escapeHtml).join('<br>')}</footer>\n`,
    '</main>\n</body>\n</html>\n',
  ].join('')
}

function header({ logo, seller }: PageLayout): string {
  const type = logo === null ? undefined : logoType(logo)
  const brand =
    logo === null || type === undefined
      ? `<div class="brand">${escapeHtml(seller.name)}</div>`
      : `<img class="logo" alt="${escapeHtml(logo.description)}" src="data:${type};base64,${Buffer.from(logo.bytes).toString('base64')}">`
  return `<header>${brand}<div class="seller"><strong>${escapeHtml(seller.name)}</strong>${lines(seller.details)}</div></header>\n`
}

function lines(texts: readonly string[]): string {
  return texts.map(text => `<br>${escapeHtml(text)}`).join('')
}

function facts(all: readonly Fact[]): string {
  return `<dl>${all.map(({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`
}

function lineTable({ lines: { heads, groups, empty } }: PageLayout): string {
  const numbers = [heads.quantity, heads.unitPrice, heads.tax, heads.amount].map(text => `<th class="number">${escapeHtml(text)}</th>`).join('')
  const body = groups.length === 0 ? `<tr><td colspan="5">${escapeHtml(empty)}</td></tr>` : groups.map(lineGroup).join('')
  return `<table class="lines"><thead><tr><th>${escapeHtml(heads.description)}</th>${numbers}</tr></thead><tbody>\n${body}</tbody></table>\n`
}

function lineGroup({ title, rows, total }: LineGroup): string {
  const head = title === null ? '' : `<tr class="group"><td colspan="5">${escapeHtml(title)}</td></tr>\n`
  const foot =
    total === null ? '' : `<tr class="sum"><td colspan="4">${escapeHtml(total.label)}</td><td class="number keep">${escapeHtml(total.value)}</td></tr>\n`
  return `${head}${rows.map(lineRow).join('')}${foot}`
}

function lineRow({ cells, remarks, deductions }: LineRow): string {
  const remark = remarks.map(text => `<div class="remark">${escapeHtml(text)}</div>`).join('')
  const cell = (text: string) => `<td class="number">${escapeHtml(text)}</td>`
  const first =
    `<tr${deductions.length === 0 ? '' : ' class="open"'}><td>${escapeHtml(cells.description)}${remark}</td>` +
    `${cell(cells.quantity)}${cell(cells.unitPrice)}${cell(cells.tax)}<td class="number keep">${escapeHtml(cells.amount)}</td></tr>\n`
  const rest = deductions.map(
    ({ label, value }, position) =>
      `<tr class="deduction${position === deductions.length - 1 ? ' last' : ''}"><td colspan="4">${escapeHtml(label)}</td><td class="number keep">${escapeHtml(value)}</td></tr>\n`,
  )
  return [first, ...rest].join('')
}

function totals(all: readonly Total[]): string {
  const rows = all.map(
    ({ label, value, weight }) => `<tr class="${weight}"><td>${escapeHtml(label)}</td><td class="number keep">${escapeHtml(value)}</td></tr>`,
  )
  return `<table class="totals"><tbody>${rows.join('')}</tbody></table>\n`
}

function table({ title, heads, rows }: TableBlock): string {
  const column = (position: number) => (position === 0 ? '' : ' class="number"')
  const head = heads.map((text, position) => `<th${column(position)}>${escapeHtml(text)}</th>`).join('')
  const body = rows.map(row => `<tr>${row.map((text, position) => `<td${column(position)}>${escapeHtml(text)}</td>`).join('')}</tr>`)
  return `<h2>${escapeHtml(title)}</h2><table class="small"><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
}

function notes(texts: readonly string[]): string {
  return texts.map(text => `<p>${escapeHtml(text)}</p>`).join('')
}

function payment({ title, terms, instructions, code }: PaymentBlock): string {
  const qr = code === null ? '' : `<div class="code">${codeSvg(code.modules)}<span class="label">${escapeHtml(code.label)}</span></div>`
  return `<section><h2>${escapeHtml(title)}</h2><div class="payment"><div><p>${escapeHtml(terms)}</p>${facts(instructions)}</div>${qr}</div></section>\n`
}

function codeSvg(modules: readonly (readonly boolean[])[]): string {
  const path = modules.flatMap((row, y) => darkRuns(row).map(({ from, to }) => `M${from} ${y}h${to - from}v1h${from - to}z`)).join('')
  return `<svg viewBox="0 0 ${modules.length} ${modules.length}" shape-rendering="crispEdges" aria-hidden="true"><path d="${path}"/></svg>`
}
