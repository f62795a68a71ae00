import { fileURLToPath } from 'node:url'
import { onDisk, type Paths } from '../context.ts'

/** Where outpost-ctl keeps what supervises the services; already below the root prefix. */
export interface Places {
  /** definitions: one folder for each service */
  readonly definitions: string
  /** links to the definitions of the services that are to run; runsvdir watches it */
  readonly enabled: string
  /** what outpost-psql needs to know */
  readonly psqlFile: string
  /** logs of all services, one folder each */
  readonly logs: string
  readonly state: string
  /** restarts that an interrupted run owes */
  readonly pendingFile: string
  readonly lockFile: string
  /** only on the machine itself, never below a prefix: other programs know these places */
  readonly isMachine: boolean
}

/** The places of a machine. */
export function placesOf(paths: Paths): Places {
  const at = (path: string): string => onDisk(paths, path)
  return {
    definitions: at('/opt/outpost/sv'),
    enabled: at('/opt/outpost/service'),
    psqlFile: at('/opt/outpost/etc/outpost-psql-rc'),
    logs: at('/var/log/outpost'),
    state: at('/var/opt/outpost'),
    pendingFile: at('/var/opt/outpost/.reconfigure-pending'),
    lockFile: at('/var/opt/outpost/.outpost-ctl.lock'),
    isMachine: paths.root === '',
  }
}

/** The checkout or the unpacked package this code runs from: holds server/, ctl/ and node_modules/. */
export const installation = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')
