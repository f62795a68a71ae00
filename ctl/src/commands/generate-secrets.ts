import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { Problem, UsageError } from '../cli/problem.ts'
import type { Context } from '../context.ts'
import { exists } from '../postgresql/programs.ts'
import { writeAtomically } from '../resources/write-atomically.ts'

/** Writes fresh secrets in the form of the secrets file, for machines that are prepared beforehand. Never over an old file. */
export async function run(context: Context, args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { file: { type: 'string', short: 'f' } } })
  const { file } = values
  if (file === undefined) throw new UsageError('Name the file: -f FILE')
  if (await exists(file))
    throw new Problem(`${file} exists already.`, 'Name another file: secrets in use must not be replaced by accident.')
  const hex = (): string => randomBytes(16).toString('hex')
  const token = (): string => randomBytes(32).toString('base64url')
  const mattermost = {
    email_invite_salt: hex(),
    file_public_link_salt: hex(),
    sql_at_rest_encrypt_key: hex(),
    gitlab_id: token(),
    gitlab_secret: token(),
    register_as_oauth_app: true,
  }
  const owner = { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0, mode: 0o600 }
  await writeAtomically(file, `${JSON.stringify({ mattermost }, null, 2)}\n`, owner)
  context.stdout(`Secrets are in ${file}\n`)
  return 0
}
