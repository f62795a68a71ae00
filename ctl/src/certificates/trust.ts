import tls from 'node:tls'
import { extraCertificates } from '../../../server/src/outgoing/trusted-certificates.ts'
import { onDisk, type Paths } from '../context.ts'

/** From now on this process trusts the authorities that the chat server trusts: the system's and the administrator's. */
export function trustLocalAuthorities(paths: Paths): void {
  const extra = extraCertificates({}, () => undefined, onDisk(paths, '/etc/gitlab/trusted-certs'))
  if (extra.length > 0) tls.setDefaultCACertificates([...new Set([...tls.getCACertificates('default'), ...extra])])
}
