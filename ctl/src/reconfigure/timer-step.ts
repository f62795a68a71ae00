import { join } from 'node:path'
import { file } from '../resources/file.ts'
import { directory } from '../resources/directory.ts'
import type { Resource, Step } from '../resources/resource.ts'
import { definitionFiles, disabledService, enabledService } from '../services/service.ts'
import { timerService } from '../services/scripts.ts'
import type { Settings } from '../settings/settings.ts'
import type { Machine } from './machine.ts'

const ROOT = { user: 'root', group: 'root' }

/** What has to happen again and again: old logs of nginx put away, certificates renewed. */
export async function timerStep(machine: Machine): Promise<Step> {
  const { settings, places, nginx } = machine
  const folder = stateOf(machine)
  const timers = timerFiles(machine)
  const resources = (['logrotate', 'letsencrypt'] as const).flatMap((name) => {
    const files = timers.get(name)
    return files ? [...files, enabledService(places, name)] : [disabledService(places, name)]
  })
  const text = logrotateConfig(settings, nginx.kind === 'own')
  const config = file(join(folder, 'logrotate.conf'), text, { ...ROOT, mode: 0o644 })
  return {
    title: 'Timers',
    resources: [
      ...(timers.has('logrotate') ? [directory(folder, { ...ROOT, mode: 0o755 }), config] : []),
      ...resources,
    ],
  }
}

const stateOf = ({ places }: Machine): string => join(places.state, 'logrotate')

/** The definitions of the timers that are wanted, by name. */
export function timerFiles(machine: Machine): ReadonlyMap<string, Resource[]> {
  const { settings, places, nginx } = machine
  const rotates = (settings.nginx.enabled && nginx.kind === 'own') || settings.logging.logrotate.includesService
  const renews = settings.letsencrypt.enabled && settings.letsencrypt.autoRenew
  const files = (name: string, ...words: string[]): [string, Resource[]] => [
    name,
    definitionFiles(places, timerService(name, ['timer', name, ...words], places.logs), settings, {
      ...ROOT,
      mode: 0o755,
    }),
  ]
  return new Map([
    ...(rotates ? [files('logrotate', stateOf(machine))] : []),
    ...(renews ? [files('letsencrypt')] : []),
  ])
}

/** In logrotate's own words. nginx keeps its files open, so they are copied and emptied (copytruncate). */
export function logrotateConfig(settings: Settings, withNginx: boolean): string {
  const { logrotate } = settings.logging
  const { username, group } = settings.account
  // Root must not follow what the service's account may have put into its own folder.
  const logs: [pattern: string, account: string][] = []
  if (withNginx) logs.push([`${settings.nginx.logDirectory}/*.log`, 'root root'])
  if (logrotate.includesService) logs.push([`${settings.directories.logs}/*.log`, `${username} ${group}`])
  const lines = [
    logrotate.frequency,
    logrotate.size !== '' && `size ${logrotate.size}`,
    logrotate.maxsize !== '' && `maxsize ${logrotate.maxsize}`,
    `rotate ${logrotate.rotate}`,
    logrotate.compress,
    logrotate.method,
    'missingok',
    'notifempty',
    logrotate.dateformat !== '' && `dateext\n  dateformat ${logrotate.dateformat}`,
    logrotate.postrotate !== '' && `postrotate\n    ${logrotate.postrotate}\n  endscript`,
  ]
  const body = lines.filter((line) => line !== false && line !== '').map((line) => `  ${line as string}\n`)
  return logs.map(([pattern, account]) => `${pattern} {\n  su ${account}\n${body.join('')}}\n`).join('\n')
}
