import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { onDisk } from '../context.ts'
import { exists } from '../postgresql/programs.ts'
import { tryCommand } from '../resources/run-command.ts'
import { placesOf } from '../services/places.ts'
import type { Settings } from '../settings/settings.ts'
import type { NginxAbilities } from './virtual-host.ts'

/** The nginx that is to serve the chat. */
export interface Nginx {
  /**
   * `own`: supervised by outpost-ctl. `gitlab`: of GitLab's package, which has the ports on its machine.
   * `distribution`: runs already and serves other sites too.
   */
  readonly kind: 'own' | 'gitlab' | 'distribution'
  readonly program: string
  /** arguments that name its prefix and main configuration */
  readonly place: readonly string[]
  /** where the virtual host is written */
  readonly hostFile: string
  /** where an earlier run may have written it; must not be there beside hostFile */
  readonly formerFile?: string
  /** false: the main configuration does not read hostFile, and the administrator has to tell it to */
  readonly isIncluded: boolean
  readonly abilities: NginxAbilities
}

/**
 * Finds it: GitLab's where that is installed; the distribution's where it already serves a site; otherwise our own.
 * The program itself need not be there yet.
 */
export async function whichNginx(context: Context, settings: Settings): Promise<Nginx> {
  const found = (await gitlabNginx(context, settings)) ?? (await distributionNginx(context)) ?? ownNginx(settings)
  return { ...found, abilities: await abilitiesOf(found.program) }
}

type Found = Omit<Nginx, 'abilities'>

function ownNginx({ nginx }: Settings): Found {
  const place = ['-p', `${nginx.directory}/`, '-c', `${nginx.directory}/conf/nginx.conf`]
  const hostFile = join(nginx.directory, 'conf/service_conf/outpost.conf')
  return { kind: 'own', program: 'nginx', place, hostFile, isIncluded: true }
}

/** Since 18.5 GitLab's nginx reads a folder of hosts; before, a line in gitlab.rb has to name our file. */
async function gitlabNginx({ paths }: Context, { nginx }: Settings): Promise<Found | undefined> {
  const program = onDisk(paths, join(paths.gitlabDirectory, 'embedded/sbin/nginx'))
  const main = join(nginx.directory, 'conf/nginx.conf')
  const text = await readFile(main, 'utf8').catch(() => undefined)
  if (text === undefined || !(await exists(program))) return undefined
  const place = ['-p', nginx.directory, '-c', main]
  const inFolder = join(nginx.directory, 'conf/service_conf/outpost.conf')
  const alone = join(placesOf(paths).state, 'nginx/gitlab-include.conf')
  const isNamed = text.includes(alone)
  const readsFolder = /^\s*include\s+\S*service_conf\/\*\.conf\s*;/m.test(text)
  const [hostFile, formerFile] = readsFolder && !isNamed ? [inFolder, alone] : [alone, inFolder]
  return { kind: 'gitlab', program, place, hostFile, formerFile, isIncluded: readsFolder || isNamed }
}

const DISTRIBUTION = '/etc/nginx'
const DISTRIBUTION_HOST = `${DISTRIBUTION}/conf.d/outpost.conf`

async function distributionNginx({ paths }: Context): Promise<Found | undefined> {
  if (paths.root !== '' || !(await distributionRuns()) || !(await servesSites())) return undefined
  const place = ['-c', `${DISTRIBUTION}/nginx.conf`]
  return { kind: 'distribution', program: 'nginx', place, hostFile: DISTRIBUTION_HOST, isIncluded: true }
}

/** Whether systemd runs the distribution's nginx. */
export async function distributionRuns(): Promise<boolean> {
  if (!(await exists('/run/systemd/system'))) return false
  return (await tryCommand('systemctl', ['is-active', '--quiet', 'nginx'])).code === 0
}

/** Whether the distribution's nginx serves more than the welcome page it comes with. */
async function servesSites(): Promise<boolean> {
  const sites = await readdir(`${DISTRIBUTION}/sites-enabled`).catch(() => [])
  const hosts = await readdir(`${DISTRIBUTION}/conf.d`).catch(() => [])
  return sites.some((name) => name !== 'default') || hosts.some((name) => name.endsWith('.conf'))
}

async function abilitiesOf(program: string): Promise<NginxAbilities> {
  const { stderr } = await tryCommand(program, ['-v']).catch(() => ({ stderr: '' }))
  const [major = 0, minor = 0, patch = 0] = (/nginx\/(\d+)\.(\d+)\.(\d+)/.exec(stderr) ?? []).slice(1).map(Number)
  return { http2Directive: major * 1_000_000 + minor * 1000 + patch >= 1_025_001 }
}
