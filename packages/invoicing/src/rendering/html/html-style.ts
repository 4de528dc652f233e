import type { PageLayout } from '../document/page-layout.ts'

/** Returns the style sheet of an invoice. Its color is checked before. */
export function styleSheet({ color, paper }: Pick<PageLayout, 'color' | 'paper'>): string {
  return `
:root { --brand: ${color}; --ink: #1b1f24; --soft: #5b6470; --line: #d5dae0; --wash: #f4f6f8; }
* { box-sizing: border-box; }
body { margin: 0; background: #eceff2; color: var(--ink); font: 14px/1.45 "DejaVu Sans", "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 820px; margin: 24px auto; padding: 48px; background: #fff; box-shadow: 0 1px 4px rgb(0 0 0 / 15%); overflow-wrap: anywhere; }
header { display: flex; justify-content: space-between; gap: 32px; align-items: flex-start; }
header > * { min-width: 0; }
.logo { max-width: 240px; max-height: 72px; }
.brand { font-size: 18px; font-weight: 700; color: var(--brand); }
.seller { text-align: right; color: var(--soft); font-size: 12px; }
.seller strong { color: var(--ink); }
h1 { margin: 32px 0 20px; font-size: 26px; color: var(--brand); display: flex; align-items: center; gap: 16px; flex-wrap: wrap; }
h2 { margin: 28px 0 8px; font-size: 14px; color: var(--brand); }
.stamp { font-size: 13px; padding: 3px 10px; border: 2px solid; border-radius: 4px; text-transform: uppercase; letter-spacing: 0.06em; }
.good { color: #1a7f37; } .bad { color: #b42318; } .neutral { color: var(--soft); }
.head { display: grid; grid-template-columns: 1fr 1fr; gap: 32px; }
.label { color: var(--soft); font-size: 12px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 16px; margin: 0; align-content: start; }
dt { color: var(--soft); } dd { margin: 0; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-size: 12px; color: #fff; background: var(--brand); padding: 6px 8px; }
td { padding: 6px 8px; vertical-align: top; border-bottom: 1px solid var(--line); }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.number { text-align: right; overflow-wrap: normal; }
td.number { font-variant-numeric: tabular-nums; }
.keep { white-space: nowrap; }
.lines { margin-top: 28px; table-layout: fixed; }
.lines th:nth-child(1) { width: 38%; } .lines th:nth-child(2) { width: 20%; } .lines th:nth-child(3) { width: 17%; } .lines th:nth-child(4) { width: 9%; }
.lines .number { overflow-wrap: anywhere; } .lines .keep, .small th { overflow-wrap: normal; }
.group td { background: var(--wash); font-weight: 700; break-after: avoid; }
.remark { color: var(--soft); font-size: 12px; }
.deduction td { border-bottom: 0; color: var(--soft); font-size: 12px; padding-top: 0; }
.deduction.last td { border-bottom: 1px solid var(--line); }
.open td { border-bottom: 0; }
.sum td { font-weight: 700; }
.totals { width: 55%; margin: 16px 0 0 auto; break-inside: avoid; }
.totals td { border: 0; padding: 3px 8px; }
.totals .strong td { border-top: 1px solid var(--line); font-weight: 700; }
.totals .final td { border-top: 2px solid var(--brand); font-weight: 700; font-size: 16px; color: var(--brand); }
section { break-inside: avoid; }
.small td, .small th { font-size: 12px; padding: 4px 8px; }
.payment { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 24px; }
.payment > div:first-child { flex: 1 1 260px; } .code { text-align: center; } .code svg { width: 110px; height: 110px; display: block; margin-bottom: 4px; }
.chart svg { width: 100%; height: auto; display: block; }
.notes { white-space: pre-wrap; }
footer { margin-top: 36px; padding-top: 10px; border-top: 1px solid var(--line); color: var(--soft); font-size: 11px; text-align: center; }
@media (max-width: 640px) { main { margin: 0; padding: 20px; } .head, header { display: block; } .seller { text-align: left; margin-top: 12px; } .totals { width: 100%; }
  .lines, .lines tbody { display: block; } .lines thead { display: none; }
  .lines tr { display: flex; flex-wrap: wrap; justify-content: space-between; padding: 4px 0; border-bottom: 1px solid var(--line); }
  .lines td { border: 0; padding: 1px 6px; } .lines td:first-child { flex: 1 0 100%; } .lines .open { border: 0; }
  .lines .sum td:first-child, .lines .deduction td:first-child { flex: 1 1 0; } .small td, .small th { padding: 3px; font-size: 11px; } }
@media print { @page { size: ${paper}; margin: 16mm; } body { background: #fff; font-size: 11px; } main { margin: 0; padding: 0; max-width: none; box-shadow: none; }
  th, .group td { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`
}
