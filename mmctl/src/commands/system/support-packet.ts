import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Action } from '../../cli/command.ts'

/** Saves what somebody who helps needs to know of the server. */
export const supportPacket: Action = async ({ flags, out, connect }) => {
  const { api } = await connect()
  out.print('Downloading Support Packet')
  const { bytes, name } = await api.download('/system/support_packet')
  const file = flags.text('output-file') || basename(name) || 'support_packet.zip'
  await writeFile(file, bytes, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`the file ${file} cannot be written (${error.code}). Use another --output-file`)
  })
  out.print(`Downloaded Support Packet to ${file}`)
}
