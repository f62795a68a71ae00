import type { StatementsNode } from '@ruby/prism/src/nodes.js'
import type { Place } from '../settings/settings.ts'
import { pathFrom, readSmallFile } from './machine-calls.ts'
import type { Run } from './run.ts'
import { Refusal } from './values.ts'

const MAX_OPEN = 10

/** Runs the included statements with the function given. */
export type Included = (execute: (run: Run, body: StatementsNode) => void) => void

/** `from_file`: the statements of another file. Its mistakes are noted under its own name. */
export function include(run: Run, path: string, place: Place): Included | undefined {
  const file = pathFrom(run, path)
  if (run.open.includes(file)) throw new Refusal(place, `${file} includes itself`, 'Remove one of the from_file lines')
  return included(run, file, readSmallFile(run, path, place), place)
}

/** `eval` of a text, as the Docker image does with GITLAB_OMNIBUS_CONFIG: the same grammar, nothing more. */
export function includeText(run: Run, text: string, place: Place): Included | undefined {
  return included(run, `${place.file}:${place.line} (eval)`, text, place)
}

function included(run: Run, file: string, text: string, place: Place): Included | undefined {
  if (run.open.length >= MAX_OPEN)
    throw new Refusal(place, `More than ${MAX_OPEN} files include each other`, 'Put them together')
  run.charge(10)
  const parsed = run.parse(file, text)
  if (!parsed.source) {
    run.errors.push(...parsed.errors)
    return undefined
  }
  const { source } = parsed
  return (execute) => {
    const outer = run.source
    run.source = source
    run.open.push(file)
    run.read.push(file)
    try {
      execute(run, source.statements)
    } finally {
      run.open.pop()
      run.source = outer
    }
  }
}
