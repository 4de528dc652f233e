import './decide-price-changes.ts'
