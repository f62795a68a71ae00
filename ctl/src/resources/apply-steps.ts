import { Problem, reasonOf } from '../cli/problem.ts'
import type { Pending } from './pending.ts'
import type { Plan, Resource, Step, Trigger } from './resource.ts'

export interface RunOptions {
  /** say what would change, change nothing */
  readonly dryRun: boolean
  /** writes lines for people; never given a secret */
  readonly say: (text: string) => void
  readonly pending: Pending
  /** does what a trigger asks for; says what it did */
  readonly fire: (trigger: Trigger) => Promise<string>
}

/** Something stopped a run: which step, which thing, why, and what to do. */
export class StepError extends Problem {
  override name = 'StepError'
  readonly step: string
  readonly resource: string

  constructor(step: string, resource: string, cause: unknown) {
    super(reasonOf(cause), cause instanceof Problem ? cause.repair : repairOf(cause), { cause })
    this.step = step
    this.resource = resource
  }
}

function repairOf(cause: unknown): string {
  const { code = '' } = cause as NodeJS.ErrnoException
  if (['ENOSPC', 'EDQUOT'].includes(code)) return 'Free some space, then run the command again.'
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return 'Run the command as root on a writable file system.'
  return 'Remove the cause, then run the command again; what was done so far stays and is not repeated.'
}

/** Brings the resources of a step into their state, one after the other. Resolves with the number of changed ones. */
export async function applyStep(step: Step, options: RunOptions): Promise<number> {
  options.say(step.title)
  if (step.skipped !== undefined) options.say(`  (skipped: ${step.skipped})`)
  let changed = 0
  for (const resource of step.resources) {
    try {
      if (await applyResource(resource, options)) changed++
    } catch (error) {
      throw new StepError(step.title, resource.name, error)
    }
  }
  return changed
}

async function applyResource(resource: Resource, options: RunOptions): Promise<boolean> {
  const plan = await resource.plan()
  if (!plan) {
    options.say(`  * ${resource.name} (up to date)`)
    return false
  }
  options.say(`  * ${resource.name}`)
  describe(plan, options)
  if (options.dryRun) return true
  await options.pending.add(plan.triggers ?? [])
  await plan.apply()
  await options.pending.remove(plan.settles ?? [])
  return true
}

function describe(plan: Plan, { say, dryRun }: RunOptions): void {
  for (const change of plan.changes) say(`    - ${dryRun ? 'would ' : ''}${change}`)
  for (const line of plan.difference?.split('\n') ?? []) say(`      ${line}`)
  if (dryRun) for (const trigger of plan.triggers ?? []) say(`    - would then ${trigger}`)
}

/** Does what is owed and matches; each thing at most once. A failed one stays owed. */
export async function settle(
  title: string,
  matches: (trigger: Trigger) => boolean,
  options: RunOptions,
): Promise<void> {
  const due = options.pending.list().filter(matches)
  if (due.length === 0 || options.dryRun) return
  options.say(title)
  for (const trigger of due) {
    options.say(`  * ${trigger}`)
    try {
      options.say(`    - ${await options.fire(trigger)}`)
    } catch (error) {
      throw new StepError(title, trigger, error)
    }
    await options.pending.remove([trigger])
  }
}
