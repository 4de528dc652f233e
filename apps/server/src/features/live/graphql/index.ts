import './live.ts'
