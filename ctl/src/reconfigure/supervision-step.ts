import type { Resource, Step } from '../resources/resource.ts'
import { announcedService } from '../services/service.ts'
import { supervisor } from '../services/supervisor.ts'
import { isEnabled } from '../services/sv.ts'
import type { Machine } from './machine.ts'
import { nginxFiles } from './nginx-step.ts'
import { clusterFiles, outpostFiles } from './service-steps.ts'
import { timerFiles } from './timer-step.ts'

/** The supervisor, and all new services announced to it before it looks for the first time. */
export async function supervisionStep(machine: Machine): Promise<Step> {
  const { places, settings, nginx, hasOwnCluster } = machine
  const wanted = new Map<string, Resource[]>([
    ...(hasOwnCluster ? [['postgresql', await clusterFiles(machine)] as const] : []),
    ['outpost', outpostFiles(machine)],
    ...(settings.nginx.enabled && nginx.kind === 'own' ? [['nginx', nginxFiles(machine)] as const] : []),
    ...timerFiles(machine),
  ])
  const announced: Resource[] = []
  for (const [name, files] of wanted)
    if (!(await isEnabled(places, name))) announced.push(...files, announcedService(places, name))
  return { title: 'Supervision', resources: [...announced, ...(await supervisor(places))] }
}
