import * as nodes from '@ruby/prism/src/nodes.js'
import type { Place } from '../settings/settings.ts'
import { evaluate, keyOf, settingPath } from './expressions.ts'
import type { Run } from './run.ts'
import { isEqual, kindOf, Refusal, Unknown, type RubyMap, type RubyValue } from './values.ts'

/** Words whose values matter here; duplicates elsewhere are nobody's business. */
const ours = /^(mattermost|mattermost_nginx|mattermost_external_url|external_url|letsencrypt)(\.|$)/

/** A hash to write into, made when it is not there yet. Undefined: it stands on something that was not evaluated. */
function container(run: Run, node: nodes.Node): RubyMap | undefined {
  const place = run.source.placeOf(node.location)
  if (node instanceof nodes.CallNode && node.receiver === null && node.isVariableCall())
    return vivify(run.words, node.name, place)
  if (node instanceof nodes.CallNode && node.name === '[]' && node.receiver !== null) {
    const key = keyOf(run, node.arguments_!.arguments_[0]!)
    const { receiver } = node
    if (receiver instanceof nodes.ConstantReadNode && receiver.name === 'Gitlab') return vivify(run.words, key, place)
    const outer = container(run, receiver)
    return outer && vivify(outer, key, place)
  }
  const value = evaluate(run, node)
  if (value instanceof Map) return value
  throw new Refusal(place, `${kindOf(value)} has no keys`, 'Assign to a hash')
}

function vivify(outer: RubyMap, key: string, place: Place): RubyMap | undefined {
  const value = outer.get(key) ?? null
  if (value instanceof Unknown) return undefined
  if (value instanceof Map) return value
  if (value !== null) throw new Refusal(place, `${key} is ${kindOf(value)}, not a hash`, `Make ${key} a hash first`)
  const made: RubyMap = new Map()
  outer.set(key, made)
  return made
}

/** How an assignment uses what was there: `=`, `||=`, `&&=`, or an operator such as `+`. */
export type Compute = (current: RubyValue) => RubyValue

/**
 * `receiver[key] = value`; answers the value. What cannot be evaluated is stored as such: only the setting that needs it complains.
 * `plain` is a `=` that should not silently replace another value.
 */
export function assignIndex(
  run: Run,
  target: { receiver: nodes.Node | null; arguments_: nodes.ArgumentsNode | null },
  place: Place,
  compute: Compute,
  plain: boolean,
): RubyValue {
  const keyNode = target.arguments_?.arguments_[0]
  if (!target.receiver || !keyNode)
    throw new Refusal(place, 'This assignment has no key', "Write section['key'] = value")
  const map = container(run, target.receiver)
  if (!map) return null
  const key = keyOf(run, keyNode)
  const current = map.get(key) ?? null
  run.looked.clear()
  const value = run.attempt(() => run.copy(compute(current)))
  map.set(key, value)
  const outer = isGitlab(target.receiver) ? '' : settingPath(run, target.receiver)
  if (outer !== undefined) remember(run, outer === '' ? key : `${outer}.${key}`, place, current, value, plain)
  // What is handed on to the left is apart from what was stored: keys that one gets are not the other's.
  return run.copy(value)
}

const isGitlab = (node: nodes.Node): boolean => node instanceof nodes.ConstantReadNode && node.name === 'Gitlab'

/** A bare word called with its value: `external_url 'https://…'`. */
export function assignWord(run: Run, name: string, place: Place, compute: () => RubyValue): void {
  const current = run.words.get(name) ?? null
  const value = run.attempt(() => run.copy(compute()))
  run.words.set(name, value)
  remember(run, name, place, current, value, true)
}

function remember(run: Run, path: string, place: Place, current: RubyValue, value: RubyValue, plain: boolean): void {
  const before = run.origins.get(path)
  run.origins.set(path, place)
  if (!before || !plain || run.nesting > 0 || !ours.test(path) || run.looked.has(path)) return
  // GITLAB_OMNIBUS_CONFIG is there to be overridden by the file, and a file by what it includes.
  if (before.file !== place.file || current instanceof Unknown || value instanceof Unknown || isEqual(current, value))
    return
  const text = `${quote(path)} is set a second time, to another value than in line ${before.line}; the last one counts. Remove one of them.`
  run.warnings.push({ text, place })
}

/** `mattermost.env.X` as people write it. */
export function quote(path: string): string {
  const [section, ...keys] = path.split('.')
  return section + keys.map((key) => `['${key}']`).join('')
}
