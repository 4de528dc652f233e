import './model-aliases.ts'
import './set-model-alias.ts'
