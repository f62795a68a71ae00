import * as nodes from '@ruby/prism/src/nodes.js'
import type { Place } from '../settings/settings.ts'
import { assignIndex, type Compute } from './assign.ts'
import { evaluate, known } from './expressions.ts'
import { callMethod } from './methods.ts'
import { refusalOfCall } from './refusals.ts'
import type { Run } from './run.ts'
import { isTruthy, kindOf, Unknown, type RubyValue } from './values.ts'
import { knownWords } from './words.ts'

const VARIABLES = [
  nodes.LocalVariableWriteNode,
  nodes.InstanceVariableWriteNode,
  nodes.ConstantWriteNode,
  nodes.LocalVariableOrWriteNode,
  nodes.LocalVariableAndWriteNode,
  nodes.LocalVariableOperatorWriteNode,
] as const
const INDEXES = [nodes.IndexOrWriteNode, nodes.IndexAndWriteNode, nodes.IndexOperatorWriteNode] as const

type VariableWrite = InstanceType<(typeof VARIABLES)[number]>
type IndexWrite = InstanceType<(typeof INDEXES)[number]>
/** `section['key'] = value` is a call of the method `[]=`. */
type IndexCall = nodes.CallNode & { readonly arguments_: nodes.ArgumentsNode }

const isVariableWrite = (node: nodes.Node): node is VariableWrite => VARIABLES.some((type) => node instanceof type)
const isIndexCall = (node: nodes.Node): node is IndexCall =>
  node instanceof nodes.CallNode && node.name === '[]=' && node.arguments_?.arguments_.length === 2

/** Whether the statement gives a value to a variable or a setting. */
export const isAssignment = (node: nodes.Node): node is VariableWrite | IndexWrite | IndexCall =>
  isVariableWrite(node) || isIndexCall(node) || INDEXES.some((type) => node instanceof type)

/**
 * Does an assignment and answers its value, which `a = b = value` hands on to the left. `unknown` stands for the values
 * of statements of which nobody knows whether they count.
 */
export function assign(run: Run, node: VariableWrite | IndexWrite | IndexCall, unknown?: Compute): RubyValue {
  const place = run.source.placeOf(node.location)
  const right = isIndexCall(node) ? node.arguments_.arguments_[1]! : node.value
  const value = (): RubyValue => (isAssignment(right) ? known(assign(run, right)) : evaluate(run, right))
  if (unknown && isAssignment(right)) assign(run, right, unknown)
  const compute = unknown ?? computation(node, value, place)
  if (isVariableWrite(node)) return assignVariable(run, node.name, place, compute)
  return assignIndex(run, node, place, compute, isIndexCall(node) && !unknown)
}

/** What `=`, `||=`, `&&=` or an operator such as `+=` makes of what was there. */
function computation(node: nodes.Node, value: () => RubyValue, place: Place): Compute {
  if (node instanceof nodes.LocalVariableOrWriteNode || node instanceof nodes.IndexOrWriteNode)
    return (current) => (isTruthy(known(current)) ? current : value())
  if (node instanceof nodes.LocalVariableAndWriteNode || node instanceof nodes.IndexAndWriteNode)
    return (current) => (isTruthy(known(current)) ? value() : current)
  if (!(node instanceof nodes.LocalVariableOperatorWriteNode || node instanceof nodes.IndexOperatorWriteNode))
    return value
  const { binaryOperator } = node
  return (current) => {
    const result = callMethod(known(current), binaryOperator, [value()])
    if (result === undefined) throw refusalOfCall(binaryOperator, kindOf(current), place)
    return result
  }
}

/** `name = value`; answers the value. A name of the settings so written has no effect, and a warning says so. */
export function assignVariable(run: Run, name: string, place: Place, compute: Compute): RubyValue {
  const value = run.attempt(() => compute(run.locals.get(name) ?? null))
  run.locals.set(name, value)
  if (value instanceof Unknown) run.unused.set(name, value.refusal)
  if (knownWords.has(name)) {
    const right = name.endsWith('_url') ? `${name} 'https://…'` : `${name}['key'] = value, or ${name}(value)`
    const text = `"${name} = …" only sets a variable of this file and has no effect. Write ${right}.`
    run.warnings.push({ text, place })
  }
  return value
}
