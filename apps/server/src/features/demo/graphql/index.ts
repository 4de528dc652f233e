import './load-demo.ts'
