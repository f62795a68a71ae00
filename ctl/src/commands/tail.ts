import { spawn } from 'node:child_process'
import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem, UsageError } from '../cli/problem.ts'
import type { Context } from '../context.ts'
import { placesOf, type Places } from '../services/places.ts'
import { listServices } from '../services/sv.ts'
import { canonical } from './service-command.ts'

/** Settings of svlogd, locks, rotated and compressed files are no logs to follow. */
const NO_LOG = /config|lock|@|\.(gz|bz2|xz|zip|tgz|zst|s|u|t)$/

/** Follows every log, those of a service, or one file such as nginx/gitlab_mattermost_error.log, until interrupted. */
export async function run(context: Context, args: string[]): Promise<number> {
  if (args.length > 1) throw new UsageError('tail follows one service or file.')
  const places = placesOf(context.paths)
  const wanted = args[0] === undefined ? await allFolders(places) : [await resolve(places, args[0])]
  const files = [...new Set((await Promise.all(wanted.map(logsIn))).flat())]
  if (files.length === 0)
    throw new Problem('There is no log yet.', 'Run outpost-ctl reconfigure, or start the service.')
  return follow(files)
}

async function allFolders(places: Places): Promise<string[]> {
  const services = await listServices(places)
  const folders = await Promise.all(services.map(({ name }) => logFolder(places, name)))
  return [places.logs, ...folders.filter((folder) => folder !== undefined)]
}

/** As its log script says: the chat's logs lie where GitLab's package had them. */
async function logFolder(places: Places, service: string): Promise<string | undefined> {
  const script = await readFile(join(places.definitions, service, 'log/run'), 'utf8').catch(() => '')
  return /svlogd -tt (?:'([^']*)'|(\S+))/.exec(script)?.slice(1).find(Boolean)
}

async function resolve(places: Places, name: string): Promise<string> {
  if (name.startsWith('/')) return name
  const [first = '', ...rest] = name.split('/')
  if (name.split('/').includes('..'))
    throw new Problem(`${name} is not the name of a log.`, 'Name a service or one of its files.')
  const services = (await listServices(places)).map((service) => service.name)
  const folder = services.includes(canonical(first)) ? await logFolder(places, canonical(first)) : undefined
  const path = folder ? join(folder, ...rest) : join(places.logs, name)
  if (await stat(path).catch(() => undefined)) return path
  throw new Problem(`There is no log ${path}.`, `Services: ${services.join(', ') || 'none yet'}.`)
}

async function logsIn(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found) return []
  if (!found.isDirectory()) return [path]
  const entries = await readdir(path, { withFileTypes: true })
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const inside = join(path, entry.name)
      if (entry.isDirectory()) return logsIn(inside)
      return entry.isFile() && !NO_LOG.test(entry.name) ? [inside] : []
    }),
  )
  return nested.flat().toSorted()
}

function follow(files: readonly string[]): Promise<number> {
  const child = spawn('tail', ['-F', ...files], { stdio: 'inherit' })
  // Ctrl+C reaches tail too; it ends, and we with it.
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal)
  process.on('SIGINT', pass).on('SIGTERM', pass)
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', () => {
      process.off('SIGINT', pass).off('SIGTERM', pass)
      done(0)
    })
  })
}
