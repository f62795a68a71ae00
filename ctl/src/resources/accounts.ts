import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../cli/problem.ts'
import { runCommand, tryCommand } from './run-command.ts'
import type { Plan, Resource, Trigger } from './resource.ts'

interface UserEntry {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly home: string
  readonly shell: string
}

/** A user by name or number; asks the system, which may know more accounts than /etc/passwd. */
export async function findUser(key: string | number): Promise<UserEntry | undefined> {
  const [name, , uid, gid, , home = '', shell = ''] = await entry('passwd', key)
  return name ? { name, uid: Number(uid), gid: Number(gid), home, shell } : undefined
}

/** A group by name or number. */
export async function findGroup(key: string | number): Promise<{ name: string; gid: number } | undefined> {
  const [name, , gid] = await entry('group', key)
  return name ? { name, gid: Number(gid) } : undefined
}

/** The machine's own file first, because almost every account is there; then whatever else the system asks. */
async function entry(database: 'passwd' | 'group', key: string | number): Promise<string[]> {
  const column = typeof key === 'number' ? 2 : 0
  const lines = (await readFile(`/etc/${database}`, 'utf8')).split('\n').map((line) => line.split(':'))
  const found = lines.find((columns) => columns[column] === String(key))
  if (found) return found
  const { code, stdout } = await tryCommand('getent', [database, String(key)])
  return code === 0 ? stdout.trimEnd().split(':') : []
}

/** The number of an account; undefined while it does not exist. */
export async function uidOf(user: string): Promise<number | undefined> {
  return (await findUser(user))?.uid
}

/** The number of a group; undefined while it does not exist. */
export async function gidOf(group: string): Promise<number | undefined> {
  return (await findGroup(group))?.gid
}

/** What has to be done around a change of an account that is in use. */
export interface AccountChange {
  /** called before: none of the account's processes may run then, and numbers in use are handed over */
  before(from: number, to: number): Promise<void>
  /** asked before, answered after: what has to happen next */
  triggers(): Promise<Trigger[]>
}

const UNUSED: AccountChange = { before: async () => undefined, triggers: async () => [] }

/** A system group, with this number if one is given. */
export function group(name: string, gid: number | undefined, change = UNUSED): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    const found = await findGroup(name)
    if (found && (gid === undefined || found.gid === gid)) return undefined
    if (gid !== undefined) await refuseTaken('gid', gid, (await findGroup(gid))?.name)
    const number = gid === undefined ? [] : ['--gid', String(gid)]
    if (!found) {
      const what = gid === undefined ? 'create' : `create with gid ${gid}`
      return { changes: [what], apply: () => run('groupadd', ['--system', ...number, name]) }
    }
    const apply = async (): Promise<void> => {
      await change.before(found.gid, gid!)
      await run('groupmod', [...number, name])
    }
    return { changes: [`change gid from ${found.gid} to ${gid}`], triggers: await change.triggers(), apply }
  }
  return { name: `group ${name}`, plan }
}

export interface UserWish {
  readonly name: string
  readonly group: string
  readonly uid: number | undefined
  readonly home: string
  /** default: nobody signs in as this account */
  readonly shell?: string
  readonly change?: AccountChange
}

const NOBODY = '/usr/sbin/nologin'

/** A system user; its home is another resource. */
export function user(wish: UserWish): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    const found = await findUser(wish.name)
    if (wish.uid !== undefined && found?.uid !== wish.uid)
      await refuseTaken('uid', wish.uid, (await findUser(wish.uid))?.name)
    return found ? changeUser(found, wish) : createUser(wish)
  }
  return { name: `user ${wish.name}`, plan }
}

function createUser({ name, group: primary, uid, home, shell = NOBODY }: UserWish): Plan {
  const number = uid === undefined ? [] : ['--uid', String(uid)]
  const args = ['--system', ...number, '--gid', primary, '--home-dir', home, '--no-create-home', '--shell', shell, name]
  const change = `create${uid === undefined ? '' : ` with uid ${uid}`} (group ${primary}, home ${home}, shell ${shell})`
  return { changes: [change], apply: () => run('useradd', args) }
}

async function changeUser(found: UserEntry, wish: UserWish): Promise<Plan | undefined> {
  const args: string[] = []
  const changes: string[] = []
  const around = wish.change ?? UNUSED
  const change = (what: string, from: string | number, to: string | number, option: string): void => {
    if (from === to) return
    args.push(option, String(to))
    changes.push(`change ${what} from ${from} to ${to}`)
  }
  if (wish.uid !== undefined) change('uid', found.uid, wish.uid, '--uid')
  change('gid', found.gid, (await gidOf(wish.group)) ?? `that of ${wish.group}`, '--gid')
  change('home', found.home, wish.home, '--home')
  change('shell', found.shell, wish.shell ?? NOBODY, '--shell')
  if (changes.length === 0) return undefined
  const apply = async (): Promise<void> => {
    await around.before(found.uid, wish.uid ?? found.uid)
    await run('usermod', [...args, wish.name])
  }
  return { changes, triggers: await around.triggers(), apply }
}

async function refuseTaken(kind: 'uid' | 'gid', id: number, owner: string | undefined): Promise<void> {
  if (owner === undefined) return
  throw new Problem(
    `The ${kind} ${id} belongs to ${owner} already.`,
    `Choose a free number for mattermost['${kind}'], or leave the line out to get one.`,
  )
}

/** Accounts are locked while somebody else changes one; these commands then fail at once, so they are tried again. */
async function run(program: string, args: readonly string[]): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const { code, stderr } = await tryCommand(program, args)
    if (code === 0) return
    const locked = /cannot lock/.test(stderr)
    if (!locked || attempt >= 20) return void (await runCommand(program, args))
    await sleep(250)
  }
}
