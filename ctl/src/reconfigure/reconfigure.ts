import { join } from 'node:path'
import { issuedCertificate } from '../certificates/renew.ts'
import type { Context } from '../context.ts'
import { applyStep, settle, type RunOptions } from '../resources/apply-steps.ts'
import { Pending } from '../resources/pending.ts'
import type { Resource, Step } from '../resources/resource.ts'
import { directory } from '../resources/directory.ts'
import { disabledService, fireServiceTrigger } from '../services/service.ts'
import { waitUntilHealthy } from '../services/wait-until-healthy.ts'
import { isEnabled, sv } from '../services/sv.ts'
import { loadSettings } from '../settings/load-settings.ts'
import type { Settings } from '../settings/settings.ts'
import { accountStep, directoryStep } from './base-steps.ts'
import { checkStep } from './check-step.ts'
import { lookAtMachine, type Machine } from './machine.ts'
import { secretsFile } from './secrets-file.ts'
import { nginxStep, reloadForeignNginx } from './nginx-step.ts'
import { registrationStep } from './registration-step.ts'
import { rooted } from './rooted.ts'
import { supervisionStep } from './supervision-step.ts'
import { clusterStep, databaseStep, outpostStep } from './service-steps.ts'
import { timerStep } from './timer-step.ts'

export interface ReconfigureOptions {
  readonly isDryRun: boolean
  /** read instead of the usual settings file */
  readonly configFile: string | undefined
  /** an administrator's access token of GitLab, for the registration where its database is elsewhere */
  readonly gitlabToken: string | undefined
  readonly say: (text: string) => void
}

/** What a run has to say at its end, and how many things it changed. */
export interface Reconfigured {
  readonly changed: number
  readonly warnings: readonly string[]
  readonly notes: readonly string[]
}

/**
 * Makes the machine what the settings say. Repeating it changes nothing; cut off anywhere, the next run goes on.
 * Rejects with StepError: what was running before goes on running then.
 */
export async function reconfigure(
  context: Context,
  settings: Settings,
  options: ReconfigureOptions,
): Promise<Reconfigured> {
  const run = new Run(await lookAtMachine(context, rooted(settings, context.paths), options.isDryRun), options)
  await run.open()
  const { warnings, notes } = settings.enabled ? await turnOn(run, settings) : await turnOff(run)
  return { changed: run.changed, warnings: [...warnings, ...(await run.warnings())], notes }
}

/** Service by service, each started before the next one needs it. */
async function turnOn(
  run: Run,
  settings: Settings,
): Promise<{ warnings: readonly string[]; notes: readonly string[] }> {
  const { context } = run.machine
  const { isDryRun, gitlabToken: token, say } = run.options
  await run.step(checkStep(run.machine))
  await run.step({ title: 'Secrets', resources: [secretsFile(context, settings)] })
  await run.step(accountStep(run.machine))
  await run.step(directoryStep(run.machine))
  await run.step(await supervisionStep(run.machine))
  await run.step(await clusterStep(run.machine))
  await run.settle('postgresql')
  await run.step(databaseStep(run.machine, isDryRun))
  const registered = await registrationStep(context, run.machine.settings, { token, isDryRun, say })
  if (registered.isChanged) await run.readAgain()
  await run.step(await outpostStep(run.machine))
  await run.settle('outpost')
  await run.step(nginxStep(run.machine))
  await run.settle('nginx')
  await run.step(certificateStep(run.machine, say))
  await run.settle('nginx')
  await run.step(await timerStep(run.machine))
  await run.settle('')
  await run.step(healthStep(run.machine, isDryRun))
  return registered
}

/** The address first: nobody is to meet an error page while the service goes down. */
async function turnOff(run: Run): Promise<{ warnings: readonly string[]; notes: readonly string[] }> {
  const { places } = run.machine
  await run.step(nginxStep(run.machine))
  await run.settle('nginx')
  // PostgreSQL goes on: whoever switched the chat off may still want a backup of it.
  const services = ['outpost', 'letsencrypt', 'logrotate'].map((name) => disabledService(places, name))
  await run.step({ title: 'Services', resources: services })
  return { warnings: [], notes: ['The chat is switched off. Its account, files and database stay.'] }
}

function certificateStep({ context, places, settings }: Machine, say: (text: string) => void): Step {
  const title = "Let's Encrypt"
  if (!settings.letsencrypt.enabled) return { title, resources: [], skipped: 'not switched on' }
  const account = directory(join(places.state, 'letsencrypt'), { user: 'root', group: 'root', mode: 0o700 })
  return { title, resources: [account, issuedCertificate(context, places, settings, say)] }
}

function healthStep({ places, settings }: Machine, isDryRun: boolean): Step {
  const answer: Resource = {
    name: 'answer of the chat server',
    plan: async () => {
      await waitUntilHealthy(places, settings)
      return undefined
    },
  }
  return { title: 'Result', resources: isDryRun ? [] : [answer] }
}

/** One run: the machine, and the restarts that it still owes. */
class Run {
  machine: Machine
  readonly options: ReconfigureOptions
  changed = 0
  #engine: RunOptions | undefined

  constructor(machine: Machine, options: ReconfigureOptions) {
    this.machine = machine
    this.options = options
  }

  async open(): Promise<void> {
    const { isDryRun: dryRun, say } = this.options
    const pending = await Pending.open(this.machine.places.pendingFile)
    this.#engine = { dryRun, say, pending, fire: (trigger) => this.#fire(trigger) }
  }

  async step(step: Step): Promise<void> {
    this.changed += await applyStep(step, this.#engine!)
  }

  /** Restarts what the steps so far asked for, of one service or ('') of all. */
  async settle(service: string): Promise<void> {
    const matches = (trigger: string): boolean => service === '' || trigger.split(' ')[1]?.split('/')[0] === service
    await settle(`Restarts${service && ` of ${service}`}`, matches, this.#engine!)
  }

  /** After the registration the environment is another one. */
  async readAgain(): Promise<void> {
    const { context } = this.machine
    const { settings } = await loadSettings(context, { file: this.options.configFile })
    if (settings) this.machine = await lookAtMachine(context, rooted(settings, context.paths))
  }

  async warnings(): Promise<string[]> {
    const { places, nginx, settings } = this.machine
    const warnings = [...settings.database.parsed.warnings]
    if (settings.enabled && settings.nginx.enabled && !nginx.isIncluded) {
      const line = `nginx['custom_nginx_config'] = "include ${nginx.hostFile};"`
      warnings.push(
        `GitLab's nginx does not read the chat's virtual host yet. Add to /etc/gitlab/gitlab.rb:\n  ${line}\nand run gitlab-ctl reconfigure.`,
      )
    }
    for (const name of ['outpost', 'nginx', 'postgresql']) {
      if (this.options.isDryRun || !(await isEnabled(places, name)) || (await sv(places, 'status', name)).code !== 3)
        continue
      warnings.push(`The service ${name} is stopped, as you left it. Start it: outpost-ctl start ${name}`)
    }
    return warnings
  }

  #fire(trigger: string): Promise<string> {
    const { nginx, places } = this.machine
    if (trigger.endsWith(' nginx') && nginx.kind !== 'own') return reloadForeignNginx(this.machine)
    return fireServiceTrigger(places, trigger)
  }
}
