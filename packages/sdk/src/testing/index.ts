export { describeTollgate, type TollgateUnderTest } from './describe-tollgate.ts'
export { type MemoryEngine, memoryEngine } from './memory-engine.ts'
export { bedrockAnswer, type BedrockEvent, eventsAnswer, geminiAnswer, jsonAnswer } from './provider-answers.ts'
export { type ProviderAnswer, type ProviderResponse, type ProviderServer, startProviderServer } from './provider-server.ts'
