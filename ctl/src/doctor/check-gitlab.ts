import { reasonOf } from '../cli/problem.ts'
import { onDisk } from '../context.ts'
import { checkCredentials, type Verification } from '../gitlab-registration/index.ts'
import { Superuser } from '../postgresql/superuser.ts'
import { runAs } from '../resources/run-as.ts'
import { fail, ok, warn, type Finding, type Patient } from './finding.ts'

/** Whether GitLab answers this machine, as it must when somebody signs in. */
export async function checkGitLab({ settings }: Patient): Promise<Finding[]> {
  const { url, login } = settings.gitlab
  if (!login.enabled) return [ok('Signing in with GitLab is switched off.')]
  const at = url ?? login.tokenEndpoint
  const answer = await fetch(at, { redirect: 'manual', signal: AbortSignal.timeout(15_000) }).catch((error: Error) =>
    reasonOf(error.cause ?? error),
  )
  if (typeof answer === 'string')
    return [
      fail(
        `GitLab at ${at} cannot be reached: ${answer}`,
        'Check DNS, firewall and proxy; a private authority belongs into /etc/gitlab/trusted-certs.',
      ),
    ]
  await answer.body?.cancel()
  if (answer.status >= 500) return [fail(`GitLab at ${at} answers ${answer.status}.`, 'Wait, or look at GitLab.')]
  return [ok(`GitLab at ${at} answers.`)]
}

/** Whether GitLab knows the chat by its id, secret and addresses. */
export async function checkRegistration(patient: Patient): Promise<Finding[]> {
  const { gitlab, siteUrl } = patient.settings
  const { login } = gitlab
  if (!login.enabled) return []
  const repair =
    "Set mattermost['register_as_oauth_app'] = true and run outpost-ctl reconfigure, or correct the application in GitLab's Admin area."
  try {
    if (gitlab.installed && gitlab.railsEnabled) return await inDatabase(patient, repair)
    const gitlabUrl = gitlab.url ?? login.tokenEndpoint.replace(/\/oauth\/token$/, '')
    const accepted = await checkCredentials({ gitlabUrl, siteUrl, id: login.id, secret: login.secret })
    return accepted
      ? [ok('GitLab accepts the id and secret of the chat.')]
      : [fail('GitLab does not accept the id and secret of the chat.', repair)]
  } catch (error) {
    return [
      warn(
        `The registration in GitLab could not be looked at: ${reasonOf(error)}`,
        'See what is said of GitLab above.',
      ),
    ]
  }
}

async function inDatabase({ context, settings }: Patient, repair: string): Promise<Finding[]> {
  const { gitlab, database, siteUrl } = settings
  const superuser = new Superuser(database.local, onDisk(context.paths, context.paths.gitlabDirectory))
  const { socketDirectory: host, port, username: user } = database.local
  const { ok: isGood, problems } = await runAs<Verification>(
    await superuser.numbers(),
    new URL('verify-registration.ts', import.meta.url),
    {
      siteUrl,
      id: gitlab.login.id,
      secret: gitlab.login.secret,
      connect: { host, port, user, database: gitlab.databaseName },
    },
  )
  const findings = problems.map((one) => (one.fatal ? fail(one.message, repair) : warn(one.message, repair)))
  return isGood && findings.length === 0
    ? [ok('GitLab knows the chat, its secret and both of its addresses.')]
    : findings
}
