import { access as look, mkdir, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Machine } from '../reconfigure/machine.ts'
import { writeAtomically } from '../resources/write-atomically.ts'
import { asAccount } from './as-account.ts'
import { inSession, type DatabaseAccess } from './database-access.ts'
import { identifier, literal, type PsqlSession } from './psql-session.ts'
import { oldName, stagedName } from './stage-database.ts'
import { LEAVING, NEW, OLD } from './stage-files.ts'
import { PASSING } from './sources.ts'

/** A restore whose new state is ready, and which is changing places with the old one. Written down before it begins. */
export interface Swap {
  /** the database changes places */
  readonly database: boolean
  readonly folders: readonly string[]
  readonly configFile: string | undefined
  readonly keepOld: boolean
  /** the service ran and is to run again */
  readonly start: boolean
  /** the files that it came from */
  readonly inputs: readonly string[]
}

const journalOf = ({ places }: Machine): string => join(places.state, '.restore.json')

/** The swap that a killed run left unfinished. */
export async function pendingSwap(machine: Machine): Promise<Swap | undefined> {
  const text = await readFile(journalOf(machine), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Swap)
}

/**
 * Puts the new state in the old one's place. Nobody may use the database meanwhile. Cut off anywhere, it is called
 * again with what `pendingSwap` answers and goes on. A database that cannot be renamed leaves everything as it was.
 */
export async function swap(machine: Machine, access: DatabaseAccess, plan: Swap): Promise<void> {
  const journal = journalOf(machine)
  await writeAtomically(journal, JSON.stringify(plan), {
    uid: process.geteuid!(),
    gid: process.getegid!(),
    mode: 0o600,
  })
  if (plan.database)
    await inSession(access, access.admin, access.maintenance, (session) => swapDatabase(session, access.name)).catch(
      async (error: unknown) => {
        // One transaction: it was not done at all. Only a first try can simply be taken back.
        if (!(await hasBegun(plan))) await rm(journal, { force: true })
        throw error
      },
    )
  await asAccount(access.service.numbers, async () => {
    for (const folder of plan.folders) await swapFolder(folder)
    if (plan.configFile !== undefined) await swapFile(plan.configFile)
  })
  if (!plan.keepOld) await removeOld(access, plan)
  await rm(journal, { force: true })
}

async function swapDatabase(session: PsqlSession, name: string): Promise<void> {
  const [staged, old] = [stagedName(name), oldName(name)]
  const exists = async (database: string): Promise<boolean> =>
    (await session.value(`SELECT 1 FROM pg_database WHERE datname = ${literal(database)};`)) === '1'
  if (!(await exists(staged))) return
  await session.query(`DROP DATABASE IF EXISTS ${identifier(old)} WITH (FORCE);`)
  const away = (await exists(name)) ? `ALTER DATABASE ${identifier(name)} RENAME TO ${identifier(old)};` : ''
  await session.query(`BEGIN; ${away} ALTER DATABASE ${identifier(staged)} RENAME TO ${identifier(name)}; COMMIT;`)
}

async function hasBegun({ folders }: Swap): Promise<boolean> {
  for (const folder of folders) for (const name of [LEAVING, OLD]) if (await exists(join(folder, name))) return true
  return false
}

/** Inside the folder, because it may be a disk of its own, which has no neighbours. */
async function swapFolder(folder: string): Promise<void> {
  const [fresh, leaving, old] = [NEW, LEAVING, OLD].map((name) => join(folder, name)) as [string, string, string]
  if (!(await exists(fresh))) return
  if (!(await exists(old))) {
    await mkdir(leaving, { recursive: true })
    for (const name of await readdir(folder))
      if (!PASSING.includes(name)) await rename(join(folder, name), join(leaving, name))
    await rename(leaving, old)
  }
  for (const name of await readdir(fresh)) await rename(join(fresh, name), join(folder, name))
  await rmdir(fresh)
}

async function swapFile(path: string): Promise<void> {
  if (!(await exists(path + NEW))) return
  if (await exists(path)) await rename(path, path + OLD)
  await rename(path + NEW, path)
}

async function removeOld(access: DatabaseAccess, { database, folders, configFile }: Swap): Promise<void> {
  if (database)
    await inSession(access, access.admin, access.maintenance, (session) =>
      session.query(`DROP DATABASE IF EXISTS ${identifier(oldName(access.name))} WITH (FORCE);`),
    )
  await asAccount(access.service.numbers, async () => {
    for (const folder of folders) await rm(join(folder, OLD), { recursive: true, force: true })
    if (configFile !== undefined) await rm(configFile + OLD, { force: true })
  })
}

const exists = (path: string): Promise<boolean> =>
  look(path).then(
    () => true,
    () => false,
  )
