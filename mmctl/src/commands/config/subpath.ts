import type { Action } from '../../cli/command.ts'

/**
 * Older servers had their client's files rewritten to be served below a path. This one needs none of it, and a command
 * that touched the files all the same would only make them differ from the package's.
 */
export const subpath: Action = async ({ flags }) => {
  const path = flags.text('path')
  throw new Error(
    `this server's client needs no rewriting: give ServiceSettings.SiteURL the path ${path}, then restart the server`,
  )
}
