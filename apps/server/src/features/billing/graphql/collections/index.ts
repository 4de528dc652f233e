import './change-collections.ts'
import './collections.ts'
import './errors.ts'
