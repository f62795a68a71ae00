import * as nodes from '@ruby/prism/src/nodes.js'
import type { Place } from '../settings/settings.ts'
import { Refusal } from './values.ts'

const PLAIN = 'Write the value itself'
const INNER = ['An assignment inside an expression is not evaluated', 'Write it in a line of its own'] as const

/** What is not evaluated, and what to write instead. Everything that is not listed is "this Ruby". */
const kinds: [type: abstract new (...args: never[]) => unknown, what: string, hint: string][] = [
  [nodes.XStringNode, 'A command in backticks is not executed', 'Write its output as a plain text'],
  [nodes.InterpolatedXStringNode, 'A command in backticks is not executed', 'Write its output as a plain text'],
  [nodes.DefNode, 'A method definition is not evaluated', 'Write the values where they are used'],
  [nodes.ClassNode, 'A class is not evaluated', PLAIN],
  [nodes.ModuleNode, 'A module is not evaluated', PLAIN],
  [nodes.LambdaNode, 'A lambda is not evaluated', PLAIN],
  [nodes.WhileNode, 'A while loop is not evaluated', 'Write the assignments one by one'],
  [nodes.UntilNode, 'An until loop is not evaluated', 'Write the assignments one by one'],
  [nodes.ForNode, 'A for loop is not evaluated', 'Write [a, b].each do |x| … end, or the assignments one by one'],
  [nodes.CaseNode, 'case is not evaluated', 'Write it with if and elsif'],
  [nodes.CaseMatchNode, 'case is not evaluated', 'Write it with if and elsif'],
  [nodes.RescueModifierNode, 'rescue is not evaluated', 'Ask first, for example with File.exist?'],
  [nodes.BeginNode, 'begin with rescue is not evaluated', 'Ask first, for example with File.exist?'],
  [
    nodes.RegularExpressionNode,
    'A regular expression is not evaluated',
    'Compare with texts, or write the value itself',
  ],
  [nodes.LocalVariableWriteNode, ...INNER],
  [nodes.MultiWriteNode, 'Assigning several variables at once is not evaluated', 'Write one assignment per line'],
  [nodes.GlobalVariableReadNode, 'A global variable is not evaluated', PLAIN],
  [nodes.GlobalVariableWriteNode, 'A global variable is not evaluated', 'Use a local variable'],
]

/** The refusal of a node that is not evaluated. */
export function refusalOf(node: nodes.Node, place: Place): Refusal {
  const known = kinds.find(([type]) => node instanceof type)
  return new Refusal(place, known?.[1] ?? 'This Ruby is not evaluated', known?.[2] ?? PLAIN)
}

/** Methods and functions that would act on the machine, or give something else each time. */
const acting: Record<string, [what: string, hint: string]> = {
  system: ['A command is not executed', 'Write its result as a plain value'],
  exec: ['A command is not executed', 'Write its result as a plain value'],
  spawn: ['A command is not executed', 'Write its result as a plain value'],
  fork: ['A process is not started', 'Write its result as a plain value'],
  sh: ['A command is not executed', 'Write its result as a plain value'],
  '[]=': [...INNER],
  load: ['load is not evaluated', 'Use from_file'],
  hex: [
    'A random value would be another one in each run',
    'Make it once, for example with openssl rand -hex 32, and write it down',
  ],
  urlsafe_base64: ['A random value would be another one in each run', 'Make it once and write it down'],
  uuid: ['A random value would be another one in each run', 'Make it once and write it down'],
  rand: ['A random value would be another one in each run', 'Make it once and write it down'],
}

/** The refusal of a call. */
export function refusalOfCall(name: string, receiver: string | undefined, place: Place): Refusal {
  if (receiver === 'YAML')
    return new Refusal(
      place,
      `YAML.${name} is not evaluated`,
      'Write the values as a Ruby hash, or keep them in a JSON file and use JSON.parse(File.read(…))',
    )
  if (Object.hasOwn(acting, name)) return new Refusal(place, ...acting[name]!)
  const called = receiver === undefined ? name : `${receiver}.${name}`
  return new Refusal(place, `"${called}" is not evaluated here`, PLAIN)
}
