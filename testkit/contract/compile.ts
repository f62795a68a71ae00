import { entityType, enumValues } from './entities.ts'
import { parseType, type Field, type Type } from './parse-type.ts'

/** Answers with one line per problem, each with the path of the value ("$.posts.abc.create_at: …"). Empty = valid. */
export type Validator = (value: unknown) => string[]

/** Lists a client iterates without looking: Mattermost's clients break on null here. */
const NEVER_NULL = new Set([
  'PostList.order',
  'PostList.posts',
  'PostSearchResults.order',
  'PostSearchResults.posts',
  'FileInfoList.order',
  'FileInfoList.file_infos',
  'OrderedSidebarCategories.categories',
  'OrderedSidebarCategories.order',
  'SidebarCategoryWithChannels.channel_ids',
  'Threads.threads',
  'TeamsWithCount.teams',
  'ChannelsWithCount.channels',
])

const MAX_PROBLEMS = 20

type Report = { problems: string[] }

/**
 * Compiles a type of the contract's mini-language ("User[]", "Post|null", "map<string,any>", "{token:string}" …)
 * into a validator. A list or map at the top is never null; inside an object it may be, as Go encodes an unset one.
 */
export function compileType(text: string): Validator {
  const type = parseType(text)
  return (value) => {
    const report: Report = { problems: [] }
    if (value === null && (type.kind === 'array' || type.kind === 'map')) return [`$: null instead of ${text}`]
    check(type, value, '$', report)
    const hidden = report.problems.length - MAX_PROBLEMS
    return hidden > 0 ? [...report.problems.slice(0, MAX_PROBLEMS), `… and ${hidden} more`] : report.problems
  }
}

function check(type: Type, value: unknown, path: string, report: Report): void {
  switch (type.kind) {
    case 'any':
      return
    case 'nullable':
      return value === null ? undefined : check(type.of, value, path, report)
    case 'array':
      return checkArray(type.of, value, path, report)
    case 'map':
      return checkMap(type.of, value, path, report)
    case 'entity':
      return checkEntity(type.name, value, path, report)
    case 'record':
      return checkFields('', type.fields, value, path, report)
    case 'union':
      return checkUnion(type.options, value, path, report)
    case 'encoded':
      return checkEncoded(type.of, value, path, report)
    default:
      if (!isScalar(type, value)) report.problems.push(`${path}: ${show(value)} is not ${describe(type)}`)
  }
}

function isScalar(type: Type, value: unknown): boolean {
  switch (type.kind) {
    case 'string':
      return typeof value === 'string'
    case 'int':
      return Number.isInteger(value)
    case 'float':
      return typeof value === 'number'
    case 'bool':
      return typeof value === 'boolean'
    case 'object':
      return isObject(value)
    case 'base64':
      return typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
    case 'rfc3339':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)
    case 'literal':
      return value === type.value
    case 'enum':
      return typeof value === 'string' && enumValues(type.name).some((entry) => matchesEnum(entry, value))
    default:
      return false
  }
}

function matchesEnum(entry: string, value: string): boolean {
  return entry.endsWith('*') ? value.startsWith(entry.slice(0, -1)) : entry === value
}

function checkArray(of: Type, value: unknown, path: string, report: Report): void {
  if (value === null) return
  if (!Array.isArray(value)) {
    report.problems.push(`${path}: ${show(value)} is not a list`)
    return
  }
  value.forEach((item, index) => check(of, item, `${path}[${index}]`, report))
}

function checkMap(of: Type, value: unknown, path: string, report: Report): void {
  if (value === null) return
  if (!isObject(value)) {
    report.problems.push(`${path}: ${show(value)} is not an object`)
    return
  }
  for (const [key, item] of Object.entries(value)) check(of, item, `${path}.${key}`, report)
}

function checkEntity(name: string, value: unknown, path: string, report: Report): void {
  const type = entityType(name)
  if (type.kind === 'record') checkFields(name, type.fields, value, path, report)
  else check(type, value, path, report)
}

function checkFields(entity: string, fields: Field[], value: unknown, path: string, report: Report): void {
  if (!isObject(value)) {
    report.problems.push(`${path}: ${show(value)} is not ${entity || 'an object'}`)
    return
  }
  const undocumented = new Set(Object.keys(value))
  for (const field of fields) {
    undocumented.delete(field.name)
    checkField(entity, field, value, `${path}.${field.name}`, report)
  }
  for (const key of undocumented)
    report.problems.push(`${path}.${key}: not a documented key of ${entity || 'this object'}`)
}

function checkField(entity: string, field: Field, value: Record<string, unknown>, path: string, report: Report): void {
  const item = value[field.name]
  if (item === undefined) {
    if (!field.optional) report.problems.push(`${path}: missing`)
    return
  }
  const isList = field.type.kind === 'array' || field.type.kind === 'map'
  if (item === null && isList && (field.optional || NEVER_NULL.has(`${entity}.${field.name}`))) {
    report.problems.push(`${path}: null; ${field.optional ? 'leave the key out' : 'clients need an empty one'}`)
    return
  }
  check(field.type, item, path, report)
}

/** Reports the problems of the alternative that comes closest. */
function checkUnion(options: Type[], value: unknown, path: string, report: Report): void {
  let best: string[] | undefined
  for (const option of options) {
    const attempt: Report = { problems: [] }
    check(option, value, path, attempt)
    if (attempt.problems.length === 0) return
    if (!best || attempt.problems.length < best.length) best = attempt.problems
  }
  report.problems.push(...(best ?? []))
}

/** A string that holds JSON, as most WebSocket payloads do. */
function checkEncoded(of: Type, value: unknown, path: string, report: Report): void {
  if (typeof value !== 'string') {
    report.problems.push(`${path}: ${show(value)} is not a string of JSON`)
    return
  }
  let inner: unknown
  try {
    inner = JSON.parse(value)
  } catch {
    report.problems.push(`${path}: not JSON inside the string`)
    return
  }
  check(of, inner, `${path}→`, report)
}

/** Whether a value is a plain JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function describe(type: Type): string {
  if (type.kind === 'literal') return `"${type.value}"`
  if (type.kind === 'enum') return `one of ${type.name}`
  return type.kind
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
