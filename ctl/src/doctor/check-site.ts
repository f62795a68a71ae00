import { X509Certificate, createPrivateKey } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { covers, day, PLACEHOLDER } from '../certificates/certificate.ts'
import { reasonOf } from '../cli/problem.ts'
import { fail, ok, warn, type Finding, type Patient } from './finding.ts'

const DAY = 86_400_000

/** The certificate that nginx shows: there, in time, for this name, with its key and its chain. */
export async function checkCertificate({ settings, now }: Patient): Promise<Finding[]> {
  const { nginx, url, letsencrypt } = settings
  if (!nginx.enabled || !nginx.vhost.https || !url)
    return [ok('nginx does not speak TLS here, so there is no certificate to look at.')]
  const { certificate: path, certificateKey } = nginx.vhost.ssl
  const repair = letsencrypt.enabled
    ? 'outpost-ctl renew-le-certs'
    : `Put a good one at ${path}, then: outpost-ctl hup nginx`
  const text = await readFile(path, 'utf8').catch(reasonOf)
  if (!text.includes('BEGIN CERTIFICATE'))
    return [fail(`There is no certificate at ${path}: ${text.slice(0, 200)}`, repair)]
  const certificate = new X509Certificate(text)
  const key = await readFile(certificateKey, 'utf8').catch(() => '')
  const left = Math.floor((certificate.validToDate.getTime() - now.getTime()) / DAY)
  const until = day(certificate.validToDate)
  const findings: Finding[] = []
  if (left < 0) findings.push(fail(`The certificate ended on ${until}.`, repair))
  else if (left < 14) findings.push(warn(`The certificate ends on ${until}, in ${left} days.`, repair))
  else findings.push(ok(`The certificate is valid until ${until}.`))
  if (!covers(certificate, url.host))
    findings.push(
      fail(
        `The certificate is not for ${url.host} but for ${certificate.subjectAltName ?? certificate.subject}.`,
        repair,
      ),
    )
  if (!fits(certificate, key)) findings.push(fail(`The key ${certificateKey} is not that of the certificate.`, repair))
  if (certificate.subject.includes(PLACEHOLDER)) findings.push(fail('The certificate is only a placeholder.', repair))
  else if (certificate.issuer === certificate.subject)
    findings.push(warn('The certificate is signed by itself: apps and browsers do not trust it.', repair))
  else if (text.split('BEGIN CERTIFICATE').length < 3)
    findings.push(
      warn(
        'The file holds the certificate without its chain: apps may not trust it.',
        `Append the authority's own certificates to ${path}.`,
      ),
    )
  return findings
}

/** A key behind a password is nginx's to judge. */
function fits(certificate: X509Certificate, key: string): boolean {
  if (/ENCRYPTED/.test(key)) return true
  try {
    return certificate.checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

/** Whether the site's name leads anywhere, and whether to this machine. */
export async function checkName({ settings }: Patient): Promise<Finding[]> {
  const host = settings.url?.host
  if (host === undefined || isIP(host) !== 0) return [ok('The site is reached by an address, not by a name.')]
  const found = await lookup(host, { all: true }).catch(reasonOf)
  if (typeof found === 'string') return [fail(`The name ${host} leads nowhere: ${found}.`, 'Add it to the DNS.')]
  const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
  const addresses = found.map(({ address }) => address)
  if (addresses.some((address) => own.includes(address)))
    return [ok(`${host} leads to this machine (${addresses.join(', ')}).`)]
  return [
    warn(
      `${host} leads to ${addresses.join(', ')}, which is not an address of this machine.`,
      'Right behind a proxy or NAT; otherwise correct the DNS.',
    ),
  ]
}

/** Asks the site as people reach it: through its name, nginx and TLS. */
export async function checkSite({ settings }: Patient): Promise<Finding[]> {
  if (settings.siteUrl === '')
    return [fail('The site has no address.', "Set mattermost_external_url 'https://chat.example.com'.")]
  const url = `${settings.siteUrl}/api/v4/system/ping`
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(15_000) }).catch((error: Error) =>
    reasonOf(error.cause ?? error),
  )
  const repair = 'See the findings above, and the logs: outpost-ctl tail nginx'
  if (typeof answer === 'string') return [fail(`${url} cannot be reached: ${answer}`, repair)]
  const body = await answer.text().catch(() => '')
  return answer.ok && body.includes('"status":"OK"')
    ? [ok(`${settings.siteUrl} answers.`)]
    : [fail(`${url} answers ${answer.status}, and not as the chat does.`, repair)]
}
