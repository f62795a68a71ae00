import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Action, Context } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'

/** Prints the licence of the server. */
export const get: Action = async ({ out, connect }) => {
  const { api } = await connect()
  const license = await api.call<Record<string, string>>('GET', '/license/client?format=old')
  if (license.Issued === undefined && license.Id === undefined && license.IsLicensed !== 'true') {
    out.print('No license installed', license)
    return
  }
  const lines = Object.entries(license).map(([name, value]) => `${name}: ${value}`)
  out.print(lines.join('\n'), license)
}

/** Hands a licence file to the server. */
export const upload: Action = async (context) => {
  const file = context.args[0]
  if (!file) throw new UsageError('name the file of the licence')
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`the file ${file} cannot be read (${error.code})`)
  })
  await send(context, bytes, basename(file))
}

/** Hands a licence to the server that is given as text. */
export const uploadString: Action = async (context) => {
  const text = context.args[0]
  if (!text) throw new UsageError('give the text of the licence')
  await send(context, Buffer.from(text), 'license')
}

async function send({ out, connect }: Context, bytes: Buffer, name: string): Promise<void> {
  const { api } = await connect()
  const form = new FormData()
  form.append('license', new Blob([new Uint8Array(bytes)]), name)
  await api.call('POST', '/license', form)
  out.print('Uploaded license file')
}

/** Takes the licence from the server. */
export const remove: Action = async ({ out, connect }) => {
  const { api } = await connect()
  await api.call('DELETE', '/license')
  out.print('Removed license')
}
