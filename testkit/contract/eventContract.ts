import { readFileSync } from 'node:fs'
import { compileType, isObject, type Validator } from './compile.ts'

type EventKeys = Record<string, string>

const file = JSON.parse(readFileSync(new URL('./events.json', import.meta.url), 'utf8')) as Record<
  string,
  EventKeys | EventKeys[]
>

/** Names of the WebSocket events in the contract. */
export const eventNames: readonly string[] = Object.keys(file)

const validators = new Map(Object.entries(file).map(([name, keys]) => [name, [keys].flat().map(validatorOf)]))
const broadcastOf = compileType(
  '{omit_users:map<string,bool>|null,user_id:string,channel_id:string,team_id:string,connection_id:string,' +
    'omit_connection_id:string,contains_sanitized_data?:bool,contains_sensitive_data?:bool}',
)
const replyOk = compileType('{status:"OK",seq_reply:int,data?:object}')
const replyFail = compileType('{status:"FAIL",seq_reply:int,error:AppError}')

function validatorOf(keys: EventKeys): Validator {
  const fields = Object.entries(keys).map(([key, type]) => `${key}:${type}`)
  return compileType(`{${fields.join(',')}}`)
}

/**
 * Compares one frame from the server with the contract: an event (name, exact data keys with their types, JSON inside
 * strings, all six broadcast keys, an integer seq) or a reply. Lists what differs; empty = all is well.
 */
export function checkEvent(frame: unknown): string[] {
  if (!isObject(frame)) return ['a frame is a JSON object']
  if ('seq_reply' in frame) return (frame['status'] === 'OK' ? replyOk : replyFail)(frame).map((p) => `reply: ${p}`)
  const name = frame['event']
  if (typeof name !== 'string') return ['frame without an event name']
  return [...checkEnvelope(frame), ...checkData(name, frame['data'])].map((problem) => `event ${name}: ${problem}`)
}

function checkEnvelope(frame: Record<string, unknown>): string[] {
  const problems = broadcastOf(frame['broadcast']).map((problem) => problem.replace('$', 'broadcast'))
  if (!Number.isInteger(frame['seq'])) problems.push('seq: not an integer')
  const known = ['event', 'data', 'broadcast', 'seq']
  for (const key of Object.keys(frame)) if (!known.includes(key)) problems.push(`${key}: not a documented key`)
  return problems
}

/** An event with several documented forms is judged by the form that comes closest. */
function checkData(name: string, data: unknown): string[] {
  const forms = validators.get(name)
  if (!forms) return name.startsWith('custom_') ? [] : ['not an event of the contract']
  let best: string[] | undefined
  for (const validate of forms) {
    const problems = validate(data)
    if (!best || problems.length < best.length) best = problems
  }
  return (best ?? []).map((problem) => problem.replace('$', 'data'))
}
