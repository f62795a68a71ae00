import { reasonOf } from '../cli/problem.ts'
import { demandRoot, readSettings } from '../cli/read-settings.ts'
import type { Context } from '../context.ts'
import { checkedFiles } from '../nginx/checked-files.ts'
import { lookAtMachine } from '../reconfigure/machine.ts'
import { reloadForeignNginx } from '../reconfigure/nginx-step.ts'
import { placesOf } from '../services/places.ts'
import { endSupervision } from '../services/end-supervision.ts'

/** Stops all services and their supervision and takes the chat out of a foreign nginx. Data, settings and accounts stay. */
export async function run(context: Context): Promise<number> {
  demandRoot(context, 'uninstall')
  await stopEverything(context)
  context.stdout(
    'All services are stopped. Data, settings and accounts are still there; reconfigure starts everything again.\n',
  )
  return 0
}

/** Takes the chat's address away first, then ends the services and what supervises them. */
export async function stopEverything(context: Context): Promise<void> {
  const say = (text: string): void => context.stdout(`${text}\n`)
  await leaveForeignNginx(context, say)
  await endSupervision(placesOf(context.paths), say)
}

/** Settings that cannot be read must not keep anybody from stopping the services. */
async function leaveForeignNginx(context: Context, say: (text: string) => void): Promise<void> {
  try {
    const machine = await lookAtMachine(context, await readSettings(context))
    if (machine.nginx.kind === 'own') return
    const { hostFile, formerFile = hostFile } = machine.nginx
    const plan = await checkedFiles(
      machine.nginx,
      { [hostFile]: undefined, [formerFile]: undefined },
      'reload nginx',
    ).plan()
    if (!plan) return
    await plan.apply()
    say(await reloadForeignNginx(machine))
  } catch (error) {
    say(`The virtual host could not be removed: ${reasonOf(error)}`)
  }
}
