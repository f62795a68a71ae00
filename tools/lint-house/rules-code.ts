import { closing, lineAt, type Finding, type Source } from './source.ts'

const MAX_FILE = 400
const MAX_FUNCTION = 60
/** Markup takes a line for every attribute. */
const MAX_COMPONENT = 90

const isTest = (path: string): boolean => /\.(test|fixture)\.tsx?$/.test(path)
const isServer = (path: string): boolean => path.startsWith('server/src/')

/** SQL is visible in one kind of file. */
export function checkSql(source: Source): Finding[] {
  const { path } = source
  if (!isServer(path) || isTest(path) || /\.store\.ts$|^server\/src\/(database|search)\//.test(path)) return []
  const pattern = /\bsql(<[^>`]*>)?`|\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(/g
  return matches(source, pattern).map((line) => {
    const message =
      'SQL outside a store. Move the query into <feature>.store.ts, with tx.db as its first argument. See docs/architecture.md#sql'
    return { path, line, rule: 'sql', message }
  })
}

/** Events and tasks leave from actions, through the unit of work, after commit. */
export function checkPublish(source: Source): Finding[] {
  const { path } = source
  if (!isServer(path) || isTest(path) || /^server\/src\/(realtime|database)\//.test(path)) return []
  const inAction = !/(\.routes|\.store|\.schemas|-access|-view)\.ts$/.test(path)
  const pattern = inAction ? /(?<!\btx\.|function )\b(publish|enqueue)\(/g : /\b(publish|enqueue)\(/g
  return matches(source, pattern).map((line) => {
    const message =
      'publish() and enqueue() are called on tx, in action files only: then a write that is rolled back is never heard. See docs/architecture.md#events'
    return { path, line, rule: 'publish', message }
  })
}

/** Long files hide two subjects. */
export function checkFileLength(source: Source): Finding[] {
  if (!/\.(ts|tsx|mts|js|mjs|css|sh)$/.test(source.path)) return []
  const lines = source.text.split('\n').length - 1
  if (lines <= MAX_FILE) return []
  const message = `${lines} lines; the limit is ${MAX_FILE}. Split it by verb. See docs/architecture.md#budgets`
  return [{ path: source.path, line: MAX_FILE, rule: 'file-length', message }]
}

/** Long functions hide steps that deserve a name. */
export function checkFunctionLength(source: Source): Finding[] {
  if (isTest(source.path) || source.code === '') return []
  return functionBodies(source.code).flatMap(([start, end]) => {
    const line = lineAt(source.code, start)
    const length = lineAt(source.code, end) - line + 1
    const limit = source.path.endsWith('.tsx') ? MAX_COMPONENT : MAX_FUNCTION
    if (length <= limit) return []
    const message = `a function of ${length} lines; the limit is ${limit}. Give its steps names of their own. See docs/architecture.md#budgets`
    return [{ path: source.path, line, rule: 'function-length', message }]
  })
}

const NOT_A_METHOD = /^(if|for|while|switch|catch|return|function|await|new|super|import|throw|typeof|void)$/

/** Offsets [start, closing brace] of functions, methods and arrow functions with a block body. */
function functionBodies(code: string): [start: number, end: number][] {
  const bodies: [number, number][] = []
  for (const match of code.matchAll(/\bfunction\b[^(]*\(|^[ \t]+(?:[a-z]+ )*(?:[#\w]+)(?:<[^(]*>)?\(/gm)) {
    const name = /([#\w]+)(?:<[^(]*>)?\($/.exec(match[0])?.[1] ?? ''
    if (!match[0].includes('function') && NOT_A_METHOD.test(name)) continue
    const body = bodyAfter(code, closing(code, match.index + match[0].length - 1) + 1)
    if (body !== -1) bodies.push([match.index + match[0].search(/\S/), closing(code, body)])
  }
  for (const match of code.matchAll(/=>\s*\{/g)) {
    bodies.push([match.index, closing(code, match.index + match[0].length - 1)])
  }
  return bodies
}

/** The brace that opens the body after a parameter list, past a return type; -1 when there is no body. */
function bodyAfter(code: string, from: number): number {
  let before = ')'
  for (let at = from; at < code.length; at++) {
    const char = code[at]!
    if (char === '{') {
      if (!/[:|&<,=]/.test(before)) return at
      at = closing(code, at)
      before = '}'
    } else if (/[\w<>[\]|&.,?():'"]/.test(char)) {
      if (before === ')' && char !== ':') return -1
      before = char === ')' ? ' )' : char
    } else if (char === ';' || char === '}' || (char === '\n' && before !== ')' && !/[:|&<,]/.test(before))) return -1
  }
  return -1
}

/** An exported function promises something: its docstring says what. Of `xRoutes` in x.routes.ts the name says it all. */
export function checkDocstrings(source: Source): Finding[] {
  if (!isServer(source.path) || isTest(source.path)) return []
  const lines = source.text.split('\n')
  const pattern =
    /^export (?:default )?(?:async )?function\*? ?(\w*)|^export const (\w+)[^=\n]*= (?:async )?(?:function\b|(?:<[^>\n]*>)?\([^\n]*=>|\w+ =>|\($)/
  return lines.flatMap((text, index) => {
    const match = pattern.exec(text)
    const previous = lines[index - 1] ?? ''
    if (!match || previous.trimEnd().endsWith('*/')) return []
    const name = match[1] || match[2] || 'default'
    if (source.path.endsWith('.routes.ts') && name.endsWith('Routes')) return []
    if (new RegExp(`^export (async )?function ${name}\\b`).test(previous)) return [] // an overload shares the docstring
    const message = `${name} is exported without a docstring: say what it promises, units and errors. See docs/architecture.md#comments`
    return [{ path: source.path, line: index + 1, rule: 'docstring', message }]
  })
}

function matches(source: Source, pattern: RegExp): number[] {
  return [...source.code.matchAll(pattern)].map((match) => lineAt(source.code, match.index))
}
