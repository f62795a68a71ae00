import * as nodes from '@ruby/prism/src/nodes.js'
import type { Place } from '../settings/settings.ts'
import { assign, assignVariable, isAssignment } from './assignments.ts'
import { assignIndex, assignWord, quote, type Compute } from './assign.ts'
import { argumentsOf, evaluate, known, settingPath } from './expressions.ts'
import { include, includeText } from './include.ts'
import { callMethod } from './methods.ts'
import { refusalOf, refusalOfCall } from './refusals.ts'
import type { Run } from './run.ts'
import { isTruthy, kindOf, Refusal, type RubyValue } from './values.ts'
import { knownWords } from './words.ts'

/** Runs the statements in order. What is refused is noted, and the rest goes on: the administrator hears of everything at once. */
export function execute(run: Run, body: nodes.Node | null): void {
  const list = body instanceof nodes.StatementsNode ? body.body : body === null ? [] : [body]
  for (const node of list) {
    try {
      run.deeper(run.source.placeOf(node.location), () => statement(run, node))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      run.refuse(error)
    }
  }
}

function statement(run: Run, node: nodes.Node): void {
  const place = run.source.placeOf(node.location)
  if (node instanceof nodes.IfNode || node instanceof nodes.UnlessNode) return condition(run, node)
  if (node instanceof nodes.ElseNode) return execute(run, node.statements)
  if (node instanceof nodes.ParenthesesNode) return execute(run, node.body)
  if (node instanceof nodes.BeginNode && !node.rescueClause && !node.ensureClause) return execute(run, node.statements)
  if (isAssignment(node)) return void assign(run, node)
  if (node instanceof nodes.CallNode) return callStatement(run, node, place)
  evaluate(run, node)
}

function condition(run: Run, node: nodes.IfNode | nodes.UnlessNode): void {
  const otherwise = node instanceof nodes.IfNode ? node.subsequent : node.elseClause
  let truth: boolean
  try {
    truth = isTruthy(evaluate(run, node.predicate)) === node instanceof nodes.IfNode
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    for (const branch of [node.statements, otherwise]) leaveOpen(run, branch, error)
    return
  }
  run.nesting++
  execute(run, truth ? node.statements : otherwise)
  run.nesting--
}

/** Nobody knows whether these statements count: everything that they assign becomes unknown. */
function leaveOpen(run: Run, body: nodes.Node | null, why: Refusal): void {
  const list = body instanceof nodes.StatementsNode ? body.body : body === null ? [] : [body]
  const unknown: Compute = () => {
    throw why
  }
  for (const node of list) {
    const place = run.source.placeOf(node.location)
    if (node instanceof nodes.ElseNode) leaveOpen(run, node.statements, why)
    else if (node instanceof nodes.IfNode || node instanceof nodes.UnlessNode) {
      leaveOpen(run, node.statements, why)
      leaveOpen(run, node instanceof nodes.IfNode ? node.subsequent : node.elseClause, why)
    } else if (isAssignment(node)) assign(run, node, unknown)
    else if (node instanceof nodes.CallNode && isSetter(node)) assignWord(run, node.name, place, () => unknown(null))
    else run.refuse(why)
  }
}

/** Functions that are no setter although they look like one. */
const functions = new Set([
  'from_file',
  'require',
  'eval',
  'instance_eval',
  'puts',
  'print',
  'p',
  'warn',
  'raise',
  'abort',
  'exit',
  'system',
  'exec',
  'spawn',
  'sh',
  'load',
  'fork',
])

const isSetter = (node: nodes.CallNode): boolean =>
  node.receiver === null &&
  node.arguments_ !== null &&
  !node.block &&
  /^[a-z]\w*$/.test(node.name) &&
  !functions.has(node.name)

function callStatement(run: Run, node: nodes.CallNode, place: Place): void {
  const { name, receiver } = node
  if (node.isAttributeWrite() && receiver) {
    const target = settingPath(run, receiver)
    throw new Refusal(
      place,
      `"${target ?? '…'}.${name.slice(0, -1)} = …" is not a setting`,
      `Write ${target ?? 'section'}['${name.slice(0, -1)}'] = value`,
    )
  }
  if (receiver === null && functions.has(name)) return callFunction(run, node, place)
  if (isSetter(node)) return assignWord(run, name, place, () => single(argumentsOf(run, node)))
  if (name === 'each' && receiver && node.block instanceof nodes.BlockNode)
    return loop(run, receiver, node.block, place)
  if (receiver && changing.has(name)) return change(run, node, receiver, place)
  if (receiver === null && node.isVariableCall() && !knownWords.has(name) && !run.words.has(name)) {
    run.words.set(name, null)
    run.origins.set(name, place)
    return
  }
  evaluate(run, node)
}

