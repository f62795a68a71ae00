import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onDisk, type Context } from '../context.ts'
import { whichNginx, type Nginx } from '../nginx/which-nginx.ts'
import { exists } from '../postgresql/programs.ts'
import { Superuser } from '../postgresql/superuser.ts'
import { installation, placesOf, type Places } from '../services/places.ts'
import { findSupervisor } from '../services/supervisor.ts'
import { isEnabled } from '../services/sv.ts'
import type { Settings } from '../settings/settings.ts'
import { VERSION } from '../../../server/src/version.ts'

/** Everything a step needs to know: what is wished, and what kind of machine this is. */
export interface Machine {
  readonly context: Context
  /** with every place below the root prefix */
  readonly settings: Settings
  readonly places: Places
  readonly nginx: Nginx
  /** Outpost looks after its own PostgreSQL here */
  readonly hasOwnCluster: boolean
  readonly superuser: Superuser
  readonly version: string
}

/** Looks at the machine; changes nothing. */
export async function lookAtMachine(context: Context, settings: Settings, isDryRun = false): Promise<Machine> {
  const places = placesOf(context.paths)
  const { manage, local } = settings.database
  const hasOwnCluster = settings.enabled && manage && local.enabled && !settings.gitlab.installed
  const runs = (await isEnabled(places, 'postgresql')) && (await findSupervisor(places)) !== undefined
  const isPlanned = isDryRun && hasOwnCluster && !((await exists(join(local.directory, 'data/PG_VERSION'))) && runs)
  const gitlabDirectory = onDisk(context.paths, context.paths.gitlabDirectory)
  return {
    context,
    settings,
    places,
    nginx: await whichNginx(context, settings),
    hasOwnCluster,
    superuser: new Superuser(local, gitlabDirectory, isPlanned),
    version: await installedVersion(),
  }
}

/** Version of the protocol, as GitLab's package wrote it, and below it our own. */
async function installedVersion(): Promise<string> {
  const text = await readFile(join(installation, 'package.json'), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return `${VERSION}\nOutpost ${version}\n`
}
