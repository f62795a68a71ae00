import { parseArgs } from 'node:util'
import { reasonOf } from '../cli/problem.ts'
import { demandRoot, readSettings } from '../cli/read-settings.ts'
import type { Context } from '../context.ts'
import { trustLocalAuthorities } from '../certificates/trust.ts'
import { checkDatabase } from '../doctor/check-database.ts'
import { checkGitLab, checkRegistration } from '../doctor/check-gitlab.ts'
import { checkClock, checkDisk, checkServices } from '../doctor/check-machine.ts'
import { checkMail } from '../doctor/check-mail.ts'
import { checkCertificate, checkName, checkSite } from '../doctor/check-site.ts'
import { fail, type Finding, type Patient } from '../doctor/finding.ts'
import { placesOf } from '../services/places.ts'

const CHECKS: Record<string, (patient: Patient) => Promise<Finding[]>> = {
  services: checkServices,
  disk: checkDisk,
  database: checkDatabase,
  certificate: checkCertificate,
  dns: checkName,
  site: checkSite,
  gitlab: checkGitLab,
  registration: checkRegistration,
  clock: checkClock,
  mail: checkMail,
}

/** Looks for what is wrong and says what to do. 1 when something hinders people now. Changes nothing. */
export async function run(context: Context, args: string[]): Promise<number> {
  demandRoot(context, 'doctor')
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } })
  const settings = await readSettings(context)
  trustLocalAuthorities(context.paths)
  const patient = { context, settings, places: placesOf(context.paths), now: new Date() }
  const all: { area: string; findings: Finding[] }[] = []
  for (const [area, check] of Object.entries(CHECKS)) {
    const findings = await check(patient).catch((error: unknown) => [
      fail(`This could not be looked at: ${reasonOf(error)}`, 'Remove the cause, then run the command again.'),
    ])
    all.push({ area, findings })
    if (!values.json) for (const finding of findings) context.stdout(`${line(area, finding)}\n`)
  }
  const flat = all.flatMap(({ area, findings }) => findings.map((finding) => ({ area, ...finding })))
  const count = (level: Finding['level']): number => flat.filter((one) => one.level === level).length
  if (values.json) context.stdout(`${JSON.stringify(flat, null, 2)}\n`)
  else context.stdout(`\n${count('fail')} to repair, ${count('warn')} to look at, ${count('ok')} in order.\n`)
  return count('fail') > 0 ? 1 : 0
}

function line(area: string, { level, text, repair }: Finding): string {
  const indent = ' '.repeat(20)
  const first = `${level.padEnd(4)}  ${area.padEnd(12)}  ${text.replaceAll('\n', `\n${indent}`)}`
  return repair === undefined ? first : `${first}\n${indent}→ ${repair}`
}
