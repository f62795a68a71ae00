import pg from 'pg'
import { Problem } from '../cli/problem.ts'
import type { Plan, Resource } from '../resources/resource.ts'
import type { Superuser } from './superuser.ts'

const { escapeIdentifier, escapeLiteral } = pg

/** A role that may sign in and owns nothing else. Its password, if it has one, stays. */
export function databaseRole(superuser: Superuser, role: string): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    const [login] = await superuser.query(`SELECT rolcanlogin FROM pg_roles WHERE rolname = ${escapeLiteral(role)}`)
    if (login === 't') return undefined
    const verb = login === undefined ? 'CREATE' : 'ALTER'
    return {
      changes: [login === undefined ? 'create' : 'allow to sign in'],
      apply: async () => void (await superuser.query(`${verb} ROLE ${escapeIdentifier(role)} LOGIN`)),
    }
  }
  return { name: `database role ${role}`, plan: afterStart(superuser, plan) }
}

/** A database in UTF-8 that belongs to the role, tables included. */
export function database(superuser: Superuser, name: string, owner: string): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    const [found] = await superuser.query(
      `SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding) FROM pg_database WHERE datname = ${escapeLiteral(name)}`,
    )
    if (found === undefined) return createPlan(superuser, name, owner)
    const [current = '', encoding] = found.split('|')
    if (encoding !== 'UTF8') {
      const repair = 'Dump it, create it again with ENCODING UTF8 and restore the dump.'
      throw new Problem(`The database ${name} is encoded in ${encoding}, not in UTF8.`, repair)
    }
    return current === owner ? undefined : handOverPlan(superuser, name, current, owner)
  }
  return { name: `database ${name}`, plan: afterStart(superuser, plan) }
}

function createPlan(superuser: Superuser, name: string, owner: string): Plan {
  const sql = `CREATE DATABASE ${escapeIdentifier(name)} OWNER ${escapeIdentifier(owner)} ENCODING 'UTF8' TEMPLATE template0`
  return { changes: [`create (owner ${owner})`], apply: async () => void (await superuser.query(sql)) }
}

/** What is inside goes first: the database's owner is what the next run looks at if this one is cut off. */
function handOverPlan(superuser: Superuser, name: string, from: string, to: string): Plan {
  const apply = async (): Promise<void> => {
    const [isSuperuser] = await superuser.query(`SELECT rolsuper FROM pg_roles WHERE rolname = ${escapeLiteral(from)}`)
    // Reassigning what a superuser owns would try to give away the system's own tables.
    if (isSuperuser !== 't')
      await superuser.query(`REASSIGN OWNED BY ${escapeIdentifier(from)} TO ${escapeIdentifier(to)}`, name)
    await superuser.query(`ALTER DATABASE ${escapeIdentifier(name)} OWNER TO ${escapeIdentifier(to)}`)
  }
  return { changes: [`change owner from ${from} to ${to}`], apply }
}

/** In a dry run on a fresh machine there is no cluster yet to be asked. */
function afterStart(superuser: Superuser, plan: () => Promise<Plan | undefined>): Resource['plan'] {
  return async () => {
    if (superuser.isPlanned) return { changes: ['create once PostgreSQL runs'], apply: async () => undefined }
    return plan()
  }
}