const single = (args: RubyValue[]): RubyValue => (args.length === 1 ? args[0]! : args)

function callFunction(run: Run, node: nodes.CallNode, place: Place): void {
  if (/^(puts|print|p|warn)$/.test(node.name)) {
    run.warnings.push({ text: `"${node.name}" prints nothing here and is left out.`, place })
    return
  }
  const [first] = argumentsOf(run, node)
  if (node.name === 'require') {
    if (
      typeof first === 'string' &&
      /^(json|yaml|socket|securerandom|uri|set|time|date|erb|etc|open3|fileutils|pathname)$/.test(first)
    )
      return
    throw new Refusal(place, 'Only parts of Ruby itself may be required', 'Write the values here, or use from_file')
  }
  if (typeof first !== 'string' || !/^(from_file|eval|instance_eval)$/.test(node.name))
    throw refusalOfCall(node.name, undefined, place)
  const body = node.name === 'from_file' ? include(run, first, place) : includeText(run, first, place)
  if (body) body(execute)
}

/** Methods that change the hash or list they are called on. */
const changing = new Set(['merge!', 'update', 'store', 'delete', '<<', 'push', 'append', 'concat'])

function change(run: Run, node: nodes.CallNode, receiver: nodes.Node, place: Place): void {
  const args = argumentsOf(run, node)
  const compute: Compute = (current) => {
    const before = known(current)
    const [first, second] = args
    const list = Array.isArray(before) ? before : before === null ? [] : undefined
    if (node.name === 'merge!' || node.name === 'update')
      return callMethod(before, 'merge', args) ?? refuseChange(node, before, place)
    if (node.name === 'delete' && before instanceof Map) return new Map([...before].filter(([key]) => key !== first))
    if (node.name === 'store' && before instanceof Map && typeof first === 'string')
      return new Map([...before, [first, second ?? null]])
    if (list && (node.name === '<<' || node.name === 'push' || node.name === 'append')) return [...list, ...args]
    if (list && node.name === 'concat') return [...list, ...args.flatMap((arg) => (Array.isArray(arg) ? arg : []))]
    return refuseChange(node, before, place)
  }
  if (receiver instanceof nodes.LocalVariableReadNode) return void assignVariable(run, receiver.name, place, compute)
  if (receiver instanceof nodes.CallNode && receiver.name === '[]')
    return void assignIndex(run, receiver, place, compute, false)
  if (receiver instanceof nodes.CallNode && receiver.receiver === null)
    return assignWord(run, receiver.name, place, () => compute(run.words.get(receiver.name) ?? null))
  throw refusalOf(node, place)
}

function refuseChange(node: nodes.CallNode, value: RubyValue, place: Place): never {
  throw refusalOfCall(node.name, kindOf(value), place)
}

/** `[a, b].each do |x| … end` and `{ … }.each do |key, value| … end`. */
function loop(run: Run, receiver: nodes.Node, block: nodes.BlockNode, place: Place): void {
  const over = evaluate(run, receiver)
  const parameters =
    block.parameters instanceof nodes.BlockParametersNode ? (block.parameters.parameters?.requireds ?? []) : []
  const names = parameters.map((one) => (one instanceof nodes.RequiredParameterNode ? one.name : undefined))
  const rounds = Array.isArray(over) ? over.map((item) => [item]) : over instanceof Map ? [...over] : undefined
  if (!rounds || (names.length !== rounds[0]?.length && rounds.length > 0) || names.includes(undefined))
    throw new Refusal(
      place,
      'This loop is not evaluated',
      'Loop over a list that stands in the file, with one variable, or write the assignments one by one',
    )
  run.nesting++
  for (const round of rounds) {
    names.forEach((name, at) => run.locals.set(name!, round[at]!))
    execute(run, block.body)
  }
  run.nesting--
}

/** Names the local variables that hold something not evaluated and that nobody needed. */
export function warnOfUnused(run: Run): void {
  for (const [name, { message, place }] of run.unused)
    run.warnings.push({ text: `${message}. The variable ${quote(name)} stays unknown; nothing needs it.`, place })
}
