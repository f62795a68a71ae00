import type { Action } from '../../cli/command.ts'
import { follow } from '../../connect/follow.ts'

/** Prints every event that the signed-in person hears, one JSON a line, until the connection ends. */
export const websocket: Action = async ({ flags, world, connect }) => {
  const { sanitizeJson } = await import('../../output/sanitize.ts')
  for await (const event of follow(await connect(), flags)) {
    if (!flags.bool('quiet')) world.stdout.write(`${sanitizeJson(JSON.stringify(event))}\n`)
  }
}
