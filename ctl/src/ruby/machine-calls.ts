import { existsSync, readFileSync, statSync, type Stats } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { onDisk } from '../context.ts'
import type { Place } from '../settings/settings.ts'
import { MAX_SOURCE } from './parse-ruby.ts'
import type { Run } from './run.ts'
import { fromJson, kindOf, Refusal, toText, type RubyValue } from './values.ts'

/** Where a path of a settings file leads: absolute, or beside the file that names it. */
export function pathFrom(run: Run, path: string): string {
  return resolve(dirname(run.open.at(-1) ?? '/'), path)
}

/** The text of a small regular file. Refuses directories, devices, pipes and what is larger than 1 MiB. */
export function readSmallFile(run: Run, path: string, place: Place): string {
  const real = onDisk(run.context.paths, pathFrom(run, path))
  try {
    const stats = statSync(real)
    if (!stats.isFile()) throw new Refusal(place, `${path} is not a regular file`, 'Name a file')
    if (stats.size > MAX_SOURCE) throw new Refusal(place, `${path} is larger than 1 MiB`, 'Name a smaller file')
    run.charge(stats.size >> 8)
    return readFileSync(real, 'utf8')
  } catch (error) {
    if (error instanceof Refusal) throw error
    const { code } = error as NodeJS.ErrnoException
    const why =
      code === 'ENOENT' ? 'does not exist' : code === 'EACCES' ? 'may not be read' : `cannot be read (${code})`
    throw new Refusal(place, `${path} ${why}`, 'Create it, correct the path, or write the value itself')
  }
}

function stats(run: Run, path: string): Stats | undefined {
  return statSync(onDisk(run.context.paths, pathFrom(run, path)), { throwIfNoEntry: false })
}

function parseJson(text: string, place: Place): RubyValue {
  try {
    return fromJson(JSON.parse(text))
  } catch {
    throw new Refusal(place, 'The text is not valid JSON', 'Correct it, or write the value itself')
  }
}

/** `ENV`: what the environment of this command holds. */
function environmentCall(run: Run, name: string, args: RubyValue[], place: Place): RubyValue | undefined {
  const variable = toText(args[0] ?? null)
  if (variable === undefined || args.length === 0) return undefined
  const value = run.context.env[variable]
  if (name === '[]') return value ?? null
  if (name === 'key?' || name === 'has_key?' || name === 'include?') return value !== undefined
  if (name !== 'fetch') return undefined
  if (value !== undefined || args.length > 1) return value ?? args[1]
  throw new Refusal(
    place,
    `The environment has no variable ${variable}`,
    `Set it, or write ENV['${variable}'] to allow for its absence`,
  )
}

function fileCall(run: Run, name: string, args: RubyValue[], place: Place): RubyValue | undefined {
  if (args.length === 0 || !args.every((arg) => typeof arg === 'string')) return undefined
  const [path] = args as [string]
  if (name === 'read') return readSmallFile(run, path, place)
  if (name === 'exist?' || name === 'exists?') return existsSync(onDisk(run.context.paths, pathFrom(run, path)))
  if (name === 'readable?' || name === 'file?') return stats(run, path)?.isFile() ?? false
  if (name === 'directory?') return stats(run, path)?.isDirectory() ?? false
  if (name === 'join') return join(...args)
  if (name === 'basename') return args[1] === undefined ? basename(path) : basename(path, args[1])
  if (name === 'dirname') return dirname(path)
  if (name === 'expand_path') return args[1] === undefined ? pathFrom(run, path) : resolve(args[1], path)
  return undefined
}

/** Calls on Ruby's own constants that only look: ENV, File, IO, Dir, JSON, Socket. Undefined = not one of them. */
export function constantCall(
  run: Run,
  constant: string,
  name: string,
  args: RubyValue[],
  place: Place,
): RubyValue | undefined {
  const [first] = args
  if (constant === 'ENV') return environmentCall(run, name, args, place)
  if (constant === 'File' || constant === 'IO') return fileCall(run, name, args, place)
  if (constant === 'Dir' && /^exists?\?$/.test(name)) return fileCall(run, 'directory?', args, place)
  if (constant === 'Socket' && name === 'gethostname') return run.context.hostname
  if (constant !== 'JSON') return undefined
  if (name === 'load_file' && typeof first === 'string') return parseJson(readSmallFile(run, first, place), place)
  if (!/^(parse!?|load)$/.test(name)) return undefined
  if (typeof first !== 'string')
    throw new Refusal(place, `JSON.parse wants a text and got ${kindOf(first ?? null)}`, 'Give it File.read(…)')
  return parseJson(first, place)
}
