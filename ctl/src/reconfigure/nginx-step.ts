import { join } from 'node:path'
import { Problem } from '../cli/problem.ts'
import { checkedFiles } from '../nginx/checked-files.ts'
import { mainConfig } from '../nginx/main-config.ts'
import { virtualHost } from '../nginx/virtual-host.ts'
import { distributionRuns } from '../nginx/which-nginx.ts'
import { directory } from '../resources/directory.ts'
import type { Plan, Resource, Step } from '../resources/resource.ts'
import { runCommand } from '../resources/run-command.ts'
import { definitionFiles, disabledService, enabledService } from '../services/service.ts'
import { nginxService } from '../services/scripts.ts'
import { placeholderCertificate } from '../certificates/placeholder.ts'
import type { Machine } from './machine.ts'

const ROOT = { user: 'root', group: 'root' }

/** The virtual host, in whichever nginx serves this machine; the whole nginx where it is Outpost's own. */
export function nginxStep(machine: Machine): Step {
  const { settings, places, nginx } = machine
  const title = 'nginx'
  const trigger = nginx.kind === 'own' ? 'restart nginx' : 'reload nginx'
  if (!settings.nginx.enabled) {
    const gone = checkedFiles(
      nginx,
      { [nginx.hostFile]: undefined, [nginx.formerFile ?? nginx.hostFile]: undefined },
      trigger,
    )
    const removal = nginx.kind === 'own' ? [disabledService(places, 'nginx')] : [gone]
    return { title, resources: removal, skipped: 'nginx does not serve the chat' }
  }
  const { directory: home, logDirectory, group } = settings.nginx
  const own = nginx.kind === 'own'
  const former = nginx.formerFile === undefined ? {} : { [nginx.formerFile]: undefined }
  const host = { [nginx.hostFile]: virtualHost(settings, nginx.abilities), ...former }
  const main = own ? { [join(home, 'conf/nginx.conf')]: mainConfig(settings) } : {}
  const closed = { user: 'root', group, mode: 0o750 }
  const folders = own ? [home, join(home, 'conf'), join(home, 'conf/service_conf')] : [join(nginx.hostFile, '..')]
  return {
    title,
    resources: [
      ...(own
        ? [
            ...(places.isMachine ? [freePorts()] : []),
            ...folders.map((path) => directory(path, closed)),
            directory(logDirectory, { ...ROOT, mode: 0o755 }),
          ]
        : []),
      ...(own || nginx.isIncluded ? [] : folders.map((path) => directory(path, { ...ROOT, mode: 0o755 }))),
      ...(settings.letsencrypt.enabled
        ? [directory(settings.letsencrypt.webroot, { ...ROOT, mode: 0o755 }), placeholderCertificate(settings)]
        : []),
      checkedFiles(nginx, { ...host, ...main }, trigger),
      ...(own ? [...nginxFiles(machine), enabledService(places, 'nginx')] : []),
    ],
  }
}

/** The definition of Outpost's own nginx. */
export const nginxFiles = ({ settings, places, nginx }: Machine): Resource[] =>
  definitionFiles(places, nginxService(settings, nginx.program), settings, { ...ROOT, mode: 0o755 })

/** The distribution starts its nginx when it is installed, with a welcome page on the port that is wanted here. */
function freePorts(): Resource {
  const plan = async (): Promise<Plan | undefined> => {
    if (!(await distributionRuns())) return undefined
    const apply = async (): Promise<void> => void (await runCommand('systemctl', ['disable', '--now', 'nginx']))
    return { changes: ['stop and disable: it serves only its welcome page, on the port that the chat needs'], apply }
  }
  return { name: "distribution's nginx", plan }
}

/** Tells an nginx that is not ours to read its configuration again. */
export async function reloadForeignNginx({ context, nginx }: Machine): Promise<string> {
  if (nginx.kind === 'gitlab') {
    const env = { ...process.env, SVDIR: join(nginx.program, '../../../service') }
    await runCommand('sv', ['hup', 'nginx'], { env })
    return "GitLab's nginx has read its configuration again"
  }
  if (context.paths.root !== '')
    throw new Problem('There is no nginx to be told.', 'Run the command without a root prefix.')
  await runCommand('systemctl', ['reload', 'nginx'])
  return 'the distribution’s nginx has read its configuration again'
}
