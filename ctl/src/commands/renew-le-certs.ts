import { issuedCertificate } from '../certificates/renew.ts'
import { Problem } from '../cli/problem.ts'
import { demandRoot, readSettings } from '../cli/read-settings.ts'
import type { Context } from '../context.ts'
import { withLock } from '../reconfigure/lock.ts'
import { lookAtMachine } from '../reconfigure/machine.ts'
import { reloadForeignNginx } from '../reconfigure/nginx-step.ts'
import { applyStep, settle, type RunOptions } from '../resources/apply-steps.ts'
import { Pending } from '../resources/pending.ts'
import { fireServiceTrigger } from '../services/service.ts'

/** Asks for a new certificate if it is due, and lets nginx read it. 1 when that fails or Let's Encrypt is not in use. */
export async function run(context: Context): Promise<number> {
  demandRoot(context, 'renew-le-certs')
  const settings = await readSettings(context)
  if (!settings.letsencrypt.enabled)
    throw new Problem(
      "Let's Encrypt is not in use here.",
      "Set letsencrypt['enable'] = true and run outpost-ctl reconfigure.",
    )
  const machine = await lookAtMachine(context, settings)
  const { places, nginx } = machine
  const say = (text: string): void => context.stdout(`${text}\n`)
  return withLock(places.lockFile, 'renew-le-certs', async () => {
    const options: RunOptions = {
      dryRun: false,
      say,
      pending: await Pending.open(places.pendingFile),
      fire: (trigger) => (nginx.kind === 'own' ? fireServiceTrigger(places, trigger) : reloadForeignNginx(machine)),
    }
    const step = { title: "Let's Encrypt", resources: [issuedCertificate(context, places, settings, say)] }
    await applyStep(step, options)
    await settle('Reload of nginx', (trigger) => trigger.endsWith(' nginx'), options)
    return 0
  })
}
