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
export async function timerStep({ settings, places, nginx }: Machine): Promise<Step> {
  const folder = join(places.state, 'logrotate')
  const rotates = (settings.nginx.enabled && nginx.kind === 'own') || settings.logging.logrotate.includesService
  const renews = settings.letsencrypt.enabled && settings.letsencrypt.autoRenew
  const timer = (name: string, words: readonly string[]): Resource[] => [
    ...definitionFiles(places, timerService(name, words, places.logs), settings, { ...ROOT, mode: 0o755 }),
    enabledService(places, name),
  ]
  return {
    title: 'Timers',
    resources: [
      ...(rotates
        ? [
            directory(folder, { ...ROOT, mode: 0o755 }),
            file(join(folder, 'logrotate.conf'), logrotateConfig(settings, nginx.kind === 'own'), {
              ...ROOT,
              mode: 0o644,
            }),
            ...timer('logrotate', ['timer', 'logrotate', folder]),
          ]
        : [disabledService(places, 'logrotate')]),
      ...(renews ? timer('letsencrypt', ['timer', 'letsencrypt']) : [disabledService(places, 'letsencrypt')]),
    ],
  }
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
